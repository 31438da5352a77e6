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
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A producer chases a consumer round the smallest arena, which two messages fill, over slots and bytes used many times.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "whatever the consumer saw and was left with was whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "a message was torn, overwritten or out of order")
@State
public class MessageRingStreamTest
{
    private static final int LENGTH = 8;
    private static final int ATTEMPTS = 24;

    private final MessageRing ring = new MessageRing(4, 2 * LENGTH);
    private final RingConsumer consumer = ring.addConsumer();
    private final StressMessage message = new StressMessage();

    /**
     * Write wherever there is room.
     */
    @Actor
    public void producer()
    {
        int value = 1;
        for (int i = 0; i < ATTEMPTS; i++)
        {
            if (message.commit(ring, value, LENGTH))
            {
                value++;
            }

            ring.publish(0);
        }
    }

    /**
     * Read and release whatever is there.
     *
     * @param result how many messages were broken.
     */
    @Actor
    public void consumer(final II_Result result)
    {
        for (int i = 0; i < ATTEMPTS; i++)
        {
            result.r1 += poll();
        }
    }

    /**
     * Read the rest.
     *
     * @param result how many messages were broken.
     */
    @Arbiter
    public void arbiter(final II_Result result)
    {
        result.r2 = poll();
    }

    private int poll()
    {
        int broken = 0;
        final long available = consumer.available();
        for (long sequence = consumer.next(); sequence <= available; sequence++)
        {
            broken += 1 - StressMessage.intact(consumer, sequence, (int)sequence + 1, LENGTH);
        }

        consumer.release(available);

        return broken;
    }
}
