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
package io.ringwire.session;

import io.ringwire.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class SendWindowTest
{
    private static final int LENGTH = 1024;
    private static final int SENDERS = 3;
    private static final int MESSAGES = 30_000;

    private final SendWindow window = new SendWindow(LENGTH);

    @Test
    void shouldBeFullAtExactlyItsLength()
    {
        assertThat(window.submit(LENGTH - 1)).isEqualTo(LENGTH - 1);
        assertThat(window.submit(2)).isZero();
        assertThat(window.submit(1)).isEqualTo(LENGTH);
        assertThat(window.submit(1)).isZero();
        window.settle(1);
        assertThat(window.submit(1)).isEqualTo(LENGTH + 1);
    }

    @Test
    void shouldTakeTheLongestPayloadWithItsHeader()
    {
        assertThat(window.submit(SendWindow.charge(window.maxPayloadLength()))).isEqualTo(LENGTH);
    }

    @Test
    void shouldGiveBackWhatIsWithdrawn()
    {
        window.submit(LENGTH);
        window.withdraw(LENGTH);
        assertThat(window.submit(LENGTH)).isPositive();
    }

    @Test
    void shouldTellWhetherASenderHoldsRoomWithoutAPlace()
    {
        assertThat(window.isPublished()).isTrue();
        window.submit(10);
        assertThat(window.isPublished()).isFalse();
        window.submit(20);
        window.publish(10);
        assertThat(window.isPublished()).isFalse();
        window.withdraw(20);
        assertThat(window.isPublished()).isTrue();
        window.settle(10);
        assertThat(window.isPublished()).isTrue();
    }

    @Test
    @Timeout(60)
    void shouldNeverHoldMoreThanItsLengthUnderConcurrentSenders() throws Exception
    {
        final SplittableRandom random = Seed.random(getClass());
        final AtomicLong outstanding = new AtomicLong(); // never more than the window holds
        final AtomicLong toSettle = new AtomicLong();
        final ExecutorService executor = Executors.newFixedThreadPool(SENDERS);
        try
        {
            final List<Future<Long>> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++)
            {
                final SplittableRandom own = random.split();
                senders.add(executor.submit(() -> send(own, outstanding, toSettle)));
            }

            while (!senders.stream().allMatch(Future::isDone) || toSettle.get() > 0)
            {
                assertThat(outstanding.get()).isLessThanOrEqualTo(LENGTH);
                final long charge = toSettle.getAndSet(0);
                outstanding.addAndGet(-charge);
                window.settle(charge);
                Thread.yield();
            }

            long total = 0;
            for (final Future<Long> sender : senders)
            {
                total += sender.get();
            }

            assertThat(outstanding).hasValue(0);
            assertThat(window.submit(LENGTH)).as("position").isEqualTo(total + LENGTH);
        }
        finally
        {
            executor.shutdownNow();
        }
    }

    private long send(final SplittableRandom random, final AtomicLong outstanding, final AtomicLong toSettle)
    {
        long total = 0;
        for (int i = 0; i < MESSAGES; i++)
        {
            final int charge = random.nextInt(1, LENGTH / 2);
            while (window.submit(charge) == 0) // ends when the other thread settles
            {
                Thread.yield();
            }

            if (random.nextInt(10) == 0)
            {
                window.withdraw(charge);
            }
            else
            {
                total += charge;
                outstanding.addAndGet(charge);
                toSettle.addAndGet(charge);
            }
        }

        return total;
    }
}
