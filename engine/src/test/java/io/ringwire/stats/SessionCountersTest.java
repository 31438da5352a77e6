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
package io.ringwire.stats;

import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.stats.SessionCounters.Owner;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SessionCountersTest
{
    private static final int ERROR_LOG_LENGTH = 4096;

    private final CountersManager manager =
        CountersFile.inMemory(2 * SessionCounters.count(), ERROR_LOG_LENGTH, SystemEpochClock.INSTANCE).counters();

    @Test
    void shouldShowEveryCounterUnderItsNameAndSession()
    {
        final SessionCounters counters = new SessionCounters(manager, "venue", 7);
        for (final Id id : Id.values())
        {
            counters.of(id).setRelease(100 + id.ordinal());
        }

        counters.publish();
        final Map<String, Long> shown = shown();
        for (final Id id : Id.values())
        {
            assertThat(shown).containsEntry(id.label() + " session=venue", 100L + id.ordinal());
            assertThat(counters.value(id)).isEqualTo(100 + id.ordinal());
        }

        assertThat(Id.BYTES_RECEIVED.label()).isEqualTo("bytes-received");
        manager.forEach((id, type, key, label) ->
        {
            assertThat(CounterType.of(type)).isEqualTo(label.startsWith(Id.RING_HIGH_WATER_MARK.label()) ?
                CounterType.GAUGE : CounterType.COUNT);
            assertThat(CounterType.sessionId(key)).isEqualTo(7);
        });
    }

    @Test
    void shouldShowAtOnceWhatTheEnginesThreadsWrite()
    {
        final SessionCounters counters = new SessionCounters(manager, "venue", 7);
        counters.of(Id.MESSAGES_RECEIVED).incrementRelease();
        assertThat(shown()).containsEntry("messages-received session=venue", 1L);
    }

    @Test
    void shouldKeepItsValuesWhenItsRoomIsAnothersAndLateWritersWriteOn()
    {
        final SessionCounters first = new SessionCounters(manager, "first", 1);
        for (final Id id : Id.values())
        {
            first.of(id).setRelease(1);
        }

        assertThat(first.isReleased()).isFalse();
        first.release();
        assertThat(first.isReleased()).isFalse();
        first.release();
        assertThat(first.isReleased()).isTrue();
        first.free();
        assertThat(shown()).isEmpty();

        final SessionCounters second = new SessionCounters(manager, "second", 2);
        final SessionCounters third = new SessionCounters(manager, "third", 3);
        assertThat(manager.available()).isZero();
        for (final Id id : Id.values())
        {
            assertThat(second.of(id).get()).as("a cell begins at zero").isZero();
            assertThat(third.of(id).get()).isZero();
            second.of(id).setRelease(2);
            third.of(id).setRelease(3);
            if (id.owner() == Owner.ANY)
            {
                first.of(id).increment();
            }
        }

        second.publish();
        third.publish();
        for (final Id id : Id.values())
        {
            assertThat(first.value(id)).as("%s", id).isEqualTo(id.owner() == Owner.ANY ? 2 : 1);
            assertThat(second.value(id)).isEqualTo(2);
            assertThat(third.value(id)).isEqualTo(3);
        }

        assertThat(shown()).containsEntry("back-pressured session=second", 2L);
    }

    @Test
    void shouldNeverReadAnotherSessionsValueWhileItIsFreed() throws InterruptedException
    {
        for (int i = 0; i < 200; i++)
        {
            final SessionCounters counters = new SessionCounters(manager, "first", 1);
            final AtomicCounter received = counters.of(Id.MESSAGES_RECEIVED);
            received.setRelease(1);
            final long[] wrong = { 0 };
            final Thread reader = new Thread(() ->
            {
                while (!Thread.currentThread().isInterrupted())
                {
                    wrong[0] += counters.value(Id.MESSAGES_RECEIVED) == 1 ? 0 : 1;
                }
            });
            reader.start();
            counters.free();
            final SessionCounters next = new SessionCounters(manager, "next", 2);
            next.of(Id.MESSAGES_RECEIVED).setRelease(9);
            reader.interrupt();
            reader.join();
            next.free();
            assertThat(wrong[0]).isZero();
        }
    }

    @Test
    void shouldCountWithoutAFile()
    {
        final SessionCounters counters = new SessionCounters();
        counters.of(Id.PAUSES).incrementRelease();
        counters.publish();
        counters.free();
        assertThat(counters.value(Id.PAUSES)).isEqualTo(1);
        assertThat(counters.manager()).isNull();
    }

    private Map<String, Long> shown()
    {
        final Map<String, Long> values = new HashMap<>();
        manager.forEach((value, id, label) -> values.put(label, value));
        return values;
    }
}
