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
package io.ringwire.samples.journal;

import io.ringwire.journal.JournalReader;
import io.ringwire.json.JsonWriter;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * JSON Lines: one object for each record.
 */
final class JsonView implements RecordView
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String lines(final JournalReader reader, final Payload payload)
    {
        final DirectBuffer buffer = reader.buffer();
        final int offset = reader.offset();
        final long timeNs = RecordLayout.timeNs(buffer, offset);
        final RecordKind kind = RecordLayout.kind(buffer, offset);
        final JsonWriter json = new JsonWriter().beginObject()
            .field("timeNs", timeNs)
            .field("time", TIME.format(instantOf(timeNs)))
            .field("kind", kind == null ? "unknown" : kind.name().toLowerCase(Locale.ROOT));
        final String session = RecordView.sessionOf(reader);
        if (session != null)
        {
            json.field("session", session)
                .field("sessionId", RecordLayout.sessionId(buffer, offset))
                .field("epoch", RecordLayout.epoch(buffer, offset));
        }

        if (RecordView.isFrame(kind))
        {
            json.field("direction", kind == RecordKind.INBOUND ? "in" : "out")
                .field("opcode", RecordLayout.opcode(buffer, offset))
                .field("flags", RecordView.flagNames(RecordLayout.flags(buffer, offset)));
        }

        json.field("length", payload.bytes().length);
        if (payload.text() == null)
        {
            json.field("base64", payload.base64());
        }
        else
        {
            json.field("text", payload.text());
        }

        return json.endObject().toString();
    }

    static Instant instantOf(final long timeNs)
    {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, SECOND_NS), Math.floorMod(timeNs, SECOND_NS));
    }
}
