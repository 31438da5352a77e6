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
package io.ringwire.samples.exchange.kraken;

import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.Arrival;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A client of Kraken's version 1: an answer for each pair that it subscribes to, data in arrays.
 */
public final class KrakenConnection extends KrakenVersion
{
    private static final Set<String> PRIVATE = Set.of("ownTrades", "openOrders");
    private static final Set<String> PUBLIC = Set.of("ticker", "ohlc", "trade", "spread", "book");

    private final KrakenMarket market;

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    public KrakenConnection(final Arrival arrival)
    {
        this(arrival, new KrakenMarket());
    }

    private KrakenConnection(final Arrival arrival, final KrakenMarket market)
    {
        super(arrival, market::nextArray);
        this.market = market;
    }

    @Override
    String status(final String system)
    {
        return "{\"connectionID\":" + arrival().view().number() + ",\"event\":\"systemStatus\",\"status\":\"" +
            system + "\",\"version\":\"1.9.6\"}";
    }

    @Override
    String heartbeat()
    {
        return "{\"event\":\"heartbeat\"}";
    }

    @Override
    protected void onMalformed(final String reason)
    {
        final JsonObject error = new JsonObject();
        error.addProperty("errorMessage", "Malformed request");
        error.addProperty("event", "error");
        send(error.toString());
    }

    @Override
    protected void onObject(final JsonObject request)
    {
        switch (text(request, "event", ""))
        {
            case "ping" -> send(answer(request, "pong").toString());
            case "subscribe" -> subscribe(request, true);
            case "unsubscribe" -> subscribe(request, false);
            case "addOrder" -> addOrder(request);
            case "cancelOrder" -> cancelOrder(request);
            default ->
            {
                final JsonObject error = answer(request, "error");
                error.addProperty("errorMessage", "Event(s) not found");
                send(error.toString());
            }
        }
    }

    private void subscribe(final JsonObject request, final boolean wanted)
    {
        final JsonObject subscription =
            request.has("subscription") ? request.getAsJsonObject("subscription") : new JsonObject();
        final String name = text(subscription, "name", "");
        if (PRIVATE.contains(name))
        {
            answer(request, subscription, name, null,
                !isGoodToken(subscription) ? INVALID_SESSION : change(name, wanted));
            return;
        }

        final List<String> pairs = new ArrayList<>();
        if (request.has("pair"))
        {
            request.getAsJsonArray("pair").forEach((pair) -> pairs.add(pair.getAsString()));
        }

        final String depth = text(subscription, "depth", "10");
        final String channelName = "book".equals(name) ? "book-" + depth : name;
        for (final String pair : pairs)
        {
            answer(request, subscription, channelName, pair,
                !PUBLIC.contains(name) ? "Subscription name invalid" :
                isRefused(pair) ? "Currency pair not supported " + pair : change(channelName + ":" + pair, wanted));
        }
    }

    /**
     * Add or remove a channel.
     *
     * @return what is wrong, or null.
     */
    private String change(final String channel, final boolean wanted)
    {
        if (wanted)
        {
            feed().add(channel);
            return null;
        }

        market.forget(channel);
        return feed().remove(channel) ? null : "Subscription Not Found";
    }

    private void answer(
        final JsonObject request,
        final JsonObject subscription,
        final String channelName,
        final String pair,
        final String error)
    {
        final JsonObject answer = new JsonObject();
        if (error == null)
        {
            answer.addProperty("channelID", KrakenMarket.channelId(channelName + ":" + pair));
            answer.addProperty("channelName", channelName);
        }
        else
        {
            answer.addProperty("errorMessage", error);
        }

        answer.addProperty("event", "subscriptionStatus");
        if (pair != null)
        {
            answer.addProperty("pair", pair);
        }

        if (request.has("reqid"))
        {
            answer.add("reqid", request.get("reqid"));
        }

        answer.addProperty("status",
            error != null ? "error" : text(request, "event", "").equals("subscribe") ? "subscribed" : "unsubscribed");
        final JsonObject echoed = subscription.deepCopy();
        echoed.remove("token");
        answer.add("subscription", echoed);
        send(answer.toString());
    }

    private void addOrder(final JsonObject request)
    {
        final JsonObject answer = answer(request, "addOrderStatus");
        final String refusal = refusalOfOrder(request);
        if (refusal == null)
        {
            answer.addProperty("descr", text(request, "type", "buy") + " " + text(request, "volume", "0") + " " +
                text(request, "pair", ""));
            answer.addProperty("txid", placeOrder());
        }

        finish(answer, refusal);
    }

    private void cancelOrder(final JsonObject request)
    {
        String refusal = refusalOfOrder(request);
        if (refusal == null)
        {
            for (final String id : ids(request))
            {
                refusal = cancelOrder(id) ? refusal : UNKNOWN_ORDER;
            }
        }

        finish(answer(request, "cancelOrderStatus"), refusal);
    }

    private void finish(final JsonObject answer, final String refusal)
    {
        answer.addProperty("status", refusal == null ? "ok" : "error");
        if (refusal != null)
        {
            answer.addProperty("errorMessage", refusal);
        }

        send(answer.toString());
    }

    private static List<String> ids(final JsonObject request)
    {
        final List<String> ids = new ArrayList<>();
        request.getAsJsonArray("txid").forEach((id) -> ids.add(id.getAsString()));
        return ids;
    }

    private static JsonObject answer(final JsonObject request, final String event)
    {
        final JsonObject answer = new JsonObject();
        answer.addProperty("event", event);
        if (request.has("reqid"))
        {
            answer.add("reqid", request.get("reqid"));
        }

        return answer;
    }
}
