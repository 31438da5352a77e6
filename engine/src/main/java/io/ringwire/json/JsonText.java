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

import java.nio.charset.StandardCharsets;

import static io.ringwire.json.JsonScanner.MALFORMED;

/**
 * JSON text as Java strings, for the cold path: allocates. Any thread.
 */
public final class JsonText
{
    private JsonText()
    {
    }

    /**
     * Read a string.
     *
     * @param buffer that holds it.
     * @param value  index of its first quote, as {@link JsonScanner} returned it.
     * @param limit  behind the last byte that may be read.
     * @return what it says, without quotes and escapes, or null if there is no whole string at the index.
     */
    public static String string(final DirectBuffer buffer, final int value, final int limit)
    {
        final int end = JsonScanner.stringEnd(buffer, value, limit);
        if (end == MALFORMED)
        {
            return null;
        }

        final StringBuilder text = new StringBuilder(end - value);
        int index = value + 1;
        while (index < end - 1)
        {
            if (buffer.getByte(index) == '\\')
            {
                text.append(JsonSkip.escaped(buffer, index));
                index = JsonSkip.escapeEnd(buffer, index, end);
            }
            else
            {
                final int start = index;
                while (index < end - 1 && buffer.getByte(index) != '\\')
                {
                    index++;
                }

                text.append(raw(buffer, start, index));
            }
        }

        return text.toString();
    }

    /**
     * Read the field of an object that is a string.
     *
     * @param buffer that holds it.
     * @param object index of the object, or of blanks before it.
     * @param limit  behind the last byte that may be read.
     * @param name   of the field, ASCII without quotes and backslashes.
     * @return what it says, or null if there is no such object, no such field in it, or no string in the field.
     */
    public static String string(final DirectBuffer buffer, final int object, final int limit, final String name)
    {
        return string(buffer, JsonScanner.field(buffer, object, limit, name), limit);
    }

    /**
     * The bytes of a value as they stand.
     *
     * @param buffer that holds them.
     * @param start  index of the first.
     * @param end    index behind the last.
     * @return the text.
     */
    public static String raw(final DirectBuffer buffer, final int start, final int end)
    {
        final byte[] bytes = new byte[end - start];
        buffer.getBytes(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
