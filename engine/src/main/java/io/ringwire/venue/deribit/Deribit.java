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

import io.ringwire.config.SessionConfig;

import java.util.concurrent.TimeUnit;

/**
 * Settings of a session with Deribit.
 */
public final class Deribit
{
    /** Where the venue is, for market data and orders. */
    public static final String URL = "wss://www.deribit.com/ws/api/v2";

    /** Where its test venue is. */
    public static final String TEST_URL = "wss://test.deribit.com/ws/api/v2";

    private static final long HEARTBEAT_S = 10;

    private Deribit()
    {
    }

    /**
     * Set the dialect, heartbeats every 10 s, which is as often as the venue gives them, and the URL, if there is none
     * yet.
     *
     * @param config to fill.
     * @return the same.
     */
    public static SessionConfig fill(final SessionConfig config)
    {
        config.heartbeat().intervalNs(TimeUnit.SECONDS.toNanos(HEARTBEAT_S));
        return config.uri(config.uri() == null ? URL : config.uri()).dialect(new DeribitDialect());
    }
}
