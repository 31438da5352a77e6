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

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonNames;
import io.ringwire.venue.VerdictFields;
import org.agrona.DirectBuffer;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.field;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.integer;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.text;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * Binance: events of market streams, wrapped with the name of their stream or raw, and replies of the WebSocket API.
 * Keeps no state: one object may serve many sessions.
 * <ul>
 * <li>Wrapped events ({@code /stream}): the channel is {@code stream}. The sequence is, by the event: of
 * {@code depthUpdate} {@code u}, a range from {@code U}, which at the futures follows {@code pu}; of {@code trade}
 * {@code t}; of {@code aggTrade} {@code a}; of a partial book, which is a snapshot, {@code lastUpdateId}.</li>
 * <li>Raw events ({@code /ws}) do not name their stream: the channel is the symbol {@code s}, and only
 * {@code depthUpdate} has a sequence, since the numbers of other events count for themselves.</li>
 * <li>Events of the WebSocket API ({@code event}) have no channel.</li>
 * <li>{@code serverShutdown}, however it is wrapped, is {@link MessageKind#SHUTDOWN}. That the WebSocket API wraps it
 * as its other events, <code>{"event":{"e":"serverShutdown",...}}</code>, is an assumption.</li>
 * <li>What has an {@code id}, an integer of at most 18 digits or a string without escapes, is a reply; of an error, if
 * {@code error} is not null, if {@code status} is 400 or more, or if there is a {@code code} at the top, as in errors
 * of old. Without an id an error is {@link MessageKind#ERROR}. The status 429 or 418 says that we sent too much.</li>
 * </ul>
 * The venue pings by the WebSocket, which the engine answers.
 */
public final class BinanceDialect implements Dialect
{
    private static final JsonNames FIELDS = new JsonNames(
        "stream", "data", "event", "id", "error", "code", "status");
    private static final int STREAM = 0;
    private static final int DATA = 1;
    private static final int EVENT = 2;
    private static final int ID = 3;
    private static final int ERROR = 4;
    private static final int CODE = 5;
    private static final int STATUS = 6;

    private static final long FIRST_ERROR_STATUS = 400; // of the WebSocket API

    private static final long TOO_MANY_REQUESTS = 429;
    private static final long BANNED = 418;

    private final SubscriptionDialect subscriptions = new BinanceSubscriptions();

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        if (opcode != Opcode.TEXT)
        {
            return;
        }

        final int limit = offset + length;
        int stream = MALFORMED;
        int event = MALFORMED; // of a wrapper of any kind
        int id = MALFORMED;
        int error = MALFORMED;
        int code = MALFORMED;
        int status = MALFORMED;
        int key = firstKey(buffer, offset, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case STREAM -> stream = value;
                    case DATA, EVENT -> event = value;
                    case ID -> id = value;
                    case ERROR -> error = value;
                    case CODE -> code = value;
                    case STATUS -> status = value;
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
            final long statusCode = integer(buffer, status, limit);
            final boolean isError =
                VerdictFields.isGiven(buffer, error, limit) || statusCode >= FIRST_ERROR_STATUS || code >= 0;
            verdict.rateLimited(statusCode == TOO_MANY_REQUESTS || statusCode == BANNED);
            if (!isAnswer(buffer, id, limit, isError, verdict))
            {
                BinanceEvent.read(buffer, event < 0 ? offset : event, limit, stream, event < 0, verdict);
            }
        }
    }

    @Override
    public long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        return text(buffer, field(buffer, offset, limit, "method"), limit);
    }

    @Override
    public SubscriptionDialect subscriptions()
    {
        return subscriptions;
    }

    /**
     * Judge what has an id or an error.
     *
     * @return false if the message has neither.
     */
    private static boolean isAnswer(
        final DirectBuffer buffer, final int id, final int limit, final boolean isError, final Verdict verdict)
    {
        final boolean hasId = VerdictFields.isGiven(buffer, id, limit);
        if (hasId && VerdictFields.id(buffer, id, limit, verdict))
        {
            verdict.kind(isError ? MessageKind.ERROR_REPLY : MessageKind.REPLY);
        }
        else if (!hasId && isError)
        {
            verdict.kind(MessageKind.ERROR);
        }

        return hasId || isError;
    }
}
