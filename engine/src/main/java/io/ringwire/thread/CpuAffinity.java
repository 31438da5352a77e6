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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Pins the calling thread to a core with the {@code taskset} command of util-linux and reads back what the kernel made
 * of it. Linux only.
 */
public final class CpuAffinity
{
    private static final Path THREAD_SELF = Path.of("/proc/thread-self");
    private static final String ALLOWED_PREFIX = "Cpus_allowed_list:";
    private static final long TASKSET_TIMEOUT_S = 5;

    private CpuAffinity()
    {
    }

    /**
     * Pin the calling thread.
     *
     * @param cpu number of the core.
     * @throws IllegalStateException that says why the thread is not pinned to exactly that core.
     */
    public static void pin(final int cpu)
    {
        final String outcome;
        try
        {
            final String threadId = THREAD_SELF.toRealPath().getFileName().toString();
            final Process process = new ProcessBuilder("taskset", "-pc", Integer.toString(cpu), threadId)
                .redirectErrorStream(true)
                .start();
            process.getOutputStream().close();
            outcome = new String(process.getInputStream().readAllBytes()).trim();
            if (!process.waitFor(TASKSET_TIMEOUT_S, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("cannot pin to cpu " + cpu + ": " + ex.getMessage(), ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pinning to cpu " + cpu, ex);
        }

        final String allowed = allowedCpus();
        if (!allowed.equals(Integer.toString(cpu)))
        {
            throw new IllegalStateException(
                "cannot pin to cpu " + cpu + ": the kernel allows cpus " + allowed + "; taskset said: " + outcome);
        }
    }

    /**
     * The cores the kernel lets the calling thread run on.
     *
     * @return a list such as {@code 0-1} or {@code 3}, or {@code unknown} where the kernel does not tell.
     */
    public static String allowedCpus()
    {
        try
        {
            for (final String line : Files.readAllLines(THREAD_SELF.resolve("status")))
            {
                if (line.startsWith(ALLOWED_PREFIX))
                {
                    return line.substring(ALLOWED_PREFIX.length()).trim();
                }
            }
        }
        catch (final IOException ex)
        {
            return "unknown";
        }

        return "unknown";
    }
}
