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
import org.agrona.DirectBuffer;

/**
 * Replies of JSON-RPC 2.0 (and of Deribit, which speaks it): an object with an integer {@code id} and no {@code method}
 * among its own fields, whatever their order, nesting and spacing. A scan over the bytes, without a tree; whatever is
 * not such an object is not a reply.
 */
public final class JsonRpcDialect implements Dialect
{
    private static final int NOT_FOUND = -1;
    private static final int MAX_DIGITS = 18; // any number of so many digits fits a long

    private static final long NOT_A_REPLY = Long.MIN_VALUE;

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        final long id = correlationIdOf(buffer, offset, length, opcode);
        if (id != NOT_A_REPLY)
        {
            verdict.kind(MessageKind.REPLY).correlationId(id);
        }
    }

    private static long correlationIdOf(
        final DirectBuffer buffer, final int offset, final int length, final int opcode)
    {
        final int limit = offset + length;
        int index = skipBlanks(buffer, offset, limit);
        if (opcode != Opcode.TEXT || index == limit || buffer.getByte(index) != '{')
        {
            return NOT_A_REPLY;
        }

        long id = NOT_A_REPLY;
        do
        {
            final int key = skipBlanks(buffer, index + 1, limit);
            final int keyEnd = stringEnd(buffer, key, limit);
            final int colon = keyEnd == NOT_FOUND ? limit : skipBlanks(buffer, keyEnd, limit);
            if (colon >= limit || buffer.getByte(colon) != ':' || isMethod(buffer, key, keyEnd))
            {
                return NOT_A_REPLY;
            }

            final int value = skipBlanks(buffer, colon + 1, limit);
            final int valueEnd = valueEnd(buffer, value, limit);
            if (valueEnd == NOT_FOUND)
            {
                return NOT_A_REPLY;
            }

            if (isId(buffer, key, keyEnd))
            {
                id = integer(buffer, value, valueEnd);
            }

            index = skipBlanks(buffer, valueEnd, limit);
        }
        while (index < limit && buffer.getByte(index) == ',');

        return index < limit && buffer.getByte(index) == '}' ? id : NOT_A_REPLY;
    }

    private static boolean isId(final DirectBuffer buffer, final int key, final int keyEnd)
    {
        return keyEnd - key == 4 && buffer.getByte(key + 1) == 'i' && buffer.getByte(key + 2) == 'd';
    }

    private static boolean isMethod(final DirectBuffer buffer, final int key, final int keyEnd)
    {
        return keyEnd - key == 8 &&
            buffer.getByte(key + 1) == 'm' && buffer.getByte(key + 2) == 'e' && buffer.getByte(key + 3) == 't' &&
            buffer.getByte(key + 4) == 'h' && buffer.getByte(key + 5) == 'o' && buffer.getByte(key + 6) == 'd';
    }

    private static int skipBlanks(final DirectBuffer buffer, final int from, final int limit)
    {
        int index = from;
        while (index < limit && isBlank(buffer.getByte(index)))
        {
            index++;
        }

        return index;
    }

    private static boolean isBlank(final byte b)
    {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static int stringEnd(final DirectBuffer buffer, final int start, final int limit)
    {
        if (start >= limit || buffer.getByte(start) != '"')
        {
            return NOT_FOUND;
        }

        for (int index = start + 1; index < limit; index++)
        {
            final byte b = buffer.getByte(index);
            if (b == '"')
            {
                return index + 1;
            }

            if (b == '\\')
            {
                index++; // what follows is escaped, also a quote
            }
        }

        return NOT_FOUND;
    }

    private static int valueEnd(final DirectBuffer buffer, final int start, final int limit)
    {
        int depth = 0;
        for (int index = start; index < limit; index++)
        {
            final byte b = buffer.getByte(index);
            if (b == '"')
            {
                index = stringEnd(buffer, index, limit) - 1;
                if (index < start)
                {
                    return NOT_FOUND;
                }
            }
            else if (b == '{' || b == '[')
            {
                depth++;
            }
            else if (depth > 0 && (b == '}' || b == ']'))
            {
                depth--;
            }
            else if (depth == 0 && (b == ',' || b == '}' || b == ']'))
            {
                return index;
            }
        }

        return NOT_FOUND;
    }

    private static long integer(final DirectBuffer buffer, final int start, final int end)
    {
        int last = end;
        while (last > start && isBlank(buffer.getByte(last - 1)))
        {
            last--;
        }

        final boolean negative = start < last && buffer.getByte(start) == '-';
        final int first = negative ? start + 1 : start;
        if (first == last || last - first > MAX_DIGITS)
        {
            return NOT_A_REPLY;
        }

        long value = 0;
        for (int index = first; index < last; index++)
        {
            final byte b = buffer.getByte(index);
            if (b < '0' || b > '9')
            {
                return NOT_A_REPLY;
            }

            value = value * 10 + (b - '0');
        }

        return negative ? -value : value;
    }
}
