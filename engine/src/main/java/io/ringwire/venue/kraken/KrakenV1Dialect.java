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
package io.ringwire.venue.kraken;

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonNames;
import io.ringwire.json.JsonType;
import io.ringwire.venue.VerdictFields;
import org.agrona.DirectBuffer;

import java.util.function.Supplier;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.behind;
import static io.ringwire.json.JsonScanner.field;
import static io.ringwire.json.JsonScanner.firstElement;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.integer;
import static io.ringwire.json.JsonScanner.isEqual;
import static io.ringwire.json.JsonScanner.isString;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextElement;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.text;
import static io.ringwire.json.JsonScanner.typeOf;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * Kraken spot, version 1: objects that name their {@code event}, and arrays of data. Keeps no state: one object may
 * serve many sessions, unless it has tokens.
 * <ul>
 * <li>An array of at least two elements, a string among them, is {@link MessageKind#STREAM}: {@code [channelID, data,
 * "book-10", "XBT/USD"]}, or {@code [data, "ownTrades", {"sequence":1}]} of private channels. The channel is the first
 * string, {@code book-10}. Public channels have no sequence, but checksums. A book with {@code as} or {@code bs} is a
 * snapshot.</li>
 * <li>{@code heartbeat} is {@link MessageKind#HEARTBEAT}, and so is a {@code pong} without an id.</li>
 * <li>An event with a {@code reqid} is a reply; of an error, if the event is {@code error} or the {@code status} is.
 * Without an id, {@code subscriptionStatus} is {@link MessageKind#SUBSCRIPTION} and {@code error}
 * {@link MessageKind#ERROR}. Whatever else there is, as {@code systemStatus}, is {@link MessageKind#DATA}.</li>
 * </ul>
 * Names of channels are written {@code book-10:XBT/USD}, {@code ohlc-5:XBT/USD}, {@code trade:XBT/USD},
 * {@code ownTrades}.
 */
public final class KrakenV1Dialect implements Dialect
{
    private static final JsonNames FIELDS = new JsonNames("event", "reqid", "status", "errorMessage");
    private static final int EVENT = 0;
    private static final int ID = 1;
    private static final int STATUS = 2;
    private static final int REASON = 3;

    private final SubscriptionDialect subscriptions;
    private final HeartbeatDialect heartbeats = new KrakenHeartbeats("event", "reqid");

    /**
     * Public channels.
     */
    public KrakenV1Dialect()
    {
        this(() -> null);
    }

    /**
     * Private channels, too.
     *
     * @param tokens for the subscriptions to private channels: {@link KrakenLogin#token()}.
     */
    public KrakenV1Dialect(final Supplier<String> tokens)
    {
        subscriptions = new KrakenV1Subscriptions(tokens);
    }

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        if (opcode != Opcode.TEXT)
        {
            return;
        }

        final int limit = offset + length;
        final int element = firstElement(buffer, offset, limit);
        if (element >= 0)
        {
            data(buffer, element, limit, verdict);
        }
        else
        {
            event(buffer, offset, limit, verdict);
        }
    }

    @Override
    public long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        return text(buffer, field(buffer, offset, limit, "event"), limit);
    }

    @Override
    public SubscriptionDialect subscriptions()
    {
        return subscriptions;
    }

    @Override
    public HeartbeatDialect heartbeats()
    {
        return heartbeats;
    }

    private static void data(final DirectBuffer buffer, final int first, final int limit, final Verdict verdict)
    {
        int channel = MALFORMED;
        int elements = 0;
        int element = first;
        while (element >= 0)
        {
            int end = MALFORMED;
            final JsonType type = typeOf(buffer, element, limit);
            if (type == JsonType.STRING && channel < 0)
            {
                channel = element;
            }
            else if (type == JsonType.OBJECT)
            {
                end = object(buffer, element, limit, channel >= 0, verdict);
            }

            elements++;
            element = nextElement(buffer, end < 0 ? valueEnd(buffer, element, limit) : end, limit);
        }

        if (isWhole(buffer, element, limit) && channel >= 0 && elements > 1)
        {
            VerdictFields.channel(buffer, channel, limit, verdict.kind(MessageKind.STREAM));
        }
        else
        {
            verdict.reset();
        }
    }

    /**
     * Before the channel's name stands the data of public channels, behind it the number of private ones.
     */
    private static int object(
        final DirectBuffer buffer,
        final int object,
        final int limit,
        final boolean isBehindName,
        final Verdict verdict)
    {
        int key = firstKey(buffer, object, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                if (isBehindName && isEqual(buffer, key, limit, "sequence"))
                {
                    verdict.sequence(integer(buffer, value, limit));
                }
                else if (!isBehindName && (isEqual(buffer, key, limit, "as") || isEqual(buffer, key, limit, "bs")))
                {
                    verdict.snapshot(true);
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        return behind(key);
    }

    private static void event(final DirectBuffer buffer, final int offset, final int limit, final Verdict verdict)
    {
        int event = MALFORMED;
        int id = MALFORMED;
        int status = MALFORMED;
        int reason = MALFORMED;
        int key = firstKey(buffer, offset, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case EVENT -> event = value;
                    case ID -> id = value;
                    case STATUS -> status = value;
                    case REASON -> reason = value;
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        if (isWhole(buffer, key, limit) && typeOf(buffer, event, limit) == JsonType.STRING)
        {
            final boolean isError =
                isEqual(buffer, event, limit, "error") || isString(buffer, status, limit, "error");
            verdict.rateLimited(KrakenErrors.isRateLimit(buffer, reason, limit));
            if (VerdictFields.id(buffer, id, limit, verdict))
            {
                verdict.kind(isError ? MessageKind.ERROR_REPLY : MessageKind.REPLY);
            }
            else
            {
                judge(buffer, event, limit, isError, verdict);
            }
        }
    }

    private static void judge(
        final DirectBuffer buffer, final int event, final int limit, final boolean isError, final Verdict verdict)
    {
        if (isEqual(buffer, event, limit, "heartbeat") || isEqual(buffer, event, limit, "pong"))
        {
            verdict.kind(MessageKind.HEARTBEAT);
        }
        else if (isEqual(buffer, event, limit, "subscriptionStatus"))
        {
            verdict.kind(MessageKind.SUBSCRIPTION);
        }
        else if (isError)
        {
            verdict.kind(MessageKind.ERROR);
        }
    }
}
