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
package io.ringwire.venue;

import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonType;
import org.agrona.DirectBuffer;

/**
 * JSON values as fields of a verdict. Neither allocates nor throws; any thread.
 */
public final class VerdictFields
{
    private VerdictFields()
    {
    }

    /**
     * Is there a value, other than null?
     *
     * @param buffer that holds it.
     * @param value  index of it, or negative if there is none.
     * @param limit  behind the last byte that may be read.
     * @return true if there is.
     */
    public static boolean isGiven(final DirectBuffer buffer, final int value, final int limit)
    {
        final JsonType type = JsonScanner.typeOf(buffer, value, limit);
        return type != JsonType.NONE && type != JsonType.NULL;
    }

    /**
     * The id of the request that is answered.
     *
     * @param buffer  that holds it.
     * @param value   index of the id, or negative if there is none.
     * @param limit   behind the last byte that may be read.
     * @param verdict to fill.
     * @return false if a request cannot have this id: it is neither an integer of at most 18 digits nor a string
     * without escapes. Then the verdict is as it was.
     */
    public static boolean id(final DirectBuffer buffer, final int value, final int limit, final Verdict verdict)
    {
        final long integer = JsonScanner.integer(buffer, value, limit);
        if (integer != JsonScanner.NOT_AN_INTEGER)
        {
            verdict.correlationId(integer);
            return true;
        }

        final long text = JsonScanner.text(buffer, value, limit);
        if (text != JsonScanner.NO_TEXT)
        {
            verdict.textId((int)(text >>> Integer.SIZE), (int)text);
            return true;
        }

        return false;
    }

    /**
     * The channel of a message: none if its name is no string, or one with escapes.
     *
     * @param buffer  that holds it.
     * @param value   index of the name, or negative if there is none.
     * @param limit   behind the last byte that may be read.
     * @param verdict to fill.
     */
    public static void channel(final DirectBuffer buffer, final int value, final int limit, final Verdict verdict)
    {
        final long text = JsonScanner.text(buffer, value, limit);
        verdict.channel(
            text == JsonScanner.NO_TEXT ? 0 : (int)(text >>> Integer.SIZE),
            text == JsonScanner.NO_TEXT ? 0 : (int)text);
    }
}
