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
package io.ringwire.samples.exchange.coinbase;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.netty.util.concurrent.Future;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.ChannelFeed;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.JsonConnection;
import io.ringwire.samples.exchange.connection.MessageWindow;
import io.ringwire.samples.exchange.connection.Signatures;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client of Coinbase Exchange: it has to subscribe soon, and is told what it is subscribed to after each change. A
 * subscription stands and falls as a whole. A login is part of a subscribe.
 */
public final class CoinbaseConnection extends JsonConnection
{
    private static final Set<String> CHANNELS = Set.of(
        "heartbeat", "status", "ticker", "ticker_batch", "level2", "level2_batch", "matches", "full", "user");
    private static final String STATUS_CHANNEL = "status"; // the only one without products
    private static final String PRIVATE_CHANNEL = "user";
    private static final int POLICY_VIOLATION = 1008;
    private static final int MESSAGES_PER_SECOND = 100;
    private static final long HEARTBEAT_MS = 1_000;

    private final MessageWindow window = new MessageWindow();
    private final CoinbaseMarket market;
    private final ChannelFeed feed;
    private Future<?> subscribeDeadline;

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    public CoinbaseConnection(final Arrival arrival)
    {
        super(arrival);
        market = new CoinbaseMarket(arrival.view().number());
        feed = new ChannelFeed(this, market::next);
    }

    @Override
    protected void onOpen()
    {
        subscribeDeadline = after(
            rules().firstSubscribeMs(), () -> close(POLICY_VIOLATION, "no subscribe in time"));
        final long ruledMs = rules().heartbeatIntervalMs();
        every(ruledMs > 0 ? ruledMs : HEARTBEAT_MS, this::beat);
    }

    @Override
    protected void onMalformed(final String reason)
    {
        fail("Malformed JSON", reason);
    }

    @Override
    protected void onObject(final JsonObject message)
    {
        final int ruled = rules().messagesPerSecond();
        if (!window.take(ruled > 0 ? ruled : MESSAGES_PER_SECOND))
        {
            count(Happening.BREACH);
            fail("rate limit exceeded", "too many messages");
            close(POLICY_VIOLATION, "rate limit exceeded");
            return;
        }

        switch (text(message, "type", ""))
        {
            case "subscribe" -> subscribe(message);
            case "unsubscribe" ->
            {
                for (final String channel : channels(message))
                {
                    market.forget(channel);
                    feed.remove(channel);
                }

                acknowledge();
            }
            default -> fail("Failed to parse", "type has to be subscribe or unsubscribe");
        }
    }

    private void subscribe(final JsonObject message)
    {
        final boolean signs = message.has("signature");
        if (signs && !isGoodLogin(message))
        {
            count(Happening.REFUSED_LOGIN);
            fail("Authentication Failed", "invalid signature");
            return;
        }

        final List<String> channels = channels(message);
        final String fault = fault(channels, signs);
        if (fault != null)
        {
            fail("Failed to subscribe", fault);
            return;
        }

        if (signs)
        {
            count(Happening.LOGIN);
        }

        subscribeDeadline.cancel(false);
        channels.forEach(feed::add);
        acknowledge();
    }

    /**
     * What is wrong with a subscription, or null.
     */
    private String fault(final List<String> channels, final boolean loggedIn)
    {
        for (final String channel : channels)
        {
            final String name = CoinbaseMarket.nameOf(channel);
            final String product = channel.substring(Math.min(channel.length(), name.length() + 1));
            if (!CHANNELS.contains(name))
            {
                return name + " is not a valid channel";
            }

            if (product.isEmpty() != STATUS_CHANNEL.equals(name))
            {
                return name + " with product '" + product + "'";
            }

            if (PRIVATE_CHANNEL.equals(name) && !loggedIn)
            {
                return "user channel requires authentication";
            }

            if (isRefused(product))
            {
                return product + " is not a valid product";
            }
        }

        return channels.isEmpty() ? "no channels" : null;
    }

    private boolean isGoodLogin(final JsonObject message)
    {
        final Credentials credentials = rules().credentials();
        final String expected = Base64.getEncoder().encodeToString(Signatures.hmac(
            Base64.getDecoder().decode(credentials.apiSecret()),
            text(message, "timestamp", "") + "GET/users/self/verify"));
        return !rules().rejectLogins() && text(message, "key", "").equals(credentials.apiKey()) &&
            text(message, "passphrase", "").equals(credentials.passphrase()) &&
            Signatures.equal(expected, text(message, "signature", ""));
    }

    private void acknowledge()
    {
        final Map<String, JsonArray> products = new LinkedHashMap<>();
        for (final String channel : feed.channels())
        {
            final String name = CoinbaseMarket.nameOf(channel);
            final JsonArray named = products.computeIfAbsent(name, (ignored) -> new JsonArray());
            if (channel.length() > name.length())
            {
                named.add(channel.substring(name.length() + 1));
            }
        }

        final JsonArray channels = new JsonArray();
        for (final Map.Entry<String, JsonArray> entry : products.entrySet())
        {
            final JsonObject channel = new JsonObject();
            channel.addProperty("name", entry.getKey());
            channel.add("product_ids", entry.getValue());
            channels.add(channel);
        }

        final JsonObject answer = new JsonObject();
        answer.addProperty("type", "subscriptions");
        answer.add("channels", channels);
        send(answer.toString());
    }

    private void fail(final String message, final String reason)
    {
        final JsonObject error = new JsonObject();
        error.addProperty("type", "error");
        error.addProperty("message", message);
        error.addProperty("reason", reason);
        send(error.toString());
    }

    private void beat()
    {
        for (final String channel : feed.channels())
        {
            if (channel.startsWith("heartbeat:"))
            {
                send(market.heartbeat(channel.substring("heartbeat:".length())));
            }
        }
    }

    /**
     * Name and product of each channel, with a colon between, or the name alone. A channel without products of its own
     * has the message's.
     */
    private static List<String> channels(final JsonObject message)
    {
        final List<String> channels = new ArrayList<>();
        for (final JsonElement channel : arrayOf(message, "channels"))
        {
            final boolean plain = channel.isJsonPrimitive();
            final String name = plain ? channel.getAsString() : text(channel.getAsJsonObject(), "name", "");
            final JsonObject owner =
                plain || !channel.getAsJsonObject().has("product_ids") ? message : channel.getAsJsonObject();
            final JsonArray products = arrayOf(owner, "product_ids");
            if (products.isEmpty() || STATUS_CHANNEL.equals(name))
            {
                channels.add(name);
            }
            else
            {
                products.forEach((product) -> channels.add(name + ":" + product.getAsString()));
            }
        }

        return channels;
    }

    private static JsonArray arrayOf(final JsonObject object, final String name)
    {
        return object.has(name) ? object.getAsJsonArray(name) : new JsonArray();
    }
}
