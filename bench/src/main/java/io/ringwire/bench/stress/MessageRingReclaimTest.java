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

import io.ringwire.ring.MessageRing;
import io.ringwire.ring.RingConsumer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The invariant of the arena, with descriptors to spare: it is full of unreleased bytes, one of two consumers is done
 * with all of them, and the producer wants the room of the oldest while the other still reads it.
 */
@JCStressTest
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "producer -> release: no room, nothing overwritten")
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "release -> producer: the room was given back first")
@Outcome(expect = Expect.FORBIDDEN, desc = "bytes were overwritten before they were released")
@State
public class MessageRingReclaimTest
{
    private static final int LENGTH = 16;

    private final MessageRing ring = new MessageRing(8, 2 * LENGTH);
    private final RingConsumer consumer = ring.addConsumer();
    private final StressMessage message = new StressMessage();

    /**
     * Fill the arena, and let the other consumer be done with it.
     */
    public MessageRingReclaimTest()
    {
        final RingConsumer done = ring.addConsumer();
        message.commit(ring, 1, LENGTH);
        message.commit(ring, 2, LENGTH);
        ring.publish(0);
        done.release(1);
    }

    /**
     * Try to reuse the room of the oldest message.
     *
     * @param result whether there was room.
     */
    @Actor
    public void producer(final III_Result result)
    {
        result.r1 = message.commit(ring, 3, LENGTH) ? 1 : 0;
        ring.publish(0);
    }

    /**
     * Read the oldest message, then release it.
     *
     * @param result whether it was whole.
     */
    @Actor
    public void consumer(final III_Result result)
    {
        result.r2 = StressMessage.intact(consumer, 0, 1, LENGTH);
        consumer.release(0);
    }

    /**
     * Read what is left.
     *
     * @param result how many messages after the oldest are there and whole.
     */
    @Arbiter
    public void arbiter(final III_Result result)
    {
        for (long sequence = 1; sequence <= consumer.available(); sequence++)
        {
            result.r3 += StressMessage.intact(consumer, sequence, (int)sequence + 1, LENGTH);
        }
    }
}
