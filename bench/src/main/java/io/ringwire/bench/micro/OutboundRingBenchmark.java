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

import io.ringwire.api.MessageClaim;
import io.ringwire.ring.OutboundRing;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A message from a user thread to the IO thread and out again, on one thread: what the ring itself costs, without the
 * transfer of cache lines between cores. The yardsticks are Agrona's many-to-one ring without our record header, and a
 * queue of the JDK that takes a copy of each message.
 */
@State(Scope.Thread)
public class OutboundRingBenchmark extends MicroSettings
{
    private static final int CAPACITY = 1 << 20;
    private static final int TYPE = 2;
    private static final int SESSION_ID = 7;
    private static final int EPOCH = 1;

    @Param({ "32", "128", "1024" })
    private int length;

    private final ConcurrentLinkedQueue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private final UnsafeBuffer polled = new UnsafeBuffer(0, 0);
    private final MessageClaim claim = new MessageClaim();
    private UnsafeBuffer src;
    private OutboundRing outboundRing;
    private OutboundRing.RecordHandler recordHandler;
    private MessageClaim.Owner owner;
    private ManyToOneRingBuffer manyToOneRing;
    private MessageHandler messageHandler;
    private long received;

    /**
     * Make the rings.
     */
    @Setup
    public void open()
    {
        src = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        outboundRing = new OutboundRing(CAPACITY);
        recordHandler = (type, sessionId, epoch, buffer, offset, recordLength) ->
            received = type + sessionId + epoch + read(buffer, offset, recordLength);
        owner = (offset, claimLength, commit) -> outboundRing.endClaim(offset, commit);
        manyToOneRing = new ManyToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
        messageHandler = (type, buffer, offset, recordLength) -> received = type + read(buffer, offset, recordLength);
    }

    /**
     * Give the memory back.
     */
    @TearDown
    public void close()
    {
        BufferUtil.free(manyToOneRing.buffer());
        BufferUtil.free(src);
    }

    /**
     * Claim, copy, commit; drain.
     *
     * @return something of the message, for JMH.
     */
    @Benchmark
    public long write()
    {
        outboundRing.write(TYPE, SESSION_ID, EPOCH, src, 0, length);
        outboundRing.drain(recordHandler, 1);
        return received;
    }

    /**
     * The same by way of the claim that a user encodes into.
     *
     * @return something of the message, for JMH.
     */
    @Benchmark
    public long tryClaim()
    {
        if (outboundRing.tryClaim(TYPE, SESSION_ID, EPOCH, length, claim, owner))
        {
            claim.buffer().putBytes(claim.offset(), src, 0, length);
            claim.commit();
        }

        outboundRing.drain(recordHandler, 1);
        return received;
    }

    /**
     * Agrona's ring: write, read.
     *
     * @return something of the message, for JMH.
     */
    @Benchmark
    public long agronaManyToOneRing()
    {
        manyToOneRing.write(TYPE, src, 0, length);
        manyToOneRing.read(messageHandler, 1);
        return received;
    }

    /**
     * The JDK's queue without locks: copy, offer, poll.
     *
     * @return something of the message, for JMH.
     */
    @Benchmark
    public long jdkLinkedQueue()
    {
        final byte[] copy = new byte[length];
        src.getBytes(0, copy);
        queue.offer(copy);
        polled.wrap(queue.poll());
        return read(polled, 0, length);
    }

    private static long read(final DirectBuffer buffer, final int offset, final int length)
    {
        return buffer.getLong(offset) + length;
    }
}
