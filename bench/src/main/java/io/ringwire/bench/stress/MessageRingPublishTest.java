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
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A consumer that sees a sequence sees all bytes and all fields of its message, and of those before it.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "consumer -> publish: nothing to see")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "publish -> consumer: both messages, whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "a sequence was seen before its message, or one published without the other")
@State
public class MessageRingPublishTest
{
    private static final int LENGTH = 24;

    private final MessageRing ring = new MessageRing(2, 64);
    private final RingConsumer consumer = ring.addConsumer();
    private final StressMessage message = new StressMessage();

    /**
     * Commit two messages and publish them together.
     */
    @Actor
    public void producer()
    {
        message.commit(ring, 1, LENGTH);
        message.commit(ring, 2, LENGTH);
        ring.publish(0);
    }

    /**
     * Read all that is there.
     *
     * @param result how many messages were seen, and how many of them were whole.
     */
    @Actor
    public void consumer(final II_Result result)
    {
        final long available = consumer.available();
        for (long sequence = 0; sequence <= available; sequence++)
        {
            result.r1++;
            result.r2 += StressMessage.intact(consumer, sequence, (int)sequence + 1, LENGTH);
        }
    }
}
