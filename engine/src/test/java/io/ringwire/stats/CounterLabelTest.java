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

import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CounterLabelTest
{
    private final CountersManager counters = CountersFile.inMemory(64, 4096, () -> 0).counters();

    @Test
    void shouldReadWhatTheEngineWrites()
    {
        assertThat(CounterLabel.parse(counters.getCounterLabel(CounterType.COUNT.ofEngine(counters, "errors").id())))
            .isEqualTo(new CounterLabel("errors", null, null));
        assertThat(CounterLabel.parse(
            counters.getCounterLabel(CounterType.GAUGE.ofAgent(counters, "cpu", "io 1").id())))
            .isEqualTo(new CounterLabel("cpu", null, "io 1"));
        assertThat(CounterLabel.parse(
            counters.getCounterLabel(CounterType.STATE.ofSession(counters, "state", "a session=b agent=c", 3).id())))
            .isEqualTo(new CounterLabel("state", "a session=b agent=c", null));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "errors", "errors ", "errors session", "errors  session=x", "errors of nobody" })
    void shouldGiveToTheEngineWhatNamesNobody(final String label)
    {
        final CounterLabel parsed = CounterLabel.parse(label);
        assertThat(parsed.session()).isNull();
        assertThat(parsed.agent()).isNull();
        assertThat(label).startsWith(parsed.name());
    }

    @Test
    void shouldTakeOffTheUnitOfItsTypeAlone()
    {
        assertThat(CounterType.DURATION_NS.withoutUnit("rtt-p50-ns")).isEqualTo("rtt-p50");
        assertThat(CounterType.TIME_MS.withoutUnit("last-receive-ms")).isEqualTo("last-receive");
        assertThat(CounterType.COUNT.withoutUnit("turns-ns")).isEqualTo("turns-ns");
        assertThat(CounterType.DURATION_NS.withoutUnit("idle")).isEqualTo("idle");
    }
}
