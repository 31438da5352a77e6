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
package io.ringwire.io;

import io.ringwire.api.CloseCode;
import io.ringwire.api.Opcode;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import io.ringwire.tape.TapeWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;

/**
 * Writes the frames of a session in one direction to the tape, in the order of the wire, or does nothing where there is
 * no tape. What is longer than a record of the tape becomes several. A message of which a record found no room is not
 * continued: its other records are lost with it, it has no end, and before the next message stands that it was given
 * up. Owner: the IO thread.
 */
final class FrameRecorder
{
    static final int OPCODE_PING = 0x9;
    static final int OPCODE_PONG = 0xA;
    private static final int OPCODE_CLOSE = 0x8;
    private static final int MAX_CONTROL_LENGTH = 125;

    private final TapeWriter tape; // null: nothing is recorded
    private final RecordKind kind;
    private final int sessionId;
    private final UnsafeBuffer closePayload = new UnsafeBuffer(new byte[MAX_CONTROL_LENGTH]);
    private int epoch;
    private int opcode = Opcode.BINARY; // of the message begun last
    private int beginFlags; // of a frame that has begun and of which nothing is on the tape
    private boolean open; // a record of the message is on the tape, its end is not
    private boolean broken; // a record of the message found no room
    private boolean abandonDue; // a message on the tape has no end and will have none

    /**
     * @param tape      of the engine, or null.
     * @param kind      the direction.
     * @param sessionId whose frames.
     */
    FrameRecorder(final TapeWriter tape, final RecordKind kind, final int sessionId)
    {
        this.tape = tape;
        this.kind = kind;
        this.sessionId = sessionId;
    }

    boolean isOn()
    {
        return tape != null;
    }

    /**
     * A new connection.
     */
    void reset(final int epoch)
    {
        abandon();
        this.epoch = epoch;
    }

    /**
     * A whole data message in one frame, or the last frame of one whose others went before.
     */
    void message(
        final long timeNs,
        final int opcode,
        final int flags,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        if (tape != null)
        {
            begin(timeNs, opcode, 0);
            last(timeNs, flags, buffer, offset, length);
        }
    }

    /**
     * A data frame begins, whose payload follows in pieces.
     *
     * @param opcode of the message.
     */
    void begin(final long timeNs, final int opcode, final int flags)
    {
        if (tape != null)
        {
            writeBegin(timeNs);
            this.opcode = opcode;
            beginFlags = RecordLayout.FRAME_BEGIN | flags;
        }
    }

    /**
     * A piece of the frame begun last.
     */
    void append(final long timeNs, final DirectBuffer buffer, final int offset, final int length)
    {
        if (tape != null)
        {
            final int rest = appendAllButLast(timeNs, 0, buffer, offset, length);
            write(timeNs, 0, buffer, offset + length - rest, rest);
        }
    }

    /**
     * The message has ended with the frame begun last.
     *
     * @param flags of the message.
     */
    void end(final long timeNs, final int flags)
    {
        if (tape != null)
        {
            last(timeNs, flags, closePayload, 0, 0);
        }
    }

    /**
     * A ping or a pong.
     */
    void control(
        final long timeNs, final int controlOpcode, final DirectBuffer buffer, final int offset, final int length)
    {
        if (tape != null)
        {
            writeBegin(timeNs);
            tape.write(
                timeNs, sessionId, epoch, kind, controlOpcode, RecordLayout.FRAME_BEGIN, buffer, offset, length);
        }
    }

    /**
     * A close frame, with the payload that it has on the wire.
     *
     * @param code {@link CloseCode#NO_STATUS} for none.
     */
    void close(final long timeNs, final int code, final DirectBuffer reason, final int offset, final int length)
    {
        if (tape != null)
        {
            int payloadLength = 0;
            if (code != CloseCode.NO_STATUS)
            {
                closePayload.putShort(0, (short)code, ByteOrder.BIG_ENDIAN);
                payloadLength = Short.BYTES + Math.min(length, MAX_CONTROL_LENGTH - Short.BYTES);
                closePayload.putBytes(Short.BYTES, reason, offset, payloadLength - Short.BYTES);
            }

            control(timeNs, OPCODE_CLOSE, closePayload, 0, payloadLength);
        }
    }

    /**
     * Something else of the session is about to be recorded: a frame that has begun stands before it.
     */
    void flush()
    {
        if (tape != null)
        {
            writeBegin(tape.nowNs());
        }
    }

    /**
     * The message begun will not end: its connection has, or its peer broke a rule.
     */
    void abandon()
    {
        if (tape != null)
        {
            writeBegin(tape.nowNs());
            abandonDue |= open;
            open = false;
            broken = false;
            writeAbandon();
        }
    }

    /**
     * When the IO thread looked at the clock last, 0 without a tape.
     */
    long nowNs()
    {
        return tape == null ? 0 : tape.nowNs();
    }

    /**
     * The IO thread has looked at the clock.
     */
    void nowNs(final long nowNs)
    {
        if (tape != null)
        {
            tape.nowNs(nowNs);
        }
    }

    private void last(
        final long timeNs, final int flags, final DirectBuffer buffer, final int offset, final int length)
    {
        final int rest = appendAllButLast(timeNs, flags & ~RecordLayout.END_OF_BATCH, buffer, offset, length);
        write(timeNs, flags | RecordLayout.MESSAGE_END, buffer, offset + length - rest, rest);
        abandonDue |= broken && open;
        open = false;
        broken = false;
    }

    /**
     * @return length of the last record's payload, not yet written.
     */
    private int appendAllButLast(
        final long timeNs, final int flags, final DirectBuffer buffer, final int offset, final int length)
    {
        final int maxLength = tape.maxPayloadLength();
        int rest = length;
        while (rest > maxLength)
        {
            write(timeNs, flags, buffer, offset + length - rest, maxLength);
            rest -= maxLength;
        }

        return rest;
    }

    /**
     * A frame of which no byte has been written has a record of its own if another frame follows on it.
     */
    private void writeBegin(final long timeNs)
    {
        if (beginFlags != 0)
        {
            write(timeNs, 0, closePayload, 0, 0);
        }
    }

    private void write(
        final long timeNs, final int flags, final DirectBuffer buffer, final int offset, final int length)
    {
        final int allFlags = beginFlags | flags;
        beginFlags = 0;
        if (broken || !writeAbandon())
        {
            tape.lose();
            broken = true;
        }
        else if (tape.write(timeNs, sessionId, epoch, kind, opcode, allFlags, buffer, offset, length))
        {
            open = true;
        }
        else
        {
            broken = true;
        }
    }

    private boolean writeAbandon()
    {
        if (abandonDue)
        {
            abandonDue = !tape.offer(tape.nowNs(), sessionId, epoch, kind, opcode, RecordLayout.ABANDONED);
        }

        return !abandonDue;
    }
}
