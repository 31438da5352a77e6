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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One stream through our decoder and through Netty's, cut at random, the sink of ours without room at random: the same
 * messages, the same verdict, the same close code. Not thread safe.
 */
final class NettyComparison implements AutoCloseable
{
    private final NettyOracle netty = new NettyOracle();
    private long terminated;
    private long completed;

    void compare(final byte[] stream, final int maxFrameLength, final SplittableRandom random)
    {
        final int refusePercent = random.nextBoolean() ? 0 : random.nextInt(60);
        final RecordingSink sink = new RecordingSink(() -> random.nextInt(100) >= refusePercent);
        ByteFeed.feed(
            new FrameDecoder(maxFrameLength, Integer.MAX_VALUE, true), stream, pieces(random, stream.length), sink);
        final List<String> ours = sink.events().stream()
            .map(NettyComparison::withoutReason).collect(Collectors.toList());

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
                .as("maxFrameLength %d: %s", maxFrameLength, HexFormat.of().formatHex(stream))
                .isEqualTo(netty.events());
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
