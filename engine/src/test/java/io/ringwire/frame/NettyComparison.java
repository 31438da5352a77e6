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

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One stream through our decoder and through Netty's, cut at random, the sink of ours without room at random: the same
 * messages, the same verdict, the same close code. Not thread safe.
 */
final class NettyComparison implements AutoCloseable
{
    private static final String TOO_LONG = "error:1009:message inflates to more than the limit";

    private final NettyOracle netty = new NettyOracle();
    private long terminated;
    private long completed;
    private long outOfReach;

    /**
     * Compare one stream, of a connection without compression if that is null.
     */
    void compare(
        final byte[] stream, final int maxFrameLength, final Compression compression, final SplittableRandom random)
    {
        final int refusePercent = random.nextBoolean() ? 0 : random.nextInt(60);
        final RecordingSink sink = new RecordingSink(() -> random.nextInt(100) >= refusePercent);
        decode(stream, maxFrameLength, compression, pieces(random, stream.length), sink);

        netty.reset(maxFrameLength, compression);
        final byte[] judged =
            null == compression || !sink.isTerminated() ? stream : judged(stream, maxFrameLength, compression);
        netty.feed(judged, pieces(random, judged.length));
        if (sink.isTerminated())
        {
            terminated++;
            if (!netty.isTerminated())
            {
                completed++;
                complete(compression);
            }
        }

        requireSame(sink.events(), () -> "maxFrameLength " + maxFrameLength + ' ' + compression + ": " +
            HexFormat.of().formatHex(stream));
    }

    private static void decode(
        final byte[] stream,
        final int maxFrameLength,
        final Compression compression,
        final IntSupplier pieceLength,
        final RecordingSink sink)
    {
        final FrameDecoder decoder = new FrameDecoder(maxFrameLength, Integer.MAX_VALUE, true);
        if (null == compression)
        {
            ByteFeed.feed(decoder, stream, pieceLength, sink);
        }
        else
        {
            try (MessageInflater inflater =
                new MessageInflater(compression.maxInflatedLength(), compression.contextTakeover()))
            {
                decoder.reset(inflater);
                ByteFeed.feed(decoder, stream, pieceLength, sink);
            }
        }
    }

    /**
     * The stream up to the first byte that lets us come to a verdict.
     */
    private static byte[] judged(final byte[] stream, final int maxFrameLength, final Compression compression)
    {
        final RecordingSink sink = new RecordingSink();
        final int[] length = {0};
        decode(stream, maxFrameLength, compression, () ->
        {
            length[0] += sink.isTerminated() ? 0 : 1;
            return 1;
        }, sink);
        return Arrays.copyOf(stream, length[0]);
    }

    private void complete(final Compression compression)
    {
        if (null == compression)
        {
            netty.completeFrame();
        }
        else
        {
            netty.completeMessage();
        }
    }

    private void requireSame(final List<String> events, final Supplier<String> stream)
    {
        final List<String> found = netty.events();
        final int last = events.size() - 1;
        final boolean tooLongOrBad = found.size() == events.size() && last >= 0 &&
            TOO_LONG.equals(events.get(last)) && "error:1007".equals(found.get(last));
        final List<String> expected = tooLongOrBad ? found.subList(0, last) : found;
        final int compared = tooLongOrBad || netty.isOutOfReach() ? expected.size() : events.size();
        outOfReach += netty.isOutOfReach() ? 1 : 0;

        final List<String> ours = events.stream()
            .limit(compared).map(NettyComparison::withoutReason).collect(Collectors.toList());
        if (!ours.equals(expected))
        {
            assertThat(ours).as(stream).isEqualTo(expected);
        }
    }

    /**
     * Streams that ended by a close frame or an error.
     */
    long terminated()
    {
        return terminated;
    }

    /**
     * Streams that were completed for Netty to come to a verdict.
     */
    long completed()
    {
        return completed;
    }

    /**
     * Streams that were compared up to where Netty can inflate no more.
     */
    long outOfReach()
    {
        return outOfReach;
    }

    @Override
    public void close()
    {
        netty.close();
    }

    static IntSupplier pieces(final SplittableRandom random, final int length)
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
