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
package io.ringwire.venue.coinbase;

import io.ringwire.config.SessionConfig;

/**
 * Settings of a session with Coinbase Exchange.
 */
public final class Coinbase
{
    /** Where market data is. */
    public static final String URL = "wss://ws-feed.exchange.coinbase.com";

    /** Where market data is for those who log in. */
    public static final String DIRECT_URL = "wss://ws-direct.exchange.coinbase.com";

    private Coinbase()
    {
    }

    /**
     * Set the dialect, and the URL, if there is none yet. The venue ends a connection on which nothing is subscribed to
     * within 5 s.
     *
     * @param config      to fill.
     * @param credentials of the account, null for public channels only.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config, final CoinbaseCredentials credentials)
    {
        final String url = credentials == null ? URL : DIRECT_URL;
        return config.uri(config.uri() == null ? url : config.uri()).dialect(new CoinbaseDialect(credentials));
    }
}
