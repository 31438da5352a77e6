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
package io.ringwire.samples.doctor;

import java.io.IOException;
import java.util.List;

/**
 * How often the kernel has taken a thread of this process off its core: because it waited, or because another had to
 * run.
 *
 * @param waits       the thread gave its core up; one that spins never does.
 * @param preemptions the kernel took it.
 */
record ContextSwitches(long waits, long preemptions)
{
    private static final String TASKS = "/proc/self/task";
    private static final int MAX_NAME_LENGTH = 15; // the kernel cuts names

    /**
     * Read what the kernel counted since the thread started.
     *
     * @param files of the machine that this process runs on.
     * @param name  of the thread.
     * @return the counts.
     * @throws IOException if the kernel does not tell, or there is no such thread.
     */
    static ContextSwitches of(final SystemFiles files, final String name) throws IOException
    {
        final String kernelName = name.substring(0, Math.min(MAX_NAME_LENGTH, name.length()));
        final List<String> ids = files.names(TASKS);
        for (final String id : ids)
        {
            final String status = TASKS + '/' + id + "/status";
            if (files.textOr(TASKS + '/' + id + "/comm", "").equals(kernelName))
            {
                return new ContextSwitches(
                    files.numberField(status, "voluntary_ctxt_switches"),
                    files.numberField(status, "nonvoluntary_ctxt_switches"));
            }
        }

        throw new IOException(TASKS + ": there is no thread " + kernelName);
    }

    ContextSwitches since(final ContextSwitches before)
    {
        return new ContextSwitches(waits - before.waits, preemptions - before.preemptions);
    }
}
