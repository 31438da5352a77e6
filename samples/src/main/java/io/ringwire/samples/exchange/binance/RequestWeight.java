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

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ringwire.samples.exchange.connection.VenueRules;

import java.util.concurrent.TimeUnit;

/**
 * The weight of a client's requests, counted by minutes that begin with its connection.
 */
final class RequestWeight
{
    private static final long INTERVAL_MS = TimeUnit.MINUTES.toMillis(1);

    private final VenueRules rules;
    private long beginMs = System.currentTimeMillis();
    private long used;

    RequestWeight(final VenueRules rules, final int weightOfConnect)
    {
        this.rules = rules;
        used = weightOfConnect;
    }

    /**
     * Count a request.
     *
     * @return false if it is one too many: it was not counted.
     */
    boolean take(final int weight)
    {
        final long nowMs = System.currentTimeMillis();
        if (nowMs - beginMs >= INTERVAL_MS)
        {
            beginMs = nowMs;
            used = 0;
        }

        final boolean enough = used + weight <= rules.weightPerMinute();
        used += enough ? weight : 0;
        return enough;
    }

    /**
     * When the next minute begins, in milliseconds since 1970.
     */
    long retryAfterMs()
    {
        return beginMs + INTERVAL_MS;
    }

    JsonArray rateLimits()
    {
        final JsonObject limit = new JsonObject();
        limit.addProperty("rateLimitType", "REQUEST_WEIGHT");
        limit.addProperty("interval", "MINUTE");
        limit.addProperty("intervalNum", 1);
        limit.addProperty("limit", rules.weightPerMinute());
        limit.addProperty("count", used);
        final JsonArray limits = new JsonArray();
        limits.add(limit);
        return limits;
    }
}
