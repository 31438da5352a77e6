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

import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.json.JsonScanner;
import io.ringwire.json.JsonText;
import io.ringwire.json.JsonWriter;
import io.ringwire.venue.ChannelName;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Channels of Coinbase Exchange. The venue answers with the whole set of channels that are subscribed to: what is in it
 * was accepted, what is missing in it was given up. An error bears no id. It refuses a request as a whole: of the open
 * channels those are rejected whose product it names, and the others are asked for again; all are rejected if it names
 * none, and none if it is about a rate limit. That the set names a channel as it was asked for is an assumption, and so
 * are the words of errors.
 */
final class CoinbaseSubscriptions implements SubscriptionDialect
{
    private static final int MAX_CHANNELS = 100; // the venue names no limit of one request

    private final CoinbaseCredentials credentials;

    CoinbaseSubscriptions(final CoinbaseCredentials credentials)
    {
        this.credentials = credentials;
    }

    @Override
    public int maxChannelsPerRequest()
    {
        return MAX_CHANNELS;
    }

    @Override
    public String subscribe(final long requestId, final List<String> channels)
    {
        final JsonWriter message = begin("subscribe", channels);
        if (credentials != null)
        {
            credentials.sign(message);
        }

        return message.endObject().toString();
    }

    @Override
    public String unsubscribe(final long requestId, final List<String> channels)
    {
        return begin("unsubscribe", channels).endObject().toString();
    }

    @Override
    public void onAnswer(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final SubscriptionAnswer answer)
    {
        final int limit = offset + length;
        if (kind == MessageKind.ERROR)
        {
            final String reason = JsonText.string(buffer, offset, limit, "reason");
            final String message = JsonText.string(buffer, offset, limit, "message");
            refuse(reason == null ? String.valueOf(message) : message + ": " + reason, answer);
        }
        else if (kind == MessageKind.SUBSCRIPTION)
        {
            final Set<String> current = current(buffer, offset, limit);
            for (final String channel : List.copyOf(answer.open()))
            {
                if (current.contains(channel) != answer.isUnsubscribe())
                {
                    answer.accept(channel);
                }
            }
        }
    }

    private static void refuse(final String text, final SubscriptionAnswer answer)
    {
        if (answer.isUnsubscribe() && text.startsWith("Failed to subscribe"))
        {
            return;
        }

        if (text.toLowerCase(Locale.ROOT).contains("rate limit"))
        {
            answer.tryLater(text);
            return;
        }

        final Set<String> words = Set.copyOf(List.of(text.split("[^\\w-]+")));
        final List<String> named = answer.open().stream()
            .filter((channel) -> channel.indexOf(':') > 0 && words.contains(ChannelName.of(channel).product()))
            .toList();
        if (named.isEmpty())
        {
            answer.rejectAll(text);
        }
        else
        {
            named.forEach((channel) -> answer.reject(channel, text));
            answer.tryLater(text);
        }
    }

    private static JsonWriter begin(final String type, final List<String> channels)
    {
        final Map<String, List<String>> products = new LinkedHashMap<>();
        for (final String channel : channels)
        {
            final ChannelName name = ChannelName.of(channel);
            final List<String> named = products.computeIfAbsent(name.channel(), (key) -> new ArrayList<>());
            if (!name.product().isEmpty())
            {
                named.add(name.product());
            }
        }

        final JsonWriter message = new JsonWriter().beginObject().field("type", type).name("channels").beginArray();
        products.forEach((channel, named) -> append(message, channel, named));
        return message.endArray();
    }

    private static void append(final JsonWriter message, final String channel, final List<String> products)
    {
        message.beginObject().field("name", channel);
        if (!products.isEmpty())
        {
            message.field("product_ids", products);
        }

        message.endObject();
    }

    private static Set<String> current(final DirectBuffer buffer, final int offset, final int limit)
    {
        final Set<String> current = new HashSet<>();
        int channel = JsonScanner.firstElement(buffer, JsonScanner.field(buffer, offset, limit, "channels"), limit);
        while (channel >= 0)
        {
            final String name = JsonText.string(buffer, channel, limit, "name");
            current.add(name);
            int product = JsonScanner.firstElement(
                buffer, JsonScanner.field(buffer, channel, limit, "product_ids"), limit);
            while (product >= 0)
            {
                current.add(name + ':' + JsonText.string(buffer, product, limit));
                product = JsonScanner.nextElement(buffer, JsonScanner.valueEnd(buffer, product, limit), limit);
            }

            channel = JsonScanner.nextElement(buffer, JsonScanner.valueEnd(buffer, channel, limit), limit);
        }

        return current;
    }
}
