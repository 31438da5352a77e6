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
package io.ringwire.samples.exchange.deribit;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.ChannelFeed;
import io.ringwire.samples.exchange.connection.Credits;
import io.ringwire.samples.exchange.connection.Happening;

import java.util.ArrayList;
import java.util.List;

/**
 * A client of Deribit: what is private needs a login, every call costs credits, and who has none left is told so and
 * cut off.
 */
public final class DeribitConnection extends RpcConnection
{
    private static final String PRIVATE_CHANNEL = "user.";

    private final DeribitLogin login = new DeribitLogin(this);
    private final RpcOrders orders = new RpcOrders(this);
    private final DeribitMarket market;
    private final ChannelFeed feed;
    private final RpcHeartbeat heartbeat;
    private final Credits requestCredits = new Credits();
    private final Credits orderCredits = new Credits();
    private final Credits subscribeCredits = new Credits();

    /**
     * Serve a client.
     *
     * @param arrival             of the client.
     * @param minHeartbeatSeconds the shortest heartbeat interval that a client may ask for.
     */
    public DeribitConnection(final Arrival arrival, final int minHeartbeatSeconds)
    {
        super(arrival);
        market = new DeribitMarket(arrival.view().number());
        feed = new ChannelFeed(this, market::next);
        heartbeat = new RpcHeartbeat(this, minHeartbeatSeconds, true);
    }

    @Override
    protected JsonElement call(final String method, final RpcParams params) throws RpcException
    {
        pay(method);
        if (method.startsWith("private/"))
        {
            login.demand();
        }

        return switch (method)
        {
            case "public/auth" -> login.grant(params);
            case "public/test" ->
            {
                heartbeat.onTest();
                yield version();
            }
            case "public/hello" -> version();
            case "public/get_time" -> new JsonPrimitive(System.currentTimeMillis());
            case "public/set_heartbeat" ->
            {
                heartbeat.start(params);
                yield OK;
            }
            case "public/disable_heartbeat" ->
            {
                heartbeat.stop();
                yield OK;
            }
            case "public/subscribe" -> subscribe(params.texts("channels"), false);
            case "private/subscribe" -> subscribe(params.texts("channels"), true);
            case "public/unsubscribe", "private/unsubscribe" -> unsubscribe(params.texts("channels"));
            case "public/unsubscribe_all", "private/unsubscribe_all" ->
            {
                unsubscribe(feed.channels());
                yield OK;
            }
            case "private/buy" -> orders.place("buy", params);
            case "private/sell" -> orders.place("sell", params);
            case "private/cancel" -> orders.cancel(params);
            case "private/get_open_orders" -> orders.open();
            default -> throw RpcException.methodNotFound();
        };
    }

    private void pay(final String method) throws RpcException
    {
        final boolean paid = switch (method)
        {
            case "private/buy", "private/sell", "private/cancel" -> orderCredits.take(rules().orderCredits());
            case "public/subscribe", "private/subscribe", "public/unsubscribe", "private/unsubscribe" ->
                subscribeCredits.take(rules().subscribeCredits());
            default -> requestCredits.take(rules().requestCredits());
        };
        if (!paid)
        {
            count(Happening.BREACH);
            throw new RpcException(RpcException.TOO_MANY_REQUESTS, "too_many_requests");
        }
    }

    /**
     * Channels that the venue does not know, or that need the other method, are left out of the answer.
     */
    private JsonElement subscribe(final List<String> channels, final boolean loggedIn)
    {
        final List<String> accepted = new ArrayList<>();
        for (final String channel : channels)
        {
            if (!isRefused(channel) && (loggedIn || !channel.startsWith(PRIVATE_CHANNEL)))
            {
                accepted.add(channel);
                feed.add(channel);
            }
        }

        return list(accepted);
    }

    private JsonElement unsubscribe(final List<String> channels)
    {
        final List<String> removed = new ArrayList<>();
        for (final String channel : channels)
        {
            if (feed.remove(channel))
            {
                market.forget(channel);
                removed.add(channel);
            }
        }

        return list(removed);
    }
}
