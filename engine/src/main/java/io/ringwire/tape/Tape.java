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
package io.ringwire.tape;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Carries records of the layout of {@link RecordLayout} from the IO thread to the journal's thread. A record that finds
 * no room is counted, and the next that does is preceded by one of kind {@link RecordKind#LOST}, so the reader learns
 * where and how many.
 */
public final class Tape implements AutoCloseable
{
    private static final int TYPE = 1;
    private static final int LOST_LENGTH = RecordLayout.HEADER_LENGTH + Long.BYTES;

    private final ByteBuffer memory;
    private final RingBuffer ring;
    private long lost; // owner: IO thread
    private long lostSaid; // owner: IO thread

    /**
     * Make an empty tape; its memory is taken now.
     *
     * @param length in bytes, a power of two.
     */
    public Tape(final int length)
    {
        memory = ByteBuffer.allocateDirect(length + RingBufferDescriptor.TRAILER_LENGTH);
        ring = new OneToOneRingBuffer(new UnsafeBuffer(memory));
    }

    /**
     * The longest payload of one record: longer ones are cut into several.
     *
     * @return length in bytes.
     */
    public int maxPayloadLength()
    {
        return ring.maxMsgLength() - RecordLayout.HEADER_LENGTH;
    }

    /**
     * The IO thread: claim room for a record and write its header. To be ended by {@link #commit}.
     *
     * @param timeNs        of the record, by the engine's nano clock.
     * @param sessionId     of it, -1 for none.
     * @param epoch         of the connection.
     * @param kind          of the record.
     * @param opcode        of the frame.
     * @param flags         of the record.
     * @param payloadLength in bytes, at most {@link #maxPayloadLength()}.
     * @return where the record starts in {@link #buffer()}, or below zero if there is no room: nothing is counted.
     */
    public int tryClaim(
        final long timeNs,
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags,
        final int payloadLength)
    {
        if (!sayLost(timeNs))
        {
            return RingBuffer.INSUFFICIENT_CAPACITY;
        }

        final int index = ring.tryClaim(TYPE, RecordLayout.HEADER_LENGTH + payloadLength);
        if (index > 0)
        {
            RecordLayout.putHeader(ring.buffer(), index, timeNs, sessionId, epoch, kind, opcode, flags);
        }

        return index;
    }

    /**
     * The IO thread: a record that found no room is given up, and will be told as {@link RecordKind#LOST}.
     */
    public void lose()
    {
        lost++;
    }

    /**
     * The IO thread: tell what was lost, if anything was since it was told last, and if there is room.
     *
     * @param timeNs of the record, by the engine's nano clock.
     * @return true if there is nothing more to tell.
     */
    public boolean sayLost(final long timeNs)
    {
        return lost == lostSaid || saySoMany(timeNs);
    }

    /**
     * Records that were lost and will not be told, for want of room.
     *
     * @return how many; good when the IO thread has ended.
     */
    public long untold()
    {
        return lost - lostSaid;
    }

    /** {@return the memory that claims point into} */
    public UnsafeBuffer buffer()
    {
        return (UnsafeBuffer)ring.buffer();
    }

    /**
     * The IO thread: the reader may have the record.
     *
     * @param index of the claim.
     */
    public void commit(final int index)
    {
        ring.commit(index);
    }

    /**
     * The journal's thread: read what there is.
     *
     * @param reader told of each record, whose bytes are its to change until it returns.
     * @param limit  of records.
     * @return records read, 0 only if there are none.
     */
    public int read(final RecordReader reader, final int limit)
    {
        final long position = ring.consumerPosition();
        final int count = ring.read(reader, limit);
        final boolean padding = count == 0 && ring.consumerPosition() != position; // up to where the memory ends
        return padding ? ring.read(reader, limit) : count;
    }

    @Override
    public void close()
    {
        BufferUtil.free(memory);
    }

    private boolean saySoMany(final long timeNs)
    {
        final int index = ring.tryClaim(TYPE, LOST_LENGTH);
        if (index < 0)
        {
            return false;
        }

        RecordLayout.putHeader(ring.buffer(), index, timeNs, -1, 0, RecordKind.LOST, 0, 0);
        ring.buffer().putLong(index + RecordLayout.HEADER_LENGTH, lost - lostSaid, ByteOrder.LITTLE_ENDIAN);
        ring.commit(index);
        lostSaid = lost;
        return true;
    }

    /**
     * Takes records.
     */
    @FunctionalInterface
    public interface RecordReader extends MessageHandler
    {
        /**
         * A record.
         *
         * @param buffer that holds it.
         * @param offset of it.
         * @param length of it, header included.
         */
        void onRecord(UnsafeBuffer buffer, int offset, int length);

        @Override
        default void onMessage(
            final int typeId, final MutableDirectBuffer buffer, final int offset, final int length)
        {
            onRecord((UnsafeBuffer)buffer, offset, length);
        }
    }
}
