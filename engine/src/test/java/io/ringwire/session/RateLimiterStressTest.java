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

import io.ringwire.Seed;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.stats.SessionCounters;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several threads take tokens at once; every grant is kept with its time, and every window is looked at. FT16, G14.
 */
@Timeout(60)
class RateLimiterStressTest
{
    private static final int THREADS = 4;
    private static final int CAPACITY = 7;
    private static final long PERIOD_NS = 1000;
    private static final int MAX = 5;
    private static final String[] METHODS = { "one", "two", "three" };

    private final SplittableRandom random = Seed.random(RateLimiterStressTest.class);

    /**
     * The clock stands still while anybody takes tokens, so the time of each grant is known exactly.
     */
    @Test
    @DisplayName("G14: however many take at once, no more is granted than came back")
    void shouldNeverExceedAnyWindowOfAVirtualClock() throws Exception
    {
        for (int round = 0; round < 20; round++)
        {
            final AtomicLong clock = new AtomicLong();
            final ReentrantReadWriteLock still = new ReentrantReadWriteLock();
            final RateLimiter limiter = limiter(policy(PERIOD_NS), clock::get);
            final List<long[]> grants = onThreads((seed, grant) ->
            {
                for (int i = 0; i < 3000; i++)
                {
                    final int cost = 1 + seed.nextInt(METHODS.length);
                    still.readLock().lock();
                    try
                    {
                        if (limiter.tryAcquire(METHODS[cost - 1]))
                        {
                            grant.add(new long[]{ clock.get(), clock.get(), cost });
                        }
                    }
                    finally
                    {
                        still.readLock().unlock();
                    }

                    if (seed.nextInt(8) == 0)
                    {
                        still.writeLock().lock();
                        clock.addAndGet(seed.nextLong(PERIOD_NS / 4));
                        still.writeLock().unlock();
                    }
                }
            });
            assertThat(total(grants)).isGreaterThan(CAPACITY);
            checkWindows(grants, PERIOD_NS);
            checkTotal(limiter, grants, clock.get());
        }
    }

    /**
     * Each grant lies between two readings of the clock: what lies whole within a period must not be too much.
     */
    @Test
    void shouldNeverExceedAnyWindowOfTheRealClock() throws Exception
    {
        final long periodNs = TimeUnit.MICROSECONDS.toNanos(50);
        final RateLimiter limiter = limiter(policy(periodNs), System::nanoTime);
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        final List<long[]> grants = onThreads((seed, grant) ->
        {
            while (System.nanoTime() - endNs < 0)
            {
                final int cost = 1 + seed.nextInt(METHODS.length);
                final long beforeNs = System.nanoTime();
                if (limiter.tryAcquire(METHODS[cost - 1]))
                {
                    grant.add(new long[]{ beforeNs, System.nanoTime(), cost });
                }
            }
        });
        assertThat(total(grants)).isGreaterThan(1000);
        checkWindows(grants, periodNs);
    }

    /**
     * With one thread at a time and tokens asked for as soon as they are there, none is left unused.
     */
    @Test
    void shouldGrantEveryTokenThatComesBack()
    {
        final AtomicLong clock = new AtomicLong();
        final RateLimiter limiter =
            limiter(new RateLimitPolicy().bucket("bucket", CAPACITY, MAX, PERIOD_NS), clock::get);
        int granted = 0;
        for (int i = 0; i < 10_000; i++)
        {
            granted += limiter.tryAcquire("any") ? 1 : 0;
            clock.addAndGet(PERIOD_NS / MAX / 4);
        }

        assertThat(granted).isEqualTo(CAPACITY + 9_999 / 4);
    }

    private static RateLimitPolicy policy(final long periodNs)
    {
        final RateLimitPolicy policy = new RateLimitPolicy()
            .bucket("bucket", CAPACITY, MAX, periodNs)
            .window("window", MAX, periodNs);
        for (int cost = 1; cost <= METHODS.length; cost++)
        {
            policy.cost(METHODS[cost - 1], "bucket", cost).cost(METHODS[cost - 1], "window", cost);
        }

        return policy;
    }

    private static RateLimiter limiter(
        final RateLimitPolicy policy, final NanoClock clock)
    {
        return new RateLimiter(policy, null, clock, null, new SessionCounters());
    }

    private List<long[]> onThreads(final Sender sender) throws InterruptedException, ExecutionException
    {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try
        {
            final List<Future<List<long[]>>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++)
            {
                final SplittableRandom seed = random.split();
                futures.add(threads.submit(() ->
                {
                    final List<long[]> grants = new ArrayList<>();
                    sender.run(seed, grants);
                    return grants;
                }));
            }

            final List<long[]> all = new ArrayList<>();
            for (final Future<List<long[]>> future : futures)
            {
                all.addAll(future.get());
            }

            return all;
        }
        finally
        {
            threads.shutdownNow();
        }
    }

    /**
     * From the begin of each grant on, what ended within a period: both limits.
     */
    private static void checkWindows(final List<long[]> grants, final long periodNs)
    {
        final long[][] byEnd = grants.toArray(long[][]::new);
        Arrays.sort(byEnd, (left, right) -> Long.compare(left[1], right[1]));
        for (int i = 0; i < byEnd.length; i++)
        {
            final long fromNs = byEnd[i][0];
            long tokens = 0;
            for (int j = firstEndingAt(fromNs, byEnd); j < byEnd.length && byEnd[j][1] - fromNs < 2 * periodNs; j++)
            {
                if (byEnd[j][0] - fromNs >= 0)
                {
                    tokens += byEnd[j][2];
                    final long lengthNs = byEnd[j][1] - fromNs;
                    if (tokens * periodNs > CAPACITY * periodNs + MAX * lengthNs ||
                        lengthNs < periodNs && tokens > MAX)
                    {
                        throw new AssertionError(tokens + " tokens within " + lengthNs + " ns from " + fromNs);
                    }
                }
            }
        }
    }

    private static int firstEndingAt(final long timeNs, final long[][] byEnd)
    {
        int low = 0;
        int high = byEnd.length;
        while (low < high)
        {
            final int middle = (low + high) >>> 1;
            if (byEnd[middle][1] < timeNs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /**
     * What was lost was taken: no token comes from nowhere.
     */
    private static void checkTotal(final RateLimiter limiter, final List<long[]> grants, final long endNs)
    {
        assertThat((total(grants) + limiter.tokensLost()) * PERIOD_NS)
            .isLessThanOrEqualTo(CAPACITY * PERIOD_NS + MAX * endNs);
    }

    private static long total(final List<long[]> grants)
    {
        return grants.stream().mapToLong((grant) -> grant[2]).sum();
    }

    @FunctionalInterface
    private interface Sender
    {
        void run(SplittableRandom seed, List<long[]> grants);
    }
}
