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

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.Credentials;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.Signatures;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A client of Binance's WebSocket API: a session is logged on with an Ed25519 signature, or each order is signed.
 */
public final class BinanceApiConnection extends BinanceConnection
{
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNKNOWN_ORDER = -2011;
    private static final int INVALID_SIGNATURE = -1022;
    private static final int BAD_TIMESTAMP = -1021;
    private static final int MISSING_PARAMETER = -1102;
    private static final int ILLEGAL_REQUEST = -1100;
    private static final int TOO_MUCH_WEIGHT = -1003;
    private static final int CONNECT_WEIGHT = 2;
    private static final int LOGON_WEIGHT = 2;
    private static final String RECEIVE_WINDOW_MS = "5000"; // of requests that name none

    private final Map<Long, JsonObject> orders = new HashMap<>();
    private final RequestWeight weight;
    private long authorizedMs; // 0 while nobody is logged on
    private long lastOrderId;

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    public BinanceApiConnection(final Arrival arrival)
    {
        super(arrival);
        weight = new RequestWeight(arrival.rules(), CONNECT_WEIGHT);
    }

    @Override
    protected void onMalformed(final String reason)
    {
        respond(JsonNull.INSTANCE, failure(ApiException.badRequest(ILLEGAL_REQUEST, reason)));
    }

    @Override
    protected void onShutdownPlanned()
    {
        final JsonObject notice = new JsonObject();
        notice.add("event", event("serverShutdown"));
        send(notice.toString());
    }

    @Override
    protected void onObject(final JsonObject request)
    {
        final JsonElement id = request.has("id") ? request.get("id") : JsonNull.INSTANCE;
        JsonObject response = new JsonObject();
        try
        {
            final JsonObject params =
                request.has("params") ? request.getAsJsonObject("params") : new JsonObject();
            response.addProperty("status", 200);
            response.add("result", call(text(request, "method", ""), params));
        }
        catch (final ApiException ex)
        {
            response = failure(ex);
        }

        respond(id, response);
    }

    private JsonElement call(final String method, final JsonObject params) throws ApiException
    {
        if (!weight.take("session.logon".equals(method) ? LOGON_WEIGHT : 1))
        {
            count(Happening.BREACH);
            throw new ApiException(TOO_MANY_REQUESTS, TOO_MUCH_WEIGHT, "Too much request weight used; current limit " +
                "is " + rules().weightPerMinute() + " request weight per 1 MINUTE.");
        }

        return switch (method)
        {
            case "ping" -> new JsonObject();
            case "time" -> time();
            case "session.logon" -> logon(params);
            case "session.status" -> session();
            case "session.logout" ->
            {
                authorizedMs = 0;
                yield session();
            }
            case "order.place" ->
            {
                demandAuthority(params);
                yield place(params);
            }
            case "order.cancel" ->
            {
                demandAuthority(params);
                yield cancel(params);
            }
            default -> throw ApiException.badRequest(ILLEGAL_REQUEST, "Unknown method '" + method + "'.");
        };
    }

    private JsonElement logon(final JsonObject params) throws ApiException
    {
        try
        {
            verify(params);
        }
        catch (final ApiException ex)
        {
            count(Happening.REFUSED_LOGIN);
            throw ex;
        }

        count(Happening.LOGIN);
        authorizedMs = System.currentTimeMillis();
        return session();
    }

    private void demandAuthority(final JsonObject params) throws ApiException
    {
        if (authorizedMs == 0)
        {
            verify(params);
        }
    }

    /**
     * The signature is over all other parameters, in the order of their names.
     */
    private void verify(final JsonObject params) throws ApiException
    {
        final Credentials credentials = rules().credentials();
        final long timestampMs = Long.parseLong(mandatory(params, "timestamp"));
        final Map<String, String> signed = new TreeMap<>();
        params.entrySet().forEach((entry) -> signed.put(entry.getKey(), entry.getValue().getAsString()));
        signed.remove("signature");
        final String payload = signed.entrySet().stream()
            .map((entry) -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining("&"));
        if (rules().rejectLogins() || !mandatory(params, "apiKey").equals(credentials.apiKey()) ||
            !Signatures.isGoodEd25519(credentials.publicKey(), payload, mandatory(params, "signature")))
        {
            throw ApiException.badRequest(INVALID_SIGNATURE, "Signature for this request is not valid.");
        }

        final long windowMs = Long.parseLong(text(params, "recvWindow", RECEIVE_WINDOW_MS));
        if (Math.abs(System.currentTimeMillis() - timestampMs) > windowMs)
        {
            throw ApiException.badRequest(BAD_TIMESTAMP, "Timestamp for this request is outside of the recvWindow.");
        }
    }

    private JsonElement place(final JsonObject params) throws ApiException
    {
        final JsonObject order = new JsonObject();
        order.addProperty("symbol", mandatory(params, "symbol"));
        order.addProperty("side", mandatory(params, "side"));
        order.addProperty("orderId", ++lastOrderId);
        order.addProperty("orderListId", -1);
        order.addProperty("clientOrderId", text(params, "newClientOrderId", "x-" + lastOrderId));
        order.addProperty("transactTime", System.currentTimeMillis());
        orders.put(lastOrderId, order);
        count(Happening.ORDER);
        return order;
    }

    private JsonElement cancel(final JsonObject params) throws ApiException
    {
        final JsonObject order = orders.remove(Long.parseLong(mandatory(params, "orderId")));
        if (order == null)
        {
            throw ApiException.badRequest(UNKNOWN_ORDER, "Unknown order sent.");
        }

        count(Happening.CANCEL);
        order.addProperty("status", "CANCELED");
        return order;
    }

    private JsonElement session()
    {
        final JsonObject session = new JsonObject();
        session.addProperty("apiKey", authorizedMs == 0 ? null : rules().credentials().apiKey());
        session.addProperty("authorizedSince", authorizedMs == 0 ? null : authorizedMs);
        session.addProperty("returnRateLimits", true);
        session.addProperty("serverTime", System.currentTimeMillis());
        session.addProperty("userDataStream", false);
        return session;
    }

    private JsonObject failure(final ApiException failure)
    {
        final JsonObject error = new JsonObject();
        error.addProperty("code", failure.code());
        error.addProperty("msg", failure.getMessage());
        if (failure.status() == TOO_MANY_REQUESTS)
        {
            final JsonObject data = new JsonObject();
            data.addProperty("serverTime", System.currentTimeMillis());
            data.addProperty("retryAfter", weight.retryAfterMs());
            error.add("data", data);
        }

        final JsonObject response = new JsonObject();
        response.addProperty("status", failure.status());
        response.add("error", error);
        return response;
    }

    private void respond(final JsonElement id, final JsonObject body)
    {
        final JsonObject response = new JsonObject();
        response.add("id", id);
        body.entrySet().forEach((entry) -> response.add(entry.getKey(), entry.getValue()));
        response.add("rateLimits", weight.rateLimits());
        send(response.toString());
    }

    private static JsonElement time()
    {
        final JsonObject time = new JsonObject();
        time.addProperty("serverTime", System.currentTimeMillis());
        return time;
    }

    private static String mandatory(final JsonObject params, final String name) throws ApiException
    {
        final String value = text(params, name, "");
        if (value.isEmpty())
        {
            throw ApiException.badRequest(MISSING_PARAMETER, "Mandatory parameter '" + name +
                "' was not sent, was empty/null, or malformed.");
        }

        return value;
    }
}
