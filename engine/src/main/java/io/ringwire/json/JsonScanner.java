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

/**
 * Finds its way through JSON text (RFC 8259) in a buffer, without a tree and without state: each function takes a
 * position and returns one. Nothing allocates and nothing throws; no byte outside [position, limit) is read. Any
 * thread.
 * <p>
 * Positions are indices of the buffer; a value is named by the index of its first byte. A negative position says that
 * there is none: {@link #MALFORMED}, or the complement of the index behind an object or array that has been walked to
 * its end. Functions that are given {@link #MALFORMED} return it, so that only the loop has to look:
 * <pre>{@code
 * int key = firstKey(buffer, offset, limit);
 * while (key >= 0)
 * {
 *     final int value = valueOf(buffer, key, limit);
 *     if (value >= 0 && isEqual(buffer, key, limit, "id"))
 *     {
 *         id = value;
 *     }
 *
 *     key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
 * }
 *
 * final boolean isGood = isWhole(buffer, key, limit);
 * }</pre>
 * What is walked is checked by the grammar to the letter, but for the encoding: text must be UTF-8, which the frame
 * decoder has seen to. A container that is skipped is only checked as far as its end depends on it: strings end, and
 * as many brackets close as open. So a prefix of a document is malformed, and a whole document is read as a JSON
 * library reads it; what a caller makes of two fields of one name is up to it, and the dialects let the last win, as
 * JSON libraries do.
 */
public final class JsonScanner
{
    /** This is no JSON, or not the kind of value that was asked for. */
    public static final int MALFORMED = Integer.MIN_VALUE;

    /** The number has a fraction, an exponent or more than 18 digits, or there is no number. */
    public static final long NOT_AN_INTEGER = Long.MIN_VALUE;

    /** There is no string, or its bytes are not its characters. */
    public static final long NO_TEXT = -1;

    private static final int MAX_DIGITS = 18; // any number of so many digits fits a long

    private JsonScanner()
    {
    }

    /**
     * Go into an object.
     *
     * @param buffer that holds it.
     * @param index  of the object, or of blanks before it.
     * @param limit  behind the last byte that may be read.
     * @return index of the quote before the first key; or, if the object is empty, the complement of the index behind
     * it; or {@link #MALFORMED}, also if this is no object.
     */
    public static int firstKey(final DirectBuffer buffer, final int index, final int limit)
    {
        final int first = first(buffer, index, limit, '{', '}');
        return first < 0 || buffer.getByte(first) == '"' ? first : MALFORMED;
    }

    /**
     * Find the value of a key.
     *
     * @param buffer that holds it.
     * @param key    index of the quote before the key.
     * @param limit  behind the last byte that may be read.
     * @return index of the first byte of the value, or {@link #MALFORMED}.
     */
    public static int valueOf(final DirectBuffer buffer, final int key, final int limit)
    {
        final int colon = blanksEnd(buffer, JsonSkip.stringEnd(buffer, key, limit), limit);
        if (colon < 0 || colon >= limit || buffer.getByte(colon) != ':')
        {
            return MALFORMED;
        }

        final int value = blanksEnd(buffer, colon + 1, limit);
        return value < limit ? value : MALFORMED;
    }

    /**
     * Go to the next key of an object.
     *
     * @param buffer   that holds it.
     * @param valueEnd index behind the value of the key before.
     * @param limit    behind the last byte that may be read.
     * @return index of the quote before the key; or, behind the last, the complement of the index behind the object; or
     * {@link #MALFORMED}.
     */
    public static int nextKey(final DirectBuffer buffer, final int valueEnd, final int limit)
    {
        final int next = next(buffer, valueEnd, limit, '}');
        return next < 0 || buffer.getByte(next) == '"' ? next : MALFORMED;
    }

    /**
     * Go into an array.
     *
     * @param buffer that holds it.
     * @param index  of the array, or of blanks before it.
     * @param limit  behind the last byte that may be read.
     * @return index of the first element; or, if the array is empty, the complement of the index behind it; or
     * {@link #MALFORMED}, also if this is no array.
     */
    public static int firstElement(final DirectBuffer buffer, final int index, final int limit)
    {
        return first(buffer, index, limit, '[', ']');
    }

    /**
     * Go to the next element of an array.
     *
     * @param buffer   that holds it.
     * @param valueEnd index behind the element before.
     * @param limit    behind the last byte that may be read.
     * @return index of the element; or, behind the last, the complement of the index behind the array; or
     * {@link #MALFORMED}.
     */
    public static int nextElement(final DirectBuffer buffer, final int valueEnd, final int limit)
    {
        return next(buffer, valueEnd, limit, ']');
    }

