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
package io.ringwire.bench.hop;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Two carriers between two threads, there and back. The thread that drives sends; the other reads every byte of what
 * comes and, of a round trip, sends it back. Owner: the driving thread, what the other writes is said.
 * <p>
 * A round trip is timed a lap of {@value #LAP} at a time, without a look at the clock in between, and the median of the
 * laps counts: a lap during which the scheduler took a core away is not in it. One way, a message bears the time at
 * which it was about to be sent, and its time ends when all of it has been read. A stream is sent as fast as there is
 * room, shown {@value #BATCH} messages at a time as the engine does with what one read brought.
 */
final class HopTrial
{
    private static final int LAP = 64;
    private static final int BATCH = 16;
    private static final int STREAM_FACTOR = BATCH;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int NO_STAMP = 0;
    private static final double PARTS_OF_WARMUP = 2;
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();

    private final Supplier<Carrier> carriers;
    private final UnsafeBuffer message;
    private final Runnable idle;
    private final Histogram oneWay = new Histogram(SIGNIFICANT_DIGITS); // written by the other thread
    private final AtomicLong received = new AtomicLong(); // written by the other thread
    private final AtomicLong farBytes = new AtomicLong(); // heap of the other thread, written at its end
    private Carrier there;
    private Carrier back;
    private long nearBytes; // heap of the driving thread
    private long sum; // written by the other thread: what it read
    private volatile boolean running;

    /**
     * Prepare.
     *
     * @param carriers makes a new one.
     * @param length   of the messages, at least 8 bytes.
     * @param idle     what a thread does that finds nothing.
     */
    HopTrial(final Supplier<Carrier> carriers, final int length, final Runnable idle)
    {
        this.carriers = carriers;
        this.idle = idle;
        message = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    }

    /**
     * Measure, once all of it is compiled.
     *
     * @param messages of each of the three.
     * @return the figures.
     */
    HopFigures run(final long messages) throws InterruptedException
    {
        measure((long)(messages / PARTS_OF_WARMUP));
        return measure(messages);
    }

    private HopFigures measure(final long messages) throws InterruptedException
    {
        oneWay.reset();
        farBytes.set(0);
        nearBytes = 0;
        final long laps = Math.max(1, messages / LAP);
        final long[] lapNs = new long[(int)laps];
        final long[] stampedLapNs = new long[(int)laps];
        final long[] streamNs = new long[1];
        drive(this::echo, () -> roundTrips(lapNs, false));
        drive(this::echo, () -> roundTrips(stampedLapNs, true));
        final long streamed = messages * STREAM_FACTOR;
        drive(this::count, () -> streamNs[0] = stream(streamed));
        final long bytes = nearBytes + farBytes.get(); // without what the carriers are made of
        Arrays.sort(lapNs);
        return new HopFigures(
            oneWay.getValueAtPercentile(50),
            oneWay.getValueAtPercentile(99),
            (double)lapNs[lapNs.length / 2] / LAP,
            (double)streamNs[0] / streamed,
            (double)bytes / (4 * laps * LAP + streamed));
    }

    /**
     * Run both ends on threads that Netty's allocator knows, with new carriers.
     */
    private void drive(final Runnable farEnd, final Runnable nearEnd) throws InterruptedException
    {
        there = carriers.get();
        back = carriers.get();
        running = true;
        final Thread far = new FastThreadLocalThread(
            () ->
            {
                final long startBytes = THREADS.getCurrentThreadAllocatedBytes();
                farEnd.run();
                farBytes.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - startBytes);
            },
            "hop-far");
        far.setDaemon(true);
        far.start();
        final long startBytes = THREADS.getCurrentThreadAllocatedBytes();
        nearEnd.run();
        nearBytes += THREADS.getCurrentThreadAllocatedBytes() - startBytes;
        running = false;
        far.join();
        there.close();
        back.close();
    }

    private void roundTrips(final long[] lapNs, final boolean stamped)
    {
        final Carrier.Receiver receiver = (buffer, offset, length) -> {};
        for (int lap = 0; lap < lapNs.length; lap++)
        {
            final long startNs = System.nanoTime();
            for (int i = 0; i < LAP; i++)
            {
                message.putLong(0, stamped ? System.nanoTime() : NO_STAMP);
                send(there, message, 0, message.capacity());
                while (back.poll(receiver) == 0)
                {
                    idle.run(); // ends when the other thread has sent the message back
                }
            }

            lapNs[lap] = System.nanoTime() - startNs;
        }
    }

    private void echo()
    {
        poll((buffer, offset, length) ->
        {
            final long sentNs = buffer.getLong(offset);
            sum += sumOf(buffer, offset, length);
            final long tookNs = sentNs == NO_STAMP ? 0 : System.nanoTime() - sentNs;
            send(back, buffer, offset, length);
            if (sentNs != NO_STAMP)
            {
                oneWay.recordValue(Math.max(0, tookNs));
            }
        });
    }

    private long stream(final long messages)
    {
        received.set(0);
        final long startNs = System.nanoTime();
        for (long i = 1; i <= messages; i++)
        {
            while (!there.offer(message, 0, message.capacity()))
            {
                there.flush();
                idle.run(); // ends when the other thread has read some
            }

            if (i % BATCH == 0)
            {
                there.flush();
            }
        }

        there.flush();
        while (received.get() < messages)
        {
            idle.run(); // ends when the other thread has read them all
        }

        return System.nanoTime() - startNs;
    }

    private void count()
    {
        final long[] count = new long[1];
        poll((buffer, offset, length) ->
        {
            sum += sumOf(buffer, offset, length);
            if (++count[0] % BATCH == 0)
            {
                received.setRelease(count[0]); // the driving thread sends whole batches
            }
        });
    }

    private void poll(final Carrier.Receiver receiver)
    {
        while (running)
        {
            if (there.poll(receiver) == 0)
            {
                idle.run(); // ends when the driving thread has sent or has finished
            }
        }
    }

    private void send(final Carrier carrier, final DirectBuffer buffer, final int offset, final int length)
    {
        while (!carrier.offer(buffer, offset, length))
        {
            idle.run(); // ends when the other end has read some
        }

        carrier.flush();
    }

    private static long sumOf(final DirectBuffer buffer, final int offset, final int length)
    {
        long sum = 0;
        for (int i = 0; i + Long.BYTES <= length; i += Long.BYTES)
        {
            sum += buffer.getLong(offset + i);
        }

        return sum;
    }
}
