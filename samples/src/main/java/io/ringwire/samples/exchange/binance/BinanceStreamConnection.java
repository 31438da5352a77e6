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
package io.ringwire.samples.exchange.binance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.ChannelFeed;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.MessageWindow;

import java.util.ArrayList;
import java.util.List;

/**
 * A client of Binance's market data streams, raw or combined. Its messages, pings and pongs share one limit; who goes
 * beyond it is cut off.
 */
public final class BinanceStreamConnection extends BinanceConnection
{
    private static final String COMBINED_PATH = "/binance/stream";
    private static final String RAW_PATH = "/binance/ws";
    private static final int MESSAGES_PER_SECOND = 5;
    private static final int MAX_STREAMS = 1024;
    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;

    private final MessageWindow window = new MessageWindow();
    private final boolean combined;
    private final BinanceMarket market;
    private final ChannelFeed feed;

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    public BinanceStreamConnection(final Arrival arrival)
    {
        super(arrival);
        combined = arrival.uri().startsWith(COMBINED_PATH);
        market = new BinanceMarket(arrival.view().number());
        feed = new ChannelFeed(this, (stream) -> wrapped(stream, market.next(stream)));
    }

    /**
     * Is this a path of the streams?
     *
     * @param path without the query.
     * @return true if it is.
     */
    public static boolean serves(final String path)
    {
        return path.equals(COMBINED_PATH) || path.equals(RAW_PATH) || path.startsWith(RAW_PATH + "/");
    }

    @Override
    protected void onOpen()
    {
        super.onOpen();
        final QueryStringDecoder uri = new QueryStringDecoder(arrival().uri());
        final String streams = combined ?
            String.join("/", uri.parameters().getOrDefault("streams", List.of())) :
            uri.path().substring(RAW_PATH.length());
        for (final String stream : streams.split("/"))
        {
            if (!stream.isEmpty() && !isRefused(stream))
            {
                feed.add(stream);
            }
        }
    }

    @Override
    protected void onControlFrame()
    {
        isWithinLimit();
    }

    @Override
    protected void onMalformed(final String reason)
    {
        if (isWithinLimit())
        {
            fail(INVALID_JSON, "Invalid JSON: " + reason, JsonNull.INSTANCE);
        }
    }

    @Override
    protected void onShutdownPlanned()
    {
        send(wrapped("!serverShutdown", event("serverShutdown").toString()));
    }

    @Override
    protected void onObject(final JsonObject request)
    {
        if (!isWithinLimit())
        {
            return;
        }

        final JsonElement id = request.get("id");
        final String method = text(request, "method", "");
        if (id == null)
        {
            fail(INVALID_REQUEST, "Invalid request: request ID must be an unsigned integer", JsonNull.INSTANCE);
            return;
        }

        switch (method)
        {
            case "SUBSCRIBE" -> subscribe(streams(request), id);
            case "UNSUBSCRIBE" ->
            {
                streams(request).forEach(feed::remove);
                succeed(JsonNull.INSTANCE, id);
            }
            case "LIST_SUBSCRIPTIONS" ->
            {
                final JsonArray streams = new JsonArray();
                feed.channels().forEach(streams::add);
                succeed(streams, id);
            }
            default -> fail(INVALID_REQUEST, "Invalid request: unknown variant `" + method +
                "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`", id);
        }
    }

    private void subscribe(final List<String> streams, final JsonElement id)
    {
        boolean refused = feed.channels().size() + streams.size() > MAX_STREAMS;
        for (final String stream : streams)
        {
            refused |= isRefused(stream);
        }

        if (refused)
        {
            fail(INVALID_REQUEST, "Invalid request: invalid stream", id);
        }
        else
        {
            streams.forEach(feed::add);
            succeed(JsonNull.INSTANCE, id);
        }
    }

    private boolean isWithinLimit()
    {
        final int ruled = rules().messagesPerSecond();
        final boolean within = window.take(ruled > 0 ? ruled : MESSAGES_PER_SECOND);
        if (!within)
        {
            count(Happening.BREACH);
            disconnect("Too many requests");
        }

        return within;
    }

    private void succeed(final JsonElement result, final JsonElement id)
    {
        final JsonObject response = new JsonObject();
        response.add("result", result);
        response.add("id", id);
        send(response.toString());
    }

    private void fail(final int code, final String message, final JsonElement id)
    {
        final JsonObject response = new JsonObject();
        response.addProperty("code", code);
        response.addProperty("msg", message);
        response.add("id", id);
        send(response.toString());
    }

    private String wrapped(final String stream, final String payload)
    {
        return combined ? "{\"stream\":\"" + stream + "\",\"data\":" + payload + "}" : payload;
    }

    private static List<String> streams(final JsonObject request)
    {
        final List<String> streams = new ArrayList<>();
        if (request.has("params"))
        {
            request.getAsJsonArray("params").forEach((stream) -> streams.add(stream.getAsString()));
        }

        return streams;
    }
}
