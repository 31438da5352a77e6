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
package io.ringwire.bench.client;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ProcessMeterTest
{
    @ParameterizedTest
    @CsvSource({"globalEventExecutor-1-3,true", "process reaper (pid 7),true", "bench-server,true", "client-1,false"})
    void shouldMissTheBytesOfAThreadThatEndedUnlessItIsForeign(final String name, final boolean complete)
        throws InterruptedException
    {
        final CountDownLatch end = new CountDownLatch(1);
        final Thread thread = new Thread(() -> await(end), name);
        thread.start();
        final ProcessMeter meter = new ProcessMeter();
        meter.allocatedBytes();
        end.countDown();
        thread.join();
        final long id = idOf(thread);
        while (Arrays.stream(ManagementFactory.getThreadMXBean().getAllThreadIds()).anyMatch((other) -> other == id))
        {
            Thread.onSpinWait(); // a joined thread is in the books a little longer
        }

        meter.allocatedBytes();
        assertThat(meter.isComplete()).isEqualTo(complete);
    }

    private static void await(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19, the floor is 17
    private static long idOf(final Thread thread)
    {
        return thread.getId();
    }
}
