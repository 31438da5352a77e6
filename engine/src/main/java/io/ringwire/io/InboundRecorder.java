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

import io.ringwire.frame.MessageInflater;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import io.ringwire.tape.TapeWriter;
import org.agrona.DirectBuffer;

/**
 * Writes the inbound frames of a session to the tape, with what became of them, if there is a tape. Owner: the IO
 * thread.
 */
final class InboundRecorder
{
    /** The handler got the message, or will when it gets to it. */
    static final int DELIVERED = 0;

    private final FrameRecorder frames;
    private MessageInflater inflater;

    InboundRecorder(final TapeWriter tape, final int sessionId)
    {
        frames = new FrameRecorder(tape, RecordKind.INBOUND, sessionId);
    }

    /**
     * The frames, where nothing becomes of them.
     */
    FrameRecorder frames()
    {
        return frames;
    }

    /**
     * Where compressed messages of this connection are put together, or null.
     */
    void inflater(final MessageInflater inflater)
    {
        this.inflater = inflater;
    }

    /**
     * A whole message.
     *
     * @param fate {@link #DELIVERED}, {@link RecordLayout#ENGINE} or {@link RecordLayout#DROPPED}.
     */
    void message(
        final long timeNs,
        final int opcode,
        final int fate,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final boolean endOfBatch)
    {
        if (frames.isOn())
        {
            final boolean inflated = inflater != null && inflater.buffer() == buffer;
            final int flags = flagsOf(fate, endOfBatch) | (inflated ? RecordLayout.COMPRESSED : 0);
            frames.message(timeNs, opcode, flags, buffer, offset, length);
        }
    }

    /**
     * The end of a message in pieces.
     *
     * @param fate see {@link #message}.
     */
    void end(final long timeNs, final int fate, final boolean endOfBatch)
    {
        frames.end(timeNs, flagsOf(fate, endOfBatch));
    }

    private static int flagsOf(final int fate, final boolean endOfBatch)
    {
        return endOfBatch ? fate | RecordLayout.END_OF_BATCH : fate;
    }
}
