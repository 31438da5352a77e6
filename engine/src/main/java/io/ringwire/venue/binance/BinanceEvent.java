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
package io.ringwire.venue.binance;

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonNames;
import io.ringwire.venue.VerdictFields;
import org.agrona.DirectBuffer;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.integer;
import static io.ringwire.json.JsonScanner.isString;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * One event of a stream. IO thread.
 */
final class BinanceEvent
{
    private static final JsonNames FIELDS = new JsonNames("e", "s", "U", "u", "pu", "t", "a", "lastUpdateId");
    private static final int TYPE = 0;
    private static final int SYMBOL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 3;
    private static final int PREVIOUS = 4;
    private static final int TRADE = 5;
    private static final int AGGREGATE = 6;
    private static final int BOOK = 7;

    private BinanceEvent()
    {
    }

    /**
     * Read an event in a wrapper, or a message without one that may be an event: then the channel is the symbol, and
     * only the numbers of books are those of the channel.
     */
    static void read(
        final DirectBuffer buffer,
        final int event,
        final int limit,
        final int stream,
        final boolean isRaw,
        final Verdict verdict)
    {
        int type = MALFORMED;
        int symbol = MALFORMED;
        int first = MALFORMED;
        int last = MALFORMED;
        int previous = MALFORMED;
        int trade = MALFORMED;
        int aggregate = MALFORMED;
        int book = MALFORMED;
        int key = firstKey(buffer, event, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case TYPE -> type = value;
                    case SYMBOL -> symbol = value;
                    case FIRST -> first = value;
                    case LAST -> last = value;
                    case PREVIOUS -> previous = value;
                    case TRADE -> trade = value;
                    case AGGREGATE -> aggregate = value;
                    case BOOK -> book = value;
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        if (!isRaw || type >= 0 || symbol >= 0 || book >= 0)
        {
            VerdictFields.channel(buffer, isRaw ? symbol : stream, limit, verdict.kind(MessageKind.STREAM));
            if (isString(buffer, type, limit, "depthUpdate"))
            {
                verdict.firstSequence(integer(buffer, first, limit))
                    .sequence(integer(buffer, last, limit))
                    .previousSequence(integer(buffer, previous, limit));
            }
            else
            {
                judge(buffer, limit, type, trade, aggregate, book, verdict);
                verdict.sequence(isRaw ? Verdict.NO_SEQUENCE : verdict.sequence());
            }
        }
    }

    private static void judge(
        final DirectBuffer buffer,
        final int limit,
        final int type,
        final int trade,
        final int aggregate,
        final int book,
        final Verdict verdict)
    {
        if (isString(buffer, type, limit, "trade"))
        {
            verdict.sequence(integer(buffer, trade, limit));
        }
        else if (isString(buffer, type, limit, "aggTrade"))
        {
            verdict.sequence(integer(buffer, aggregate, limit));
        }
        else if (isString(buffer, type, limit, "serverShutdown"))
        {
            verdict.kind(MessageKind.SHUTDOWN);
        }
        else if (type < 0 && book >= 0)
        {
            verdict.snapshot(true).sequence(integer(buffer, book, limit));
        }
    }
}
