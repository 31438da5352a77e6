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
     * @param windowLength  how often a window runs the code.
     * @param task          the code.
     * @param <E>           what it may throw.
     * @return bytes that the middle one allocated.
     * @throws E what the code throws.
     */
    public static <E extends Exception> long median(
        final int warmUpWindows, final int windows, final int windowLength, final Task<E> task) throws E
    {
        final AllocationMeter meter = new AllocationMeter(List.of(Thread.currentThread()));
        final long[] bytes = new long[windows];
        for (int i = -warmUpWindows; i < windows; i++)
        {
            final long before = meter.allocatedBytes();
            for (int k = 0; k < windowLength; k++)
            {
                task.run();
            }

            bytes[Math.max(0, i)] = meter.allocatedBytes() - before;
        }

        Arrays.sort(bytes);
        return bytes[windows / 2];
    }

    /**
     * Code to measure.
     *
     * @param <E> what it may throw.
     */
    @FunctionalInterface
    public interface Task<E extends Exception>
    {
        /**
         * Run it once.
         *
         * @throws E where it does.
         */
        void run() throws E;
    }
}
