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
package io.ringwire.journal;

import io.ringwire.config.JournalPolicy;
import io.ringwire.stats.CountersFile;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A journal as an engine writes it, record by record, one second apart from 2026-01-31T12:00:00Z on.
 */
public final class HandMadeJournal implements AutoCloseable
{
    private static final long START_NS = 1_769_860_800_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int WHOLE = RecordLayout.FRAME_BEGIN | RecordLayout.MESSAGE_END;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final SegmentWriter writer;
    private long timeNs = START_NS;

    /**
     * Begin a recording.
     *
     * @param directory of the journal.
     */
    public HandMadeJournal(final Path directory)
    {
        writer = new SegmentWriter(
            new JournalPolicy().directory(directory),
            (level, source, message, cause) -> {},
            new JournalCounters(CountersFile.inMemory(64, 4096, SystemEpochClock.INSTANCE).counters()));
    }

    /**
     * The name of a session.
     *
     * @param sessionId of the session.
     * @param name      of the session.
     * @return this.
     */
    public HandMadeJournal session(final int sessionId, final String name)
    {
        return put(sessionId, RecordKind.SESSION, 0, 0, name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A text message from the peer.
     *
     * @param sessionId of the session.
     * @param text      of it.
     * @return this.
     */
    public HandMadeJournal inbound(final int sessionId, final String text)
    {
        return put(sessionId, RecordKind.INBOUND, 1, WHOLE, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A frame to the peer.
     *
     * @param sessionId of the session.
     * @param opcode    of it.
     * @param bytes     of it.
     * @return this.
     */
    public HandMadeJournal outbound(final int sessionId, final int opcode, final byte[] bytes)
    {
        return put(sessionId, RecordKind.OUTBOUND, opcode, WHOLE, bytes);
    }

    /**
     * Something in the life of a session.
     *
     * @param sessionId of the session.
     * @param bytes     that encode it.
     * @return this.
     */
    public HandMadeJournal event(final int sessionId, final byte[] bytes)
    {
        return put(sessionId, RecordKind.EVENT, 0, 0, bytes);
    }

    /**
     * Records that found no room.
     *
     * @param count of them.
     * @return this.
     */
    public HandMadeJournal lost(final long count)
    {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[Long.BYTES]);
        payload.putLong(0, count, ByteOrder.LITTLE_ENDIAN);
        return put(-1, RecordKind.LOST, 0, 0, payload.byteArray());
    }

    /**
     * The start of the engine.
     *
     * @return this.
     */
    public HandMadeJournal started()
    {
        return put(-1, RecordKind.STARTED, 0, 0, "{\"engine\":\"e\"}".getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The end of the recording, in good order.
     *
     * @return this.
     */
    public HandMadeJournal stopped()
    {
        return put(-1, RecordKind.STOPPED, 0, 0, new byte[0]);
    }

    @Override
    public void close()
    {
        writer.close();
    }

    private HandMadeJournal put(
        final int sessionId, final RecordKind kind, final int opcode, final int flags, final byte[] payload)
    {
        RecordLayout.putHeader(buffer, 0, timeNs, sessionId, sessionId < 0 ? 0 : 1, kind, opcode, flags);
        buffer.putBytes(RecordLayout.HEADER_LENGTH, payload);
        writer.onRecord(buffer, 0, RecordLayout.HEADER_LENGTH + payload.length);
        timeNs += SECOND_NS;
        return this;
    }
}
