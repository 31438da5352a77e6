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

import io.ringwire.api.MessageClaim;
import io.ringwire.api.Opcode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One thread claims, aborts, claims and commits (1) while another sends a message in parts (2, 3): the claim never
 * comes between, and afterwards the counts are right again: a message can be begun.
 */
@JCStressTest
@Outcome(id = "123, 1", expect = Expect.ACCEPTABLE, desc = "claim -> parts")
@Outcome(id = "231, 1", expect = Expect.ACCEPTABLE, desc = "parts -> claim")
@Outcome(id = "23, 1", expect = Expect.ACCEPTABLE, desc = "the claim was refused: a message was open")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the parts were refused: a claim was on its way")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "each saw the other and gave up")
@Outcome(expect = Expect.FORBIDDEN, desc = "the claim stands between the parts, or nothing can be begun any more")
@State
public class SendPartsAndClaimTest
{
    private final StressSendPath send = new StressSendPath();
    private final MessageClaim claim = new MessageClaim();

    /**
     * Claim twice, and commit the second.
     */
    @Actor
    public void claim()
    {
        if (tryClaim())
        {
            claim.abort();
        }

        if (tryClaim())
        {
            claim.buffer().putByte(claim.offset(), (byte)1);
            claim.commit();
        }
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
     * See what leaves, and send another in parts.
     *
     * @param result the order, and whether another could be sent.
     */
    @Arbiter
    public void arbiter(final II_Result result)
    {
        result.r1 = send.drain();
        send.parts(4, 5);
        result.r2 = send.drain() == 45 ? 1 : 0;
    }

    private boolean tryClaim()
    {
        return send.path().tryClaim(Opcode.TEXT, StressSendPath.EPOCH, 1, claim) > 0;
    }
}
