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
package io.ringwire.system;

import io.ringwire.journal.JournalReader;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionEventCodec;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine has recorded, read back when it is closed.
 */
final class Recording
{
    final List<Entry> entries = new ArrayList<>();

    Recording(final Path directory)
    {
        try (JournalReader reader = JournalReader.open(directory))
        {
            while (reader.next())
            {
                entries.add(Entry.of(reader.buffer(), reader.offset(), reader.length()));
            }
        }
        catch (final IOException ex)
        {
            throw new AssertionError(ex);
        }
    }

    List<Entry> of(final RecordKind kind)
    {
        return entries.stream().filter((entry) -> entry.kind == kind).toList();
    }

    long frames(final RecordKind direction)
    {
        return of(direction).stream().filter((entry) -> entry.has(RecordLayout.FRAME_BEGIN)).count();
    }

    List<SessionEvent> events()
    {
        return of(RecordKind.EVENT).stream().map(Entry::event).toList();
    }

    /**
     * How many records found no room.
     */
    long lost()
    {
        return of(RecordKind.LOST).stream().mapToLong(Entry::number).sum();
    }

    /**
     * The data messages of a direction, put together by the rules of {@link RecordLayout}.
     */
    List<Message> messages(final RecordKind direction)
    {
        final List<Message> messages = new ArrayList<>();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int records = 0;
        for (final Entry entry : of(direction))
        {
            if (entry.has(RecordLayout.ABANDONED))
            {
                assert records > 0 : "nothing to give up";
                bytes.reset();
                records = 0;
            }
            else if (entry.opcode < 8)
            {
                bytes.writeBytes(entry.payload);
                records++;
                if (entry.has(RecordLayout.MESSAGE_END))
                {
                    messages.add(new Message(entry, records, bytes.toString(StandardCharsets.UTF_8)));
                    bytes.reset();
                    records = 0;
                }
            }
        }

        return messages;
    }

    List<String> texts(final RecordKind direction)
    {
        return messages(direction).stream().map(Message::text).toList();
    }

    /**
     * A data message.
     *
     * @param last    its last record.
     * @param records that hold it.
     * @param text    of it.
     */
    record Message(Entry last, int records, String text)
    {
    }

    /**
     * A record.
     */
    record Entry(long timeNs, int sessionId, int epoch, RecordKind kind, int opcode, int flags, byte[] payload)
    {
        static Entry of(final DirectBuffer buffer, final int offset, final int length)
        {
            final byte[] payload = new byte[length - RecordLayout.HEADER_LENGTH];
            buffer.getBytes(offset + RecordLayout.HEADER_LENGTH, payload);
            return new Entry(
                RecordLayout.timeNs(buffer, offset),
                RecordLayout.sessionId(buffer, offset),
                RecordLayout.epoch(buffer, offset),
                RecordLayout.kind(buffer, offset),
                RecordLayout.opcode(buffer, offset),
                RecordLayout.flags(buffer, offset),
                payload);
        }

        boolean has(final int flag)
        {
            return (flags & flag) != 0;
        }

        String text()
        {
            return new String(payload, StandardCharsets.UTF_8);
        }

        SessionEvent event()
        {
            return SessionEventCodec.decode(new UnsafeBuffer(payload), 0, payload.length);
        }

        long number()
        {
            return new UnsafeBuffer(payload).getLong(0, ByteOrder.LITTLE_ENDIAN);
        }
    }
}
