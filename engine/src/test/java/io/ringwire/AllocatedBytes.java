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
package io.ringwire;

import io.ringwire.stats.AllocationMeter;

import java.util.Arrays;
import java.util.List;

/**
 * What code allocates on the thread that calls it, by the middle one of some windows. Single windows may show what the
 * JVM itself leaves behind: the thread that has a method compiled first resolves the string constants of its class and
 * loads the classes of its signature, more than 20 KB where it comes to that.
 */
public final class AllocatedBytes
{
    private AllocatedBytes()
    {
    }

    /**
     * Run windows and measure those that count.
     *
     * @param warmUpWindows that do not count.
     * @param windows       that do, an odd number.
     * @param window        the code.
     * @return bytes that the middle one allocated.
     */
    public static long median(final int warmUpWindows, final int windows, final Runnable window)
    {
        final AllocationMeter meter = new AllocationMeter(List.of(Thread.currentThread()));
        final long[] bytes = new long[windows];
        for (int i = -warmUpWindows; i < windows; i++)
        {
            final long before = meter.allocatedBytes();
            window.run();
            bytes[Math.max(0, i)] = meter.allocatedBytes() - before;
        }

        Arrays.sort(bytes);
        return bytes[windows / 2];
    }
}
