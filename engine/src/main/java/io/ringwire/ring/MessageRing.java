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
import com.lmax.disruptor.util.Util;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Carries whole messages from one producer, the IO thread, to one or more consumers: a Disruptor ring of descriptors
 * and, beside it, a circular arena of direct memory that holds the bytes. Every message up to
 * {@link #maxMessageLength()} lies in one piece, whatever its size.
 * <p>
 * The producer claims space with {@link #begin(int)}, {@link #extend(int)}s it for each further fragment, fills it by
 * {@link #append(DirectBuffer, int, int)} and ends it by {@link #commit(int, int, long)} or {@link #abort()}.
 * {@link #publish(long)} then shows consumers all that was committed, with a single store. Nothing here waits: a ring
 * with no room returns false, and the producer publishes what it has and tries again once consumers have released some.
 * <p>
 * <b>The invariant.</b> Positions in the arena are absolute and never wrap; a position's place in memory is its lower
 * bits. The free space ends at the start of the oldest descriptor that some consumer has not released, or everything is
 * free when there is no such descriptor. The end of the newest <i>released</i> descriptor would be the same
 * position, but must not be read: in a full ring that slot already holds the newest message. For the same reason room
 * for a descriptor is checked before room for bytes.
 * <p>
 * A claim that does not fit before the end of the arena starts at its beginning, and the bytes skipped are free again
 * with the message that follows them. No message is longer than half of the arena, so the skipped bytes and the
 * message together always fit into an arena whose messages have all been released: no message can get stuck.
 * <p>
 * <b>Sequencing</b> is Disruptor's: a cursor and one gating {@link Sequence} for each consumer, padded, with release
 * stores and acquiring loads, and a gating value that the producer caches and reads again only when it says full. It is
 * written out here in place of {@code SingleProducerSequencer}, because committing must not publish, because the arena
 * needs the cached gating value which that class keeps to itself, and because under {@code -ea} it insists on one
 * producing thread for life and holds every instance in a static map.
 */
public final class MessageRing extends MessageRingFields.Padded implements AutoCloseable
{
    static final int NO_CLAIM = -1;

    private static final int ALIGNMENT = 8;
    private static final int MIN_ARENA_LENGTH = 2 * ALIGNMENT;

    private final int capacity;
    private final int arenaLength;
    private final MessageDescriptor[] descriptors;
    private final Sequence published = new Sequence();
    private final UnsafeBuffer buffer;
    private ByteBuffer memory;
    private volatile Sequence[] gatingSequences = {};
    private final LongArrayQueue eventSequences = new LongArrayQueue(); // of events not forgotten; owner: producer

    /**
     * Make an empty ring; its memory is taken now.
     *
     * @param descriptorCount messages and events it can hold at once, a power of two.
     * @param arenaLength     bytes it can hold at once, a power of two of at least 16.
     */
    public MessageRing(final int descriptorCount, final int arenaLength)
    {
        if (!BitUtil.isPowerOfTwo(descriptorCount))
        {
            throw new IllegalArgumentException("descriptorCount must be a power of two: " + descriptorCount);
        }

        if (!BitUtil.isPowerOfTwo(arenaLength) || arenaLength < MIN_ARENA_LENGTH)
        {
            throw new IllegalArgumentException(
                "arenaLength must be a power of two of at least " + MIN_ARENA_LENGTH + ": " + arenaLength);
        }

        this.capacity = descriptorCount;
        this.arenaLength = arenaLength;
        descriptors = new MessageDescriptor[descriptorCount];
        Arrays.setAll(descriptors, (i) -> new MessageDescriptor());
        memory = ByteBuffer.allocateDirect(arenaLength);
        buffer = new UnsafeBuffer(memory);
    }

    /**
     * The longest message that can be carried.
     *
     * @return length in bytes, half of the arena.
     */
    public int maxMessageLength()
    {
        return arenaLength >> 1;
    }

    /**
     * Add a reader that sees every message, and without whose release nothing is overwritten. All of them are added
     * before the first message; a ring without any drops what is published.
     *
     * @return the reading side, for one thread.
     */
    public RingConsumer addConsumer()
    {
        if (committed >= 0 || claimLength >= 0)
        {
            throw new IllegalStateException("consumers are added before the first message");
        }

        final RingConsumer consumer = new RingConsumer(published, descriptors, buffer);
        final Sequence[] sequences = Arrays.copyOf(gatingSequences, gatingSequences.length + 1);
        sequences[sequences.length - 1] = consumer.released;
        gatingSequences = sequences;

        return consumer;
    }

    /**
     * Whether {@link #begin(int)}, or with 0 {@link #offerEvent}, would find room now. Producer only, while no claim is
     * open.
     *
     * @param length of the room in bytes, 0 to {@link #maxMessageLength()}.
     * @return true if it would.
     */
    public boolean hasRoom(final int length)
    {
        return isFree(contiguous(tail, length) + length);
    }

    /**
     * Claim a descriptor and room for a message, or for its first fragment. Producer only.
     *
     * @param length of the room in bytes, 0 to {@link #maxMessageLength()}.
     * @return true when the claim is open, false when there is no room now and nothing has changed.
     */
    public boolean begin(final int length)
    {
        if (claimLength >= 0)
        {
            throw new IllegalStateException("a claim of " + claimLength + " bytes is open");
        }

        checkLength(0, length);

        final long start = contiguous(tail, length);
        if (!isFree(start + length))
        {
            return false;
        }

        claimStart = start;
        claimLength = length;
        appended = 0;

        return true;
    }

    /**
     * Grow the open claim, for the next fragment. When it does not fit before the end of the arena, the bytes appended
     * so far are moved to the beginning, so {@link #claimOffset()} may change. Producer only.
     *
     * @param length to add, in bytes; at most {@link #maxMessageLength()} together with what is claimed.
     * @return true when the claim has grown, false when there is no room now: the claim stays as it was, to be extended
     * later or aborted.
     */
    public boolean extend(final int length)
    {
        checkOpen();
        checkLength(claimLength, length);

        final int grownLength = claimLength + length;
        final long start = contiguous(claimStart, grownLength);
        if (!isFree(start + grownLength))
        {
            return false;
        }

        if (start != claimStart)
        {
            buffer.putBytes(index(start), buffer, index(claimStart), appended);
            claimStart = start;
        }

        claimLength = grownLength;

        return true;
    }

    /**
     * Copy bytes into the open claim, after those appended before. Producer only.
     *
     * @param src    to copy from; not kept.
     * @param offset in it.
     * @param length in bytes, at most what is left of the claim.
     */
    public void append(final DirectBuffer src, final int offset, final int length)
    {
        checkOpen();

        if (length < 0 || length > claimLength - appended)
        {
            throw new IllegalArgumentException(
                "length " + length + " is not within the " + (claimLength - appended) + " bytes left of the claim");
        }

        buffer.putBytes(claimOffset() + appended, src, offset, length);
        appended += length;
    }

    /**
     * The arena. Producer only, for reading back what was appended.
     *
     * @return the buffer that {@link #claimOffset()} points into.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the open claim starts in {@link #buffer()}. Producer only.
     *
     * @return offset in bytes, valid until the claim is extended or ended.
     */
    public int claimOffset()
    {
        return index(claimStart);
    }

    /**
     * End the open claim: the bytes appended are a message, and room claimed beyond them is given back. Consumers see
     * it after {@link #publish(long)}. Producer only.
     *
     * @param opcode        of the message.
     * @param epoch         of the session.
     * @param receiveTimeNs when its last bytes were read, by the engine's nano clock.
     */
    public void commit(final int opcode, final int epoch, final long receiveTimeNs)
    {
        checkOpen();

        fill(claimStart, appended, opcode, epoch, receiveTimeNs, null);
        tail = BitUtil.align(claimStart + appended, ALIGNMENT);
        claimLength = NO_CLAIM;
    }

    /**
     * Say what the message committed last is, before it is published. Producer only.
     *
     * @param verdict of the session's dialect.
     * @param offset  of the message in the buffer that was judged.
     */
    public void judge(final Verdict verdict, final int offset)
    {
        slot(committed).judge(verdict, offset);
    }

    /**
     * How many bytes were appended to the open claim. Producer only.
     *
     * @return length in bytes.
     */
    public int appendedLength()
    {
        return appended;
    }

    /**
     * Drop the open claim with its bytes. Producer only.
     */
    public void abort()
    {
        checkOpen();
        claimLength = NO_CLAIM;
    }

    /**
     * Commit a lifecycle event, in order with the messages. It takes a descriptor and no bytes. The ring keeps hold of
     * the event until it is released and another is offered. Producer only, while no claim is open.
     *
     * @param event  to carry, not null.
     * @param epoch  of the session.
     * @param timeNs of the event, by the engine's nano clock.
     * @return true when it is committed, false when there is no descriptor free now and nothing has changed.
     */
    public boolean offerEvent(final Object event, final int epoch, final long timeNs)
    {
        if (null == event)
        {
            throw new IllegalArgumentException("event is null");
        }

        if (claimLength >= 0)
        {
            throw new IllegalStateException("a claim of " + claimLength + " bytes is open");
        }

        if (!isFree(tail))
        {
            return false;
        }

        forgetReleasedEvents();
        fill(tail, 0, 0, epoch, timeNs, event);
        eventSequences.addLong(committed);

        return true;
    }

    /**
     * Show consumers all that has been committed, by one releasing store. An open claim stays open. Producer only.
     *
     * @param timeNs of this, by the engine's nano clock.
     * @return true if there was anything they had not been shown before.
     */
    public boolean publish(final long timeNs)
    {
        if (!hasUnpublished())
        {
            return false;
        }

        for (long sequence = published.get() + 1; sequence <= committed; sequence++)
        {
            slot(sequence).decodedTimeNs = timeNs;
        }

        published.set(committed);

        return true;
    }

    /**
     * Whether something is committed that {@link #publish(long)} would show. Producer only.
     *
     * @return true if there is.
     */
    public boolean hasUnpublished()
    {
        return published.get() != committed;
    }

    /**
     * How many messages and events can be held at once. Any thread.
     *
     * @return the number of descriptors.
     */
    public int capacity()
    {
        return capacity;
    }

    /**
     * How many messages and events are published and not released by the slowest consumer. Any thread; a snapshot.
     *
     * @return the number of descriptors, 0 to {@link #capacity()}.
     */
    public int occupancy()
    {
        final long released = released();

        return (int)Math.min(capacity, published.get() - released);
    }

    /**
     * Give the memory back. The caller makes sure that neither producer nor consumers use the ring any more. Closing
     * again does nothing.
     */
    @Override
    public void close()
    {
        final ByteBuffer memory = this.memory;
        if (null != memory)
        {
            this.memory = null;
            buffer.wrap(0, 0);
            BufferUtil.free(memory);
        }
    }

    private void fill(
        final long start,
        final int length,
        final int opcode,
        final int epoch,
        final long receiveTimeNs,
        final Object event)
    {
        final MessageDescriptor descriptor = slot(++committed);
        descriptor.start = start;
        descriptor.offset = index(start);
        descriptor.length = length;
        descriptor.opcode = opcode;
        descriptor.epoch = epoch;
        descriptor.receiveTimeNs = receiveTimeNs;
        descriptor.kind = MessageKind.DATA;
        descriptor.event = event;
    }

    /**
     * A slot of a quiet session may not be used again for days: what it carried is garbage once it is released.
     */
    private void forgetReleasedEvents()
    {
        final long released = released();
        while (!eventSequences.isEmpty() && eventSequences.peekLong() <= released)
        {
            final long sequence = eventSequences.pollLong();
            if (committed - sequence < capacity)
            {
                slot(sequence).event = null; // it is still the event's
            }
        }
    }

    private boolean isFree(final long end)
    {
        if (fits(end))
        {
            return true;
        }

        readGating();

        return fits(end);
    }

    private boolean fits(final long end)
    {
        return committed - gating < capacity && end - head <= arenaLength;
    }

    /**
     * Read again how far all consumers are. Called for a ring that looks full only, so that the lines consumers write
     * are seldom taken from them.
     */
    private void readGating()
    {
        gating = released();
        head = gating == committed ? tail : slot(gating + 1).start;
    }

    private long released()
    {
        return Util.getMinimumSequence(gatingSequences, published.get());
    }

    private MessageDescriptor slot(final long sequence)
    {
        return descriptors[(int)sequence & (capacity - 1)];
    }

    private int index(final long position)
    {
        return (int)position & (arenaLength - 1);
    }

    private long contiguous(final long position, final int length)
    {
        final int leftLength = arenaLength - index(position);

        return length <= leftLength ? position : position + leftLength;
    }

    private void checkOpen()
    {
        if (claimLength < 0)
        {
            throw new IllegalStateException("no claim is open");
        }
    }

    private void checkLength(final int claimed, final int length)
    {
        if (length < 0 || length > maxMessageLength() - claimed)
        {
            throw new IllegalArgumentException(
                "length " + length + " after " + claimed + " is not within 0 to " + maxMessageLength());
        }
    }
}
