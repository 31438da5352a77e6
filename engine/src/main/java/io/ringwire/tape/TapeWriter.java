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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writing end of a {@link Tape}, with the policy for a full one. A record is on the tape when the call that writes
 * it returns, so no claim is ever open while the writer waits. Owner: the IO thread.
 */
public final class TapeWriter
{
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);

    private final Tape tape;
    private final TapeReader reader;
    private final boolean waits;
    private final int maxPayloadLength;
    private long nowNs;

    /**
     * Make the writing end.
     *
     * @param tape   to write to.
     * @param reader that makes room on it.
     * @param waits  for room, if there is none? Else the record is lost and counted.
     */
    public TapeWriter(final Tape tape, final TapeReader reader, final boolean waits)
    {
        this.tape = tape;
        this.reader = reader;
        this.waits = waits;
        maxPayloadLength = tape.maxPayloadLength();
    }

    /**
     * The longest payload of one record.
     *
     * @return length in bytes.
     */
    public int maxPayloadLength()
    {
        return maxPayloadLength;
    }

    /**
     * The IO thread has looked at the clock. What was lost is told now, for the next record may be long in coming.
     *
     * @param nowNs of the engine's nano clock.
     */
    public void nowNs(final long nowNs)
    {
        this.nowNs = nowNs;
        tape.sayLost(nowNs);
    }

    /**
     * When the IO thread looked at the clock last: the time of what it does by itself, which needs no look more.
     *
     * @return by the engine's nano clock.
     */
    public long nowNs()
    {
        return nowNs;
    }

    /**
     * Write a record without payload, if there is room. If not, nothing is counted.
     *
     * @param timeNs    of the record.
     * @param sessionId of it.
     * @param epoch     of the connection.
     * @param kind      of the record.
     * @param opcode    of the frame.
     * @param flags     of the record.
     * @return true if it is on the tape.
     */
    public boolean offer(
        final long timeNs,
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags)
    {
        return put(timeNs, sessionId, epoch, kind, opcode, flags, EMPTY, 0, 0);
    }

    /**
     * Write a record. One that finds no room is lost, counted, and told as {@link RecordKind#LOST}.
     *
     * @param timeNs    of the record.
     * @param sessionId of it.
     * @param epoch     of the connection.
     * @param kind      of the record.
     * @param opcode    of the frame.
     * @param flags     of the record.
     * @param payload   buffer that holds the payload.
     * @param offset    of the payload.
     * @param length    of the payload in bytes, at most {@link #maxPayloadLength()}.
     * @return true if it is on the tape.
     */
    public boolean write(
        final long timeNs,
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags,
        final DirectBuffer payload,
        final int offset,
        final int length)
    {
        if (put(timeNs, sessionId, epoch, kind, opcode, flags, payload, offset, length))
        {
            return true;
        }

        tape.lose();
        return false;
    }

    /**
     * A record is not even tried, since what belongs before it was lost: it is lost, too.
     */
    public void lose()
    {
        tape.lose();
    }

    private boolean put(
        final long timeNs,
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags,
        final DirectBuffer payload,
        final int offset,
        final int length)
    {
        int index = tape.tryClaim(timeNs, sessionId, epoch, kind, opcode, flags, length);
        while (index < 0 && waits && reader.makeRoom())
        {
            index = tape.tryClaim(timeNs, sessionId, epoch, kind, opcode, flags, length);
        }

        if (index < 0)
        {
            return false;
        }

        tape.buffer().putBytes(index + RecordLayout.HEADER_LENGTH, payload, offset, length);
        tape.commit(index);
        return true;
    }
}
