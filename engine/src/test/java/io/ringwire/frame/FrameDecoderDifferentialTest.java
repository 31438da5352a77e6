/*
 * Copyright 2026 Ringwire contributors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.ringwire.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Seeded streams, legal and damaged, cut at random, through our decoder and through Netty's: the same messages, the
 * same verdict, the same close code. {@code -Dstreams=} sets how many, {@code -Dcompressed.percent=} how many of them
 * are of connections with permessage-deflate, with and without context takeover, where Netty's inflater has its say
 * too, {@code -Dseed=} which, {@code -Dthreads=} over how many threads; the profile {@code fuzz-long} goes through
 * 10^8.
 * <p>
 * Intended differences, and how the comparison treats them:
 * <ul>
 * <li>We judge each byte of a header and of text as it comes; Netty waits for the second byte of a header, and for the
 * whole frame before it looks at text. A stream that stops between the two is completed with zeros for Netty, which
 * must then come to our verdict. RFC 6455 section 8.1 leaves the moment open; a bad peer should not make us buffer.
 * <li>Netty takes close codes from 5000 on, and reads those from 32768 on as negative numbers and takes them too. RFC
 * 6455 section 7.4.2 has no such codes: 1002. {@link NettyOracle} rejects them before Netty looks.
 * <li>Netty takes a close reason that ends inside a code point. RFC 6455 section 5.5.1 asks for UTF-8: 1007. The oracle
 * judges the reasons Netty lets pass with the JDK's decoder.
 * <li>Netty's decoder does not know messages and has no limit for them: the limit is out of reach here, and tested in
 * {@link FrameDecoderRfcTest}.
 * <li>Netty's frame limit holds for control frames too; ours is for data, as RFC 6455 section 5.5 already bounds
 * control frames by 125. No limit here is below that.
 * <li>Netty has no back pressure: our sink refuses at random and must see the same.
 * </ul>
 * And with compression:
 * <ul>
 * <li>Netty lets every reserved bit pass once there are extensions. RFC 6455 section 5.2 and RFC 7692 section 6 leave
 * RSV1 of a first data frame: 1002 for the others. The oracle rejects them before Netty looks.
 * <li>Netty has no close code for what does not inflate: 1007 here, as RFC 7692 leaves it open. It is told by the
 * exception, whose type is checked.
 * <li>Netty limits what one frame inflates to and not the message: its limit is off, and {@link NettyOracle} counts.
 * What is too long and also corrupt, or not UTF-8, may fail for Netty as the latter (1007) where we say 1009: we stop
 * at the limit and inflate no more.
 * <li>Netty refuses a first frame whose payload inflates to nothing yet, and puts the tail behind a message that has no
 * payload, which spoils the next: RFC 7692 section 6.1 lets a message be cut anywhere, and a message without payload
 * has no block to end. {@link NettyInflaterInput} hands both on in another form.
 * <li>Netty inflates nothing behind a block with BFINAL set, which RFC 7692 section 7.2.3.4 allows. Such streams are
 * compared up to that frame; {@link FrameDecoderDeflateTest} and {@link MessageInflaterFuzz} have the rest.
 * <li>Netty's inflater keeps output back while it has no input, so that bad text in a fragment can be found frames
 * later than by us. Netty is given the stream up to the byte we failed at, then zeros to the end of the frame and an
 * empty last frame, and must then come to our verdict.
 * </ul>
 */
class FrameDecoderDifferentialTest
{
    private static final long STREAMS = Long.getLong("streams", 100_000);
    private static final int THREADS = Integer.getInteger("threads", 1);
    private static final int COMPRESSED_PERCENT = Integer.getInteger("compressed.percent", 10);
    private static final int[] MAX_INFLATED_LENGTHS = {100, 1 << 24, 1 << 24, 1 << 24};
    private static final int[] MAX_FRAME_LENGTHS = {125, 1000, 65_535, 131_072};

    private final LongAdder compressed = new LongAdder();
    private final LongAdder outOfReach = new LongAdder();
    private final LongAdder terminated = new LongAdder();
    private final LongAdder completed = new LongAdder();

    @Test
    void shouldAgreeWithNetty() throws InterruptedException, ExecutionException
    {
        final SplittableRandom seeds = Seeds.random(FrameDecoderDifferentialTest.class);
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try
        {
            final List<Future<?>> shares = new ArrayList<>();
            for (int i = 0; i < THREADS; i++)
            {
                final long streams = STREAMS / THREADS + (i < STREAMS % THREADS ? 1 : 0);
                final SplittableRandom share = seeds.split();
                shares.add(threads.submit(() -> compare(streams, share)));
            }

            for (final Future<?> share : shares)
            {
                share.get();
            }
        }
        finally
        {
            threads.shutdownNow();
        }

        System.out.printf(
            "differential: streams=%d compressed=%d ended by close or error=%d completed for Netty=%d " +
            "beyond Netty's inflater=%d%n",
            STREAMS, compressed.sum(), terminated.sum(), completed.sum(), outOfReach.sum());
        assertThat(terminated.sum()).as("streams that end").isBetween(STREAMS / 10, STREAMS - STREAMS / 10);
    }

    private void compare(final long streams, final SplittableRandom seeds)
    {
        try (NettyComparison comparison = new NettyComparison();
            JdkDeflate deflate = new JdkDeflate(Deflater.BEST_SPEED))
        {
            for (long i = 0; i < streams && !Thread.currentThread().isInterrupted(); i++)
            {
                final SplittableRandom random = seeds.split();
                final int maxFrameLength = MAX_FRAME_LENGTHS[random.nextInt(MAX_FRAME_LENGTHS.length)];
                if (random.nextInt(100) < COMPRESSED_PERCENT)
                {
                    final Compression compression = new Compression(
                        random.nextBoolean(), MAX_INFLATED_LENGTHS[random.nextInt(MAX_INFLATED_LENGTHS.length)]);
                    comparison.compare(
                        new FrameStreamGenerator(random, deflate, compression.contextTakeover()).next(),
                        maxFrameLength, compression, random);
                    compressed.increment();
                }
                else
                {
                    comparison.compare(new FrameStreamGenerator(random).next(), maxFrameLength, null, random);
                }
            }

            terminated.add(comparison.terminated());
            completed.add(comparison.completed());
            outOfReach.add(comparison.outOfReach());
        }
    }
}
