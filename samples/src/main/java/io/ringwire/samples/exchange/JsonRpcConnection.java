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

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.ChannelFeed;
import io.ringwire.samples.exchange.deribit.RpcConnection;
import io.ringwire.samples.exchange.deribit.RpcException;
import io.ringwire.samples.exchange.deribit.RpcHeartbeat;
import io.ringwire.samples.exchange.deribit.RpcOrders;
import io.ringwire.samples.exchange.deribit.RpcParams;

import java.util.List;

/**
 * A client of a venue that asks for no login and sets no limits: time, heartbeats, subscriptions, and orders.
 */
final class JsonRpcConnection extends RpcConnection
{
    private final ExchangeConfig config;
    private final RpcOrders orders = new RpcOrders(this);
    private final RpcHeartbeat heartbeat;
    private final ChannelFeed feed;
    private boolean replaying;
    private long changeId;

    JsonRpcConnection(final Arrival arrival, final ExchangeConfig config)
    {
        super(arrival);
        this.config = config;
        heartbeat = new RpcHeartbeat(this, config.minHeartbeatSeconds(), false);
        feed = new ChannelFeed(this, this::ticker);
    }

    @Override
    protected JsonElement call(final String method, final RpcParams params) throws RpcException
    {
        return switch (method)
        {
            case "public/test" ->
            {
                heartbeat.onTest();
                yield version();
            }
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
            case "public/subscribe" -> subscribe(params.texts("channels"));
            case "public/unsubscribe" ->
            {
                final List<String> channels = params.texts("channels");
                channels.forEach(feed::remove);
                yield list(channels);
            }
            case "private/buy" -> orders.place("buy", params);
            case "private/sell" -> orders.place("sell", params);
            case "private/cancel" -> orders.cancel(params);
            default -> throw RpcException.methodNotFound();
        };
    }

    private JsonElement subscribe(final List<String> channels)
    {
        if (config.capture() == null)
        {
            channels.forEach(feed::add);
        }
        else if (!replaying)
        {
            replaying = true;
            final CaptureReplay replay =
                new CaptureReplay(this, config.capture().messages().iterator(), config.speed(), () ->
                {
                });
            after(0, replay::start); // behind the answer
        }

        return list(channels);
    }

    private String ticker(final String channel)
    {
        final long id = ++changeId;
        final double price = 30_000 + id % 1000 * 0.5;
        final String instrument = channel.contains(".") ? channel.split("\\.")[1] : channel;
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"" + channel +
            "\",\"data\":{\"timestamp\":" + System.currentTimeMillis() + ",\"change_id\":" + id +
            ",\"prev_change_id\":" + (id - 1) + ",\"state\":\"open\",\"instrument_name\":\"" + instrument +
            "\",\"best_bid_price\":" + price + ",\"best_bid_amount\":" + (10 + id % 90) + ",\"best_ask_price\":" +
            (price + 0.5) + ",\"best_ask_amount\":" + (10 + id % 70) + ",\"last_price\":" + price +
            ",\"open_interest\":" + (100_000 + id % 5000) + "}}}";
    }
}
