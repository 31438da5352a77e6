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

import io.ringwire.api.MessageClaim;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

import java.nio.ByteBuffer;

/**
 * Carries messages and commands of all sessions, in one order, from any thread to the IO thread: Agrona's many-to-one
 * ring on direct memory, with a record header that says whose it is. A user thread may write to it at any time, also
 * while the engine closes: so nobody frees the memory, it ends with the last reference to the ring.
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------------------------------------------------------+
 *   |                           Session id                          |
 *   +---------------------------------------------------------------+
 *   |                             Epoch                             |
 *   +---------------------------------------------------------------+
 *   |                            Payload                           ...
 *   +---------------------------------------------------------------+
 * </pre>
 * A ring with little room left may refuse a long record and still take a short one: a refused producer that wants its
 * records in order writes the same record again before the next.
 */
public final class OutboundRing
{
    /**
     * The smallest ring: one that any close frame fits into (RFC 6455, section 5.5).
     */
    public static final int MIN_CAPACITY = 2048;

    /**
     * Type of a record that asks for a close frame: its payload is the code, big endian, and the reason.
     */
    public static final int CLOSE = 0x8;

    /**
     * Bits of a type that are the opcode of the frame to send.
     */
    public static final int OPCODE_BITS = 0xF;

    /**
     * Bit of the type of a part that is not the last of its message: its frame goes without FIN (RFC 6455, section
     * 5.4). With an opcode it is the first part.
     */
    public static final int MORE = 0x10;

    /**
     * Bit of the type of a part behind the first: its opcode is 0, and no type may be.
     */
    public static final int CONTINUATION = 0x20;

    /**
     * Bit of the type of a message that the engine sends by itself, for the record.
     */
    public static final int ENGINE = 0x40;

    private static final int SESSION_ID_OFFSET = 0;
    private static final int EPOCH_OFFSET = SESSION_ID_OFFSET + Integer.BYTES;
    private static final int PAYLOAD_OFFSET = EPOCH_OFFSET + Integer.BYTES;

    private final ManyToOneRingBuffer ring;
    private final MessageHandler recordReader = this::onRecord;
    /**
     * Where the drain in progress delivers to; owned by the IO thread.
     */
    private RecordHandler handler;

