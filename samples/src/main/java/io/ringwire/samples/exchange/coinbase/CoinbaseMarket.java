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
package io.ringwire.samples.exchange.coinbase;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Made-up market data for one client. Sequences count by product; the level 2 channels and those that need a login do
 * not count.
 */
final class CoinbaseMarket
{
    private static final long IDS_PER_CONNECTION = 1_000_000_000L;

    private final Map<String, Long> sequences = new HashMap<>(); // by product
    private final Set<String> begun = new HashSet<>(); // level 2 channels that had their snapshot
    private final long firstSequence;

    CoinbaseMarket(final int connectionNumber)
    {
        firstSequence = connectionNumber * IDS_PER_CONNECTION; // later connections see later sequences
    }

    /**
     * The client gave a channel up: a level 2 channel begins with a snapshot again.
     */
    void forget(final String channel)
    {
        begun.remove(channel);
    }

    /**
     * The next message of a channel.
     *
     * @param channel name and product, with a colon between, or the name alone.
     * @return the message, or null for a channel that is not fed by a source.
     */
    String next(final String channel)
    {
        final String name = nameOf(channel);
        final String product = channel.substring(Math.min(channel.length(), name.length() + 1));
        return switch (name)
        {
            case "heartbeat" -> null; // sent by the clock
            case "status" -> "{\"type\":\"status\",\"products\":[],\"currencies\":[]}";
            case "level2", "level2_batch" -> level2(channel, product);
            case "matches" -> match(product);
            case "user" -> received(product);
            default -> ticker(product);
        };
    }

    /**
     * The name of a channel without its product.
     */
    static String nameOf(final String channel)
    {
        final int colon = channel.indexOf(':');
        return colon < 0 ? channel : channel.substring(0, colon);
    }

    String heartbeat(final String product)
    {
        return "{\"type\":\"heartbeat\",\"sequence\":" + sequences.getOrDefault(product, firstSequence) +
            ",\"last_trade_id\":1" + tail(product);
    }

    private String level2(final String channel, final String product)
    {
        return begun.add(channel) ?
            "{\"type\":\"snapshot\",\"product_id\":\"" + product +
            "\",\"asks\":[[\"30000.5\",\"1.0\"]],\"bids\":[[\"30000.0\",\"1.0\"]]}" :
            "{\"type\":\"l2update\",\"changes\":[[\"buy\",\"30000.0\",\"2.0\"]]" + tail(product);
    }

    private String ticker(final String product)
    {
        return "{\"type\":\"ticker\",\"sequence\":" + nextSequence(product) +
            ",\"price\":\"30000.0\",\"best_bid\":\"30000.0\",\"best_ask\":\"30000.5\",\"side\":\"buy\"" +
            tail(product);
    }

    private String match(final String product)
    {
        final long sequence = nextSequence(product);
        return "{\"type\":\"match\",\"trade_id\":" + sequence + ",\"side\":\"sell\",\"size\":\"0.1\"," +
            "\"price\":\"30000.0\",\"sequence\":" + sequence + tail(product);
    }

    private String received(final String product)
    {
        return "{\"type\":\"received\",\"user_id\":\"local\",\"order_type\":\"limit\",\"side\":\"buy\",\"sequence\":" +
            sequences.getOrDefault(product, firstSequence) + tail(product);
    }

    private long nextSequence(final String product)
    {
        return sequences.merge(product, firstSequence, (last, ignored) -> last + 1);
    }

    private static String tail(final String product)
    {
        return ",\"product_id\":\"" + product + "\",\"time\":\"" + Instant.now() + "\"}";
    }
}
