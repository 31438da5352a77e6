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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * The bytes of a record, on the tape and in the journal alike, all in little endian:
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                          time in ns                           |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                          session id                           |
 *  +---------------------------------------------------------------+
 *  |                             epoch                             |
 *  +---------------+---------------+-------------------------------+
 *  |     kind      |    opcode     |             flags             |
 *  +---------------+---------------+-------------------------------+
 *  |                           reserved                            |
 *  +---------------------------------------------------------------+
 *  |                            payload                           ...
 * </pre>
 * On the tape the time is the engine's nano clock's, in the journal it is counted from 1970, with the difference
 * between the two clocks at the start of the engine.
 * <p>
 * A frame is one record or several, because its bytes come in several reads: the first has {@link #FRAME_BEGIN}, and
 * there are as many of those as frames on the wire, control frames included. The last record of a data message has
 * {@link #MESSAGE_END}, and its payload may be empty; what became of the message is said by the flags of that record.
 * A message that was compressed is recorded as it was before and after, with {@link #COMPRESSED}: all of it stands in
 * the records of its last frame, those of its other frames are empty. A frame of which not all bytes came before its
 * connection ended may have no record, if it was a control frame or compressed.
 */
public final class RecordLayout
{
    /** Where the time stands. */
    public static final int TIME_OFFSET = 0;

    /** Where the id of the session stands, -1 for none. */
    public static final int SESSION_ID_OFFSET = TIME_OFFSET + Long.BYTES;

    /** Where the epoch of the connection stands. */
    public static final int EPOCH_OFFSET = SESSION_ID_OFFSET + Integer.BYTES;

    /** Where the code of the {@link RecordKind} stands. */
    public static final int KIND_OFFSET = EPOCH_OFFSET + Integer.BYTES;

    /** Where the opcode of the frame stands (RFC 6455 section 5.2), that of the first frame for each of a message. */
    public static final int OPCODE_OFFSET = KIND_OFFSET + Byte.BYTES;

    /** Where the flags stand. */
    public static final int FLAGS_OFFSET = OPCODE_OFFSET + Byte.BYTES;

    /** How long a record is without its payload. */
    public static final int HEADER_LENGTH = FLAGS_OFFSET + Short.BYTES + Integer.BYTES;

    /** Flag: a frame begins with this record. */
    public static final int FRAME_BEGIN = 1;

    /** Flag: a data message ends with this record. */
    public static final int MESSAGE_END = 1 << 1;

    /** Flag: the message was the engine's own, an answer to a login say, and was not for the handler. */
    public static final int ENGINE = 1 << 2;

    /** Flag: the session's ring had no room for the message, and the handler did not get it. */
    public static final int DROPPED = 1 << 3;

    /** Flag: the message was the last of its read. */
    public static final int END_OF_BATCH = 1 << 4;

    /** Flag: the frame was compressed on the wire (RFC 7692). */
    public static final int COMPRESSED = 1 << 5;

    /**
     * Flag: the message of this session and direction that has begun was given up, since its connection ended in the
     * middle of it, or since a later record of it found no room on the tape. The payload is empty.
     */
    public static final int ABANDONED = 1 << 6;

    private RecordLayout()
    {
    }

    /**
     * Write all but the payload.
     *
     * @param buffer    to write to.
     * @param offset    of the record.
     * @param timeNs    of it.
     * @param sessionId of it, -1 for none.
     * @param epoch     of the connection.
     * @param kind      of the record.
     * @param opcode    of the frame.
     * @param flags     of the record.
     */
    public static void putHeader(
        final MutableDirectBuffer buffer,
        final int offset,
        final long timeNs,
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags)
    {
        buffer.putLong(offset + TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + SESSION_ID_OFFSET, sessionId, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + EPOCH_OFFSET, epoch, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(offset + KIND_OFFSET, (byte)kind.code());
        buffer.putByte(offset + OPCODE_OFFSET, (byte)opcode);
        buffer.putShort(offset + FLAGS_OFFSET, (short)flags, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + FLAGS_OFFSET + Short.BYTES, 0);
    }

    /**
     * Read the time.
     *
     * @param buffer of the record.
     * @param offset of the record.
     * @return the time in ns.
     */
    public static long timeNs(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Read the id of the session.
     *
     * @param buffer of the record.
     * @param offset of the record.
     * @return the id, -1 for none.
     */
    public static int sessionId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + SESSION_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Read the epoch.
     *
     * @param buffer of the record.
     * @param offset of the record.
     * @return the epoch of the connection.
     */
    public static int epoch(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + EPOCH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Read the kind.
     *
     * @param buffer of the record.
     * @param offset of the record.
     * @return the kind, or null for one this version does not know.
     */
    public static RecordKind kind(final DirectBuffer buffer, final int offset)
    {
        return RecordKind.of(buffer.getByte(offset + KIND_OFFSET));
    }

    /**
     * Read the opcode.
     *
     * @param buffer of the record.
     * @param offset of the record.
     * @return the opcode of the frame.
     */
    public static int opcode(final DirectBuffer buffer, final int offset)
    {
        return buffer.getByte(offset + OPCODE_OFFSET);
    }

    /**
     * Read the flags.
     *
     * @param buffer of the record.
     * @param offset of the record.
     * @return the flags.
     */
    public static int flags(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + FLAGS_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }
}
