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
package io.ringwire.session;

import io.ringwire.config.RateLimitPolicy.Limit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a limit should do, in the simplest way: a list of all that was ever taken, and exact fractions. One thread.
 */
final class TokenModel
{
    private final Limit limit;
    private final List<Long> takenNs = new ArrayList<>();
    private long missing; // of a bucket, in units of 1 / tokenNs
    private long lastNs;

    TokenModel(final Limit limit, final long nowNs)
    {
        this.limit = limit;
        lastNs = nowNs;
    }

    boolean take(final int tokens, final int keep, final long nowNs)
    {
        if (earliestNs(tokens, keep, nowNs) > nowNs)
        {
            return false;
        }

        force(tokens, nowNs);
        return true;
    }

    void force(final int tokens, final long nowNs)
    {
        refill(nowNs);
        missing += tokens * limit.tokenNs();
        for (int i = 0; i < tokens; i++)
        {
            takenNs.add(nowNs);
        }
    }

    long earliestNs(final int tokens, final int keep, final long nowNs)
    {
        refill(nowNs);
        final int room = limit.capacity() - keep;
        if (limit.isWindow())
        {
            final int blocking = takenNs.size() + tokens - 1 - room;
            return blocking < 0 ? nowNs : Math.max(nowNs, takenNs.get(blocking) + limit.periodNs());
        }

        return nowNs + Math.max(0, missing + tokens * limit.tokenNs() - room * limit.tokenNs());
    }

    int available(final int keep, final long nowNs)
    {
        for (int tokens = limit.capacity() - keep; tokens > 0; tokens--)
        {
            if (earliestNs(tokens, keep, nowNs) == nowNs)
            {
                return tokens;
            }
        }

        return 0;
    }

    private void refill(final long nowNs)
    {
        missing = Math.max(0, missing - (nowNs - lastNs));
        lastNs = nowNs;
    }
}
