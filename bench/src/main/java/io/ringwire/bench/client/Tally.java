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
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.DirectBuffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Counts what one session receives and says what it sends next. Owner: the thread that receives the session's messages,
 * but for the methods that say otherwise. What is called for each message allocates nothing.
 */
public final class Tally
{
    private static final long MAX_LATENCY_NS = TimeUnit.HOURS.toNanos(1); // more is an error, not clamped
    private static final long MIN_LATENCY_NS = -TimeUnit.MICROSECONDS.toNanos(1); // cores may differ by as much
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final VarHandle COUNT;

    static
    {
        try
        {
            COUNT = MethodHandles.lookup().findVarHandle(Tally.class, "count", long.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final Trial trial;
    private final Workload workload;
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(1, MAX_LATENCY_NS, SIGNIFICANT_DIGITS);
    private final long warmup;
    private final long total;
    private final int countEach;
    private long nextMark = 1;
    private long sentNs;
    private long firstNs;
    private long lastNs;
    private long count; // read by the thread of the trial

    Tally(final Trial trial, final Workload workload)
    {
        this.trial = trial;
        this.workload = workload;
        final Extent extent = workload.extent();
        warmup = extent.warmup();
        total = extent.isTimed() ? Long.MAX_VALUE : warmup + extent.messages();
        countEach = workload.kind() == Workload.Kind.SEND ? Workload.ACKNOWLEDGED_BATCH : 1;
    }

    /**
     * The session is connected. Called once, before its first message.
     *
     * @return how many messages to send now.
     */
    public int onConnected()
    {
        trial.onConnected();
        sentNs = System.nanoTime();
        return switch (workload.kind())
        {
            case ECHO -> 1;
            case SEND -> Workload.ACKNOWLEDGED_BATCH * Workload.BATCHES_UNDER_WAY;
            default -> 0;
        };
    }

    /**
     * The session's connection is over.
     *
     * @param reason one line, if it is known.
     * @return true if it is to be connected again; else it is a failure, unless the trial is over.
     */
    public boolean onDisconnected(final String reason)
    {
        final boolean again = workload.kind() == Workload.Kind.RECONNECT && !trial.isOver();
        if (!again)
        {
            trial.fail("the server closed the connection" + (reason == null || reason.isEmpty() ? "" : ": " + reason));
        }

        return again;
    }

    /**
     * A message came.
     *
     * @param buffer with it.
     * @param offset of it.
     * @param length of it, in bytes.
     * @return how many messages to send now.
     */
    public int onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        return onMessage(length, workload.timestamped() ? Stamp.read(buffer, offset, length) : Stamp.NONE);
    }

    /**
     * A message came.
     *
     * @param message from its position to its limit.
     * @return how many messages to send now.
     */
    public int onMessage(final ByteBuffer message)
    {
        return onMessage(message.remaining(), workload.timestamped() ? Stamp.read(message) : Stamp.NONE);
    }

    /**
     * A text message came, of ASCII characters.
     *
     * @param message its text.
     * @return how many messages to send now.
     */
    public int onMessage(final CharSequence message)
    {
        return onMessage(message.length(), workload.timestamped() ? Stamp.read(message) : Stamp.NONE);
    }

    /**
     * Any thread.
     *
     * @return messages so far; of a SEND those acknowledged.
     */
    long count()
    {
        return (long)COUNT.getAcquire(this);
    }

    /**
     * The thread of the trial, at its end.
     */
    void addLatenciesTo(final Histogram sum)
    {
        sum.add(latencies.getIntervalHistogram());
    }

    long firstNs()
    {
        return firstNs;
    }

    long lastNs()
    {
        return lastNs;
    }

    private int onMessage(final int length, final long dueNs)
    {
        if (count >= total)
        {
            return 0;
        }

        final int next = switch (workload.kind())
        {
            case ECHO -> onEcho(length);
            case RECEIVE -> onReceived(dueNs);
            case SEND -> Workload.ACKNOWLEDGED_BATCH;
            case RECONNECT -> onGreeting();
        };

        COUNT.setRelease(this, count + countEach);
        if (count >= nextMark)
        {
            onMark();
        }

        return count < total && !trial.isOver() ? next : 0;
    }

    private int onEcho(final int length)
    {
        final long nowNs = System.nanoTime();
        record(nowNs - sentNs);
        sentNs = nowNs;
        if (length != workload.sizeBytes())
        {
            trial.fail(
                "sent " + workload.sizeBytes() + " bytes and got " + length + " back: is this an echo server?");
            return 0;
        }

        return 1;
    }

    private int onReceived(final long dueNs)
    {
        if (workload.timestamped())
        {
            if (dueNs == Stamp.NONE)
            {
                trial.fail("a message does not begin with a time stamp of " + Stamp.LENGTH + " digits");
            }
            else
            {
                record(System.nanoTime() - dueNs);
            }
        }

        return 0;
    }

    private int onGreeting()
    {
        final long nowNs = System.nanoTime();
        if (count > 0)
        {
            record(nowNs - sentNs);
        }

        sentNs = nowNs;
        return 1;
    }

    private void record(final long latencyNs)
    {
        if (latencyNs < MIN_LATENCY_NS)
        {
            trial.fail("the server's clock is ahead of this one by " + -latencyNs + " ns or more: stamps need one " +
                "machine");
        }
        else if (workload.extent().isTimed() ? trial.isMeasuring() :
            count >= warmup || workload.kind() == Workload.Kind.RECEIVE)
        {
            latencies.recordValue(Math.max(0, latencyNs));
        }
    }

    /**
     * Of a run by number: the first message, the last of the warm-up, or the last of all; some may be the same, and a
     * batch may step over one.
     */
    private void onMark()
    {
        lastNs = System.nanoTime();
        if (nextMark == 1)
        {
            firstNs = lastNs;
        }

        if (count >= warmup && nextMark <= Math.max(1, warmup))
        {
            trial.onWarm();
        }

        if (count >= total)
        {
            trial.onEnd();
        }

        nextMark = count < warmup ? warmup : total;
    }
}
