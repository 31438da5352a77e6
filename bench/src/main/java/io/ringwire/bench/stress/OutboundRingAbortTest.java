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
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An aborted record is never seen, and does not stand in the way of the one behind it.
 */
@JCStressTest
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "drain -> write: the second record waits for the next drain")
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "write -> drain: the second record alone")
@Outcome(expect = Expect.FORBIDDEN, desc = "the aborted record was seen, or the second was lost or seen twice")
@State
public class OutboundRingAbortTest
{
    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
    private final MessageClaim claim = new MessageClaim();
    private final UnsafeBuffer src = new UnsafeBuffer(new byte[Integer.BYTES]);

    /**
     * Claim and abort the first record, write the second.
     */
    @Actor
    public void producer()
    {
        ring.tryClaim(1, 1, 1, Integer.BYTES, claim, (offset, length, commit) -> ring.endClaim(offset, commit));
        claim.buffer().putInt(claim.offset(), 1);
        claim.abort();
        ring.write(1, 2, 2, src, 0, src.capacity());
    }

    /**
     * Drain once.
     *
     * @param result sum of the session ids seen.
     */
    @Actor
    public void consumer(final II_Result result)
    {
        result.r1 = drain();
    }

    /**
     * Drain the rest.
     *
     * @param result sum of the session ids seen.
     */
    @Arbiter
    public void arbiter(final II_Result result)
    {
        result.r2 = drain();
    }

    private int drain()
    {
        final int[] sum = new int[1];
        ring.drain((type, sessionId, epoch, buffer, offset, length) -> sum[0] += sessionId, 10);

        return sum[0];
    }
}
