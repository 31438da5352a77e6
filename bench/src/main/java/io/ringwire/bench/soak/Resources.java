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
package io.ringwire.bench.soak;

import io.netty.util.internal.PlatformDependent;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * What the process holds at a moment, and what its engine's threads have allocated so far.
 *
 * @param directBytes     of direct memory, the JDK's and Netty's.
 * @param fileDescriptors that are open.
 * @param threads         that live.
 * @param allocatedBytes  of heap, by all threads of the engine since they were started.
 */
record Resources(long directBytes, long fileDescriptors, int threads, long allocatedBytes)
{
    private static final String ENGINE_PREFIX = "ringwire";
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();

    /**
     * Of this process, now.
     */
    static Resources now()
    {
        final long jdkBytes = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter((pool) -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
        final long fileDescriptors = ManagementFactory.getOperatingSystemMXBean() instanceof
            com.sun.management.UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
        return new Resources(
            jdkBytes + Math.max(0, PlatformDependent.usedDirectMemory()),
            fileDescriptors,
            THREADS.getThreadCount(),
            allocatedBytesNow());
    }

    /**
     * Does the process hold no more than it did?
     */
    boolean isWithin(final Resources before)
    {
        return directBytes <= before.directBytes && fileDescriptors <= before.fileDescriptors &&
            threads <= before.threads;
    }

    /**
     * By the engine's threads that live, since each was started.
     */
    static long allocatedBytesNow()
    {
        long sum = 0;
        for (final ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        {
            if (thread != null && thread.getThreadName().startsWith(ENGINE_PREFIX))
            {
                sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }

        return sum;
    }
}
