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
    private static final int COARSE_DIGITS = 2;
    private static final long MAX_LATENCY_NS = TimeUnit.HOURS.toNanos(1);

    private final SingleWriterRecorder recorder;
    private final AtomicLong lastNs = new AtomicLong(); // owner: the writing thread
    private final int digits;
    private final Histogram total; // guarded by this
    private Histogram sinceInterval; // guarded by this; null: it is the total
    private Histogram sinceSwap; // guarded by this; null: it is the total
    private Histogram swapped; // guarded by this, and read by the swapping thread
    private Histogram drained; // guarded by this

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
        this.digits = digits;
        total = new Histogram(digits);
    }

    /**
     * Make a recorder for a thread that must not allocate, where two digits are enough: 37 KiB of heap.
     *
     * @return the recorder.
     */
    public static LatencyRecorder coarse()
    {
        return new LatencyRecorder(new SingleWriterRecorder(MAX_LATENCY_NS, COARSE_DIGITS), COARSE_DIGITS);
    }

    /**
     * Make a recorder for a thread that may allocate: it grows with the values it is given, to two digits, and takes
     * about 25 KiB of heap for values of a second.
     *
     * @return the recorder.
     */
    public static LatencyRecorder cold()
    {
        return new LatencyRecorder(new SingleWriterRecorder(COARSE_DIGITS), COARSE_DIGITS);
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
        return lastNs.get();
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
        if (sinceInterval == null)
        {
            sinceInterval = new Histogram(digits);
            return total.copy();
        }

        final Histogram interval = sinceInterval.copy();
        sinceInterval.reset();
        return interval;
    }

    /**
     * The control thread: what was recorded since its last call of this. It takes nothing from {@link #total()} and
     * {@link #interval()}, and allocates nothing but what grows with the largest value seen.
     *
     * @return a histogram that stays the recorder's own, valid until the next call of this.
     */
    public synchronized Histogram swap()
    {
        drain();
        if (sinceSwap == null)
        {
            sinceSwap = new Histogram(digits);
            swapped = total.copy();
            return swapped;
        }

        final Histogram interval = sinceSwap;
        swapped.reset();
        sinceSwap = swapped;
        swapped = interval;
        return interval;
    }

    private void drain()
    {
        drained = recorder.getIntervalHistogram(drained);
        if (drained.getTotalCount() == 0)
        {
            return;
        }

        total.add(drained);
        if (sinceInterval != null)
        {
            sinceInterval.add(drained);
        }

        if (sinceSwap != null)
        {
            sinceSwap.add(drained);
        }
    }
}
