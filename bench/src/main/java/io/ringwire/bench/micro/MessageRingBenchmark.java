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
package io.ringwire.bench.micro;

import io.ringwire.ring.MessageDescriptor;
import io.ringwire.ring.MessageRing;
import io.ringwire.ring.RingConsumer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.nio.ByteBuffer;

/**
 * One message in at one end and out at the other, on one thread: what the ring itself costs, without the transfer of
 * cache lines between cores. Agrona's one-to-one ring, which serves a single consumer, is the yardstick.
 */
@State(Scope.Thread)
public class MessageRingBenchmark extends MicroSettings
{
    private static final int DESCRIPTOR_COUNT = 1024;
    private static final int CAPACITY = 1 << 20;
    private static final int TYPE = 2;

    @Param({ "32", "128", "1024" })
    private int length;

    private UnsafeBuffer src;
    private MessageRing messageRing;
    private RingConsumer consumer;
    private OneToOneRingBuffer oneToOneRing;
    private MessageHandler handler;
    private long received;

    /**
     * Make both rings.
     */
    @Setup
    public void open()
    {
        src = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        messageRing = new MessageRing(DESCRIPTOR_COUNT, CAPACITY);
        consumer = messageRing.addConsumer();
        oneToOneRing = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
        handler = (type, buffer, offset, length) -> received = buffer.getLong(offset) + length + type;
    }

    /**
     * Give the memory back.
     */
    @TearDown
    public void close()
    {
        messageRing.close();
        BufferUtil.free(oneToOneRing.buffer());
        BufferUtil.free(src);
    }

    /**
     * Claim, copy, commit, publish, read, release.
     *
     * @return something of the message, for JMH.
     */
    @Benchmark
    public long messageRing()
    {
        messageRing.begin(length);
        messageRing.append(src, 0, length);
        messageRing.commit(TYPE, 1, 1);
        messageRing.publish(0);

        final long sequence = consumer.next();
        if (sequence <= consumer.available())
        {
            final MessageDescriptor descriptor = consumer.descriptor(sequence);
            received = consumer.buffer().getLong(descriptor.offset()) + descriptor.length() + descriptor.opcode();
            consumer.release(sequence);
        }

        return received;
    }

    /**
     * The same by Agrona's ring: write, read.
     *
     * @return something of the message, for JMH.
     */
    @Benchmark
    public long agronaOneToOneRing()
    {
        oneToOneRing.write(TYPE, src, 0, length);
        oneToOneRing.read(handler, 1);

        return received;
    }
}
