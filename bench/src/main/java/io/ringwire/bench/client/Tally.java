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
package io.ringwire.bench.client;

import io.ringwire.stats.AllocationMeter;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts a run and ends it. Owner: the thread that receives the messages, but for the methods that say otherwise. What
 * is called for each message allocates nothing.
 */
final class Tally
{
    private static final long TYPICAL_MAX_NS = TimeUnit.HOURS.toNanos(1);
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int STAMP_LENGTH = 20;
    private static final int PADDING = ' ' - '0';

    private final Workload workload;
    private final long total;
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Histogram latencies = new Histogram(TYPICAL_MAX_NS, SIGNIFICANT_DIGITS);
    private final CountDownLatch ended = new CountDownLatch(1);
    private AllocationMeter meter;
    private long received;
    private long nextMark = 1;
    private long sentNs;
    private long firstNs;
    private long lastNs;
    private long allocatedBytes;
    private long gcs;
    private volatile String failure; // first writer wins; any thread

    Tally(final Workload workload)
    {
        this.workload = workload;
        total = workload.warmup() + workload.messages();
        latencies.setAutoResize(true);
    }

    /**
     * Before the first message, any thread.
     *
     * @param threads of the client.
     */
    void meter(final Collection<Thread> threads)
    {
        meter = new AllocationMeter(threads);
        meter.allocatedBytes(); // so that what this call loads is not counted
    }

    /**
     * Before a message is sent that will come back. The first may come from any thread.
     */
    void onSend()
    {
        sentNs = System.nanoTime();
    }

    /**
     * A message came.
     *
     * @return true if the next is to be sent, in an echo.
     */
    boolean onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        if (received == total)
        {
            return false;
        }

        if (workload.echo())
        {
            record(System.nanoTime() - sentNs);
            if (length != workload.sizeBytes())
            {
                fail("sent " + workload.sizeBytes() + " bytes and got " + length + " back: is this an echo server?");
                return false;
            }
        }
        else if (workload.timestamped())
        {
            final long dueNs = stamp(buffer, offset, length);
            record(System.nanoTime() - dueNs);
        }

        if (++received == nextMark)
        {
            onMark();
        }

        return workload.echo() && received < total;
    }

    /**
     * Any thread: the run cannot go on. After its end this changes nothing.
     *
     * @param reason one line.
     */
    void fail(final String reason)
    {
        if (ended.getCount() > 0)
        {
            if (failure == null)
            {
                failure = reason;
            }

            ended.countDown();
        }
    }

    /**
     * The thread that runs the bench: wait for the last message, a failure, or the timeout.
     *
     * @param timeoutNs to wait at most.
     */
    void await(final long timeoutNs)
    {
        try
        {
            if (!ended.await(timeoutNs, TimeUnit.NANOSECONDS))
            {
                fail("timed out after " + TimeUnit.NANOSECONDS.toMillis(workload.timeoutNs()) + " ms");
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    /**
     * After the client's threads have ended, any thread.
     *
     * @param transport that was in use.
     * @return what was measured.
     * @throws BenchException if the run failed.
     */
    Measurement result(final String transport) throws BenchException
    {
        if (failure != null)
        {
            throw new BenchException(failure + " (" + received + " of " + total + " messages)");
        }

        return new Measurement(
            received, lastNs - firstNs, workload.messages(), allocatedBytes, gcs, latencies, transport);
    }

    private void record(final long latencyNs)
    {
        if (received >= workload.warmup() || !workload.echo())
        {
            latencies.recordValue(Math.max(0, latencyNs));
        }
    }

    /**
     * The first message, the last of the warm-up, or the last of all; some of them may be the same.
     */
    private void onMark()
    {
        final long nowNs = System.nanoTime();
        if (received == 1)
        {
            firstNs = nowNs;
        }

        if (received == Math.max(1, workload.warmup()))
        {
            gcs = collections();
            allocatedBytes = meter.allocatedBytes();
        }

        if (received == total)
        {
            lastNs = nowNs;
            allocatedBytes = meter.allocatedBytes() - allocatedBytes;
            gcs = collections() - gcs;
            ended.countDown();
        }

        nextMark = received < workload.warmup() ? workload.warmup() : total;
    }

    private long collections()
    {
        long count = 0;
        for (int i = 0; i < collectors.size(); i++)
        {
            count += Math.max(0, collectors.get(i).getCollectionCount());
        }

        return count;
    }

    private long stamp(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < STAMP_LENGTH)
        {
            fail("a message of " + length + " bytes holds no time stamp: " + STAMP_LENGTH + " digits are needed");
            return 0;
        }

        long value = 0;
        boolean found = false;
        for (int i = 0; i < STAMP_LENGTH; i++)
        {
            final int digit = buffer.getByte(offset + i) - '0';
            if (digit >= 0 && digit <= 9)
            {
                value = value * 10 + digit;
                found = true;
            }
            else if (digit != PADDING)
            {
                found = false;
                break;
            }
        }

        if (!found)
        {
            fail("a message does not begin with a time stamp of " + STAMP_LENGTH + " digits");
        }

        return value;
    }
}
