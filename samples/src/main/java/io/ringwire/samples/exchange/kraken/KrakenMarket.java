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

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Made-up market data for one client, in the words of version 1 or 2. A book begins with a snapshot; private channels
 * count their messages.
 */
final class KrakenMarket
{
    private static final int CHANNEL_IDS = 10_000;

    private final Set<String> begun = new HashSet<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private long messages;

    /**
     * The client gave a channel up: it begins with a snapshot again.
     */
    void forget(final String channel)
    {
        begun.remove(channel);
        sequences.remove(channel);
    }

    /**
     * The number by which version 1 knows a channel.
     */
    static int channelId(final String channel)
    {
        return Math.floorMod(channel.hashCode(), CHANNEL_IDS);
    }

    /**
     * The next message of a channel in version 1.
     *
     * @param channel name and pair with a colon between, or the name of a private channel.
     */
    String nextArray(final String channel)
    {
        final int colon = channel.indexOf(':');
        messages++;
        if (colon < 0)
        {
            return "[[],\"" + channel + "\",{\"sequence\":" + sequences.merge(channel, 1L, Long::sum) + "}]";
        }

        final String name = channel.substring(0, colon);
        final boolean first = begun.add(channel);
        final String level = "[\"" + price() + "\",\"1.00000000\",\"1618678123.481570\"]";
        final String payload =
            name.startsWith("book") && first ? "{\"as\":[" + level + "],\"bs\":[" + level + "]}" :
            name.startsWith("book") ? "{\"b\":[" + level + "],\"c\":\"" + messages + "\"}" :
            name.startsWith("ticker") ? "{\"a\":[\"" + price() + "\",1,\"1.0\"],\"b\":[\"" + price() +
                "\",1,\"1.0\"],\"c\":[\"" + price() + "\",\"0.1\"]}" :
            "[[\"" + price() + "\",\"0.1\",\"1618678123.481570\",\"b\",\"m\",\"\"]]";
        return "[" + channelId(channel) + "," + payload + ",\"" + name + "\",\"" + channel.substring(colon + 1) +
            "\"]";
    }

    /**
     * The next message of a channel in version 2.
     *
     * @param channel name and symbol with a colon between, or the name of a channel without symbols.
     */
    String nextObject(final String channel)
    {
        final int colon = channel.indexOf(':');
        final String type = begun.add(channel) ? "snapshot" : "update";
        messages++;
        if (colon < 0)
        {
            return "{\"channel\":\"" + channel + "\",\"type\":\"" + type + "\",\"data\":[],\"sequence\":" +
                sequences.merge(channel, 1L, Long::sum) + "}";
        }

        final String name = channel.substring(0, colon);
        final String symbol = "\"symbol\":\"" + channel.substring(colon + 1) + "\"";
        final String data = switch (name)
        {
            case "book" -> "{" + symbol + ",\"bids\":[{\"price\":" + price() + ",\"qty\":1.0}],\"asks\":[]," +
                "\"checksum\":" + messages + ",\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}";
            case "trade" -> "{" + symbol + ",\"side\":\"buy\",\"price\":" + price() + ",\"qty\":0.1," +
                "\"ord_type\":\"market\",\"trade_id\":" + messages + "}";
            default -> "{" + symbol + ",\"bid\":" + price() + ",\"bid_qty\":1.0,\"ask\":" + price() +
                ",\"ask_qty\":1.0,\"last\":" + price() + "}";
        };
        return "{\"channel\":\"" + name + "\",\"type\":\"" + type + "\",\"data\":[" + data + "]}";
    }

    private String price()
    {
        return 30_000 + messages % 1000 + ".50000";
    }
}
