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
package io.ringwire.json;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

import java.nio.ByteOrder;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.DirectBuffer.SHOULD_BOUNDS_CHECK;

/**
 * Finds the ends of values, eight bytes at a time where it can: the bytes are lanes of a long, the first in
 * the lowest, and the highest bit of a lane is the answer to a question about its byte.
 */
final class JsonSkip
{
    private static final int HEX_DIGITS = 4;
    private static final int HEX_RADIX = 16;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * ONES;
    private static final long LOW_BITS = 0x7F * ONES;
    static final long QUOTES = '"' * ONES;
    static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;
    private static final long FROM_BACKSLASH = (0x80 - '\\') * ONES;

    private JsonSkip()
    {
    }

    static int stringEnd(final DirectBuffer buffer, final int string, final int limit)
    {
        if (string < 0 || string >= limit || buffer.getByte(string) != '"')
        {
            return MALFORMED;
        }

        boundsCheck(buffer, string, limit);
        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset();
        int index = string + 1;
        while (index >= 0 && index < limit)
        {
            if (limit - index >= Long.BYTES)
            {
                final long stops = stops(word(array, address + index));
                if (stops == 0)
                {
                    index += Long.BYTES;
                    continue;
                }

                index += Long.numberOfTrailingZeros(stops) >> 3;
            }

            final byte b = UnsafeApi.getByte(array, address + index);
            if (b == '"')
            {
                return index + 1;
            }

            index = b == '\\' ? escapeEnd(buffer, index, limit) : b >= 0 && b < ' ' ? MALFORMED : index + 1;
        }

        return MALFORMED;
    }

    /**
     * Skip an object or array. Most words are ASCII and hold no bracket: of those only the quotes count, and a short
     * loop of its own keeps what it needs in registers.
     */
    static int containerEnd(final DirectBuffer buffer, final int container, final int limit)
    {
        boundsCheck(buffer, container, limit);
        final byte[] array = buffer.byteArray();
        final long base = buffer.addressOffset();
        final long start = base + container;
        final long end = base + limit;
        long address = start + 1;
        int depth = 1;
        long parity = 0; // the number of high bits is odd: inside of a string
        while (address < end)
        {
            for (; end - address > Long.BYTES; address += Long.BYTES) // a byte is left: address < end
            {
                final long word = word(array, address);
                if (((specials(word) | word) & HIGH_BITS) != 0)
                {
                    break;
                }

                parity ^= quotes(word);
            }

            long word = word(array, start, address, end);
            int length = Long.BYTES;
            long specialLanes = specials(word & LOW_BITS) & ~word & HIGH_BITS;
            if ((specialLanes & ~(word << 7)) != 0) // bit 0 tells a bracket from a backslash
            {
                final long backslashLanes = lanesOf(word, BACKSLASHES);
                if (backslashLanes != 0)
                {
                    word &= lanesBefore(backslashLanes);
                    specialLanes &= lanesBefore(backslashLanes);
                    length = (Long.numberOfTrailingZeros(backslashLanes) >> 3) + 2; // what follows is escaped
                }
            }

            final long quoteLanes = quotes(word & LOW_BITS) & ~word & HIGH_BITS;
            // a lane of the product counts the quotes up to its byte; odd is inside of a string
            final long stringLanes = ((quoteLanes >>> 7) + (Long.bitCount(parity & HIGH_BITS) & 1)) * ONES << 7;
            final long bracketLanes = specialLanes & word << 7 & ~stringLanes;
            final long closeLanes = bracketLanes & word << 5; // bit 2 of } and ]
            final int closed = Long.bitCount(closeLanes);
            final int last = closed < depth ? MALFORMED : lastLane(bracketLanes, closeLanes, depth);
            if (last >= 0)
            {
                return (int)(address - base) + last + 1;
            }

            depth += Long.bitCount(bracketLanes) - 2 * closed;
            parity ^= quoteLanes;
            address += length;
        }

        return MALFORMED;
    }

    /**
     * The lane of the bracket that closes the container, negative if none of the word does.
     */
    private static int lastLane(final long bracketLanes, final long closeLanes, final int depth)
    {
        int open = depth;
        for (long lanes = bracketLanes; lanes != 0; lanes &= lanes - 1)
        {
            open += (lanes & -lanes & closeLanes) == 0 ? 1 : -1;
            if (open == 0)
            {
                return Long.numberOfTrailingZeros(lanes) >> 3;
            }
        }

        return MALFORMED;
    }

    static int numberEnd(final DirectBuffer buffer, final int number, final int limit)
    {
        final int start = buffer.getByte(number) == '-' ? number + 1 : number;
        int end = digitsEnd(buffer, start, limit);
        if (end > start + 1 && buffer.getByte(start) == '0')
        {
            return MALFORMED;
        }

        if (end > 0 && end < limit && buffer.getByte(end) == '.')
        {
            end = digitsEnd(buffer, end + 1, limit);
        }

        if (end > 0 && end < limit && (buffer.getByte(end) | ' ') == 'e')
        {
            final int exponent = end + 1;
            final boolean isSigned =
                exponent < limit && (buffer.getByte(exponent) == '-' || buffer.getByte(exponent) == '+');
            end = digitsEnd(buffer, isSigned ? exponent + 1 : exponent, limit);
        }

        return end;
    }

