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

import static io.ringwire.json.JsonScanner.MALFORMED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Finds the ends of values, eight bytes at a time where it can: the bytes are lanes of a long, the first in the lowest,
 * and the highest bit of a lane is the answer to a question about its byte.
 */
final class JsonSkip
{
    private static final int HEX_DIGITS = 4;
    private static final int HEX_RADIX = 16;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x80 * ONES;
    private static final long LOW_BITS = 0x7F * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;
    private static final long FROM_BRACE = (0x80 - '{') * ONES;
    private static final long BEHIND_BRACE = (0x80 - '}' - 1) * ONES;

    private JsonSkip()
    {
    }

    static int stringEnd(final DirectBuffer buffer, final int string, final int limit)
    {
        if (string < 0 || string >= limit || buffer.getByte(string) != '"')
        {
            return MALFORMED;
        }

        int index = string + 1;
        while (index >= 0 && index < limit)
        {
            if (limit - index >= Long.BYTES)
            {
                final long stops = stops(buffer.getLong(index, LITTLE_ENDIAN));
                if (stops == 0)
                {
                    index += Long.BYTES;
                    continue;
                }

                index += Long.numberOfTrailingZeros(stops) >> 3;
            }

            final byte b = buffer.getByte(index);
            if (b == '"')
            {
                return index + 1;
            }

            index = b == '\\' ? escapeEnd(buffer, index, limit) : b >= 0 && b < ' ' ? MALFORMED : index + 1;
        }

        return MALFORMED;
    }

    /**
     * Skip an object or array. A word in which a string with an escape or the container itself may end is walked byte
     * by byte.
     */
    static int containerEnd(final DirectBuffer buffer, final int container, final int limit)
    {
        int index = container + 1;
        int depth = 1;
        int quotes = 0; // the lowest bit says: inside of a string
        while (index < limit)
        {
            if (limit - index >= Long.BYTES)
            {
                final long word = buffer.getLong(index, LITTLE_ENDIAN);
                final long quoteLanes = zeroLanes(word ^ QUOTES);
                final long specialLanes = specialLanes(word);
                if (specialLanes == 0)
                {
                    quotes += Long.bitCount(quoteLanes);
                    index += Long.BYTES;
                    continue;
                }

                if (zeroLanes(word ^ BACKSLASHES) == 0)
                {
                    // a lane of the product counts the quotes up to its byte; odd is inside of a string
                    final long stringLanes = ((quoteLanes >>> 7) + (quotes & 1)) * ONES << 7;
                    final long bracketLanes = specialLanes & ~stringLanes;
                    final long closeLanes = bracketLanes & word << 5 & word << 7; // bits 2 and 0 of } and ]
                    final int closed = Long.bitCount(closeLanes);
                    if (closed < depth)
                    {
                        depth += Long.bitCount(bracketLanes & word << 6) - closed; // bit 1 of { and [
                        quotes += Long.bitCount(quoteLanes);
                        index += Long.BYTES;
                        continue;
                    }
                }
            }

            for (final int stop = Math.min(index + Long.BYTES, limit); index < stop; index++)
            {
                final byte b = buffer.getByte(index);
                if (b == '"')
                {
                    quotes++;
                }
                else if (b == '\\')
                {
                    index++; // what follows is escaped, also a quote
                }
                else if ((quotes & 1) == 0 && (b == '{' || b == '['))
                {
                    depth++;
                }
                else if ((quotes & 1) == 0 && (b == '}' || b == ']') && --depth == 0)
                {
                    return index + 1;
                }
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
            if (zeroLanes(buffer.getLong(index, LITTLE_ENDIAN) ^ BACKSLASHES) != 0)
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
     * Lanes of braces, brackets, backslashes and bars: with bit 5 set, those are the bytes from an opening to a closing
     * brace.
     */
    private static long specialLanes(final long word)
    {
        final long folded = (word | BLANKS) & LOW_BITS;
        return folded + FROM_BRACE & ~(folded + BEHIND_BRACE) & ~word & HIGH_BITS;
    }

    private static long zeroLanes(final long word)
    {
        return ~((word & LOW_BITS) + LOW_BITS | word | LOW_BITS);
    }
}
