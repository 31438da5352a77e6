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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.Arrival;

import java.time.Instant;
import java.util.Set;

/**
 * A client of Kraken's version 2: an answer for each symbol that it subscribes to, with the id of the request.
 */
public final class KrakenV2Connection extends KrakenVersion
{
    private static final Set<String> PRIVATE = Set.of("executions", "balances");
    private static final Set<String> PUBLIC = Set.of("ticker", "book", "ohlc", "trade", "instrument", "level3");

    private final KrakenMarket market;

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    public KrakenV2Connection(final Arrival arrival)
    {
        this(arrival, new KrakenMarket());
    }

    private KrakenV2Connection(final Arrival arrival, final KrakenMarket market)
    {
        super(arrival, market::nextObject);
        this.market = market;
    }

    @Override
    String status(final String system)
    {
        return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"api_version\":\"v2\",\"connection_id\":" +
            arrival().view().number() + ",\"system\":\"" + system + "\",\"version\":\"2.0.10\"}]}";
    }

    @Override
    String heartbeat()
    {
        return "{\"channel\":\"heartbeat\"}";
    }

    @Override
    protected void onMalformed(final String reason)
    {
        answer(new JsonObject(), "", "Malformed request", null);
    }

    @Override
    protected void onObject(final JsonObject request)
    {
        final String method = text(request, "method", "");
        final JsonObject params = request.has("params") ? request.getAsJsonObject("params") : new JsonObject();
        switch (method)
        {
            case "ping" -> pong(request);
            case "subscribe", "unsubscribe" -> subscribe(request, method, params);
            case "add_order" -> addOrder(request, params);
            case "cancel_order" -> cancelOrder(request, params);
            default -> answer(request, method, "Method not found", null);
        }
    }

    private void pong(final JsonObject request)
    {
        final JsonObject pong = new JsonObject();
        pong.addProperty("method", "pong");
        if (request.has("req_id"))
        {
            pong.add("req_id", request.get("req_id"));
        }

        finish(pong);
    }

    private void subscribe(final JsonObject request, final String method, final JsonObject params)
    {
        final String name = text(params, "channel", "");
        final boolean wanted = "subscribe".equals(method);
        final String fault =
            PRIVATE.contains(name) ? (isGoodToken(params) ? null : INVALID_SESSION) :
            PUBLIC.contains(name) ? null : "Channel not found " + name;
        final JsonArray symbols = params.has("symbol") ? params.getAsJsonArray("symbol") : new JsonArray();
        if (symbols.isEmpty() || fault != null)
        {
            answer(request, method, fault == null ? change(name, wanted) : fault, result(name, null));
            return;
        }

        for (final JsonElement element : symbols)
        {
            final String symbol = element.getAsString();
            answer(request, method,
                isRefused(symbol) ? "Currency pair not supported " + symbol : change(name + ":" + symbol, wanted),
                result(name, symbol));
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

    private void addOrder(final JsonObject request, final JsonObject params)
    {
        final String refusal = refusalOfOrder(params);
        final JsonObject result = new JsonObject();
        if (refusal == null)
        {
            result.addProperty("order_id", placeOrder());
        }

        answer(request, "add_order", refusal, result);
    }

    private void cancelOrder(final JsonObject request, final JsonObject params)
    {
        final String refusal = refusalOfOrder(params);
        if (refusal != null)
        {
            answer(request, "cancel_order", refusal, null);
            return;
        }

        for (final JsonElement id : params.getAsJsonArray("order_id"))
        {
            final JsonObject result = new JsonObject();
            result.add("order_id", id);
            answer(request, "cancel_order", cancelOrder(id.getAsString()) ? null : UNKNOWN_ORDER, result);
        }
    }

    private void answer(
        final JsonObject request, final String method, final String error, final JsonObject result)
    {
        final JsonObject answer = new JsonObject();
        if (error != null)
        {
            answer.addProperty("error", error);
        }

        answer.addProperty("method", method);
        if (request.has("req_id"))
        {
            answer.add("req_id", request.get("req_id"));
        }

        if (error == null)
        {
            answer.add("result", result);
        }
        else if (result != null && result.has("symbol"))
        {
            answer.add("symbol", result.get("symbol"));
        }

        answer.addProperty("success", error == null);
        finish(answer);
    }

    private void finish(final JsonObject answer)
    {
        final String now = Instant.now().toString();
        answer.addProperty("time_in", now);
        answer.addProperty("time_out", now);
        send(answer.toString());
    }

    private static JsonObject result(final String channel, final String symbol)
    {
        final JsonObject result = new JsonObject();
        result.addProperty("channel", channel);
        result.addProperty("snapshot", true);
        if (symbol != null)
        {
            result.addProperty("symbol", symbol);
        }

        return result;
    }
}
