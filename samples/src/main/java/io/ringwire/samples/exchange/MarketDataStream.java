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

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Made-up tickers for one client, evenly paced over its channels in turn. A client that does not take them in time
 * misses none: they are sent later, at most a second's worth at once.
 */
final class MarketDataStream
{
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ChannelHandlerContext ctx;
    private final int rate;
    private final List<String> channels = new ArrayList<>();
    private boolean running;
    private long startNs;
    private long sent;
    private int turn;
    private long changeId;

    MarketDataStream(final ChannelHandlerContext ctx, final int rate)
    {
        this.ctx = ctx;
        this.rate = rate;
    }

    void subscribe(final Collection<String> added)
    {
        added.stream().filter((channel) -> !channels.contains(channel)).forEach(channels::add);
        if (!running && rate > 0 && !channels.isEmpty())
        {
            running = true;
            startNs = System.nanoTime();
            sent = 0;
            ctx.executor().schedule(this::tick, TICK_NS, TimeUnit.NANOSECONDS);
        }
    }

    void unsubscribe(final Collection<String> removed)
    {
        channels.removeAll(removed);
    }

    private void tick()
    {
        if (channels.isEmpty() || !ctx.channel().isActive())
        {
            running = false;
            return;
        }

        final long elapsedNs = System.nanoTime() - startNs;
        final long due = (long)(elapsedNs * (rate / 1e9));
        sent = Math.max(sent, due - rate);
        while (sent < due && ctx.channel().isWritable())
        {
            ctx.write(new TextWebSocketFrame(ticker(channels.get(turn++ % channels.size()))));
            sent++;
        }

        ctx.flush();
        ctx.executor().schedule(this::tick, TICK_NS, TimeUnit.NANOSECONDS);
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
