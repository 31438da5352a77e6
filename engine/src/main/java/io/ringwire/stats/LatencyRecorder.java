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
import java.util.concurrent.atomic.AtomicLong;

/**
 * A distribution of latencies in nanoseconds, written by one thread and read by any, which never disturbs the writer.
 * An hour and more counts as an hour.
 */
public final class LatencyRecorder
{
    private static final int HOT_DIGITS = 3;
    private static final int COLD_DIGITS = 2;
    private static final long MAX_LATENCY_NS = TimeUnit.HOURS.toNanos(1);
    private static final long NEVER = -1;

    private final SingleWriterRecorder recorder;
    private final AtomicLong lastNs = new AtomicLong(NEVER); // owner: the writing thread
    private final Histogram total; // guarded by this
    private final Histogram sinceInterval; // guarded by this
    private final Histogram sinceSwap; // guarded by this; what readers have drained
    private Histogram drained; // guarded by this
    private Histogram swapped; // guarded by this, read by the control thread

    /**
     * Make a recorder for a thread that must not allocate: its range is allocated whole, 264 KiB of heap, to three
     * digits.
     */
    public LatencyRecorder()
    {
        this(new SingleWriterRecorder(MAX_LATENCY_NS, HOT_DIGITS), HOT_DIGITS);
    }

    private LatencyRecorder(final SingleWriterRecorder recorder, final int digits)
    {
        this.recorder = recorder;
        total = new Histogram(digits);
        sinceInterval = new Histogram(digits);
        sinceSwap = new Histogram(digits);
    }

    /**
     * Make a recorder for a thread that may allocate: it grows with the values it is given, to two digits, and takes
     * about 25 KiB of heap for values of a second.
     *
     * @return the recorder.
     */
    public static LatencyRecorder cold()
    {
        return new LatencyRecorder(new SingleWriterRecorder(COLD_DIGITS), COLD_DIGITS);
    }

    /**
     * The one writing thread: record a latency. A negative one, which only a broken clock makes, counts as zero.
     *
     * @param latencyNs to record.
     */
    public void record(final long latencyNs)
    {
        record(latencyNs, 1);
    }

    /**
     * The one writing thread: record a latency that several things had. A negative one counts as zero.
     *
     * @param latencyNs to record.
     * @param count     of the things.
     */
    public void record(final long latencyNs, final long count)
    {
        final long value = Math.max(0, Math.min(latencyNs, MAX_LATENCY_NS));
        recorder.recordValueWithCount(value, count);
        lastNs.lazySet(value);
    }

    /**
     * Any thread: the value recorded last.
     *
     * @return it in ns, or 0 before the first.
     */
    public long lastNs()
    {
        return Math.max(0, lastNs.get());
    }

    /**
     * Any thread: all that was recorded so far.
     *
     * @return a copy.
     */
    public synchronized Histogram total()
    {
        drain();
        return total.copy();
    }

    /**
     * Any thread: what was recorded since the last call of this method by any thread.
     *
     * @return a copy.
     */
    public synchronized Histogram interval()
    {
        drain();
        final Histogram interval = sinceInterval.copy();
        sinceInterval.reset();
        return interval;
    }

    /**
     * The control thread, every interval: what was recorded since its last call. Those who read {@link #total()} and
     * {@link #interval()} miss nothing of it. It does not allocate while the largest value stays in its power of two.
     *
     * @return this object's own, valid until the next call.
     */
    public synchronized Histogram swap()
    {
        if (lastNs.get() == NEVER)
        {
            return sinceSwap; // empty: a recorder never written to needs no second set of counts
        }

        swapped = recorder.getIntervalHistogram(swapped);
        if (swapped.getTotalCount() > 0)
        {
            total.add(swapped);
            sinceInterval.add(swapped);
        }

        if (sinceSwap.getTotalCount() > 0)
        {
            swapped.add(sinceSwap);
            sinceSwap.reset();
        }

        return swapped;
    }

    private void drain()
    {
        drained = recorder.getIntervalHistogram(drained);
        if (drained.getTotalCount() > 0)
        {
            total.add(drained);
            sinceInterval.add(drained);
            sinceSwap.add(drained);
        }
    }
}