    static int literalEnd(final DirectBuffer buffer, final int value, final int limit, final String literal)
    {
        final int length = literal.length();
        if (limit - value < length)
        {
            return MALFORMED;
        }

        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(value + i) != literal.charAt(i))
            {
                return MALFORMED;
            }
        }

        return value + length;
    }

    /**
     * Skip an escape: a backslash and what belongs to it (RFC 8259 section 7).
     */
    static int escapeEnd(final DirectBuffer buffer, final int index, final int limit)
    {
        if (index + 1 >= limit)
        {
            return MALFORMED;
        }

        switch (buffer.getByte(index + 1))
        {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' ->
            {
                return index + 2;
            }
            case 'u' ->
            {
                final int end = index + 2 + HEX_DIGITS;
                for (int digit = index + 2; digit < end; digit++)
                {
                    if (digit >= limit || Character.digit(buffer.getByte(digit), HEX_RADIX) < 0)
                    {
                        return MALFORMED;
                    }
                }

                return end;
            }
            default ->
            {
                return MALFORMED;
            }
        }
    }

    /**
     * The character that a whole escape stands for: a UTF-16 unit.
     */
    static char escaped(final DirectBuffer buffer, final int index)
    {
        final byte b = buffer.getByte(index + 1);
        return switch (b)
        {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' ->
            {
                int unit = 0;
                for (int i = 0; i < HEX_DIGITS; i++)
                {
                    unit = unit << 4 | Character.digit(buffer.getByte(index + 2 + i), HEX_RADIX);
                }

                yield (char)unit;
            }
            default -> (char)b;
        };
    }

    static boolean hasBackslash(final DirectBuffer buffer, final int start, final int end)
    {
        int index = start;
        while (end - index >= Long.BYTES)
        {
            if (lanesOf(buffer.getLong(index, LITTLE_ENDIAN), BACKSLASHES) != 0)
            {
                return true;
            }

            index += Long.BYTES;
        }

        while (index < end && buffer.getByte(index) != '\\')
        {
            index++;
        }

        return index < end;
    }

    static boolean isDigit(final byte b)
    {
        return b >= '0' && b <= '9';
    }

    private static int digitsEnd(final DirectBuffer buffer, final int start, final int limit)
    {
        int end = start;
        while (end < limit && isDigit(buffer.getByte(end)))
        {
            end++;
        }

        return end > start ? end : MALFORMED;
    }

    /**
     * Lanes that end a run of plain bytes of a string: a quote, a backslash, a control character. Only the lowest lane
     * that is set is sure to be one.
     */
    private static long stops(final long word)
    {
        final long quotes = word ^ QUOTES;
        final long backslashes = word ^ BACKSLASHES;
        return (quotes - ONES & ~quotes | backslashes - ONES & ~backslashes | word - BLANKS & ~word) & HIGH_BITS;
    }

    /**
     * Of a word of ASCII, the highest bit of a lane is set if its byte is a brace, a bracket, a backslash or one of
     * {@code ^|~}: only one more than those has all the bits of a backslash. The other bits mean nothing.
     */
    private static long specials(final long ascii)
    {
        return (ascii + ONES & BACKSLASHES) + FROM_BACKSLASH;
    }

    /**
     * Of a word of ASCII, the highest bit of a lane is set if its byte is a quote. The other bits mean nothing.
     */
    private static long quotes(final long ascii)
    {
        return (ascii ^ QUOTES ^ LOW_BITS) + ONES;
    }

    /**
     * Of the lanes that are set only the lowest is sure to hold the byte.
     */
    static long lanesOf(final long word, final long bytes)
    {
        final long others = word ^ bytes;
        return others - ONES & ~others & HIGH_BITS;
    }

    /**
     * All bits of the bytes before the lowest lane that is set, of all bytes if there is none.
     */
    static long lanesBefore(final long lanes)
    {
        return ((lanes & -lanes) >>> 7) - 1;
    }

    /** The bytes at an address in a text from start to end, the first lowest, zeros where the text has ended. */
    static long word(final byte[] array, final long start, final long address, final long end)
    {
        if (end - address >= Long.BYTES)
        {
            return word(array, address);
        }

        if (end - start >= Long.BYTES)
        {
            return word(array, end - Long.BYTES) >>> (Long.BYTES - (end - address)) * Byte.SIZE;
        }

        long word = 0;
        for (long last = end - 1; last >= address; last--)
        {
            word = word << Byte.SIZE | UnsafeApi.getByte(array, last) & 0xFF;
        }

        return word;
    }

    /** The bytes at an address, the first lowest. */
    private static long word(final byte[] array, final long address)
    {
        final long word = UnsafeApi.getLong(array, address);
        return ByteOrder.nativeOrder() == LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    static void boundsCheck(final DirectBuffer buffer, final int index, final int limit)
    {
        if (SHOULD_BOUNDS_CHECK)
        {
            buffer.boundsCheck(index, limit - index);
        }
    }
}
