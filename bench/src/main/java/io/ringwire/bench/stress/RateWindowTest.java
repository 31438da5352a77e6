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
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A window of one token whose one slot holds a time long past: two senders at the same moment write over it. The loser
 * must not take the old time for that of the token just granted, whose writer may be between its claim and its store.
 */
@JCStressTest
@Outcome(id = { "1, 0", "0, 1" }, expect = Expect.ACCEPTABLE, desc = "one was granted")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "two tokens in a window of one")
@Outcome(expect = Expect.FORBIDDEN, desc = "a token that nobody got")
@State
public class RateWindowTest
{
    private final RateLimiter limiter = new RateLimiter(
        new RateLimitPolicy().window("window", 1, 1000), null, () -> 0, null, new SessionCounters());

    /**
     * Ask for a token, twice.
     *
     * @param result how many were granted.
     */
    @Actor
    public void first(final II_Result result)
    {
        result.r1 = twice();
    }

    /**
     * Ask for a token, twice.
     *
     * @param result how many were granted.
     */
    @Actor
    public void second(final II_Result result)
    {
        result.r2 = twice();
    }

    private int twice()
    {
        return (limiter.tryAcquire("one") ? 1 : 0) + (limiter.tryAcquire("one") ? 1 : 0);
    }
}
