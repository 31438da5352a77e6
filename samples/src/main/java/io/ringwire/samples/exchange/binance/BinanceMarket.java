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

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Made-up market data for one client: raw payloads. Each depth event covers a range of update ids that begins behind
 * the event before it.
 */
final class BinanceMarket
{
    private static final long IDS_PER_CONNECTION = 1_000_000_000L;
    private static final int MAX_RANGE = 3;

    private final Map<String, Long> lastUpdates = new HashMap<>(); // by symbol
    private final long firstId;
    private long events;

    BinanceMarket(final int connectionNumber)
    {
        firstId = connectionNumber * IDS_PER_CONNECTION; // later connections see later ids
    }

    /**
     * The next payload of a stream.
     */
    String next(final String stream)
    {
        final String symbol = stream.substring(0, Math.max(0, stream.indexOf('@'))).toUpperCase(Locale.ROOT);
        final String type = stream.substring(stream.indexOf('@') + 1);
        events++;
        return type.startsWith("depth") ? depth(symbol) :
            type.startsWith("bookTicker") ? bookTicker(symbol) :
            type.startsWith("aggTrade") ? trade(symbol, "aggTrade", "a") :
            type.startsWith("trade") ? trade(symbol, "trade", "t") : miniTicker(symbol);
    }

    private String depth(final String symbol)
    {
        final long first = lastUpdates.getOrDefault(symbol, firstId) + 1;
        final long last = first + events % MAX_RANGE;
        lastUpdates.put(symbol, last);
        return head("depthUpdate", symbol) + ",\"U\":" + first + ",\"u\":" + last + ",\"b\":[[\"" + price() +
            "\",\"1.00000000\"]],\"a\":[]}";
    }

    private String bookTicker(final String symbol)
    {
        final long id = lastUpdates.getOrDefault(symbol, firstId);
        return "{\"u\":" + id + ",\"s\":\"" + symbol + "\",\"b\":\"" + price() +
            "\",\"B\":\"1.00000000\",\"a\":\"" + price() + "\",\"A\":\"2.00000000\"}";
    }

    private String trade(final String symbol, final String type, final String idName)
    {
        return head(type, symbol) + ",\"" + idName + "\":" + (firstId + events) + ",\"p\":\"" + price() +
            "\",\"q\":\"1.00000000\",\"T\":" + System.currentTimeMillis() + ",\"m\":true,\"M\":true}";
    }

    private String miniTicker(final String symbol)
    {
        return head("24hrMiniTicker", symbol) + ",\"c\":\"" + price() + "\"}";
    }

    private static String head(final String type, final String symbol)
    {
        return "{\"e\":\"" + type + "\",\"E\":" + System.currentTimeMillis() + ",\"s\":\"" + symbol + "\"";
    }

    private String price()
    {
        return 30_000 + events % 1000 + ".50000000";
    }
}
