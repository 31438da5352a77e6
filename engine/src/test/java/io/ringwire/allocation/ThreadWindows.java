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
package io.ringwire.allocation;

import io.ringwire.stats.AllocationMeter;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What each of some threads allocates in each of some windows of messages.
 */
final class ThreadWindows
{
    private static final int MIN_WARM_UP_WINDOWS = 3;
    private static final int MAX_WARM_UP_WINDOWS = 20;
    private static final int WINDOWS = 11;
    private static final int MAX_ROUNDS = 6;
    private static final long JVM_BYTES = 8 * 1024;

    private final long budget;
    private final Thread[] threads;
    private final AllocationMeter[] meters;
    private final long[] onceBytes;
    private final long[] before;
    private final long[][] bytes;

    /**
     * Measure these threads.
     *
     * @param threads that are alive for as long as this is used.
     * @param budget  bytes that they may allocate in a window, all together.
     */
    ThreadWindows(final List<Thread> threads, final long budget)
    {
        this(threads, budget, (thread) -> 0);
    }

    /**
     * Measure these threads, some of which do a thing now and then that allocates.
     *
     * @param onceBytes what those things may take of a thread in all windows together.
     */
    ThreadWindows(final List<Thread> threads, final long budget, final ToLongFunction<Thread> onceBytes)
    {
        this.budget = budget;
        this.threads = threads.toArray(new Thread[0]);
        this.onceBytes = threads.stream().mapToLong(onceBytes).toArray();
        meters = threads.stream().map((thread) -> new AllocationMeter(List.of(thread))).toArray(AllocationMeter[]::new);
        before = new long[meters.length];
        bytes = new long[meters.length][WINDOWS];
    }

    /**
     * Run windows until a round of them is clean. What the JVM leaves behind on our threads, the string constants of a
     * class whose method it compiles and up to 12 KB for each class in its signature that it then loads, comes once and
     * can spoil a round; garbage of the path spoils all.
     */
    void run(final Runnable window)
    {
        int round = 0;
        do
        {
            runRound(window);
        }
        while (!isClean() && ++round < MAX_ROUNDS);
    }

    /**
     * Run windows until one is clean, within reason, and then those that count.
     */
    private void runRound(final Runnable window)
    {
        boolean clean = false;
        for (int i = 0; i < MAX_WARM_UP_WINDOWS && !(clean && i >= MIN_WARM_UP_WINDOWS); i++)
        {
            measure(window, 0);
            clean = Arrays.stream(bytes).mapToLong((windows) -> windows[0]).sum() <= budget;
        }

        for (int i = 0; i < WINDOWS; i++)
        {
            measure(window, i);
        }
    }

    /**
     * The verdict: the middle windows keep within the budget, and so do all together, but for what the JVM itself
     * leaves behind while it loads and compiles.
     */
    boolean isClean()
    {
        long medians = 0;
        long total = 0;
        for (int i = 0; i < threads.length; i++)
        {
            medians += median(i);
            total = Math.max(total, total(i) - onceBytes[i]);
        }

        return medians <= budget && total <= budget * WINDOWS + JVM_BYTES;
    }

    String describe(final int windowLength)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < threads.length; i++)
        {
            text.append("  ").append(threads[i].getName())
                .append(' ').append((double)median(i) / windowLength).append(" B/msg (total ").append(total(i))
                .append(" B)");
        }

        return text.toString();
    }

    private void measure(final Runnable window, final int index)
    {
        for (int i = 0; i < meters.length; i++)
        {
            before[i] = meters[i].allocatedBytes();
        }

        window.run();
        for (int i = 0; i < meters.length; i++)
        {
            bytes[i][index] = meters[i].allocatedBytes() - before[i];
        }
    }

    private long median(final int thread)
    {
        final long[] sorted = bytes[thread].clone();
        Arrays.sort(sorted);
        return sorted[WINDOWS / 2];
    }

    private long total(final int thread)
    {
        return Arrays.stream(bytes[thread]).sum();
    }
}
