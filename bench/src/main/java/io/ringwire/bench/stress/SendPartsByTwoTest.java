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
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Two threads send a message in parts each (1, 2 and 3, 4): the parts never mix.
 */
@JCStressTest
@Outcome(id = "1234", expect = Expect.ACCEPTABLE, desc = "first -> second")
@Outcome(id = "3412", expect = Expect.ACCEPTABLE, desc = "second -> first")
@Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "the second was refused")
@Outcome(id = "34", expect = Expect.ACCEPTABLE, desc = "the first was refused")
@Outcome(expect = Expect.FORBIDDEN, desc = "parts were mixed or lost, or both messages refused")
@State
public class SendPartsByTwoTest
{
    private final StressSendPath send = new StressSendPath();

    /**
     * Send the first message.
     */
    @Actor
    public void first()
    {
        send.parts(1, 2);
    }

    /**
     * Send the second message.
     */
    @Actor
    public void second()
    {
        send.parts(3, 4);
    }

    /**
     * See what leaves.
     *
     * @param result the order.
     */
    @Arbiter
    public void arbiter(final I_Result result)
    {
        result.r1 = send.drain();
    }
}
