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
package io.ringwire.venue.kraken;

import io.ringwire.config.SessionConfig;

/**
 * Settings of a session with Kraken spot, version 2 of the API.
 */
public final class Kraken
{
    /** Where market data is. */
    public static final String URL = "wss://ws.kraken.com/v2";

    /** Where private channels and orders are. */
    public static final String AUTH_URL = "wss://ws-auth.kraken.com/v2";

    /** Where market data of version 1 is: for {@link KrakenV1Dialect}. */
    public static final String V1_URL = "wss://ws.kraken.com";

    private Kraken()
    {
    }

    /**
     * Market data: set the dialect, and the URL, if there is none yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config)
    {
        return config.uri(config.uri() == null ? URL : config.uri()).dialect(new KrakenV2Dialect());
    }

    /**
     * Private channels: set the dialect, and the URL, if there is none yet.
     *
     * @param config to fill.
     * @param login  that fetches the tokens.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config, final KrakenLogin login)
    {
        return config.uri(config.uri() == null ? AUTH_URL : config.uri()).dialect(new KrakenV2Dialect(login::token));
    }
}
