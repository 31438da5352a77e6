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
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One line for each record, cut to a width; each day starts with a line of its own.
 */
final class TableView implements RecordView
{
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn").withZone(ZoneOffset.UTC);
    private static final String COLUMNS = "%-18s %-12s %5s %1s %-8s %-12s %-8s %8s  ";
    private static final String FLAG_LETTERS = "beEDBCA";
    private static final int MAX_HEX_BYTES = 128;

    private final int width;
    private LocalDate day;

    TableView(final int width)
    {
        this.width = width;
    }

    @Override
    public String lines(final JournalReader reader, final Payload payload)
    {
        final DirectBuffer buffer = reader.buffer();
        final int offset = reader.offset();
        final RecordKind kind = RecordLayout.kind(buffer, offset);
        final Instant time = JsonView.instantOf(RecordLayout.timeNs(buffer, offset));
        final String session = RecordView.sessionOf(reader);
        final boolean isFrame = RecordView.isFrame(kind);
        final String line = String.format(Locale.ROOT, COLUMNS,
            TIME.format(time),
            session == null ? "" : session,
            session == null ? "" : RecordLayout.epoch(buffer, offset),
            isFrame ? kind == RecordKind.INBOUND ? "<" : ">" : "",
            kind == null ? "unknown" : kind.name().toLowerCase(Locale.ROOT),
            isFrame ? RecordView.opcodeName(RecordLayout.opcode(buffer, offset)) : "",
            isFrame ? flagLetters(RecordLayout.flags(buffer, offset)) : "",
            payload.bytes().length) + textOf(payload);
        return head(time) + (line.length() > width ? line.substring(0, width) : line).stripTrailing();
    }

    private String head(final Instant time)
    {
        final LocalDate date = LocalDate.ofInstant(time, ZoneOffset.UTC);
        if (date.equals(day))
        {
            return "";
        }

        final String names = day != null ? "" : String.format(Locale.ROOT, COLUMNS,
            "time (UTC)", "session", "epoch", "", "kind", "opcode", "flags", "length") + "text\n";
        day = date;
        return names + "-- " + date + "\n";
    }

    private static String flagLetters(final int flags)
    {
        final StringBuilder letters = new StringBuilder();
        for (int i = 0; i < FLAG_LETTERS.length(); i++)
        {
            if ((flags & 1 << i) != 0)
            {
                letters.append(FLAG_LETTERS.charAt(i));
            }
        }

        return letters.toString();
    }

    private static String textOf(final Payload payload)
    {
        return payload.text() == null ?
            HexFormat.of().formatHex(payload.bytes(), 0, Math.min(MAX_HEX_BYTES, payload.bytes().length)) :
            payload.text().replaceAll("\\p{Cntrl}", " ");
    }
}
