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
import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.VenueConnection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The orders of one client, kept in memory until they are cancelled; none is ever filled.
 */
public final class RpcOrders
{
    private final VenueConnection connection;
    private final Map<String, JsonObject> orders = new LinkedHashMap<>();
    private int lastOrderId;

    /**
     * Serve a client.
     *
     * @param connection of the client.
     */
    public RpcOrders(final VenueConnection connection)
    {
        this.connection = connection;
    }

    /**
     * Place an order.
     *
     * @param direction buy or sell.
     * @param params    of the call.
     * @return the result of the call.
     * @throws RpcException if a parameter is missing.
     */
    public JsonElement place(final String direction, final RpcParams params) throws RpcException
    {
        final JsonObject order = new JsonObject();
        order.addProperty("order_id", "LX-" + connection.arrival().view().number() + "-" + ++lastOrderId);
        order.addProperty("direction", direction);
        order.addProperty("order_state", "open");
        order.addProperty("instrument_name", params.text("instrument_name"));
        order.addProperty("amount", params.number("amount"));
        for (final String name : List.of("price", "label", "type"))
        {
            if (params.optional(name) != null)
            {
                order.add(name, params.optional(name));
            }
        }

        connection.count(Happening.ORDER);
        orders.put(order.get("order_id").getAsString(), order);
        final JsonObject result = new JsonObject();
        result.add("order", order);
        result.add("trades", new JsonArray());
        return result;
    }

    /**
     * Cancel an order.
     *
     * @param params of the call.
     * @return the result of the call: the order.
     * @throws RpcException if there is no such order.
     */
    public JsonElement cancel(final RpcParams params) throws RpcException
    {
        final JsonObject order = orders.remove(params.text("order_id"));
        if (order == null)
        {
            throw new RpcException(RpcException.ORDER_NOT_FOUND, "order_not_found");
        }

        connection.count(Happening.CANCEL);
        order.addProperty("order_state", "cancelled");
        return order;
    }

    /**
     * List the orders.
     *
     * @return the result of the call: those that are open.
     */
    public JsonElement open()
    {
        final JsonArray result = new JsonArray();
        orders.values().forEach(result::add);
        return result;
    }
}
