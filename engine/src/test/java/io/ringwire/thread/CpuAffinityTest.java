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
package io.ringwire.thread;

import org.junit.jupiter.api.Test;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CpuAffinityTest
{
    private static final int NO_SUCH_CPU = 9999;

    @Test
    void shouldPinTheCallingThreadAndNoOther() throws InterruptedException
    {
        assumeTrue(hasTaskset(), "no taskset command on this machine");
        final String allowed = CpuAffinity.allowedCpus();
        final int cpu = Integer.parseInt(allowed.split("[-,]")[0]);
        final AtomicReference<String> pinned = new AtomicReference<>();
        run(() ->
        {
            CpuAffinity.pin(cpu);
            pinned.set(CpuAffinity.allowedCpus());
        });
        assertThat(pinned).hasValue(Integer.toString(cpu));
        assertThat(CpuAffinity.allowedCpus()).isEqualTo(allowed);
    }

    @Test
    void shouldSayThatThereIsNoSuchCore() throws InterruptedException
    {
        assumeTrue(hasTaskset(), "no taskset command on this machine");
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        run(() ->
        {
            try
            {
                CpuAffinity.pin(NO_SUCH_CPU);
            }
            catch (final IllegalStateException ex)
            {
                failure.set(ex);
            }
        });
        assertThat(failure.get()).isNotNull().hasMessageContaining("cannot pin to cpu " + NO_SUCH_CPU)
            .hasMessageContaining("the kernel allows cpus");
    }

    private static void run(final Runnable task) throws InterruptedException
    {
        final Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }

    private static boolean hasTaskset()
    {
        return !CpuAffinity.allowedCpus().equals("unknown") &&
            Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch((directory) -> Files.isExecutable(Path.of(directory, "taskset")));
    }
}
