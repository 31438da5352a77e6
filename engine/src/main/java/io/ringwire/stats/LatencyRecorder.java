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

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

import java.util.concurrent.TimeUnit;

/**
 * A distribution of latencies in nanoseconds, written by one thread and read by any. Its range is allocated whole, so
 * that no value of a new magnitude makes the writing thread allocate; an hour and more counts as an hour.
 */
public final class LatencyRecorder
{
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long MAX_LATENCY_NS = TimeUnit.HOURS.toNanos(1);

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(MAX_LATENCY_NS, SIGNIFICANT_DIGITS);
    private final Histogram total = new Histogram(SIGNIFICANT_DIGITS); // guarded by this
    private Histogram interval; // guarded by this

    /**
     * The one writing thread: record a latency. A negative one, which only a broken clock makes, counts as zero.
     *
     * @param latencyNs to record.
     */
    public void record(final long latencyNs)
    {
        recorder.recordValue(Math.max(0, Math.min(latencyNs, MAX_LATENCY_NS)));
    }

    /**
     * The one writing thread: record a latency that several things had. A negative one counts as zero.
     *
     * @param latencyNs to record.
     * @param count     of the things.
     */
    public void record(final long latencyNs, final long count)
    {
        recorder.recordValueWithCount(Math.max(0, Math.min(latencyNs, MAX_LATENCY_NS)), count);
    }

    /**
     * Any thread but the writing one: all that was recorded so far.
     *
     * @return a copy.
     */
    public synchronized Histogram snapshot()
    {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        return total.copy();
    }
}
