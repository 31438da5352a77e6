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
package io.ringwire.ring;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One producer and one or two consumers on threads of their own: every message is checked, byte for byte, against what
 * its sequence says it must be.
 */
class MessageRingStressTest
{
    private static final int EVENT_INTERVAL = 1_024;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @ParameterizedTest
    @CsvSource({ "2000000, 1024, 65536, 1", "500000, 8, 65536, 1", "500000, 1024, 512, 1", "500000, 64, 4096, 2" })
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void shouldCarryEveryMessageInOrder(
        final int messageCount, final int descriptorCount, final int arenaLength, final int consumerCount)
        throws InterruptedException
    {
        try (MessageRing ring = new MessageRing(descriptorCount, arenaLength))
        {
            final int maxLength = Math.min(256, ring.maxMessageLength());
            final Thread[] threads = new Thread[consumerCount];
            for (int i = 0; i < consumerCount; i++)
            {
                final RingConsumer consumer = ring.addConsumer();
                final int batchLimit = 1 + 31 * i;
                threads[i] = new Thread(() -> run(() -> consume(consumer, messageCount, maxLength, batchLimit)));
            }

            for (final Thread thread : threads)
            {
                thread.start();
            }

            run(() -> produce(ring, messageCount, maxLength));
            for (final Thread thread : threads)
            {
                thread.join();
            }

            assertThat(failure.get()).isNull();
            assertThat(ring.occupancy()).isZero();
        }
    }

    private void run(final Runnable task)
    {
        try
        {
            task.run();
        }
        catch (final AssertionError | RuntimeException ex)
        {
            failure.compareAndSet(null, ex);
        }
    }

    private void produce(final MessageRing ring, final int messageCount, final int maxLength)
    {
        final UnsafeBuffer src = new UnsafeBuffer(new byte[maxLength + Long.BYTES]);
        for (int i = 0; i < messageCount; i++)
        {
            if (i % EVENT_INTERVAL == 0)
            {
                while (!ring.offerEvent(Boolean.TRUE, i, i))
                {
                    makeRoom(ring);
                }

                continue;
            }

            final int length = length(i, maxLength);
            for (int index = 0; index < length; index += Long.BYTES)
            {
                src.putLong(index, word(i, index));
            }

            final int first = length / 3;
            while (!ring.begin(first))
            {
                makeRoom(ring);
            }

            ring.append(src, 0, first);
            while (!ring.extend(length - first))
            {
                makeRoom(ring);
            }

            ring.append(src, first, length - first);
            ring.commit(i & 0xF, i, i);
            if ((i & 3) == 0)
            {
                ring.publish(0);
            }
        }

        ring.publish(0);
    }

    private void makeRoom(final MessageRing ring)
    {
        ring.publish(0);
        pause();
    }

    private void consume(
        final RingConsumer consumer, final int messageCount, final int maxLength, final int batchLimit)
    {
        long sequence = consumer.next();
        while (sequence < messageCount)
        {
            final long last = Math.min(consumer.available(), sequence + batchLimit - 1);
            if (last < sequence)
            {
                pause();
                continue;
            }

            for (; sequence <= last; sequence++)
            {
                check((int)sequence, consumer.descriptor(sequence), consumer.buffer(), maxLength);
            }

            consumer.release(last);
        }
    }

    private static void check(
        final int sequence, final MessageDescriptor descriptor, final DirectBuffer buffer, final int maxLength)
    {
        final boolean event = sequence % EVENT_INTERVAL == 0;
        final int length = event ? 0 : length(sequence, maxLength);
        if (descriptor.length() != length ||
            descriptor.epoch() != sequence ||
            descriptor.receiveTimeNs() != sequence ||
            descriptor.opcode() != (event ? 0 : sequence & 0xF) ||
            (null != descriptor.event()) != event)
        {
            throw new AssertionError("descriptor of sequence " + sequence);
        }

        final int offset = descriptor.offset();
        for (int index = 0; index < length; index += Long.BYTES)
        {
            final int tail = Math.min(Long.BYTES, length - index);
            if (tail == Long.BYTES)
            {
                if (buffer.getLong(offset + index) != word(sequence, index))
                {
                    throw new AssertionError("bytes of sequence " + sequence + " from " + index);
                }
            }
            else if (buffer.getByte(offset + index) != (byte)word(sequence, index))
            {
                throw new AssertionError("last bytes of sequence " + sequence);
            }
        }
    }

    private void pause()
    {
        if (null != failure.get())
        {
            throw new IllegalStateException("the other side failed");
        }

        Thread.yield();
    }

    private static int length(final int sequence, final int maxLength)
    {
        return (int)((sequence * 0x9E3779B97F4A7C15L >>> 33) % (maxLength + 1));
    }

    private static long word(final int sequence, final int index)
    {
        return (sequence * 31L + index) * 0xBF58476D1CE4E5B9L;
    }
}
