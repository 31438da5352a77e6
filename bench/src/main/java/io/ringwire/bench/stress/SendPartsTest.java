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
 * One thread sends a whole message (1) while another sends one in parts (2, 3): the whole one never comes between.
 */
@JCStressTest
@Outcome(id = "123", expect = Expect.ACCEPTABLE, desc = "whole -> parts")
@Outcome(id = "231", expect = Expect.ACCEPTABLE, desc = "parts -> whole")
@Outcome(id = "23", expect = Expect.ACCEPTABLE, desc = "the whole one was refused: a message was open")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the parts were refused: a message was on its way")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "each saw the other and gave up")
@Outcome(expect = Expect.FORBIDDEN, desc = "the whole message stands between the parts, or something was lost")
@State
public class SendPartsTest
{
    private final StressSendPath send = new StressSendPath();

    /**
     * Send a whole message.
     */
    @Actor
    public void whole()
    {
        send.whole(1);
    }

    /**
     * Send a message in parts.
     */
    @Actor
    public void parts()
    {
        send.parts(2, 3);
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
