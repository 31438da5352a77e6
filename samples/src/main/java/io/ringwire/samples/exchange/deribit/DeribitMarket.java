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

import java.util.HashMap;
import java.util.Map;

/**
 * Made-up market data for one client. A book begins with a snapshot and goes on with changes that each name the one
 * before; ids jump, as they count the changes of all instruments.
 */
final class DeribitMarket
{
    private static final long IDS_PER_CONNECTION = 1_000_000_000L;

    private final Map<String, Long> lastChanges = new HashMap<>();
    private long lastId;

    DeribitMarket(final int connectionNumber)
    {
        lastId = connectionNumber * IDS_PER_CONNECTION; // later connections see later ids
    }

    /**
     * The client gave a channel up: its next message is a snapshot again.
     */
    void forget(final String channel)
    {
        lastChanges.remove(channel);
    }

    /**
     * The next message of a channel.
     */
    String next(final String channel)
    {
        final long id = ++lastId;
        final String[] parts = channel.split("\\.");
        final String instrument = parts.length > 1 ? parts[1] : channel;
        final String data = switch (parts[0])
        {
            case "book" -> book(channel, instrument, id);
            case "trades" -> trades(instrument, id);
            default -> ticker(instrument, id);
        };
        return "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"" + channel +
            "\",\"data\":" + data + "}}";
    }

    private String book(final String channel, final String instrument, final long id)
    {
        final Long previous = lastChanges.put(channel, id);
        final String levels = previous == null ?
            "\"bids\":[[\"new\",30000.0,10.0],[\"new\",29999.5,20.0]],\"asks\":[[\"new\",30000.5,10.0]]" :
            "\"bids\":[[\"change\",30000.0," + (10 + id % 90) + ".0]],\"asks\":[]";
        return "{\"type\":\"" + (previous == null ? "snapshot" : "change") + "\",\"timestamp\":" +
            System.currentTimeMillis() + (previous == null ? "" : ",\"prev_change_id\":" + previous) +
            ",\"instrument_name\":\"" + instrument + "\",\"change_id\":" + id + "," + levels + "}";
    }

    private static String trades(final String instrument, final long id)
    {
        return "[{\"trade_seq\":" + id + ",\"trade_id\":\"" + id + "\",\"timestamp\":" + System.currentTimeMillis() +
            ",\"tick_direction\":0,\"price\":" + price(id) + ",\"instrument_name\":\"" + instrument +
            "\",\"direction\":\"buy\",\"amount\":10.0}]";
    }

    private static String ticker(final String instrument, final long id)
    {
        return "{\"timestamp\":" + System.currentTimeMillis() + ",\"state\":\"open\",\"instrument_name\":\"" +
            instrument + "\",\"best_bid_price\":" + price(id) + ",\"best_bid_amount\":" + (10 + id % 90) +
            ",\"best_ask_price\":" + (price(id) + 0.5) + ",\"best_ask_amount\":" + (10 + id % 70) +
            ",\"last_price\":" + price(id) + ",\"open_interest\":" + (100_000 + id % 5000) + "}";
    }

    private static double price(final long id)
    {
        return 30_000 + id % 1000 * 0.5;
    }
}
