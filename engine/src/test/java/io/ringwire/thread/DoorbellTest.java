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
package io.ringwire.thread;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class DoorbellTest
{
    private static final int HANDOVERS = 20_000;

    /**
     * The agent parks for an hour unless it is rung, so one wake-up lost ends the test by its timeout.
     */
    @Test
    @Timeout(60)
    void shouldNotLoseAWakeUp() throws Exception
    {
        final Doorbell doorbell = new Doorbell(TimeUnit.HOURS.toNanos(1));
        final AtomicLong handedOver = new AtomicLong();
        final AtomicLong taken = new AtomicLong();
        final ExecutorService executor = Executors.newSingleThreadExecutor();
        try
        {
            final Future<?> agent = executor.submit(() ->
            {
                while (taken.get() < HANDOVERS && !Thread.currentThread().isInterrupted())
                {
                    final long work = handedOver.get() - taken.get();
                    taken.addAndGet(work);
                    doorbell.idle((int)work);
                }
            });
            for (int i = 1; i <= HANDOVERS; i++)
            {
                handedOver.set(i);
                doorbell.ring();
                for (int spins = i % 400; spins > 0; spins--) // now and then long enough for it to park
                {
                    Thread.onSpinWait();
                }

                while (i % 3 == 0 && taken.get() < i) // ends when the agent has woken
                {
                    Thread.yield();
                }
            }

            agent.get();
            assertThat(taken).hasValue(HANDOVERS);
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    @Test
    @Timeout(10)
    void shouldRunACycleAtLeastOncePerParkTime()
    {
        final Doorbell doorbell = new Doorbell(TimeUnit.MICROSECONDS.toNanos(100));
        for (int i = 0; i < 1000; i++)
        {
            doorbell.idle(0);
        }
    }
}
