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
import io.ringwire.ring.OutboundRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A claimed record is not seen before its commit, and then whole.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "drain -> commit: nothing to see")
@Outcome(id = "1, 9", expect = Expect.ACCEPTABLE, desc = "commit -> drain: the record, whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "a record was seen before its commit, or in part")
@State
public class OutboundRingCommitTest
{
    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
    private final MessageClaim claim = new MessageClaim();

    /**
     * Claim, encode, commit.
     */
    @Actor
    public void producer()
    {
        ring.tryClaim(1, 2, 3, Integer.BYTES, claim, (offset, length, commit) -> ring.endClaim(offset, commit));
        claim.buffer().putInt(claim.offset(), 3);
        claim.commit();
    }

    /**
     * Drain once.
     *
     * @param result how many records were seen, and the sum of all their parts.
     */
    @Actor
    public void consumer(final II_Result result)
    {
        result.r1 = ring.drain(
            (type, sessionId, epoch, buffer, offset, length) ->
                result.r2 = type + sessionId + epoch + buffer.getInt(offset),
            10);
    }
}
