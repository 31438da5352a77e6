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
package io.ringwire.bench.stress;

import io.ringwire.config.RateLimitPolicy;
import io.ringwire.session.RateLimiter;
import io.ringwire.stats.SessionCounters;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * One sender takes one token twice, the other two at once, from a bucket of three and then a window of two, while the
 * clock stands still: never more than two are granted. Who comes too late in the window gives back to the bucket; what
 * it cannot give back is counted. The last two numbers are the tokens left in the window and those left in the bucket
 * or lost.
 */
@JCStressTest
@Outcome(id = "2, 0, 0, 1", expect = Expect.ACCEPTABLE, desc = "the first sender got two")
@Outcome(id = "0, 2, 0, 1", expect = Expect.ACCEPTABLE, desc = "the second sender got two")
@Outcome(id = "1, 0, 1, 2", expect = Expect.ACCEPTABLE, desc = "the first was refused what the second then gave back")
@Outcome(expect = Expect.FORBIDDEN, desc = "more than two tokens, or one that is nowhere")
@State
public class RateLimitTest
{
    private final RateLimiter limiter = new RateLimiter(
        new RateLimitPolicy()
            .bucket("bucket", 3, 1, 1000)
            .window("window", 2, 1000)
            .cost("two", "bucket", 2).cost("two", "window", 2),
        null,
        () -> 0,
        null,
        new SessionCounters());

    /**
     * Ask for one token, twice.
     *
     * @param result how many were granted.
     */
    @Actor
    public void single(final IIII_Result result)
    {
        result.r1 = (limiter.tryAcquire("one") ? 1 : 0) + (limiter.tryAcquire("one") ? 1 : 0);
    }

    /**
     * Ask for two tokens.
     *
     * @param result how many were granted.
     */
    @Actor
    public void both(final IIII_Result result)
    {
        result.r2 = limiter.tryAcquire("two") ? 2 : 0;
    }

    /**
     * Count what is left.
     *
     * @param result tokens of the window, and of the bucket with those lost.
     */
    @Arbiter
    public void arbiter(final IIII_Result result)
    {
        result.r3 = limiter.available("window");
        result.r4 = limiter.available("bucket") + (int)limiter.tokensLost();
    }
}
