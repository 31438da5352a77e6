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
package io.ringwire.system;

import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The control thread lets the threads of messages have the core while there is nothing to decide.
 */
class ControlRestTest extends SystemTest
{
    private static final int READINGS = 80; // of its clock; a cycle has one or two, a wake-up two cycles
    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicLong readings = new AtomicLong();

    @Test
    void shouldSleepWhileAllSessionsAreLive()
    {
        launch(context(ThreadingMode.INLINE).nanoClock(this::read));
        connectLive(config());
        pump.settle();

        final long startNs = System.nanoTime(); // before the count: held up in between, this thread sees it slower
        final long first = readings.get();
        pump.until("it has woken often", () -> readings.get() - first >= READINGS);
        assertThat(System.nanoTime() - startNs).isGreaterThan(LEAST_NS);
    }

    private long read()
    {
        if (Thread.currentThread().getName().equals("ringwire-control"))
        {
            readings.incrementAndGet();
        }

        return System.nanoTime();
    }
}
