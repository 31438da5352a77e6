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
 * Two producers write at once: both records arrive whole, in one order or the other.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "first -> second")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "second -> first")
@Outcome(expect = Expect.FORBIDDEN, desc = "a record was lost, torn or seen twice")
@State
public class OutboundRingProducersTest
{
    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);

    /**
     * Write the first record.
     */
    @Actor
    public void first()
    {
        write(1);
    }

    /**
     * Write the second record.
     */
    @Actor
    public void second()
    {
        write(2);
    }

    /**
     * Drain both.
     *
     * @param result the values, in the order of arrival.
     */
    @Arbiter
    public void arbiter(final II_Result result)
    {
        ring.drain(
            (type, sessionId, epoch, buffer, offset, length) ->
            {
                final int value = buffer.getInt(offset) == sessionId && epoch == sessionId ? sessionId : -1;
                if (0 == result.r1)
                {
                    result.r1 = value;
                }
                else
                {
                    result.r2 = 10 * result.r2 + value;
                }
            },
            10);
    }

    private void write(final int value)
    {
        final UnsafeBuffer src = new UnsafeBuffer(new byte[Integer.BYTES]);
        src.putInt(0, value);
        ring.write(1, value, value, src, 0, Integer.BYTES);
    }
}
