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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectBudgetTest
{
    private static final long PERIOD_NS = 1000;

    @Test
    void shouldNeverAllowMoreThanTheBudgetInAnyPeriod()
    {
        final RandomGenerator random = Seed.random(getClass());
        final ConnectBudget budget = new ConnectBudget();
        final List<Long> grants = new ArrayList<>();
        long nowNs = random.nextLong();
        for (int i = 0; i < 20_000; i++)
        {
            final int connections = random.nextInt(1, 12);
            nowNs += random.nextLong(0, 200);
            final long waitNs = budget.acquire(connections, PERIOD_NS, nowNs);
            assertThat(waitNs).isBetween(0L, PERIOD_NS);
            if (waitNs == 0)
            {
                grants.add(nowNs);
                assertWithin(grants, connections);
            }
            else if (random.nextBoolean())
            {
                nowNs += waitNs;
                assertThat(budget.acquire(connections, PERIOD_NS, nowNs)).as("it is what it said").isZero();
                grants.add(nowNs);
                assertWithin(grants, connections);
            }
        }
    }

    @Test
    void shouldKnowAHostByItsNameAndForgetThoseNotAskedForLongest()
    {
        final ConnectBudget budget = ConnectBudget.of("first.test:443");
        assertThat(budget.acquire(1, PERIOD_NS, 0)).isZero();
        assertThat(ConnectBudget.of("first.test:443").acquire(1, PERIOD_NS, 1)).isEqualTo(PERIOD_NS - 1);
        assertThat(ConnectBudget.of("first.test:80").acquire(1, PERIOD_NS, 1)).isZero();
        for (int i = 0; i < 2 * ConnectBudget.MAX_HOSTS; i++)
        {
            ConnectBudget.of("host" + i + ".test:443");
        }

        assertThat(ConnectBudget.hosts()).isEqualTo(ConnectBudget.MAX_HOSTS);
    }

    @Test
    void shouldShareABudgetAmongThreads() throws InterruptedException
    {
        final AtomicInteger granted = new AtomicInteger();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++)
        {
            threads.add(new Thread(() ->
            {
                for (int k = 0; k < 1000; k++)
                {
                    granted.addAndGet(ConnectBudget.of("shared.test:1").acquire(300, PERIOD_NS, 7) == 0 ? 1 : 0);
                }
            }));
        }

        threads.forEach(Thread::start);
        for (final Thread thread : threads)
        {
            thread.join();
        }

        assertThat(granted).hasValue(300);
    }

    private static void assertWithin(final List<Long> grants, final int connections)
    {
        final int before = grants.size() - 1 - connections;
        if (before >= 0)
        {
            assertThat(grants.get(grants.size() - 1) - grants.get(before)).isGreaterThanOrEqualTo(PERIOD_NS);
        }
    }
}
