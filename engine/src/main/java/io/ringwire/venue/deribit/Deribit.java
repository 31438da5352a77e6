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
package io.ringwire.venue.deribit;

import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.venue.VenueSettings;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Settings of a session with Deribit. Fill a configuration first, then change what you want otherwise; what was chosen
 * before is kept.
 * <p>
 * Limits are those of the venue's article on rate limits (support.deribit.com, 25944617523357), less one request each,
 * since a breach ends the session:
 * <ul>
 * <li>{@value #CREDITS}: a request costs 500 of 50,000 credits, which come back at 10,000/s. Two requests are kept for
 * heartbeats. Orders cost none.</li>
 * <li>{@value #SUBSCRIPTIONS}: besides, a subscribe request costs 3,000 of 30,000, back at 10,000/s.</li>
 * <li>{@value #ORDERS}: what goes to the matching engine, 5/s and 20 at once for accounts without a tier. Those with
 * one take {@link #limits(RateLimitPolicy, int, int)}.</li>
 * </ul>
 * Which methods go to the matching engine was written from memory, and that these cost no credits is an assumption. A
 * claim ({@code Session.tryClaim}) costs both an order and a request. A JSON-RPC batch counts as one request, whatever
 * is in it: the venue may count otherwise. The limits are the session's own; the venue counts per account.
 */
public final class Deribit
{
    /** Where the venue is, for market data and orders. */
    public static final String URL = "wss://www.deribit.com/ws/api/v2";

    /** Where its test venue is. */
    public static final String TEST_URL = "wss://test.deribit.com/ws/api/v2";

    /** The bucket of requests that do not go to the matching engine. */
    public static final String CREDITS = "credits";

    /** The bucket of subscribe requests. */
    public static final String SUBSCRIPTIONS = "subscriptions";

    /** The bucket of requests that go to the matching engine. */
    public static final String ORDERS = "orders";

    private static final int REFILL_PER_S = 10_000;
    private static final int REQUEST_COST = 500;
    private static final int MAX_CREDITS = 50_000;
    private static final int SUBSCRIBE_COST = 3_000;
    private static final int MAX_SUBSCRIBE_CREDITS = 30_000;
    private static final int HEARTBEATS_KEPT = 2;
    private static final int ORDERS_PER_S = 5;
    private static final int ORDER_BURST = 20;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final List<String> MATCHING_METHODS = List.of(
        "private/buy",
        "private/sell",
        "private/edit",
        "private/edit_by_label",
        "private/cancel",
        "private/cancel_by_label",
        "private/cancel_all",
        "private/cancel_all_by_currency",
        "private/cancel_all_by_currency_pair",
        "private/cancel_all_by_instrument",
        "private/cancel_all_by_kind_or_type",
        "private/cancel_quotes",
        "private/close_position",
        "private/mass_quote");

    private Deribit()
    {
    }

    /**
     * Public channels: set URL, dialect and limits where there are none yet. Heartbeats are asked for at the
     * configuration's interval, every 10 s at the most.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config)
    {
        return fill(config, null);
    }

    /**
     * As {@link #fill(SessionConfig)}, and log in.
     *
     * @param config to fill.
     * @param login  of this session alone, null for none.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config, final DeribitLogin login)
    {
        final VenueSettings settings = new VenueSettings(config, URL, new DeribitDialect()).login(login);
        if (settings.isUnlimited())
        {
            limits(config.limits(), ORDERS_PER_S, ORDER_BURST);
        }

        return config;
    }

    /**
     * Add the venue's limits for accounts of a tier: tier 1 has 30/s and 100 at once.
     *
     * @param limits       to add to.
     * @param ordersPerS   to the matching engine, per second in the long run.
     * @param ordersAtOnce to the matching engine, at least 2.
     * @return the same.
     */
    public static RateLimitPolicy limits(final RateLimitPolicy limits, final int ordersPerS, final int ordersAtOnce)
    {
        limits.bucket(CREDITS, MAX_CREDITS - REQUEST_COST, REFILL_PER_S, SECOND_NS)
            .defaultCost(CREDITS, REQUEST_COST)
            .reserve(CREDITS, HEARTBEATS_KEPT * REQUEST_COST)
            .bucket(SUBSCRIPTIONS, MAX_SUBSCRIBE_CREDITS - SUBSCRIBE_COST, REFILL_PER_S, SECOND_NS)
            .defaultCost(SUBSCRIPTIONS, 0)
            .cost("public/subscribe", SUBSCRIPTIONS, SUBSCRIBE_COST)
            .cost("private/subscribe", SUBSCRIPTIONS, SUBSCRIBE_COST)
            .bucket(ORDERS, ordersAtOnce - 1, ordersPerS, SECOND_NS)
            .defaultCost(ORDERS, 0)
            .claimCost(ORDERS, 1);
        MATCHING_METHODS.forEach((method) -> limits.cost(method, CREDITS, 0).cost(method, ORDERS, 1));
        return limits;
    }
}
