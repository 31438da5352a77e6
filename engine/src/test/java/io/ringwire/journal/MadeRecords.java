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

import io.ringwire.api.Opcode;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionEventCodec;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Records made by hand, at times that the test sets.
 */
final class MadeRecords
{
    static final int WHOLE = RecordLayout.FRAME_BEGIN | RecordLayout.MESSAGE_END;
    static final int ALONE = WHOLE | RecordLayout.END_OF_BATCH;
    static final long START_NS = 1_700_000_000_000_000_000L;

    private final List<byte[]> records = new ArrayList<>();
    private final SessionEventCodec codec = new SessionEventCodec(Set.of());
    private long timeNs = START_NS;

    /**
     * From here on records are of this time.
     */
    MadeRecords at(final long sinceStartNs)
    {
        timeNs = START_NS + sinceStartNs;
        return this;
    }

    MadeRecords started()
    {
        return add(-1, 0, RecordKind.STARTED, 0, 0, bytes("{}"));
    }

    MadeRecords stopped()
    {
        return add(-1, 0, RecordKind.STOPPED, 0, 0, new byte[0]);
    }

    MadeRecords session(final int id, final String name)
    {
        return add(id, 0, RecordKind.SESSION, 0, 0, bytes(name));
    }

    MadeRecords state(final int id, final SessionState from, final SessionState to, final int epoch)
    {
        return event(id, epoch, new SessionEvent.Changed(new StateChange(from, to, epoch, 1, 0, "made", 0, null)));
    }

    /**
     * A session that is there and connected.
     */
    MadeRecords live(final int id, final String name)
    {
        return session(id, name)
            .state(id, SessionState.IDLE, SessionState.CONNECTING, 0)
            .state(id, SessionState.CONNECTING, SessionState.LIVE, 1);
    }

    MadeRecords event(final int id, final int epoch, final SessionEvent event)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SessionEventCodec.MAX_LENGTH]);
        final byte[] payload = new byte[codec.encode(event, buffer)];
        buffer.getBytes(0, payload);
        return add(id, epoch, RecordKind.EVENT, 0, 0, payload);
    }

    MadeRecords text(final int id, final String text)
    {
        return inbound(id, 1, ALONE, text);
    }

    MadeRecords inbound(final int id, final int epoch, final int flags, final String text)
    {
        return add(id, epoch, RecordKind.INBOUND, Opcode.TEXT, flags, bytes(text));
    }

    MadeRecords lost(final long count)
    {
        final byte[] payload = new byte[Long.BYTES];
        new UnsafeBuffer(payload).putLong(0, count, ByteOrder.LITTLE_ENDIAN);
        return add(-1, 0, RecordKind.LOST, 0, 0, payload);
    }

    MadeRecords add(
        final int id, final int epoch, final RecordKind kind, final int opcode, final int flags, final byte[] payload)
    {
        final byte[] record = new byte[RecordLayout.HEADER_LENGTH + payload.length];
        final UnsafeBuffer buffer = new UnsafeBuffer(record);
        RecordLayout.putHeader(buffer, 0, timeNs, id, epoch, kind, opcode, flags);
        buffer.putBytes(RecordLayout.HEADER_LENGTH, payload);
        return raw(record);
    }

    MadeRecords raw(final byte[] record)
    {
        records.add(record);
        return this;
    }

    List<byte[]> records()
    {
        return records;
    }

    RecordSource source()
    {
        return new Source(records);
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Source implements RecordSource
    {
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private final List<byte[]> records;
        private int next;

        private Source(final List<byte[]> records)
        {
            this.records = records;
        }

        @Override
        public boolean next()
        {
            if (next == records.size())
            {
                return false;
            }

            buffer.wrap(records.get(next++));
            return true;
        }

        @Override
        public DirectBuffer buffer()
        {
            return buffer;
        }

        @Override
        public int offset()
        {
            return 0;
        }

        @Override
        public int length()
        {
            return buffer.capacity();
        }

        @Override
        public void close()
        {
            next = records.size();
        }
    }
}
