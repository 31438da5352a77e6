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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.JsonConnection;

import java.util.List;

/**
 * A client that speaks JSON-RPC 2.0: each call is answered with a result or an error.
 */
public abstract class RpcConnection extends JsonConnection
{
    /** The result of a call that has none. */
    protected static final JsonElement OK = new JsonPrimitive("ok");

    /**
     * Serve a client.
     *
     * @param arrival of the client.
     */
    protected RpcConnection(final Arrival arrival)
    {
        super(arrival);
    }

    /**
     * Do what the client asks for.
     *
     * @param method to call.
     * @param params of the call.
     * @return the result.
     * @throws RpcException that becomes the error of the response.
     */
    protected abstract JsonElement call(String method, RpcParams params) throws RpcException;

    @Override
    protected final void onObject(final JsonObject request)
    {
        final long startUs = System.nanoTime() / 1000;
        final JsonElement params = request.get("params");
        final JsonObject named = params != null && params.isJsonObject() ? params.getAsJsonObject() : new JsonObject();
        final JsonElement id = request.has("id") ? request.get("id") : JsonNull.INSTANCE;
        boolean tooMany = false;
        JsonObject response;
        try
        {
            final JsonElement method = request.get("method");
            response = success(
                call(method == null || !method.isJsonPrimitive() ? "" : method.getAsString(), new RpcParams(named)));
        }
        catch (final RpcException ex)
        {
            response = failure(ex.code(), ex.getMessage());
            tooMany = ex.code() == RpcException.TOO_MANY_REQUESTS;
        }

        respond(response, id, startUs);
        if (tooMany)
        {
            terminate("too_many_requests");
        }
    }

    @Override
    protected final void onMalformed(final String reason)
    {
        respond(failure(RpcException.PARSE_ERROR, "Parse error"), JsonNull.INSTANCE, System.nanoTime() / 1000);
    }

    /**
     * The result of {@code public/test}.
     *
     * @return the result.
     */
    protected static JsonElement version()
    {
        final JsonObject result = new JsonObject();
        result.addProperty("version", "1.2.26");
        return result;
    }

    /**
     * A list as a result.
     *
     * @param texts of the list.
     * @return the result.
     */
    protected static JsonElement list(final List<String> texts)
    {
        final JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private void respond(final JsonObject response, final JsonElement id, final long startUs)
    {
        response.add("id", id);
        response.addProperty("usIn", startUs);
        response.addProperty("usOut", System.nanoTime() / 1000);
        response.addProperty("testnet", true);
        send(response.toString());
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
}
