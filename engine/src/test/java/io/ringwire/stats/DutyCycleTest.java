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

import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DutyCycleTest
{
    private final CountersManager manager = CountersFile.inMemory(8, 4096, SystemEpochClock.INSTANCE).counters();
    private final DutyCycle cycle = DutyCycle.of(manager, "agent", 100);

    @Test
    void shouldMeasureACycleWithWorkToTheBeginningOfTheNext()
    {
        cycle.begin(1_000);
        cycle.worked(1);
        cycle.begin(1_040);
        assertThat(values()).isEqualTo("40 0");
        cycle.worked(1);
        cycle.begin(1_140);
        assertThat(values()).isEqualTo("100 1");
        cycle.worked(3);
        cycle.begin(1_150);
        assertThat(values()).isEqualTo("100 1");
    }

    @Test
    void shouldNotCountWhatTheAgentIdles()
    {
        cycle.begin(1_000);
        cycle.worked(0);
        cycle.begin(9_000);
        assertThat(values()).isEqualTo("0 0");
    }

    @Test
    void shouldNotCountTheWaitForTheSelector()
    {
        cycle.begin(1_000);
        cycle.waited(8_990);
        cycle.worked(1);
        cycle.begin(9_000);
        assertThat(values()).isEqualTo("10 0");
    }

    @Test
    void shouldNotCountTheTimeBehindACycleThatEnded()
    {
        cycle.begin(1_000);
        cycle.worked(1);
        cycle.end(1_030);
        cycle.begin(9_000);
        assertThat(values()).isEqualTo("30 0");
    }

    @Test
    void shouldShowNothingOfAnAgentThatIsNotMeasured()
    {
        final DutyCycle unseen = DutyCycle.unseen();
        unseen.begin(0);
        unseen.worked(1);
        unseen.begin(1);
        assertThat(values()).isEqualTo("0 0");
    }

    private String values()
    {
        return manager.getCounterValue(0) + " " + manager.getCounterValue(1);
    }
}
