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

import java.lang.management.ManagementFactory;
import java.util.Collection;

/**
 * Counts the heap bytes that a set of threads allocates, by the JVM's own books.
 */
public final class AllocationMeter
{
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final long[] threadIds;

    /**
     * Meter these threads.
     *
     * @param threads that are alive for as long as the meter is used.
     */
    public AllocationMeter(final Collection<Thread> threads)
    {
        threadIds = threads.stream().mapToLong(AllocationMeter::idOf).toArray();
    }

    /**
     * What the threads have allocated since they started.
     *
     * @return bytes.
     */
    public long allocatedBytes()
    {
        long bytes = 0;
        for (final long id : threadIds)
        {
            bytes += Math.max(0, THREADS.getThreadAllocatedBytes(id));
        }

        return bytes;
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19, the floor is 17
    private static long idOf(final Thread thread)
    {
        return thread.getId();
    }
}
