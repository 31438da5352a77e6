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
package io.ringwire.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringwire.api.SessionState;
import io.ringwire.stats.CounterType;
import io.ringwire.stats.CountersFile;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

@Timeout(20)
class RingwireMetricsTest
{
    private static final Duration NEVER = Duration.ofDays(1);

    private final CountersManager counters = CountersFile.inMemory(64, 4096, () -> 0).counters();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RingwireMetrics metrics =
        new RingwireMetrics(counters, List.of(Tag.of("desk", "fx")), NEVER);

    @AfterEach
    void close()
    {
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldNameAndTagEachTypeOfCounter()
    {
        CounterType.COUNT.ofSession(counters, "messages-received", "deribit", 7).set(42);
        CounterType.GAUGE.ofAgent(counters, "cpu", "ringwire-io").set(3);
        CounterType.DURATION_NS.ofSession(counters, "rtt-p50-ns", "deribit", 7).set(1_500_000);
        CounterType.TIME_MS.ofSession(counters, "last-receive-ms", "deribit", 7).set(1_500);
        CounterType.COUNT.ofEngine(counters, "errors").set(2);
        counters.allocate("not ours");

        metrics.bindTo(registry);

        assertThat(registry.get("ringwire.messages.received")
            .tags("session", "deribit", "session.id", "7", "desk", "fx").functionCounter().count()).isEqualTo(42);
        assertThat(registry.get("ringwire.cpu").tags("agent", "ringwire-io").gauge().value()).isEqualTo(3);
        assertThat(registry.get("ringwire.rtt.p50").timeGauge().value(TimeUnit.MILLISECONDS))
            .isCloseTo(1.5, within(1e-9));
        assertThat(registry.get("ringwire.last.receive.timestamp").timeGauge().value(TimeUnit.SECONDS))
            .isCloseTo(1.5, within(1e-9));
        assertThat(registry.get("ringwire.errors").tags("desk", "fx").functionCounter().count()).isEqualTo(2);
        assertThat(registry.getMeters()).hasSize(5);
    }

    @Test
    void shouldShowTheStateByItsName()
    {
        final AtomicCounter state = CounterType.STATE.ofSession(counters, "state", "deribit", 7);
        metrics.bindTo(registry);

        state.set(SessionState.LIVE.ordinal());
        assertThat(registry.get("ringwire.state").tags("state", "LIVE").gauge().value()).isEqualTo(1);
        assertThat(registry.get("ringwire.state").tags("state", "BACKING_OFF").gauge().value()).isZero();
        state.set(SessionState.BACKING_OFF.ordinal());
        assertThat(registry.get("ringwire.state").tags("state", "LIVE").gauge().value()).isZero();
        assertThat(registry.get("ringwire.state").tags("state", "BACKING_OFF").gauge().value()).isEqualTo(1);
    }

    @Test
    void shouldFollowSessionsThatComeAndGo()
    {
        metrics.bindTo(registry);
        final AtomicCounter first = CounterType.COUNT.ofSession(counters, "replies", "a", 1);
        first.set(10);
        metrics.refresh();
        final Meter meter = registry.get("ringwire.replies").tags("session", "a").meter();

        first.close();
        final AtomicCounter second = CounterType.COUNT.ofSession(counters, "replies", "b", 2);
        assertThat(second.id()).as("in the place of the first").isEqualTo(first.id());
        second.set(99);
        assertThat(registry.get("ringwire.replies").tags("session", "a").functionCounter().count()).isLessThan(99);
        metrics.refresh();

        assertThat(registry.getMeters()).doesNotContain(meter).hasSize(1);
        assertThat(registry.get("ringwire.replies").tags("session", "b").functionCounter().count()).isEqualTo(99);
    }

    @Test
    void shouldNotTakeAnotherSessionOfTheSameNameForTheOne()
    {
        final AtomicCounter first = CounterType.COUNT.ofSession(counters, "replies", "a", 1);
        first.set(10);
        metrics.bindTo(registry);
        assertThat(registry.get("ringwire.replies").tags("session.id", "1").functionCounter().count()).isEqualTo(10);
        first.close();
        CounterType.COUNT.ofSession(counters, "replies", "a", 2).set(99);
        assertThat(registry.get("ringwire.replies").tags("session.id", "1").functionCounter().count()).isEqualTo(10);
    }

    @Test
    void shouldKeepTheMeterOfACounterThatMoved()
    {
        final AtomicCounter first = CounterType.COUNT.ofSession(counters, "replies", "a", 1);
        metrics.bindTo(registry);
        final AtomicCounter second = CounterType.COUNT.ofSession(counters, "replies", "a", 1);
        second.set(5);
        first.close();

        metrics.refresh();

        assertThat(registry.get("ringwire.replies").functionCounter().count()).isEqualTo(5);
    }

    @Test
    void shouldLookForChangesByItself() throws InterruptedException
    {
        final CountDownLatch added = new CountDownLatch(1);
        registry.config().onMeterAdded((meter) -> added.countDown());
        try (RingwireMetrics quick = new RingwireMetrics(counters, List.of(), Duration.ofMillis(1)))
        {
            quick.bindTo(registry);
            CounterType.COUNT.ofEngine(counters, "errors");
            assertThat(added.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldRefuseAnIntervalOfNothing()
    {
        assertThatThrownBy(() -> new RingwireMetrics(counters, List.of(), Duration.ZERO))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("PT0S");
    }
}
