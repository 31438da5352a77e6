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

import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.venue.VenueSettings;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Settings of a session with Binance spot. Fill a configuration first, then change what you want otherwise; what was
 * chosen before is kept. Numbers are those of the venue's pages web-socket-streams.md and web-socket-api.md of
 * binance-spot-api-docs, July 2026.
 * <p>
 * The venue takes 300 connections to a host in 5 minutes from one address, which is the connect budget.
 * <ul>
 * <li>{@value #MESSAGES}, of streams: 5 messages a second of a connection, pings and pongs included, or it is ended,
 * and the address is banned in the end. The window is 100 ms longer, since messages do not arrive as evenly as they
 * leave, and two messages are kept for a ping and a pong.</li>
 * <li>{@value #WEIGHT}, of the WebSocket API: 6,000 in a minute from one address, so all sessions of the process with
 * the same host share it. 600 are left out: a connect costs 2, and so many take the connect budget. A method takes the
 * most that it may cost; these weights were written from memory, and a method that is not known costs 20. The limits
 * of orders per account are not set here: {@code exchangeInfo} has them.</li>
 * </ul>
 */
public final class Binance
{
    /** Where market data is, wrapped with the names of the streams. */
    public static final String STREAMS_URL = "wss://stream.binance.com:9443/stream";

    /** Where the WebSocket API is, for orders. */
    public static final String API_URL = "wss://ws-api.binance.com:443/ws-api/v3";

    /** The bucket of messages to the streams. */
    public static final String MESSAGES = "messages";

    /** The bucket of requests to the WebSocket API. */
    public static final String WEIGHT = "weight";

    private static final int MAX_CONNECTS = 300;
    private static final long CONNECTS_PERIOD_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int MAX_MESSAGES = 5;
    private static final long MESSAGES_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(1_100);
    private static final int PING_AND_PONG = 2;
    private static final int CONNECT_WEIGHT = 2;
    private static final int MAX_WEIGHT = 6_000 - CONNECT_WEIGHT * MAX_CONNECTS;
    private static final int UNKNOWN_WEIGHT = 20;
    private static final Map<String, Integer> WEIGHTS = Map.ofEntries(
        Map.entry("order.place", 1),
        Map.entry("order.cancel", 1),
        Map.entry("order.cancelReplace", 1),
        Map.entry("order.amend.keepPriority", 4),
        Map.entry("order.status", 4),
        Map.entry("openOrders.cancelAll", 1),
        Map.entry("openOrders.status", 80),
        Map.entry("session.logon", 2),
        Map.entry("session.status", 2),
        Map.entry("session.logout", 2),
        Map.entry("ping", 1),
        Map.entry("time", 1),
        Map.entry("depth", 250),
        Map.entry("trades.recent", 25),
        Map.entry("trades.historical", 25),
        Map.entry("ticker.24hr", 80),
        Map.entry("ticker.tradingDay", 200),
        Map.entry("ticker", 200),
        Map.entry("account.rateLimits.orders", 40));

    private Binance()
    {
    }

    /**
     * Market data: set the URL of the wrapped streams, dialect, connect budget and limits where there are none yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fillStreams(final SessionConfig config)
    {
        if (settings(config, STREAMS_URL).isUnlimited())
        {
            config.limits()
                .window(MESSAGES, MAX_MESSAGES, MESSAGES_PERIOD_NS)
                .controlFrameCost(MESSAGES, 1)
                .reserve(MESSAGES, PING_AND_PONG);
        }

        return config;
    }

    /**
     * Orders: set the URL of the WebSocket API, dialect, connect budget and limits where there are none yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fillApi(final SessionConfig config)
    {
        return fillApi(config, null);
    }

    /**
     * As {@link #fillApi(SessionConfig)}, and log in.
     *
     * @param config to fill.
     * @param login  to use, null for none.
     * @return the same.
     */
    public static SessionConfig fillApi(final SessionConfig config, final BinanceLogin login)
    {
        final VenueSettings settings = settings(config, API_URL).login(login);
        if (settings.isUnlimited())
        {
            final RateLimitPolicy limits = config.limits()
                .window(WEIGHT, MAX_WEIGHT, TimeUnit.MINUTES.toNanos(1))
                .defaultCost(WEIGHT, UNKNOWN_WEIGHT)
                .claimCost(WEIGHT, 1); // an order
            WEIGHTS.forEach((method, weight) -> limits.cost(method, WEIGHT, weight));
            settings.share(WEIGHT);
        }

        return config;
    }

    private static VenueSettings settings(final SessionConfig config, final String url)
    {
        return new VenueSettings(config, url, new BinanceDialect()).connectBudget(MAX_CONNECTS, CONNECTS_PERIOD_NS);
    }
}