    /**
     * Where does the object or array end that has been walked?
     *
     * @param position that ended the walk, as the last call of {@link #nextKey} or {@link #nextElement} returned it.
     * @return index behind the object or array, or {@link #MALFORMED}.
     */
    public static int behind(final int position)
    {
        return position == MALFORMED ? MALFORMED : ~position;
    }

    /**
     * Was the document read to its end, and is there nothing behind it but blanks?
     *
     * @param buffer   that holds it.
     * @param position that ended the walk through its object or array.
     * @param limit    behind the last byte of the document.
     * @return true if the document is whole.
     */
    public static boolean isWhole(final DirectBuffer buffer, final int position, final int limit)
    {
        return position != MALFORMED && blanksEnd(buffer, ~position, limit) == limit;
    }

    /**
     * Find the value of one key of an object, of the last if several have this name.
     *
     * @param buffer that holds it.
     * @param object index of the object, or of blanks before it.
     * @param limit  behind the last byte that may be read.
     * @param name   of the key, ASCII without quotes and backslashes.
     * @return index of the value, or {@link #MALFORMED} if there is no such object or no such key in it.
     */
    public static int field(final DirectBuffer buffer, final int object, final int limit, final String name)
    {
        int found = MALFORMED;
        int key = firstKey(buffer, object, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0 && isEqual(buffer, key, limit, name))
            {
                found = value;
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        return key == MALFORMED ? MALFORMED : found;
    }

    /**
     * Judge a value by its first byte.
     *
     * @param buffer that holds it.
     * @param value  index of it.
     * @param limit  behind the last byte that may be read.
     * @return its type, {@link JsonType#NONE} if none begins so.
     */
    public static JsonType typeOf(final DirectBuffer buffer, final int value, final int limit)
    {
        if (value < 0 || value >= limit)
        {
            return JsonType.NONE;
        }

        return switch (buffer.getByte(value))
        {
            case '{' -> JsonType.OBJECT;
            case '[' -> JsonType.ARRAY;
            case '"' -> JsonType.STRING;
            case 't' -> JsonType.TRUE;
            case 'f' -> JsonType.FALSE;
            case 'n' -> JsonType.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonType.NUMBER;
            default -> JsonType.NONE;
        };
    }

    /**
     * Skip a value.
     *
     * @param buffer that holds it.
     * @param value  index of it.
     * @param limit  behind the last byte that may be read.
     * @return index behind it, or {@link #MALFORMED}.
     */
    public static int valueEnd(final DirectBuffer buffer, final int value, final int limit)
    {
        if (value < 0 || value >= limit)
        {
            return MALFORMED;
        }

        return switch (buffer.getByte(value))
        {
            case '{', '[' -> JsonSkip.containerEnd(buffer, value, limit);
            case '"' -> JsonSkip.stringEnd(buffer, value, limit);
            case 't' -> JsonSkip.literalEnd(buffer, value, limit, "true");
            case 'f' -> JsonSkip.literalEnd(buffer, value, limit, "false");
            case 'n' -> JsonSkip.literalEnd(buffer, value, limit, "null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonSkip.numberEnd(buffer, value, limit);
            default -> MALFORMED;
        };
    }

    /**
     * Skip a string.
     *
     * @param buffer that holds it.
     * @param string index of its first quote.
     * @param limit  behind the last byte that may be read.
     * @return index behind its last quote, or {@link #MALFORMED}, also if this is no string.
     */
    public static int stringEnd(final DirectBuffer buffer, final int string, final int limit)
    {
        return JsonSkip.stringEnd(buffer, string, limit);
    }

    /**
     * Does a string that is known to end hold this text? Escaped characters are the characters that they stand for.
     *
     * @param buffer that holds it.
     * @param string index of its first quote.
     * @param limit  behind the last byte that may be read.
     * @param text   ASCII without quotes and backslashes.
     * @return true if it does.
     */
    public static boolean isEqual(final DirectBuffer buffer, final int string, final int limit, final String text)
    {
        final int length = text.length();
        if (limit - string < length + 2)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            final byte b = buffer.getByte(string + 1 + i);
            if (b != text.charAt(i))
            {
                return b == '\\' && isEqualUnescaped(buffer, string, limit, text);
            }
        }

        return buffer.getByte(string + 1 + length) == '"';
    }

    /**
     * Is a value a string that says this?
     *
     * @param buffer that holds it.
     * @param value  index of a value that is known to end, or negative if there is none.
     * @param limit  behind the last byte that may be read.
     * @param text   ASCII without quotes and backslashes.
     * @return true if it is.
     */
    public static boolean isString(final DirectBuffer buffer, final int value, final int limit, final String text)
    {
        return typeOf(buffer, value, limit) == JsonType.STRING && isEqual(buffer, value, limit, text);
    }

    /**
     * Find the characters of a string where they stand for themselves.
     *
     * @param buffer that holds it.
     * @param string index of its first quote.
     * @param limit  behind the last byte that may be read.
     * @return index of the first character in the upper 32 bits and the length in bytes in the lower; or
     * {@link #NO_TEXT}, if there is no whole string or it holds an escape, so that its bytes are not its characters.
     */
    public static long text(final DirectBuffer buffer, final int string, final int limit)
    {
        final int end = JsonSkip.stringEnd(buffer, string, limit);
        return end < 0 || JsonSkip.hasBackslash(buffer, string + 1, end - 1) ? NO_TEXT :
            (long)(string + 1) << Integer.SIZE | end - string - 2;
    }

    /**
     * Read an integer.
     *
     * @param buffer that holds it.
     * @param value  index of the number.
     * @param limit  behind the last byte that may be read.
     * @return the integer, or {@link #NOT_AN_INTEGER}.
     */
    public static long integer(final DirectBuffer buffer, final int value, final int limit)
    {
        if (typeOf(buffer, value, limit) != JsonType.NUMBER)
        {
            return NOT_AN_INTEGER;
        }

        final boolean isNegative = buffer.getByte(value) == '-';
        final int first = isNegative ? value + 1 : value;
        final int end = JsonSkip.numberEnd(buffer, value, limit);
        if (end < 0 || end - first > MAX_DIGITS)
        {
            return NOT_AN_INTEGER;
        }

        long integer = 0;
        for (int index = first; index < end; index++)
        {
            final byte b = buffer.getByte(index);
            if (!JsonSkip.isDigit(b))
            {
                return NOT_AN_INTEGER;
            }

            integer = integer * 10 + (b - '0');
        }

        return isNegative ? -integer : integer;
    }

    /**
     * Skip blanks.
     *
     * @param buffer that holds them.
     * @param index  from which on.
     * @param limit  behind the last byte that may be read.
     * @return index of the first byte that is no blank, or the limit.
     */
    public static int blanksEnd(final DirectBuffer buffer, final int index, final int limit)
    {
        int end = index;
        while (end >= 0 && end < limit && isBlank(buffer.getByte(end)))
        {
            end++;
        }

        return end;
    }

    private static boolean isEqualUnescaped(
        final DirectBuffer buffer, final int string, final int limit, final String text)
    {
        int index = string + 1;
        int matched = 0;
        while (index >= 0 && index < limit)
        {
            final byte b = buffer.getByte(index);
            if (b == '"')
            {
                return matched == text.length();
            }

            final int end = b == '\\' ? JsonSkip.escapeEnd(buffer, index, limit) : index + 1;
            final char c = b != '\\' ? (char)(b & 0xFF) : end < 0 ? 0 : JsonSkip.escaped(buffer, index);
            if (matched == text.length() || c != text.charAt(matched++))
            {
                return false;
            }

            index = end;
        }

        return false;
    }

    private static int first(
        final DirectBuffer buffer, final int index, final int limit, final char open, final char close)
    {
        final int start = blanksEnd(buffer, index, limit);
        if (start < 0 || start >= limit || buffer.getByte(start) != open)
        {
            return MALFORMED;
        }

        final int first = blanksEnd(buffer, start + 1, limit);
        return first >= limit ? MALFORMED : buffer.getByte(first) == close ? ~(first + 1) : first;
    }

    private static int next(final DirectBuffer buffer, final int valueEnd, final int limit, final char close)
    {
        final int index = blanksEnd(buffer, valueEnd, limit);
        if (index < 0 || index >= limit)
        {
            return MALFORMED;
        }

        final byte b = buffer.getByte(index);
        if (b == close)
        {
            return ~(index + 1);
        }

        final int next = b == ',' ? blanksEnd(buffer, index + 1, limit) : limit;
        return next < limit ? next : MALFORMED;
    }

    private static boolean isBlank(final byte b)
    {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }
}
