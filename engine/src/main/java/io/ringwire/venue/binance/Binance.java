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
package io.ringwire.venue.binance;

import io.ringwire.config.SessionConfig;

/**
 * Settings of a session with Binance spot.
 */
public final class Binance
{
    /** Where market data is, wrapped with the names of the streams. */
    public static final String STREAMS_URL = "wss://stream.binance.com:9443/stream";

    /** Where the WebSocket API is, for orders. */
    public static final String API_URL = "wss://ws-api.binance.com:443/ws-api/v3";

    private Binance()
    {
    }

    /**
     * Market data: set the dialect, and the URL of the wrapped streams, if there is none yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fillStreams(final SessionConfig config)
    {
        return config.uri(config.uri() == null ? STREAMS_URL : config.uri()).dialect(new BinanceDialect());
    }

    /**
     * Orders: set the dialect, and the URL of the WebSocket API, if there is none yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fillApi(final SessionConfig config)
    {
        return config.uri(config.uri() == null ? API_URL : config.uri()).dialect(new BinanceDialect());
    }
}
