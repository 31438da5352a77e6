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
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * What the rate limits cost a send, by one sender and by two at once: the look for the method, two looks at the clock
 * and one token of each bucket. Almost all are granted, or almost all refused.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = { "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-Dagrona.disable.bounds.checks=true" })
public class RateLimitBenchmark
{
    @Param({ "bucket", "window", "both" })
    private String limits;

    @Param({ "granted", "refused" })
    private String outcome;

    private RateLimiter limiter;

    /**
     * Make the limiter.
     */
    @Setup
    public void open()
    {
        final long periodNs = outcome.equals("granted") ? 1 : TimeUnit.HOURS.toNanos(1);
        final RateLimitPolicy policy = new RateLimitPolicy();
        if (!limits.equals("window"))
        {
            policy.bucket("bucket", 1024, 1, periodNs).cost("buy", "bucket", 1);
        }

        if (!limits.equals("bucket"))
        {
            policy.window("window", 1024, periodNs).cost("buy", "window", 1);
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
}
