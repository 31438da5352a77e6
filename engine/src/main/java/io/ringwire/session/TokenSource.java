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
 * One limit: tokens that are taken by any thread and come back with time alone, without a timer. Times in the methods
 * are the clock's; inside they count from when this was made, so that nothing overflows within a century.
 */
abstract class TokenSource
{
    /** Too few tokens. */
    static final long REFUSED = Long.MIN_VALUE;

    final NanoClock clock;
    final long originNs;

    private final Limit limit;
    private final AtomicLong pauseEndNs = new AtomicLong(); // any thread

    TokenSource(final Limit limit, final NanoClock clock)
    {
        this.limit = limit;
        this.clock = clock;
        originNs = clock.nanoTime();
    }

    static TokenSource of(final Limit limit, final NanoClock clock)
    {
        return limit.isWindow() ? new TokenWindow(limit, clock) : new TokenBucket(limit, clock);
    }

    final Limit limit()
    {
        return limit;
    }

    /**
     * Take tokens.
     *
     * @param tokens to take, above zero.
     * @param keep   tokens that must be left.
     * @return what {@link #giveBack} wants to know, or {@link #REFUSED}.
     */
    abstract long take(int tokens, int keep);

    /**
     * Undo what {@link #take} did a moment ago.
     *
     * @return false if that is not possible: the tokens stay taken.
     */
    abstract boolean giveBack(int tokens, long taken);

    /**
     * Count tokens that are used whether there are any or not.
     */
    abstract void force(int tokens);

    /**
     * When tokens could be taken: the present, or a time at which they can be if nobody else takes any.
     */
    abstract long earliestNs(int tokens, int keep, long nowNs);

    /**
     * Tokens that could be taken now.
     */
    abstract int available(int keep, long nowNs);

    /**
     * The venue said that we sent too much: nothing for those who have no claim on the reserve until then.
     */
    final void pause(final long untilNs)
    {
        final long endNs = untilNs - originNs;
        long currentNs = pauseEndNs.get();
        while (endNs > currentNs && !pauseEndNs.compareAndSet(currentNs, endNs)) // ends: somebody has set a later one
        {
            currentNs = pauseEndNs.get();
        }
    }

    /**
     * When the pause is over: the present, or a later time.
     */
    final long pauseEndNs(final long nowNs)
    {
        return nowNs + Math.max(0, pauseEndNs.get() - (nowNs - originNs));
    }
}
