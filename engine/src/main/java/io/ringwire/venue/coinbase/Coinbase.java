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
import io.ringwire.venue.VenueSettings;

import java.util.concurrent.TimeUnit;

/**
 * Settings of a session with Coinbase Exchange. Fill a configuration first, then change what you want otherwise; what
 * was chosen before is kept. Numbers are those of the venue's page on the rate limits of the WebSocket feed
 * (docs.cdp.coinbase.com, exchange/websocket-feed/rate-limits). All count per address, so all sessions of the process
 * with the same host share them:
 * <ul>
 * <li>8 connections a second, which is the connect budget.</li>
 * <li>{@value #REQUESTS}: 8 requests a second, 20 at once, less one.</li>
 * <li>{@value #MESSAGES}: 100 messages a second, less one; five are kept for pings and pongs. That the venue counts
 * those is an assumption.</li>
 * </ul>
 */
public final class Coinbase
{
    /** Where market data is. */
    public static final String URL = "wss://ws-feed.exchange.coinbase.com";

    /** Where market data is for those who log in. */
    public static final String DIRECT_URL = "wss://ws-direct.exchange.coinbase.com";

    /** The bucket of requests. */
    public static final String REQUESTS = "requests";

    /** The bucket of messages, pings and pongs included. */
    public static final String MESSAGES = "messages";

    private static final int CONNECTS_PER_S = 8;
    private static final int REQUESTS_PER_S = 8;
    private static final int REQUEST_BURST = 20;
    private static final int MESSAGES_PER_S = 100;
    private static final int MESSAGES_KEPT = 5;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private Coinbase()
    {
    }

    /**
     * Set URL, dialect, connect budget and limits where there are none yet. The login is a part of each subscribe
     * message. The venue ends a connection on which nothing is subscribed to within 5 s.
     *
     * @param config      to fill.
     * @param credentials of the account, null for public channels only.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config, final CoinbaseCredentials credentials)
    {
        final VenueSettings settings = new VenueSettings(
            config, credentials == null ? URL : DIRECT_URL, new CoinbaseDialect(credentials))
            .connectBudget(CONNECTS_PER_S, SECOND_NS);
        if (settings.isUnlimited())
        {
            config.limits()
                .bucket(REQUESTS, REQUEST_BURST - 1, REQUESTS_PER_S, SECOND_NS)
                .window(MESSAGES, MESSAGES_PER_S - 1, SECOND_NS)
                .controlFrameCost(MESSAGES, 1)
                .reserve(MESSAGES, MESSAGES_KEPT);
            settings.share(REQUESTS);
            settings.share(MESSAGES);
        }

        return config;
    }
}
