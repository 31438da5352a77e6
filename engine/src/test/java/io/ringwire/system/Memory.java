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

import io.netty.util.internal.PlatformDependent;

import java.io.File;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the process holds outside of the heap.
 */
final class Memory
{
    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter((pool) -> pool.getName().equals("direct")).findFirst().orElseThrow();

    private Memory()
    {
    }

    /**
     * Wait until what nobody holds any more is freed: that is done by a thread of its own, behind a collection.
     */
    static void collect()
    {
        long before;
        do
        {
            before = directBytes();
            System.gc();
            System.gc();
        }
        while (directBytes() < before);
    }

    static long directBytes()
    {
        return DIRECT.getMemoryUsed();
    }

    static long directBuffers()
    {
        return DIRECT.getCount();
    }

    /**
     * Outside of the pool above where Netty allocates without a cleaner; -1 if it does not.
     */
    static long nettyBytes()
    {
        return PlatformDependent.usedDirectMemory();
    }

    static int openFiles()
    {
        final String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}
