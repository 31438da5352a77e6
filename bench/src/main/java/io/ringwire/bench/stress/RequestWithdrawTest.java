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

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A request that the send path refuses is cancelled meanwhile: its user is told either that it was refused or that it
 * is cancelled, not both.
 */
@JCStressTest
@Outcome(id = "1, 5", expect = Expect.ACCEPTABLE, desc = "cancelled")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "refused")
@Outcome(expect = Expect.FORBIDDEN, desc = "told twice, not at all, or of something else")
@State
public class RequestWithdrawTest
{
    private final StressRequest request = new StressRequest();

    /**
     * A user's thread.
     */
    @Actor
    public void sender()
    {
        final long token = request.register();
        if (!request.withdraw(token))
        {
            request.confirm(token);
        }
    }

    /**
     * Another user's thread.
     *
     * @param result whether it will end as cancelled.
     */
    @Actor
    public void canceller(final II_Result result)
    {
        result.r1 = request.cancel() ? 1 : 0;
    }

    /**
     * The handler thread, later.
     *
     * @param result the ends.
     */
    @Arbiter
    public void arbiter(final II_Result result)
    {
        request.timeOut();
        result.r2 = request.ends();
    }
}
