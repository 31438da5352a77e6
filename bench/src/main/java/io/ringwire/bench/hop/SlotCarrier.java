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
import io.ringwire.api.Opcode;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * A Disruptor whose entries have room for a message of so many bytes, one behind the other in one piece of memory, and
 * carry what a descriptor of the engine does. Published once for a batch, released once for a batch.
 */
final class SlotCarrier implements Carrier
{
    private static final int EPOCH = 1;

    private final UnsafeBuffer memory;
    private final RingBuffer<Slot> ring;
    private final Sequence released = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
    private final int slotLength;
    private long claimed = Sequencer.INITIAL_CURSOR_VALUE; // owner: producer
    private long published = Sequencer.INITIAL_CURSOR_VALUE; // owner: producer

    SlotCarrier(final int memoryLength, final int slotLength)
    {
        this.slotLength = slotLength;
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(memoryLength));
        final int[] nextOffset = new int[1];
        ring = RingBuffer.createSingleProducer(
            () ->
            {
                final Slot slot = new Slot(nextOffset[0]);
                nextOffset[0] += slotLength;
                return slot;
            },
            memoryLength / slotLength,
            new YieldingWaitStrategy()); // which nobody waits by: both sides poll
        ring.addGatingSequences(released);
    }

    @Override
    public boolean offer(final DirectBuffer src, final int offset, final int length)
    {
        if (length > slotLength)
        {
            throw new IllegalArgumentException(length + " bytes do not fit into a slot of " + slotLength);
        }

        if (!ring.hasAvailableCapacity(1))
        {
            return false;
        }

        claimed = ring.next();
        final Slot slot = ring.get(claimed);
        memory.putBytes(slot.offset, src, offset, length);
        slot.length = length;
        slot.opcode = Opcode.TEXT;
        slot.epoch = EPOCH;
        slot.receiveTimeNs = 0;
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
            final Slot slot = ring.get(sequence);
            receiver.onMessage(memory, slot.offset, slot.length);
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
        BufferUtil.free(memory);
    }

    /**
     * Written by the producer before it publishes.
     */
    private static final class Slot
    {
        final int offset;
        int length;
        int opcode;
        int epoch;
        long receiveTimeNs;

        Slot(final int offset)
        {
            this.offset = offset;
        }
    }
}
