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
import io.ringwire.config.ReconnectPolicy;
import org.junit.jupiter.api.Test;

import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class ReconnectBackoffTest
{
    private static final long BASE_NS = 100;
    private static final long CAP_NS = 1500;
    private static final int DRAWS = 2000;

    private final RandomGenerator random = Seed.random(getClass());
    private final ReconnectPolicy policy = new ReconnectPolicy().baseNs(BASE_NS).capNs(CAP_NS).healthyNs(50);

    @Test
    void shouldDrawEachWaitFromZeroToADoublingBoundUpToTheCap()
    {
        final ReconnectBackoff backoff = new ReconnectBackoff(policy, random);
        for (final long boundNs : new long[]{ 100, 200, 400, 800, 1500, 1500, 1500 })
        {
            backoff.nextAttempt();
            long min = Long.MAX_VALUE;
            long max = 0;
            for (int i = 0; i < DRAWS; i++)
            {
                final long delayNs = backoff.nextDelayNs();
                min = Math.min(min, delayNs);
                max = Math.max(max, delayNs);
            }

            assertThat(min).isBetween(0L, boundNs / 10);
            assertThat(max).isBetween(boundNs - boundNs / 10, boundNs);
        }
    }

    @Test
    void shouldStayWithinTheCapForeverWhateverTheBase()
    {
        for (final long baseNs : new long[]{ 1, 3, 1L << 40, Long.MAX_VALUE / 2 })
        {
            final ReconnectBackoff backoff =
                new ReconnectBackoff(policy.baseNs(baseNs).capNs(Long.MAX_VALUE / 2), random);
            for (int i = 0; i < 200; i++)
            {
                assertThat(backoff.nextAttempt()).isEqualTo(i + 1);
                assertThat(backoff.nextDelayNs()).isBetween(0L, Long.MAX_VALUE / 2);
            }
        }
    }

    @Test
    void shouldMultiplyTheBoundByTheFactorChosen()
    {
        final ReconnectBackoff backoff = new ReconnectBackoff(policy.multiplier(1.5), random);
        for (final long boundNs : new long[]{ 100, 150, 225, 337, 506 })
        {
            backoff.nextAttempt();
            assertThat(random.longs(DRAWS).map((draw) -> backoff.nextDelayNs()).max().orElseThrow())
                .isBetween(boundNs - boundNs / 10, boundNs);
        }
    }

    @Test
    void shouldGiveUpAfterTheLastAttemptAllowed()
    {
        final ReconnectBackoff backoff = new ReconnectBackoff(policy.maxAttempts(2), random);
        backoff.nextAttempt();
        assertThat(backoff.mayRetry()).isTrue();
        backoff.nextAttempt();
        assertThat(backoff.mayRetry()).isFalse();
        assertThat(new ReconnectBackoff(ReconnectPolicy.never(), random).mayRetry()).isFalse();
    }
}
