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

import java.util.function.IntSupplier;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays the reader of a connection: offers a stream to a decoder in pieces, and after a refusal the rest again. Each
 * piece is copied to a buffer of its own, which ends where the piece ends, so that reading too far is seen.
 */
final class ByteFeed
{
    private static final int OFFSET = 3;

    private ByteFeed()
    {
    }

    static void feed(
        final FrameDecoder decoder, final byte[] stream, final IntSupplier pieceLength, final RecordingSink sink)
    {
        int begin = 0;
        int end = 0;

        while (begin < stream.length)
        {
            end = (int)Math.min((long)end + pieceLength.getAsInt(), stream.length);
            final int length = end - begin;
            final byte[] piece = new byte[OFFSET + length];
            System.arraycopy(stream, begin, piece, OFFSET, length);

            final int consumed = decoder.decode(new UnsafeBuffer(piece), OFFSET, length, sink);
            if (sink.pollRefused() ? consumed >= length : consumed != length)
            {
                throw new AssertionError("consumed " + consumed + " of " + length);
            }
            begin += consumed;
        }
    }

    /**
     * Two pieces, cut at the split point.
     */
    static IntSupplier splitAt(final int split)
    {
        final int[] next = {split};
        return () ->
        {
            final int length = next[0];
            next[0] = Integer.MAX_VALUE;
            return length;
        };
    }
}