    /**
     * Make an empty ring; its memory is taken now.
     *
     * @param capacity in bytes, a power of two of at least {@link #MIN_CAPACITY}.
     */
    public OutboundRing(final int capacity)
    {
        if (!BitUtil.isPowerOfTwo(capacity) || capacity < MIN_CAPACITY)
        {
            throw new IllegalArgumentException(
                "capacity must be a power of two of at least " + MIN_CAPACITY + ": " + capacity);
        }

        ring = new ManyToOneRingBuffer(new UnsafeBuffer(
            ByteBuffer.allocateDirect(capacity + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /**
     * The longest payload of one record.
     *
     * @return length in bytes, an eighth of the capacity less the header.
     */
    public int maxPayloadLength()
    {
        return ring.maxMsgLength() - PAYLOAD_OFFSET;
    }

    /**
     * Copy a record into the ring. Any thread.
     *
     * @param type      of the record, above 0: the opcode of a whole message, {@link #CLOSE}, or that of a part.
     * @param sessionId it is for.
     * @param epoch     of the connection it is for.
     * @param buffer    to copy from; not kept.
     * @param offset    of the payload in the buffer.
     * @param length    of the payload, 0 to {@link #maxPayloadLength()} bytes.
     * @return true when written, false when there is no room for it now and nothing has changed.
     */
    public boolean write(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        checkLength(length);
        buffer.boundsCheck(offset, length);

        final int index = claimRecord(type, sessionId, epoch, length);
        if (index < 0)
        {
            return false;
        }

        ring.buffer().putBytes(index + PAYLOAD_OFFSET, buffer, offset, length);
        ring.commit(index);

        return true;
    }

    /**
     * Claim a record, to {@link #fill} it and to end it with {@link #endClaim(int, boolean)} at once. Any thread.
     *
     * @param type      of the record, as in {@link #write}.
     * @param sessionId it is for.
     * @param epoch     of the connection it is for.
     * @param length    of the payload, 0 to {@link #maxPayloadLength()} bytes.
     * @return offset of the payload, or a negative number when there is no room for it now and nothing has changed.
     */
    public int claim(final int type, final int sessionId, final int epoch, final int length)
    {
        checkLength(length);
        final int index = claimRecord(type, sessionId, epoch, length);
        return index < 0 ? index : index + PAYLOAD_OFFSET;
    }

    /**
     * Copy the payload into a claim. The thread that made it.
     *
     * @param payloadOffset of the claim.
     * @param buffer        to copy from; not kept.
     * @param offset        of the payload in the buffer.
     * @param length        of the payload, that of the claim.
     */
    public void fill(final int payloadOffset, final DirectBuffer buffer, final int offset, final int length)
    {
        ring.buffer().putBytes(payloadOffset, buffer, offset, length);
    }

    /**
     * Claim a record to encode into. Until the claim is ended, on the thread that made it, all records behind it wait.
     * Any thread.
     *
     * @param type      of the record, above 0: the opcode of a whole message.
     * @param sessionId it is for.
     * @param epoch     of the connection it is for.
     * @param length    of the payload, 0 to {@link #maxPayloadLength()} bytes.
     * @param claim     to point at the payload; must not be open.
     * @param owner     told of the end of the claim, and in turn calls {@link #endClaim(int, boolean)}.
     * @return true when claimed, false when there is no room for it now and nothing has changed.
     */
    public boolean tryClaim(
        final int type,
        final int sessionId,
        final int epoch,
        final int length,
        final MessageClaim claim,
        final MessageClaim.Owner owner)
    {
        checkLength(length);
        if (null != claim.buffer())
        {
            throw new IllegalStateException("claim is still open: commit or abort it before the next");
        }

        final int index = claimRecord(type, sessionId, epoch, length);
        if (index < 0)
        {
            return false;
        }

        claim.wrap(owner, ring.buffer(), index + PAYLOAD_OFFSET, length);

        return true;
    }

    /**
     * End a claim. The thread that made it.
     *
     * @param payloadOffset of the claim.
     * @param commit        true to hand the record over, false to drop it.
     */
    public void endClaim(final int payloadOffset, final boolean commit)
    {
        final int index = payloadOffset - PAYLOAD_OFFSET;
        if (commit)
        {
            ring.commit(index);
        }
        else
        {
            ring.abort(index);
        }
    }

    /**
     * Deliver committed records in order, up to the first that is claimed and not yet ended. Their room is given back
     * when the call returns or the handler throws; a record whose handler throws is gone. IO thread only.
     *
     * @param handler to call for each.
     * @param limit   of records to deliver.
     * @return how many were delivered.
     */
    public int drain(final RecordHandler handler, final int limit)
    {
        this.handler = handler;

        int count = ring.read(recordReader, limit);
        if (count < limit)
        {
            // One read ends where the ring wraps, and what lies behind that belongs to the same batch.
            count += ring.read(recordReader, limit - count);
        }

        return count;
    }

    /**
     * Whether no record, committed or claimed, waits to be drained. IO thread only.
     *
     * @return true if there is none.
     */
    public boolean isEmpty()
    {
        return ring.consumerPosition() == ring.producerPosition();
    }

    private int claimRecord(final int type, final int sessionId, final int epoch, final int length)
    {
        final int index = ring.tryClaim(type, PAYLOAD_OFFSET + length);
        if (index >= 0)
        {
            final AtomicBuffer buffer = ring.buffer();
            buffer.putInt(index + SESSION_ID_OFFSET, sessionId);
            buffer.putInt(index + EPOCH_OFFSET, epoch);
        }

        return index;
    }

    private void onRecord(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        handler.onRecord(
            type,
            buffer.getInt(index + SESSION_ID_OFFSET),
            buffer.getInt(index + EPOCH_OFFSET),
            buffer,
            index + PAYLOAD_OFFSET,
            length - PAYLOAD_OFFSET);
    }

    private void checkLength(final int length)
    {
        if (length < 0 || length > maxPayloadLength())
        {
            throw new IllegalArgumentException("length " + length + " is not within 0 to " + maxPayloadLength());
        }
    }

    /**
     * Receives what is drained.
     */
    @FunctionalInterface
    public interface RecordHandler
    {
        /**
         * One record.
         *
         * @param type      given by its writer.
         * @param sessionId it is for.
         * @param epoch     of the connection it was meant for.
         * @param buffer    that holds the payload; valid only during the call.
         * @param offset    of the payload in the buffer.
         * @param length    of the payload in bytes.
         */
        void onRecord(int type, int sessionId, int epoch, DirectBuffer buffer, int offset, int length);
    }
}
