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

import io.ringwire.stats.CountersFile;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SessionWiringTest
{
    private final List<String> events = new ArrayList<>();

    @Test
    void shouldCountWhereNobodySeesItIfTheFileHasNoRoom()
    {
        final CountersManager manager = CountersFile.inMemory(
            SessionGauges.countersPerSession() - 1, 4096, SystemEpochClock.INSTANCE).counters();
        final SessionWiring wiring = new SessionWiring(null, null, null, null, null, null,
            (level, source, message, cause) -> events.add(level + " " + source + ": " + message), manager, null);

        final SessionCounters counters = wiring.newCounters("venue", 1);

        counters.of(Id.PAUSES).incrementRelease();
        assertThat(counters.value(Id.PAUSES)).isEqualTo(1);
        assertThat(counters.manager()).isNull();
        assertThat(manager.available()).isEqualTo(SessionGauges.countersPerSession() - 1);
        assertThat(events).containsExactly(
            "WARNING venue: the counters file has no room: its counters are not shown");
    }
}
