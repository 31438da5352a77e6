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

import java.nio.ByteBuffer;

/**
 * The headers of unmasked frames (RFC 6455 section 5.2).
 */
final class FrameHeaders
{
    static final int FIN_BIT = 0x80;
    static final int RSV_BITS = 0x70;
    static final int RSV1_BIT = 0x40;
    static final int MASK_BIT = 0x80;
    static final int OPCODE_BITS = 0x0F;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;
    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;
    static final int MAX_SHORT_LENGTH = 125;

    private static final int MAX_MEDIUM_LENGTH = 0xFFFF;

    private FrameHeaders()
    {
    }

    static int length(final long payloadLength)
    {
        return payloadLength <= MAX_SHORT_LENGTH ? 2 : payloadLength <= MAX_MEDIUM_LENGTH ? 4 : 10;
    }

    static void put(final ByteBuffer buffer, final int firstByte, final long payloadLength)
    {
        buffer.put((byte)firstByte);
        if (payloadLength <= MAX_SHORT_LENGTH)
        {
            buffer.put((byte)payloadLength);
        }
        else if (payloadLength <= MAX_MEDIUM_LENGTH)
        {
            buffer.put((byte)LENGTH_16).putShort((short)payloadLength);
        }
        else
        {
            buffer.put((byte)LENGTH_64).putLong(payloadLength);
        }
    }

    /**
     * Is this not the beginning of a client's frame (RFC 6455 section 5)?
     *
     * @param first      byte of the header.
     * @param second     byte of the header.
     * @param compressed true if RSV1 has a meaning.
     */
    static boolean isViolation(final int first, final int second, final boolean compressed)
    {
        final int opcode = first & OPCODE_BITS;
        final int reserved = first & RSV_BITS;
        final boolean control = opcode >= CLOSE;
        final boolean unknown = opcode > BINARY && opcode < CLOSE || opcode > PONG;
        return (second & MASK_BIT) == 0 || unknown ||
            reserved != 0 && (control || !compressed || reserved != RSV1_BIT) ||
            control && ((second & ~MASK_BIT & 0xFF) > MAX_SHORT_LENGTH || (first & FIN_BIT) == 0);
    }
}
