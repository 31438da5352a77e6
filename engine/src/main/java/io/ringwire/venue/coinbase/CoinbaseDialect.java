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
package io.ringwire.venue.coinbase;

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonNames;
import io.ringwire.json.JsonType;
import io.ringwire.venue.VerdictFields;
import org.agrona.DirectBuffer;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.field;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.integer;
import static io.ringwire.json.JsonScanner.isEqual;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.text;
import static io.ringwire.json.JsonScanner.typeOf;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;

/**
 * Coinbase Exchange: messages that name their {@code type} and bear no id. Keeps no state: one object may serve many
 * sessions.
 * <ul>
 * <li>{@code subscriptions} is {@link MessageKind#SUBSCRIPTION}, {@code error} {@link MessageKind#ERROR},
 * {@code heartbeat}, of the channel of that name, {@link MessageKind#HEARTBEAT}. There is nothing that the engine
 * could ask for a heartbeat, so those go to the message handler, which subscribed to them.</li>
 * <li>Anything else with a type is {@link MessageKind#STREAM}; {@code snapshot} is a whole book.</li>
 * <li>The channel is {@code product_id}, because {@code sequence} counts per product, whatever the channel that the
 * message came by. Only the channel {@code full} shows each number; in others numbers are left out, and a
 * {@code ticker} bears the number of its {@code match}. Messages of the level2 channels bear none. Messages that only
 * the logged in user gets do not add to the number.</li>
 * </ul>
 * Names of channels are written {@code channel:product}, as in {@code level2:BTC-USD}, or {@code status}.
 */
public final class CoinbaseDialect implements Dialect
{
    private static final JsonNames FIELDS = new JsonNames("type", "product_id", "sequence");
    private static final int TYPE = 0;
    private static final int PRODUCT = 1;
    private static final int SEQUENCE = 2;

    private final SubscriptionDialect subscriptions;

    /**
     * Without a login: public channels.
     */
    public CoinbaseDialect()
    {
        this(null);
    }

    /**
     * With a login, which each subscribe message carries.
     *
     * @param credentials of the account, null for none.
     */
    public CoinbaseDialect(final CoinbaseCredentials credentials)
    {
        subscriptions = new CoinbaseSubscriptions(credentials);
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
        int type = MALFORMED;
        int product = MALFORMED;
        int sequence = MALFORMED;
        int key = firstKey(buffer, offset, limit);
        while (key >= 0)
        {
            final int value = valueOf(buffer, key, limit);
            if (value >= 0)
            {
                switch (FIELDS.indexOf(buffer, key, limit))
                {
                    case TYPE -> type = value;
                    case PRODUCT -> product = value;
                    case SEQUENCE -> sequence = value;
                    default ->
                    {
                        // of no interest
                    }
                }
            }

            key = nextKey(buffer, valueEnd(buffer, value, limit), limit);
        }

        if (isWhole(buffer, key, limit) && typeOf(buffer, type, limit) == JsonType.STRING)
        {
            judge(buffer, type, limit, verdict);
            VerdictFields.channel(buffer, product, limit, verdict);
            verdict.sequence(integer(buffer, sequence, limit));
        }
    }

    @Override
    public long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        return text(buffer, field(buffer, offset, limit, "type"), limit);
    }

    @Override
    public SubscriptionDialect subscriptions()
    {
        return subscriptions;
    }

    private static void judge(final DirectBuffer buffer, final int type, final int limit, final Verdict verdict)
    {
        if (isEqual(buffer, type, limit, "subscriptions"))
        {
            verdict.kind(MessageKind.SUBSCRIPTION);
        }
        else if (isEqual(buffer, type, limit, "error"))
        {
            verdict.kind(MessageKind.ERROR);
        }
        else if (isEqual(buffer, type, limit, "heartbeat"))
        {
            verdict.kind(MessageKind.HEARTBEAT);
        }
        else
        {
            verdict.kind(MessageKind.STREAM).snapshot(isEqual(buffer, type, limit, "snapshot"));
        }
    }
}
