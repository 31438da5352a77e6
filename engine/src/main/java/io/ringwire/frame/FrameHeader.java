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

import io.ringwire.api.Opcode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static io.ringwire.frame.FrameFormat.FIN_BIT;
import static io.ringwire.frame.FrameFormat.LENGTH_16_FOLLOWS;
import static io.ringwire.frame.FrameFormat.LENGTH_64_FOLLOWS;
import static io.ringwire.frame.FrameFormat.MASK_BIT;
import static io.ringwire.frame.FrameFormat.MAX_MEDIUM_LENGTH;
import static io.ringwire.frame.FrameFormat.MAX_SHORT_LENGTH;
import static io.ringwire.frame.FrameFormat.OPCODE_BITS;
import static io.ringwire.frame.FrameFormat.OPCODE_CLOSE;
import static io.ringwire.frame.FrameFormat.OPCODE_CONTINUATION;
import static io.ringwire.frame.FrameFormat.OPCODE_PING;
import static io.ringwire.frame.FrameFormat.OPCODE_PONG;
import static io.ringwire.frame.FrameFormat.RSV1_BIT;
import static io.ringwire.frame.FrameFormat.RSV_BITS;
import static io.ringwire.frame.FrameFormat.unmaskedHeaderLength;
import static java.nio.ByteOrder.BIG_ENDIAN;

/**
 * The header of a server's frame, gathered byte by byte and judged by RFC 6455 section 5.2 as soon as a byte can be.
 */
final class FrameHeader
{
    static final int NOT_WHOLE = -1;

    private static final int SHORT_FORM_LENGTH = 2;
    private static final int MEDIUM_FORM_LENGTH = 4;
    private static final int LONG_FORM_LENGTH = 10;

    private final byte[] bytes = new byte[LONG_FORM_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;

    /**
     * Add the next byte.
     *
     * @param value         of the byte.
     * @param insideMessage true if a fragmented message is still open.
     * @param deflateAgreed true if messages may be compressed.
     * @return the rule the header breaks, null if none so far.
     */
    String append(final byte value, final boolean insideMessage, final boolean deflateAgreed)
    {
        bytes[length++] = value;
        switch (length)
        {
            case 1:
                final String reservedBitsRule = reservedBitsRule(deflateAgreed);
                return null == reservedBitsRule ? opcodeRule(insideMessage) : reservedBitsRule;

            case SHORT_FORM_LENGTH:
                return secondByteRule();

            default:
                return isComplete() ? lengthRule() : null;
        }
    }

    /**
     * Take the last byte back, to be appended again.
     */
    void dropLast()
    {
        length--;
    }

    void reset()
    {
        length = 0;
    }

    boolean isEmpty()
    {
        return 0 == length;
    }

    boolean isComplete()
    {
        if (length < SHORT_FORM_LENGTH)
        {
            return false;
        }

        final int lengthBits = bytes[1];
        return length == (LENGTH_64_FOLLOWS == lengthBits ? LONG_FORM_LENGTH :
            LENGTH_16_FOLLOWS == lengthBits ? MEDIUM_FORM_LENGTH : SHORT_FORM_LENGTH);
    }

    boolean isFin()
    {
        return 0 != (bytes[0] & FIN_BIT);
    }

    boolean isCompressed()
    {
        return 0 != (bytes[0] & RSV1_BIT);
    }

    boolean isControl()
    {
        return opcode() >= OPCODE_CLOSE;
    }

    int opcode()
    {
        return bytes[0] & OPCODE_BITS;
    }

    long payloadLength()
    {
        switch (length)
        {
            case SHORT_FORM_LENGTH:
                return bytes[1];

            case MEDIUM_FORM_LENGTH:
                return buffer.getShort(2, BIG_ENDIAN) & 0xFFFF;

            default:
                return buffer.getLong(2, BIG_ENDIAN);
        }
    }

    private String reservedBitsRule(final boolean deflateAgreed)
    {
        final int reservedBits = bytes[0] & RSV_BITS;
        if (0 == reservedBits)
        {
            return null;
        }

        if (!deflateAgreed || RSV1_BIT != reservedBits)
        {
            return "reserved bits set without an extension";
        }

        return isControl() ? "compressed control frame" :
            OPCODE_CONTINUATION == opcode() ? "compression bit set on a continuation" : null;
    }

    private String opcodeRule(final boolean insideMessage)
    {
        final int firstByte = bytes[0];
        switch (firstByte & OPCODE_BITS)
        {
            case OPCODE_CONTINUATION:
                return insideMessage ? null : "continuation without a message to continue";

            case Opcode.TEXT:
            case Opcode.BINARY:
                return insideMessage ? "new message inside a fragmented message" : null;

            case OPCODE_CLOSE:
            case OPCODE_PING:
            case OPCODE_PONG:
                return 0 == (firstByte & FIN_BIT) ? "fragmented control frame" : null;

            default:
                return "unknown opcode";
        }
    }

    private String secondByteRule()
    {
        if (0 != (bytes[1] & MASK_BIT))
        {
            return "masked frame from a server";
        }

        if (isControl() && bytes[1] > MAX_SHORT_LENGTH)
        {
            return "control frame longer than 125 bytes";
        }

        return OPCODE_CLOSE == opcode() && 1 == bytes[1] ? "close frame with half a code" : null;
    }

    private String lengthRule()
    {
        final long payloadLength = payloadLength();
        if (payloadLength < 0)
        {
            return "64-bit length with the top bit set";
        }

        final int longestOfShorterForm = MEDIUM_FORM_LENGTH == length ? MAX_SHORT_LENGTH : MAX_MEDIUM_LENGTH;
        return payloadLength <= longestOfShorterForm ? "length not in its shortest form" : null;
    }

    /**
     * Payload length of the whole, unfragmented, legal data frame that begins at the position, or {@link #NOT_WHOLE}.
     * The mask takes away the bits of the first byte that may be set or not.
     */
    static int wholeMessageLength(
        final DirectBuffer buffer, final int position, final int limit, final int firstByteMask, final int maxLength)
    {
        final int available = limit - position;
        if (available < 2)
        {
            return NOT_WHOLE;
        }

        final int opcode = (buffer.getByte(position) & firstByteMask) - FIN_BIT;
        if (Opcode.TEXT != opcode && Opcode.BINARY != opcode)
        {
            return NOT_WHOLE;
        }

        long length = buffer.getByte(position + 1);
        if (length > MAX_SHORT_LENGTH)
        {
            length = extendedLength(buffer, position, (int)length, available);
        }

        return length >= 0 && length <= maxLength && length <= available - unmaskedHeaderLength((int)length) ?
            (int)length : NOT_WHOLE;
    }

    private static long extendedLength(
        final DirectBuffer buffer, final int position, final int lengthBits, final int available)
    {
        if (LENGTH_16_FOLLOWS == lengthBits)
        {
            final int length = available < 4 ? NOT_WHOLE : buffer.getShort(position + 2, BIG_ENDIAN) & 0xFFFF;
            return length > MAX_SHORT_LENGTH ? length : NOT_WHOLE;
        }

        final long length = available < LONG_FORM_LENGTH ?
            NOT_WHOLE : buffer.getLong(position + 2, BIG_ENDIAN);
        return length > MAX_MEDIUM_LENGTH ? length : NOT_WHOLE;
    }
}
