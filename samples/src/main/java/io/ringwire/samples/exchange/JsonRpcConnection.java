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
package io.ringwire.samples.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.util.concurrent.Future;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A client that speaks JSON-RPC 2.0 like Deribit's: time, heartbeats, subscriptions, and orders kept in memory.
 */
final class JsonRpcConnection extends VenueConnection
{
    private static final int PARSE_ERROR = -32700;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;
    private static final int ORDER_NOT_FOUND = 10004;
    private static final String TEST_REQUEST =
        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}";

    private final ExchangeConfig config;
    private final Map<String, JsonObject> orders = new HashMap<>();
    private MarketDataStream marketData;
    private CaptureReplay replay;
    private Future<?> heartbeat;
    private boolean testAwaited;
    private int lastOrderId;

    JsonRpcConnection(final WebSocketServerHandshaker handshaker, final ExchangeConfig config)
    {
        super(handshaker);
        this.config = config;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx)
    {
        marketData = new MarketDataStream(ctx, config.marketDataRate());
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx)
    {
        if (replay != null)
        {
            replay.sendDue();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        stopHeartbeat();
        ctx.fireChannelInactive();
    }

    @Override
    void onMessage(final ChannelHandlerContext ctx, final WebSocketFrame message)
    {
        final long startUs = System.nanoTime() / 1000;
        JsonElement id = JsonNull.INSTANCE;
        JsonObject response;
        try
        {
            final JsonObject request =
                JsonParser.parseString(message.content().toString(StandardCharsets.UTF_8)).getAsJsonObject();
            id = request.has("id") ? request.get("id") : id;
            response = success(call(ctx, request));
        }
        catch (final RpcException ex)
        {
            response = failure(ex.code, ex.getMessage());
        }
        catch (final JsonParseException | IllegalStateException | UnsupportedOperationException ex)
        {
            response = failure(PARSE_ERROR, "Parse error");
        }

        response.add("id", id);
        response.addProperty("usIn", startUs);
        response.addProperty("usOut", System.nanoTime() / 1000);
        response.addProperty("testnet", true);
        ctx.write(new TextWebSocketFrame(response.toString()));
    }

    private JsonElement call(final ChannelHandlerContext ctx, final JsonObject request) throws RpcException
    {
        final JsonElement method = request.get("method");
        final JsonElement params = request.get("params");
        final JsonObject named = params != null && params.isJsonObject() ? params.getAsJsonObject() : new JsonObject();
        return switch (method == null || !method.isJsonPrimitive() ? "" : method.getAsString())
        {
            case "public/test" -> test();
            case "public/get_time" -> new JsonPrimitive(System.currentTimeMillis());
            case "public/set_heartbeat" -> heartbeat(ctx, named);
            case "public/disable_heartbeat" -> stopHeartbeat();
            case "public/subscribe" -> subscribe(ctx, named);
            case "public/unsubscribe" -> unsubscribe(named);
            case "private/buy" -> order("buy", named);
            case "private/sell" -> order("sell", named);
            case "private/cancel" -> cancel(named);
            default -> throw new RpcException(METHOD_NOT_FOUND, "Method not found");
        };
    }

    private JsonElement test()
    {
        testAwaited = false;
        final JsonObject result = new JsonObject();
        result.addProperty("version", "1.2.26");
        return result;
    }

    private JsonElement heartbeat(final ChannelHandlerContext ctx, final JsonObject params) throws RpcException
    {
        final long seconds = (long)number(params, "interval");
        if (seconds < config.minHeartbeatSeconds())
        {
            throw new RpcException(INVALID_PARAMS, "interval must be at least " + config.minHeartbeatSeconds());
        }

        stopHeartbeat();
        heartbeat = ctx.executor().scheduleAtFixedRate(() -> beat(ctx), seconds, seconds, TimeUnit.SECONDS);
        return new JsonPrimitive("ok");
    }

    private void beat(final ChannelHandlerContext ctx)
    {
        if (testAwaited)
        {
            stopHeartbeat();
            close(ctx, 1000, "test_request was not answered");
        }
        else
        {
            testAwaited = true;
            ctx.writeAndFlush(new TextWebSocketFrame(TEST_REQUEST));
        }
    }

    private JsonElement stopHeartbeat()
    {
        testAwaited = false;
        if (heartbeat != null)
        {
            heartbeat.cancel(false);
            heartbeat = null;
        }

        return new JsonPrimitive("ok");
    }

    private JsonElement subscribe(final ChannelHandlerContext ctx, final JsonObject params) throws RpcException
    {
        final JsonArray channels = array(params, "channels");
        if (config.capture() == null)
        {
            marketData.subscribe(strings(channels));
        }
        else if (replay == null)
        {
            replay = new CaptureReplay(ctx, config.capture(), config.speed(), () ->
            {
            });
            replay.start();
        }

        return channels;
    }

    private JsonElement unsubscribe(final JsonObject params) throws RpcException
    {
        final JsonArray channels = array(params, "channels");
        marketData.unsubscribe(strings(channels));
        return channels;
    }

    private JsonElement order(final String direction, final JsonObject params) throws RpcException
    {
        final JsonObject order = new JsonObject();
        order.addProperty("order_id", "LX-" + ++lastOrderId);
        order.addProperty("direction", direction);
        order.addProperty("order_state", "open");
        order.addProperty("instrument_name", string(params, "instrument_name"));
        order.addProperty("amount", number(params, "amount"));
        for (final String optional : List.of("price", "label", "type"))
        {
            if (params.has(optional))
            {
                order.add(optional, params.get(optional));
            }
        }

        orders.put(order.get("order_id").getAsString(), order);
        final JsonObject result = new JsonObject();
        result.add("order", order);
        result.add("trades", new JsonArray());
        return result;
    }

    private JsonElement cancel(final JsonObject params) throws RpcException
    {
        final JsonObject order = orders.remove(string(params, "order_id"));
        if (order == null)
        {
            throw new RpcException(ORDER_NOT_FOUND, "order_not_found");
        }

        order.addProperty("order_state", "cancelled");
        return order;
    }

    private static String string(final JsonObject params, final String name) throws RpcException
    {
        final JsonElement value = params.get(name);
        if (value == null || !value.isJsonPrimitive())
        {
            throw new RpcException(INVALID_PARAMS, "Invalid params: " + name);
        }

        return value.getAsString();
    }

    private static double number(final JsonObject params, final String name) throws RpcException
    {
        try
        {
            return Double.parseDouble(string(params, name));
        }
        catch (final NumberFormatException ex)
        {
            throw new RpcException(INVALID_PARAMS, "Invalid params: " + name);
        }
    }

    private static JsonArray array(final JsonObject params, final String name) throws RpcException
    {
        final JsonElement value = params.get(name);
        if (value == null || !value.isJsonArray() || value.getAsJsonArray().isEmpty())
        {
            throw new RpcException(INVALID_PARAMS, "Invalid params: " + name);
        }

        return value.getAsJsonArray();
    }

    private static List<String> strings(final JsonArray array)
    {
        final List<String> strings = new ArrayList<>();
        array.forEach((element) -> strings.add(element.getAsString()));
        return strings;
    }

    private static JsonObject success(final JsonElement result)
    {
        final JsonObject response = new JsonObject();
        response.addProperty("jsonrpc", "2.0");
        response.add("result", result);
        return response;
    }

    private static JsonObject failure(final int code, final String message)
    {
        final JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        final JsonObject response = new JsonObject();
        response.addProperty("jsonrpc", "2.0");
        response.add("error", error);
        return response;
    }

    /**
     * A call that fails with a JSON-RPC error.
     */
    private static final class RpcException extends Exception
    {
        private static final long serialVersionUID = 1L;
        private final int code;

        RpcException(final int code, final String message)
        {
            super(message);
            this.code = code;
        }
    }
}
