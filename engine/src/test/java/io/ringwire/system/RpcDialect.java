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
package io.ringwire.system;

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonType;
import org.agrona.DirectBuffer;

/**
 * Knows requests and their replies: an object with an id answers a request unless it has a method, then it is one of
 * the venue's; with an error it is an error. An array is a batch. It throws at an object with a field "throw".
 */
final class RpcDialect implements Dialect
{
    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        final int limit = offset + length;
        if (JsonScanner.firstElement(buffer, offset, limit) != JsonScanner.MALFORMED)
        {
            verdict.kind(MessageKind.BATCH);
            return;
        }

        if (has(buffer, offset, limit, "throw"))
        {
            throw new IllegalStateException("told to");
        }

        final int id = JsonScanner.field(buffer, offset, limit, "id");
        if (id < 0)
        {
            return;
        }

        if (JsonScanner.typeOf(buffer, id, limit) == JsonType.STRING)
        {
            verdict.textId(id + 1, JsonScanner.stringEnd(buffer, id, limit) - id - 2);
        }
        else
        {
            verdict.correlationId(JsonScanner.integer(buffer, id, limit));
        }

        verdict.kind(has(buffer, offset, limit, "method") ? MessageKind.SERVER_REQUEST :
            has(buffer, offset, limit, "error") ? MessageKind.ERROR_REPLY : MessageKind.REPLY);
    }

    private static boolean has(final DirectBuffer buffer, final int offset, final int limit, final String name)
    {
        return JsonScanner.field(buffer, offset, limit, name) >= 0;
    }
}
