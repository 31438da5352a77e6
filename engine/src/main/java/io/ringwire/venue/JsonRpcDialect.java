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

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonNames;
import io.ringwire.json.JsonType;
import org.agrona.DirectBuffer;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.blanksEnd;
import static io.ringwire.json.JsonScanner.field;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.text;
import static io.ringwire.json.JsonScanner.typeOf;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * JSON-RPC 2.0, of any venue that speaks it: what a message is follows from the object's own fields {@code id},
 * {@code method} and {@code error}, whatever their order, nesting, spacing and escapes. Of two fields of one name the
 * last counts, as in JSON libraries. What is no whole JSON text is {@link MessageKind#DATA}.
 * <ul>
 * <li>{@code id} without {@code method}: {@link MessageKind#REPLY}, or {@link MessageKind#ERROR_REPLY} if there is an
 * {@code error} that is not null. An id is an integer of at most 18 digits, or a string. A string that the venue gives
 * back with an escape in it is matched with no request, and the message is {@link MessageKind#DATA}: choose ids of
 * letters and digits.</li>
 * <li>{@code error} without {@code id}: {@link MessageKind#ERROR}.</li>
 * <li>{@code method} with {@code id}: {@link MessageKind#SERVER_REQUEST}; without: a notification,
 * {@link MessageKind#DATA}.</li>
 * <li>An array: {@link MessageKind#BATCH}.</li>
 * </ul>
 */
public final class JsonRpcDialect implements Dialect
{
    private static final JsonNames FIELDS = new JsonNames("id", "method", "error");
    private static final int ID = 0;
    private static final int METHOD = 1;
    private static final int ERROR = 2;

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        if (opcode != Opcode.TEXT)
        {
            return;
        }

        final int limit = offset + length;
        int id = MALFORMED;
        int method = MALFORMED;
        int error = MALFORMED;
        int key = firstKey(buffer, offset, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case ID -> id = value;
                    case METHOD -> method = value;
                    case ERROR -> error = value;
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        if (isWhole(buffer, key, limit))
        {
            judge(buffer, limit, id, method, error, verdict);
        }
        else if (isBatch(buffer, offset, limit))
        {
            verdict.kind(MessageKind.BATCH);
        }
    }

    @Override
    public long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        return text(buffer, field(buffer, offset, limit, "method"), limit);
    }

    /**
     * Judge a whole message of JSON-RPC by its fields. Neither allocates nor throws.
     *
     * @param buffer  that holds it.
     * @param limit   behind its last byte.
     * @param id      index of the value of the field, negative if the message has none.
     * @param method  likewise.
     * @param error   likewise.
     * @param verdict to fill.
     */
    public static void judge(
        final DirectBuffer buffer,
        final int limit,
        final int id,
        final int method,
        final int error,
        final Verdict verdict)
    {
        final boolean hasId = VerdictFields.isGiven(buffer, id, limit);
        final boolean hasError = VerdictFields.isGiven(buffer, error, limit);
        if (method >= 0)
        {
            verdict.kind(hasId ? MessageKind.SERVER_REQUEST : MessageKind.DATA);
        }
        else if (hasId && VerdictFields.id(buffer, id, limit, verdict))
        {
            verdict.kind(hasError ? MessageKind.ERROR_REPLY : MessageKind.REPLY);
        }
        else if (!hasId && hasError)
        {
            verdict.kind(MessageKind.ERROR);
        }
    }

    private static boolean isBatch(final DirectBuffer buffer, final int offset, final int limit)
    {
        final int array = blanksEnd(buffer, offset, limit);
        return typeOf(buffer, array, limit) == JsonType.ARRAY &&
            blanksEnd(buffer, valueEnd(buffer, array, limit), limit) == limit;
    }
}
