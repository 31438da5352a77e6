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

import io.ringwire.journal.CaptureSource;
import io.ringwire.journal.JournalReader;
import io.ringwire.journal.RecordSource;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A journal or a capture.
 *
 * @param path of a journal's folder or a capture's file.
 */
record Recording(Path path)
{
    /**
     * Open it at its start.
     *
     * @throws IOException in one line.
     */
    RecordSource open() throws IOException
    {
        return Files.isRegularFile(path) ? new CaptureSource(path) : JournalReader.open(path);
    }

    /**
     * Look who received something.
     *
     * @throws IOException in one line.
     */
    SortedSet<String> receivers() throws IOException
    {
        final SortedSet<String> receivers = new TreeSet<>();
        final Map<Integer, String> names = new HashMap<>();
        try (RecordSource source = open())
        {
            while (source.next())
            {
                final int id = RecordLayout.sessionId(source.buffer(), source.offset());
                final RecordKind kind = RecordLayout.kind(source.buffer(), source.offset());
                if (kind == RecordKind.SESSION)
                {
                    final byte[] name = new byte[source.length() - RecordLayout.HEADER_LENGTH];
                    source.buffer().getBytes(source.offset() + RecordLayout.HEADER_LENGTH, name);
                    names.put(id, new String(name, StandardCharsets.UTF_8));
                }
                else if (kind == RecordKind.INBOUND && names.containsKey(id))
                {
                    receivers.add(names.get(id));
                }
            }
        }

        return receivers;
    }

    /**
     * Say what is wrong with a journal that was read to its end.
     *
     * @return is all of it there?
     */
    static boolean isWhole(final RecordSource source, final PrintWriter err)
    {
        if (source instanceof JournalReader reader)
        {
            reader.notices().forEach((notice) -> err.println("ringwire: " + notice));
            err.flush();
            return reader.damaged() == 0 && reader.cutOff() == 0;
        }

        return true;
    }
}
