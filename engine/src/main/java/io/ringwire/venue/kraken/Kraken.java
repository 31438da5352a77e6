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
import io.ringwire.venue.VenueSettings;

/**
 * Settings of a session with Kraken spot, version 2 of the API. What was chosen before is kept.
 * <p>
 * No limits are set. The venue documents a counter of each pair (support.kraken.com, 360022635632): up to 125 with
 * verification Intermediate or 180 with Pro, of which 2.34 or 3.75 come back each second, where a cancel costs more the
 * younger its order is. A bucket of a session knows neither pairs nor the ages of orders: whoever trades one pair may
 * add one. How many subscriptions and connections the venue takes could not be found: the connect budget is the
 * default.
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
     * Market data: set URL and dialect where there are none yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config)
    {
        return new VenueSettings(config, URL, new KrakenV2Dialect()).config();
    }

    /**
     * Private channels: set URL, dialect and login where there are none yet.
     *
     * @param config to fill.
     * @param login  that fetches the tokens, of this session alone.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config, final KrakenLogin login)
    {
        return new VenueSettings(config, AUTH_URL, new KrakenV2Dialect(login::token)).login(login).config();
    }
}
