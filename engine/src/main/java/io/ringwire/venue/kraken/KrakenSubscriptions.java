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

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.json.JsonText;
import org.agrona.DirectBuffer;

import java.util.List;
import java.util.function.Supplier;

/**
 * What the subscriptions of both versions have in common: a request names one channel, because it has room for one kind
 * of channel only and its symbols are answered one by one. So an answer to the request is about that channel.
 */
abstract class KrakenSubscriptions implements SubscriptionDialect
{
    private final Supplier<String> tokens;

    KrakenSubscriptions(final Supplier<String> tokens)
    {
        this.tokens = tokens;
    }

    @Override
    public final int maxChannelsPerRequest()
    {
        return 1;
    }

    @Override
    public final String subscribe(final long requestId, final List<String> channels)
    {
        return request("subscribe", requestId, KrakenChannel.of(channels.get(0)));
    }

    @Override
    public final String unsubscribe(final long requestId, final List<String> channels)
    {
        return request("unsubscribe", requestId, KrakenChannel.of(channels.get(0)));
    }

    @Override
    public final void onAnswer(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final SubscriptionAnswer answer)
    {
        if (kind == MessageKind.REPLY)
        {
            answer.acceptAll();
        }
        else if (kind == MessageKind.ERROR_REPLY)
        {
            final String reason = JsonText.string(buffer, offset, offset + length, reasonName());
            if (KrakenErrors.isRateLimit(reason))
            {
                answer.tryLater(reason);
            }
            else
            {
                answer.rejectAll(String.valueOf(reason));
            }
        }
    }

    /**
     * The text of a request.
     */
    abstract String request(String verb, long requestId, KrakenChannel channel);

    /**
     * The field in which an answer says why not.
     */
    abstract String reasonName();

    /**
     * The token that private channels want.
     */
    final String token()
    {
        final String token = tokens.get();
        if (token == null)
        {
            throw new IllegalStateException("a private channel of Kraken wants a token: log in with a KrakenLogin");
        }

        return token;
    }
}
