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
package io.ringwire.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;

import static io.ringwire.bench.server.FrameHeaders.CLOSE;
import static io.ringwire.bench.server.FrameHeaders.LENGTH_16;
import static io.ringwire.bench.server.FrameHeaders.LENGTH_64;
import static io.ringwire.bench.server.FrameHeaders.MASK_BIT;
import static io.ringwire.bench.server.FrameHeaders.MAX_LENGTH;
import static io.ringwire.bench.server.FrameHeaders.OPCODE_BITS;
import static io.ringwire.bench.server.FrameHeaders.PING;
import static io.ringwire.bench.server.FrameHeaders.PONG;

/**
 * Sends every frame back as it comes, unmasked: its payload streams through, so a frame may be of any length. Pings
 * come back as pongs, a close ends the connection. What one read brought leaves with one write.
 */
final class EchoConnection implements Connection
{
    private static final int OUTPUT_LENGTH = 128 * 1024;

    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_LENGTH);
    private long remaining;
    private int key;
    private boolean discarded;
    private boolean closing;

    @Override
    public void serve(final Peer peer) throws IOException
    {
        do
        {
            while (remaining > 0 && peer.received().hasRemaining() || remaining == 0 && beginFrame(peer.received()))
            {
                copyPayload(peer.received());
                if (output.remaining() < output.capacity() / 2)
                {
                    flush(peer);
                }

                if (closing && remaining == 0)
                {
                    flush(peer);
                    return;
                }
            }

            flush(peer);
        }
        while (peer.fill());
    }

    private void flush(final Peer peer) throws IOException
    {
        peer.write(output.flip());
        output.clear();
    }

    /**
     * Take the header of a frame, if all of it is there.
     */
    private boolean beginFrame(final ByteBuffer input) throws IOException
    {
        final int start = input.position();
        if (input.remaining() < 2)
        {
            return false;
        }

        final int firstByte = input.get(start);
        final int secondByte = input.get(start + 1);
        if ((secondByte & MASK_BIT) == 0)
        {
            throw new IOException("frame of a client without a mask");
        }

        final int lengthBits = secondByte & ~MASK_BIT & 0xFF;
        final int keyOffset = lengthBits == LENGTH_64 ? 10 : lengthBits == LENGTH_16 ? 4 : 2;
        if (input.remaining() < keyOffset + Integer.BYTES)
        {
            return false;
        }

        remaining = lengthBits == LENGTH_64 ? input.getLong(start + 2) :
            lengthBits == LENGTH_16 ? input.getShort(start + 2) & 0xFFFF : lengthBits;
        key = input.getInt(start + keyOffset);
        input.position(start + keyOffset + Integer.BYTES);

        final int opcode = firstByte & OPCODE_BITS;
        closing = opcode == CLOSE;
        discarded = opcode == PONG;
        if (!discarded)
        {
            FrameHeaders.put(output, opcode == PING ? firstByte ^ PING ^ PONG : firstByte, remaining);
        }

        return true;
    }

    private void copyPayload(final ByteBuffer input)
    {
        final int length = (int)Math.min(remaining, Math.min(input.remaining(), output.remaining() - MAX_LENGTH));
        remaining -= length;
        if (discarded)
        {
            input.position(input.position() + length);
            return;
        }

        final long longKey = (key & 0xFFFF_FFFFL) << Integer.SIZE | key & 0xFFFF_FFFFL;
        int left = length;
        for (; left >= Long.BYTES; left -= Long.BYTES)
        {
            output.putLong(input.getLong() ^ longKey);
        }

        for (; left > 0; left--)
        {
            output.put((byte)(input.get() ^ key >>> 24));
            key = Integer.rotateLeft(key, Byte.SIZE); // ends aligned to the byte that comes next
        }
    }
}
