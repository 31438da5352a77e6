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

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * How long the duty cycles of an agent take. A cycle lasts from one reading of the clock, which the agent takes anyway,
 * to the next; one that found nothing to do does not count, for the agent idles behind it, and neither does the time
 * that it waits for the selector. Owner: the agent's thread.
 */
public final class DutyCycle
{
    private final AtomicCounter maxCycleNs;
    private final AtomicCounter slowCycles;
    private final long slowCycleNs;
    private long startNs;
    private boolean busy;

    private DutyCycle(final AtomicCounter maxCycleNs, final AtomicCounter slowCycles, final long slowCycleNs)
    {
        this.maxCycleNs = maxCycleNs;
        this.slowCycles = slowCycles;
        this.slowCycleNs = slowCycleNs;
    }

    /**
     * Measure an agent.
     *
     * @param manager     of the file to show it in.
     * @param agent       its role name.
     * @param slowCycleNs from which on a cycle counts as slow.
     * @return the measure.
     */
    public static DutyCycle of(final CountersManager manager, final String agent, final long slowCycleNs)
    {
        return new DutyCycle(
            CounterType.DURATION_NS.ofAgent(manager, "max-cycle-ns", agent),
            CounterType.COUNT.ofAgent(manager, "slow-cycles", agent),
            slowCycleNs);
    }

    /**
     * For an agent that shares its thread with one that is measured.
     *
     * @return a measure that nobody sees.
     */
    public static DutyCycle unseen()
    {
        final UnsafeBuffer values = new UnsafeBuffer(new byte[2 * CountersReader.COUNTER_LENGTH]);
        return new DutyCycle(new AtomicCounter(values, 0), new AtomicCounter(values, 1), Long.MAX_VALUE);
    }

    /**
     * A cycle begins, so the one before it has ended.
     *
     * @param nowNs the time.
     */
    public void begin(final long nowNs)
    {
        end(nowNs);
        startNs = nowNs;
    }

    /**
     * The cycle has waited for the selector until now, before it did anything.
     *
     * @param nowNs the time.
     */
    public void waited(final long nowNs)
    {
        startNs = nowNs;
    }

    /**
     * Part of the cycle was done.
     *
     * @param workCount how much there was to do.
     */
    public void worked(final int workCount)
    {
        busy |= workCount > 0;
    }

    /**
     * The cycle ends, and the next does not begin yet.
     *
     * @param nowNs the time.
     */
    public void end(final long nowNs)
    {
        if (busy)
        {
            busy = false;
            record(nowNs - startNs);
        }
    }

    private void record(final long cycleNs)
    {
        if (cycleNs > maxCycleNs.getPlain())
        {
            maxCycleNs.setRelease(cycleNs);
        }

        if (cycleNs >= slowCycleNs)
        {
            slowCycles.incrementRelease();
        }
    }
}
