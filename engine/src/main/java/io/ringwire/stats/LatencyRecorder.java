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
    private static final long NEVER = -1;

    private final SingleWriterRecorder recorder;
    private final AtomicLong lastNs = new AtomicLong(NEVER); // owner: the writing thread
    private final Histogram total; // guarded by this
    private Histogram sinceInterval; // guarded by this; null: it is the total
    private Histogram read; // guarded by this; what readers last took out of the recorder
    private Histogram readSinceSwap; // guarded by this; null: there has been no reader
    private Histogram swapped; // guarded by this, and read by the swapping thread

    /**
     * Make a recorder for a thread that must not allocate: its range is allocated whole, to three digits. It takes
     * 530 KiB of heap, and 790 KiB from the first {@link #swap} on.
     */
    public LatencyRecorder()
    {
        this(new SingleWriterRecorder(MAX_LATENCY_NS, HOT_DIGITS), new Histogram(MAX_LATENCY_NS, HOT_DIGITS));
    }

    private LatencyRecorder(final SingleWriterRecorder recorder, final Histogram total)
    {
        this.recorder = recorder;
        this.total = total;
    }

    /**
     * Make a recorder for a thread that must not allocate, where two digits are enough: a seventh of the heap.
     *
     * @return the recorder.
     */
    public static LatencyRecorder coarse()
    {
        return new LatencyRecorder(
            new SingleWriterRecorder(MAX_LATENCY_NS, COARSE_DIGITS), new Histogram(MAX_LATENCY_NS, COARSE_DIGITS));
    }

    /**
     * Make a recorder for a thread that may allocate: it grows with the values it is given, to two digits, and takes
     * about 25 KiB of heap for values of a second.
     *
     * @return the recorder.
     */
    public static LatencyRecorder cold()
    {
        return new LatencyRecorder(new SingleWriterRecorder(COARSE_DIGITS), new Histogram(COARSE_DIGITS));
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
        lastNs.lazySet(value); // before the value is there to be read: swap trusts it
        recorder.recordValueWithCount(value, count);
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
        if (sinceInterval == null)
        {
            sinceInterval = new Histogram(total);
            return total.copy();
        }

        final Histogram interval = sinceInterval.copy();
        sinceInterval.reset();
        return interval;
    }

    /**
     * The control thread: what was recorded since its last call of this. It takes nothing from {@link #total()} and
     * {@link #interval()}. A recorder for a thread that must not allocate does not allocate here either, but for the
     * first time.
     *
     * @return a histogram that stays the recorder's own, valid until the next call of this.
     */
    public synchronized Histogram swap()
    {
        if (lastNs.get() == NEVER)
        {
            return total; // empty: a recorder never written to needs no second set of counts
        }

        swapped = recorder.getIntervalHistogram(swapped);
        add(swapped);
        if (readSinceSwap != null && readSinceSwap.getTotalCount() > 0)
        {
            swapped.add(readSinceSwap);
            readSinceSwap.reset();
        }

        return swapped;
    }

    /**
     * Take out of the recorder what a reader is to see, and keep it for the next swap too.
     */
    private void drain()
    {
        read = recorder.getIntervalHistogram(read);
        add(read);
        if (readSinceSwap == null)
        {
            readSinceSwap = new Histogram(total);
        }

        readSinceSwap.add(read);
    }

    private void add(final Histogram values)
    {
        if (values.getTotalCount() > 0)
        {
            total.add(values);
            if (sinceInterval != null)
            {
                sinceInterval.add(values);
            }
        }
    }
}
