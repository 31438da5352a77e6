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

import com.lmax.disruptor.Sequence;
import org.agrona.DirectBuffer;

/**
 * The reading side of a {@link MessageRing}, for one thread. Every consumer sees every message.
 * <pre>
 * final long available = consumer.available();
 * for (long sequence = consumer.next(); sequence &lt;= available; sequence++)
 * {
 *     read(consumer.descriptor(sequence), consumer.buffer());
 *     consumer.release(sequence);
 * }
 * </pre>
 * Releasing once at the end of a batch is cheaper, releasing after each message gives room back sooner.
 */
public final class RingConsumer
{
    /**
     * Written by the consuming thread, read by the producer: the highest sequence this consumer is done with.
     */
    final Sequence released = new Sequence();

    private final Sequence published;
    private final MessageDescriptor[] descriptors;
    private final int mask;
    private final DirectBuffer buffer;

    RingConsumer(final Sequence published, final MessageDescriptor[] descriptors, final DirectBuffer buffer)
    {
        this.published = published;
        this.descriptors = descriptors;
        this.mask = descriptors.length - 1;
        this.buffer = buffer;
    }

    /**
     * How far the ring may be read. An acquiring load: the descriptors and bytes up to here are visible after it.
     *
     * @return the highest published sequence, -1 before the first.
     */
    public long available()
    {
        return published.get();
    }

    /**
     * Where reading goes on. Nothing is there to read while this is above {@link #available()}.
     *
     * @return the sequence after the last one released.
     */
    public long next()
    {
        return released.get() + 1;
    }

    /**
     * The slot of a sequence from {@link #next()} to {@link #available()}. Other sequences give a slot that the
     * producer may be writing: nothing checks this.
     *
     * @param sequence to look up.
     * @return the slot, valid until the sequence is released.
     */
    public MessageDescriptor descriptor(final long sequence)
    {
        return descriptors[(int)sequence & mask];
    }

    /**
     * The arena that holds the bytes of all messages.
     *
     * @return the buffer that {@link MessageDescriptor#offset()} points into, the same object for the life of the ring.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Give slots and bytes back to the producer. A releasing store: what was read before it is read before it is
     * overwritten.
     *
     * @param sequence up to which, inclusive, everything may be overwritten.
     */
    public void release(final long sequence)
    {
        released.set(sequence);
    }
}
