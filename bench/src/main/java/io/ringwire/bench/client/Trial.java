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

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One run of a client: its sessions' tallies, its beginning and end, and what the process used in between. Made by the
 * thread that runs the client, before the client's own threads; that thread drives it, except where a method says
 * otherwise.
 */
public final class Trial
{
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Workload workload;
    private final long deadlineNs;
    private final ProcessMeter meter = new ProcessMeter();
    private final List<Tally> tallies;
    private final CountDownLatch connected;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger cold;
    private final AtomicInteger running;
    private volatile boolean measuring; // written by the thread of the trial
    private volatile boolean isOver; // any thread, once
    private volatile String failure; // the first one wins; any thread
    private Snapshot begin; // by number: the last session that is warm; by time: the thread of the trial
    private Snapshot end; // by number: the last session that ends; by time: the thread of the trial

    /**
     * Begin a run: the time for it starts now.
     *
     * @param workload to do.
     */
    public Trial(final Workload workload)
    {
        this.workload = workload;
        deadlineNs = System.nanoTime() + workload.timeoutNs();
        connected = new CountDownLatch(workload.sessions());
        cold = new AtomicInteger(workload.sessions());
        running = new AtomicInteger(workload.sessions());
        tallies = IntStream.range(0, workload.sessions()).mapToObj((i) -> new Tally(this, workload)).toList();
    }

    /**
     * The sessions to connect, in order.
     *
     * @return a tally for each.
     */
    public List<Tally> tallies()
    {
        return tallies;
    }

    /**
     * The time left of the workload's.
     *
     * @return ns, never negative.
     */
    public long remainingNs()
    {
        return Math.max(0, deadlineNs - System.nanoTime());
    }

    /**
     * Any thread: the run cannot go on. After its end this changes nothing.
     *
     * @param reason one line.
     */
    public void fail(final String reason)
    {
        if (!isOver)
        {
            if (failure == null)
            {
                failure = reason;
            }

            end();
        }
    }

    /**
     * Any thread: is nothing counted any more?
     *
     * @return true from the end on, good or bad.
     */
    public boolean isOver()
    {
        return isOver;
    }

    /**
     * The sessions have been told to connect: wait until they are, and then for the end of the run; or for a failure or
     * the deadline. The client disconnects afterwards.
     */
    public void await()
    {
        try
        {
            final boolean timed = workload.extent().isTimed();
            if (!(timed ? connected : over).await(remainingNs(), TimeUnit.NANOSECONDS))
            {
                fail("timed out after " + TimeUnit.NANOSECONDS.toMillis(workload.timeoutNs()) + " ms");
            }
            else if (timed)
            {
                awaitTimes();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    /**
     * When the client's sessions are closed.
     *
     * @param transport that was in use.
     * @return what was measured.
     * @throws BenchException if the run failed.
     */
    public Measurement result(final String transport) throws BenchException
    {
        if (failure != null)
        {
            final long total = (workload.extent().warmup() + workload.extent().messages()) * workload.sessions();
            throw new BenchException(failure + " (" + count() + (total > 0 ? " of " + total : "") + " messages)");
        }

        final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
        tallies.forEach((tally) -> tally.addLatenciesTo(latencies));
        final long messages = end.count - begin.count;
        final boolean timed = workload.extent().isTimed();
        final long frames = timed ? messages : count();
        final long elapsedNs = timed ? end.timeNs - begin.timeNs :
            tallies.stream().mapToLong(Tally::lastNs).max().orElseThrow() -
            tallies.stream().mapToLong(Tally::firstNs).min().orElseThrow();
        return new Measurement(
            frames,
            elapsedNs,
            messages,
            meter.isComplete() ? end.allocatedBytes - begin.allocatedBytes : Measurement.UNKNOWN,
            end.cpuNs - begin.cpuNs,
            end.gcs - begin.gcs,
            latencies,
            transport);
    }

    /**
     * The thread of a session, once.
     */
    void onConnected()
    {
        connected.countDown();
    }

    boolean isMeasuring()
    {
        return measuring;
    }

    /**
     * The thread of a session, once.
     */
    void onWarm()
    {
        if (cold.decrementAndGet() == 0 && !workload.extent().isTimed())
        {
            begin = snapshot();
        }
    }

    /**
     * The thread of a session, once.
     */
    void onEnd()
    {
        if (running.decrementAndGet() == 0)
        {
            end = snapshot();
            end();
        }
    }

    private void awaitTimes() throws InterruptedException
    {
        final Extent extent = workload.extent();
        if (over.await(extent.warmupNs(), TimeUnit.NANOSECONDS))
        {
            return;
        }

        begin = snapshot();
        measuring = true;
        if (!over.await(extent.durationNs(), TimeUnit.NANOSECONDS))
        {
            measuring = false;
            end = snapshot();
            if (end.count == begin.count)
            {
                fail("no message in " + TimeUnit.NANOSECONDS.toMillis(extent.durationNs()) + " ms");
            }

            end();
        }
    }

    private void end()
    {
        isOver = true;
        over.countDown();
        for (int i = 0; i < workload.sessions(); i++)
        {
            connected.countDown(); // nobody waits any longer
        }
    }

    private long count()
    {
        long sum = 0;
        for (int i = 0; i < tallies.size(); i++)
        {
            sum += tallies.get(i).count();
        }

        return sum;
    }

    private Snapshot snapshot()
    {
        return new Snapshot(count(), System.nanoTime(), meter.allocatedBytes(), meter.cpuNs(), meter.collections());
    }

    private record Snapshot(long count, long timeNs, long allocatedBytes, long cpuNs, long gcs)
    {
    }
}
