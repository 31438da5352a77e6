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
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket as one number, the time at which it will be full again: each token taken moves it on by what a token
 * takes to come back (the generic cell rate algorithm). A thread reads the clock after that number: held up between the
 * two, it sees no fewer tokens than there are, and held up behind them, it takes none, as the number has moved on.
 */
final class TokenBucket extends TokenSource
{
    private final int capacity;
    private final long tokenNs;
    private final AtomicLong fullNs = new AtomicLong(); // any thread

    TokenBucket(final Limit limit, final NanoClock clock)
    {
        super(limit, clock);
        capacity = limit.capacity();
        tokenNs = limit.tokenNs();
    }

    @Override
    long take(final int tokens, final int keep)
    {
        final long roomNs = (capacity - keep) * tokenNs;
        while (true)
        {
            final long beforeNs = fullNs.get();
            final long nowNs = clock.nanoTime() - originNs;
            final long afterNs = Math.max(beforeNs, nowNs) + tokens * tokenNs;
            if (afterNs - nowNs > roomNs)
            {
                return REFUSED;
            }

            if (fullNs.compareAndSet(beforeNs, afterNs))
            {
                return afterNs;
            }
        }
    }

    /**
     * Only while nobody has taken any since: a later one may have taken those that came back meanwhile, and to add ours
     * to them would be more than a bucket full.
     */
    @Override
    boolean giveBack(final int tokens, final long taken)
    {
        return fullNs.compareAndSet(taken, taken - tokens * tokenNs);
    }

    @Override
    void force(final int tokens)
    {
        final long nowNs = clock.nanoTime() - originNs;
        long beforeNs;
        do
        {
            beforeNs = fullNs.get();
        }
        while (!fullNs.compareAndSet(beforeNs, Math.max(beforeNs, nowNs) + tokens * tokenNs)); // ends: others got on
    }

    @Override
    long earliestNs(final int tokens, final int keep, final long nowNs)
    {
        final long relativeNs = nowNs - originNs;
        final long fullAfterNs = Math.max(fullNs.get(), relativeNs) + tokens * tokenNs;
        return nowNs + Math.max(0, fullAfterNs - (capacity - keep) * tokenNs - relativeNs);
    }

    @Override
    int available(final int keep, final long nowNs)
    {
        final long missingNs = Math.max(0, fullNs.get() - (nowNs - originNs));
        return (int)Math.max(0, ((capacity - keep) * tokenNs - missingNs) / tokenNs);
    }
}
