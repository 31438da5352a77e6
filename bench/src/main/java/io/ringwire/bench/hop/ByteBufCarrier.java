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

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringwire.config.BufferPolicy;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A pooled buffer of Netty for each message, whose reference goes through a Disruptor and which the consumer releases.
 */
final class ByteBufCarrier implements Carrier
{
    private final RingBuffer<Entry> ring = RingBuffer.createSingleProducer(
        Entry::new, new BufferPolicy().ringCapacity(), new YieldingWaitStrategy()); // nobody waits by it
    private final Sequence released = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final UnsafeBuffer written = new UnsafeBuffer(0, 0); // owner: producer
    private final UnsafeBuffer read = new UnsafeBuffer(0, 0); // owner: consumer
    private long claimed = Sequencer.INITIAL_CURSOR_VALUE; // owner: producer
    private long published = Sequencer.INITIAL_CURSOR_VALUE; // owner: producer

    ByteBufCarrier()
    {
        ring.addGatingSequences(released);
    }

    @Override
    public boolean offer(final DirectBuffer src, final int offset, final int length)
    {
        if (!ring.hasAvailableCapacity(1))
        {
            return false;
        }

        final ByteBuf message = PooledByteBufAllocator.DEFAULT.directBuffer(length);
        written.wrap(message.memoryAddress(), length);
        written.putBytes(0, src, offset, length);
        claimed = ring.next();
        ring.get(claimed).message = message.writerIndex(length);
        return true;
    }

    @Override
    public void flush()
    {
        if (claimed != published)
        {
            ring.publish(claimed);
            published = claimed;
        }
    }

    @Override
    public int poll(final Receiver receiver)
    {
        final long available = ring.getCursor();
        final long last = released.get();
        for (long sequence = last + 1; sequence <= available; sequence++)
        {
            final Entry entry = ring.get(sequence);
            final ByteBuf message = entry.message;
            entry.message = null;
            read.wrap(message.memoryAddress(), message.readableBytes());
            receiver.onMessage(read, 0, message.readableBytes());
            message.release();
        }

        if (available > last)
        {
            released.set(available);
        }

        return (int)(available - last);
    }

    @Override
    public void close()
    {
        poll((buffer, offset, length) -> {}); // gives back what nobody took
    }

    private static final class Entry
    {
        ByteBuf message;
    }
}
