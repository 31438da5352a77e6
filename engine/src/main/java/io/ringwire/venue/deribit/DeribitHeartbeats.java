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

import io.ringwire.dialect.HeartbeatDialect;

import java.util.concurrent.TimeUnit;

/**
 * Deribit beats once it is asked to, every 10 seconds at the most, and ends the connection if its {@code test_request}
 * is not answered.
 */
final class DeribitHeartbeats implements HeartbeatDialect
{
    private static final long MIN_INTERVAL_S = 10;

    @Override
    public String start(final long requestId, final long intervalNs)
    {
        final long intervalS = Math.max(MIN_INTERVAL_S, TimeUnit.NANOSECONDS.toSeconds(intervalNs));
        return DeribitRequest.end(DeribitRequest.begin(requestId, "public/set_heartbeat").field("interval", intervalS));
    }

    @Override
    public String ping(final long requestId)
    {
        return DeribitRequest.test(requestId);
    }

    @Override
    public String answer(final long requestId)
    {
        return DeribitRequest.test(requestId);
    }
}
