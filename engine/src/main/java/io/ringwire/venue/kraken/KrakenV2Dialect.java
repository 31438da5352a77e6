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
import static io.ringwire.json.JsonScanner.field;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.integer;
import static io.ringwire.json.JsonScanner.isEqual;
import static io.ringwire.json.JsonScanner.isString;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.text;
import static io.ringwire.json.JsonScanner.typeOf;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * Kraken spot, version 2: events name their {@code channel}, answers their {@code method}. Keeps no state: one object
 * may serve many sessions, unless it has tokens.
 * <ul>
 * <li>The channel {@code heartbeat} is {@link MessageKind#HEARTBEAT}, {@code status} is {@link MessageKind#DATA}, any
 * other {@link MessageKind#STREAM}, of the channel {@code channel}; the type {@code snapshot} is a whole picture. Only
 * private channels have a {@code sequence}; books have checksums.</li>
 * <li>What has a {@code req_id} is a reply; of an error, if {@code success} is false or there is an {@code error}.
 * Without an id, a {@code pong} is {@link MessageKind#HEARTBEAT}, an error {@link MessageKind#ERROR}, and the methods
 * {@code subscribe} and {@code unsubscribe} are {@link MessageKind#SUBSCRIPTION}.</li>
 * </ul>
 * Names of channels are written {@code book-10:BTC/USD}, {@code ohlc-5:BTC/USD}, {@code trade:BTC/USD},
 * {@code executions}.
 */
public final class KrakenV2Dialect implements Dialect
{
    private static final JsonNames FIELDS = new JsonNames(
        "channel", "type", "sequence", "method", "req_id", "success", "error");
    private static final int CHANNEL = 0;
    private static final int TYPE = 1;
    private static final int SEQUENCE = 2;
    private static final int METHOD = 3;
    private static final int ID = 4;
    private static final int SUCCESS = 5;
    private static final int ERROR = 6;

    private final SubscriptionDialect subscriptions;
    private final HeartbeatDialect heartbeats = new KrakenHeartbeats("method", "req_id");

    /**
     * Public channels.
     */
    public KrakenV2Dialect()
    {
        this(() -> null);
    }

    /**
     * Private channels, too.
     *
     * @param tokens for the subscriptions to private channels: {@link KrakenLogin#token()}.
     */
    public KrakenV2Dialect(final Supplier<String> tokens)
    {
        subscriptions = new KrakenV2Subscriptions(tokens);
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
        int channel = MALFORMED;
        int type = MALFORMED;
        int sequence = MALFORMED;
        int method = MALFORMED;
        int id = MALFORMED;
        int success = MALFORMED;
        int error = MALFORMED;
        int key = firstKey(buffer, offset, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case CHANNEL -> channel = value;
                    case TYPE -> type = value;
                    case SEQUENCE -> sequence = value;
                    case METHOD -> method = value;
                    case ID -> id = value;
                    case SUCCESS -> success = value;
                    case ERROR -> error = value;
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        if (isWhole(buffer, key, limit) && !isAnswer(buffer, id, success, error, limit, verdict))
        {
            if (typeOf(buffer, channel, limit) == JsonType.STRING)
            {
                event(buffer, channel, limit, verdict);
                verdict.snapshot(isString(buffer, type, limit, "snapshot")).sequence(integer(buffer, sequence, limit));
            }
            else
            {
                verdict.kind(kindOfMethod(buffer, method, limit));
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

    @Override
    public HeartbeatDialect heartbeats()
    {
        return heartbeats;
    }

    /**
     * Judge what has an id or an error.
     *
     * @return false if the message has neither.
     */
    private static boolean isAnswer(
        final DirectBuffer buffer,
        final int id,
        final int success,
        final int error,
        final int limit,
        final Verdict verdict)
    {
        final boolean isError =
            typeOf(buffer, success, limit) == JsonType.FALSE || VerdictFields.isGiven(buffer, error, limit);
        verdict.rateLimited(KrakenErrors.isRateLimit(buffer, error, limit));
        final boolean hasId = VerdictFields.id(buffer, id, limit, verdict);
        if (hasId)
        {
            verdict.kind(isError ? MessageKind.ERROR_REPLY : MessageKind.REPLY);
        }
        else if (isError)
        {
            verdict.kind(MessageKind.ERROR);
        }

        return hasId || isError;
    }

    private static void event(final DirectBuffer buffer, final int channel, final int limit, final Verdict verdict)
    {
        verdict.kind(isEqual(buffer, channel, limit, "heartbeat") ? MessageKind.HEARTBEAT :
            isEqual(buffer, channel, limit, "status") ? MessageKind.DATA : MessageKind.STREAM);
        VerdictFields.channel(buffer, channel, limit, verdict);
    }

    private static MessageKind kindOfMethod(final DirectBuffer buffer, final int method, final int limit)
    {
        return isString(buffer, method, limit, "pong") ? MessageKind.HEARTBEAT :
            isString(buffer, method, limit, "subscribe") || isString(buffer, method, limit, "unsubscribe") ?
                MessageKind.SUBSCRIPTION : MessageKind.DATA;
    }
}
