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
 * The session closes while a request is sent, which is then cancelled: it ends once, by the handler thread or by its
 * sender, since nobody sweeps afterwards.
 */
@JCStressTest
@Outcome(id = "1, 5", expect = Expect.ACCEPTABLE, desc = "cancelled")
@Outcome(id = "0, 4", expect = Expect.ACCEPTABLE, desc = "not cancelled: closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "ended twice, not at all, or otherwise than was told")
@State
public class RequestCloseTest
{
    private final StressRequest request = new StressRequest();

    /**
     * A user's thread.
     */
    @Actor
    public void sender()
    {
        request.confirm(request.register());
    }

    /**
     * The handler thread.
     *
     * @param result whether it will end as cancelled.
     */
    @Actor
    public void handler(final II_Result result)
    {
        request.close();
        result.r1 = request.cancel() ? 1 : 0;
    }

    /**
     * What there is to see.
     *
     * @param result the ends.
     */
    @Arbiter
    public void arbiter(final II_Result result)
    {
        result.r2 = request.ends();
    }
}
