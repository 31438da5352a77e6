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
package io.ringwire.simulation;

import io.ringwire.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random schedules of faults. One that fails names its own seed; {@code -Dringwire.test.schedule=SEED} plays it alone.
 */
@Timeout(300)
class SimulationTest
{
    private static final int SCHEDULES = Integer.getInteger("ringwire.test.schedules", 10_000);

    @Test
    void shouldKeepItsPromisesUnderEverySchedule()
    {
        final Long one = Long.getLong("ringwire.test.schedule");
        if (one != null)
        {
            new Simulation(one).run();
            return;
        }

        final SplittableRandom random = Seed.random(getClass());
        long events = 0;
        for (int i = 0; i < SCHEDULES; i++)
        {
            final long seed = random.nextLong();
            try
            {
                events += new Simulation(seed).run();
            }
            catch (final Throwable t)
            {
                throw new AssertionError("schedule " + i + ": replay with -Dringwire.test.schedule=" + seed, t);
            }
        }

        System.out.println("SimulationTest: " + SCHEDULES + " schedules, " + events + " events");
        assertThat(events).isGreaterThan(200L * SCHEDULES);
    }
}
