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

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Seeded streams, legal and damaged, cut at random, through our decoder and through Netty's: the same messages, the
 * same verdict, the same close code. {@code -Dstreams=} sets how many, {@code -Dseed=} which.
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
 */
class FrameDecoderDifferentialTest
{
    private static final int STREAMS = Integer.getInteger("streams", 100_000);
    private static final int[] MAX_FRAME_LENGTHS = {125, 1000, 65_535, 131_072};

    private final NettyOracle netty = new NettyOracle();
    private int terminated;
    private int completed;

    @AfterEach
    void closeNetty()
    {
        netty.close();
    }

    @Test
    void shouldAgreeWithNetty()
    {
        final SplittableRandom seeds = Seeds.random(FrameDecoderDifferentialTest.class);
        for (int i = 0; i < STREAMS; i++)
        {
            compare(i, seeds.split());
        }
        System.out.printf(
            "differential: streams=%d ended by close or error=%d completed for Netty=%d%n",
            STREAMS, terminated, completed);
    }

    private void compare(final int index, final SplittableRandom random)
    {
        final byte[] stream = new FrameStreamGenerator(random).next();
        final int maxFrameLength = MAX_FRAME_LENGTHS[random.nextInt(MAX_FRAME_LENGTHS.length)];

        final int refusePercent = random.nextBoolean() ? 0 : random.nextInt(60);
        final RecordingSink sink = new RecordingSink(() -> random.nextInt(100) >= refusePercent);
        ByteFeed.feed(
            new FrameDecoder(maxFrameLength, Integer.MAX_VALUE, true), stream, pieces(random, stream.length), sink);
        final List<String> ours = sink.events().stream()
            .map(FrameDecoderDifferentialTest::withoutReason).collect(Collectors.toList());

        netty.reset(maxFrameLength);
        netty.feed(stream, pieces(random, stream.length));
        if (sink.isTerminated())
        {
            terminated++;
            if (!netty.isTerminated())
            {
                completed++;
                netty.completeFrame();
            }
        }

        if (!ours.equals(netty.events()))
        {
            assertThat(ours)
                .as("stream %d, maxFrameLength %d: %s", index, maxFrameLength, HexFormat.of().formatHex(stream))
                .isEqualTo(netty.events());
        }
    }

    private static IntSupplier pieces(final SplittableRandom random, final int length)
    {
        final int longest = random.nextInt(3) == 0 ? length + 1 : 1 + random.nextInt(1 + Math.max(8, length / 10));
        final int shortest = Math.max(1, longest / 4);
        return () -> random.nextInt(shortest, longest + 1);
    }

    private static String withoutReason(final String event)
    {
        return event.startsWith("error:") ? event.substring(0, "error:1002".length()) : event;
    }
}
