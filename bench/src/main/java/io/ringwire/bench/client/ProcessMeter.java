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

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the process has used so far, by the JVM's own books: heap bytes allocated by all threads but the one that made
 * the meter, the bench's servers, and those of libraries that do no work of the run and may end during it; CPU time of
 * the process, and collections. One thread at a time.
 */
final class ProcessMeter
{
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
        (com.sun.management.OperatingSystemMXBean)ManagementFactory.getOperatingSystemMXBean();
    private static final List<String> FOREIGN_PREFIXES = List.of(
        "bench-", // the bench's own servers
        "globalEventExecutor-", // Netty's, which tells that event loops of earlier runs ended, and ends a second later
        "process reaper"); // the JDK's, which waits for child processes, and ends when it was idle
    private static final long DEAD = -1;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Set<Long> excluded = new HashSet<>();
    private long[] first;
    private boolean complete = true;

    ProcessMeter()
    {
        excluded.add(idOf(Thread.currentThread()));
        for (final Thread thread : Thread.getAllStackTraces().keySet())
        {
            if (FOREIGN_PREFIXES.stream().anyMatch(thread.getName()::startsWith))
            {
                excluded.add(idOf(thread));
            }
        }

        allocatedBytes(); // so that what this call loads is not counted
        first = null;
    }

    /**
     * Heap bytes.
     */
    long allocatedBytes()
    {
        final long[] ids = THREADS.getAllThreadIds();
        final long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++)
        {
            if (!excluded.contains(ids[i]))
            {
                sum += Math.max(0, bytes[i]);
            }
        }

        if (first == null)
        {
            first = ids;
        }
        else
        {
            checkAlive();
        }

        return sum;
    }

    /**
     * Are all threads whose bytes the first reading counted still there? What a thread allocated is lost when it ends.
     */
    boolean isComplete()
    {
        return complete;
    }

    long cpuNs()
    {
        return PROCESS.getProcessCpuTime();
    }

    long collections()
    {
        long count = 0;
        for (int i = 0; i < collectors.size(); i++)
        {
            count += Math.max(0, collectors.get(i).getCollectionCount());
        }

        return count;
    }

    private void checkAlive()
    {
        final long[] bytes = THREADS.getThreadAllocatedBytes(first);
        for (int i = 0; i < bytes.length; i++)
        {
            complete &= bytes[i] != DEAD || excluded.contains(first[i]);
        }
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19, the floor is 17
    private static long idOf(final Thread thread)
    {
        return thread.getId();
    }
}
