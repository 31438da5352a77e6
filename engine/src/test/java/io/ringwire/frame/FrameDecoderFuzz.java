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
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Fuzz target: the bytes of a server, behind two that set up the decoder. However they are cut and however often the
 * sink has no room, the decoder calls the sink in the same way, in the order {@link FrameSink} promises, and reads no
 * byte beyond the piece it is given. Netty's decoder must agree. A compressed message that both inflates to too much
 * and is corrupt may fail for the one or the other.
 */
public final class FrameDecoderFuzz
{
    private static final int MAX_MESSAGE_LENGTH = 1 << 16;
    private static final int NETTY_MAX_FRAME_LENGTH = 1000;
    private static final int UTF8_UNCHECKED = 0x01;
    private static final int COMPRESSION = 0x02;
    private static final int CONTEXT_TAKEOVER = 0x04;

    private static final NettyComparison NETTY = new NettyComparison();

    private FrameDecoderFuzz()
    {
    }

    /**
     * Called by the fuzzer, and by {@link FuzzCorpusTest} for each file of the corpus.
     *
     * @param data made up by the fuzzer.
     */
    public static void fuzzerTestOneInput(final byte[] data)
    {
        if (data.length > 2)
        {
            final int flags = data[0];
            final SplittableRandom random = new SplittableRandom(data[1]);
            final byte[] stream = Arrays.copyOfRange(data, 2, data.length);

            final List<String> whole = decode(flags, stream, () -> stream.length, () -> true);
            requireSame(whole, decode(flags, stream, () -> 1, () -> true), "byte by byte");
            requireSame(whole, decode(
                flags, stream, NettyComparison.pieces(random, stream.length), random::nextBoolean), "refused");
            if ((flags & UTF8_UNCHECKED) == 0)
            {
                NETTY.compare(stream, NETTY_MAX_FRAME_LENGTH, (flags & COMPRESSION) == 0 ? null :
                    new Compression((flags & CONTEXT_TAKEOVER) != 0, MAX_MESSAGE_LENGTH), random);
            }
        }
    }

    private static List<String> decode(
        final int flags, final byte[] stream, final IntSupplier pieceLength, final BooleanSupplier hasRoom)
    {
        final FrameDecoder decoder =
            new FrameDecoder(MAX_MESSAGE_LENGTH, MAX_MESSAGE_LENGTH, (flags & UTF8_UNCHECKED) == 0);
        final RecordingSink sink = new RecordingSink(hasRoom);
        if ((flags & COMPRESSION) == 0)
        {
            ByteFeed.feed(decoder, stream, pieceLength, sink);
        }
        else
        {
            try (MessageInflater inflater =
                new MessageInflater(MAX_MESSAGE_LENGTH, (flags & CONTEXT_TAKEOVER) != 0))
            {
                decoder.reset(inflater);
                ByteFeed.feed(decoder, stream, pieceLength, sink);
            }
        }

        final int kept = (flags & COMPRESSION) == 0 ? "error:1002".length() : "error:".length();
        return sink.events().stream()
            .map((event) -> event.startsWith("error:") ? event.substring(0, kept) : event)
            .collect(Collectors.toList());
    }

    private static void requireSame(final List<String> whole, final List<String> other, final String how)
    {
        if (!whole.equals(other))
        {
            throw new AssertionError("whole: " + whole + ' ' + how + ": " + other);
        }
    }
}
