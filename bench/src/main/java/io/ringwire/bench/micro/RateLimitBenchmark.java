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
package io.ringwire.bench.micro;

import io.ringwire.config.RateLimitPolicy;
import io.ringwire.session.RateLimiter;
import io.ringwire.stats.SessionCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the rate limits cost a send, by one sender and by two at once: the look for the method, two looks at the clock
 * and one token of each bucket. Almost all are granted, or almost all refused. The yardstick is the least that a limit
 * by the JDK alone can do: one look at the clock and one compare-and-set of the time from which on the bucket is full.
 */
@State(Scope.Benchmark)
public class RateLimitBenchmark extends MicroSettings
{
    private static final int CAPACITY = 1024;

    @Param({ "bucket", "window", "both" })
    private String limits;

    @Param({ "granted", "refused" })
    private String outcome;

    private final AtomicLong fullAtNs = new AtomicLong(System.nanoTime());
    private RateLimiter limiter;
    private long tokenNs;
    private long capacityNs;

    /**
     * Make the limiter.
     */
    @Setup
    public void open()
    {
        final long periodNs = outcome.equals("granted") ? 1 : TimeUnit.HOURS.toNanos(1);
        tokenNs = periodNs;
        capacityNs = CAPACITY * periodNs;
        final RateLimitPolicy policy = new RateLimitPolicy();
        if (!limits.equals("window"))
        {
            policy.bucket("bucket", CAPACITY, 1, periodNs).cost("buy", "bucket", 1);
        }

        if (!limits.equals("bucket"))
        {
            policy.window("window", CAPACITY, periodNs).cost("buy", "window", 1);
        }

        limiter = new RateLimiter(policy, null, System::nanoTime, null, new SessionCounters());
    }

    /**
     * Acquire, alone.
     *
     * @return were the tokens taken?
     */
    @Benchmark
    public boolean acquire()
    {
        return limiter.tryAcquire("buy");
    }

    /**
     * Acquire, against another thread.
     *
     * @return were the tokens taken?
     */
    @Benchmark
    @Threads(2)
    public boolean acquireContended()
    {
        return limiter.tryAcquire("buy");
    }

    /**
     * The yardstick, alone.
     *
     * @return was the token taken?
     */
    @Benchmark
    public boolean jdkAtomicLong()
    {
        return takeOfAtomicLong();
    }

    /**
     * The yardstick, against another thread.
     *
     * @return was the token taken?
     */
    @Benchmark
    @Threads(2)
    public boolean jdkAtomicLongContended()
    {
        return takeOfAtomicLong();
    }

    private boolean takeOfAtomicLong()
    {
        final long nowNs = System.nanoTime();
        while (true) // ends with the token or without, unless another thread takes one at the same instant
        {
            final long oldNs = fullAtNs.get();
            final long newNs = Math.max(oldNs - nowNs, 0) + tokenNs;
            if (newNs > capacityNs)
            {
                return false;
            }

            if (fullAtNs.compareAndSet(oldNs, nowNs + newNs))
            {
                return true;
            }
        }
    }
}
