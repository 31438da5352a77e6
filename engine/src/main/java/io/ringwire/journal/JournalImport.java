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

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.JournalPolicy;
import io.ringwire.stats.CountersFile;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes records that were not recorded by an engine here, a capture say, into a journal. Any thread.
 */
public final class JournalImport
{
    private static final int COUNTERS = 16;
    private static final int ERROR_LOG_LENGTH = 4_096;

    private JournalImport()
    {
    }

    /**
     * Add all records of a source to a journal, as segments of their own. What the default rules of {@link
     * JournalPolicy} redact is redacted.
     *
     * @param source    of the records, read to its end and left open.
     * @param directory of the journal, made where it is missing.
     * @return records written.
     * @throws IOException            in one line, if the source cannot be read or the journal not be written.
     * @throws ConfigurationException in one line, if nothing can be written there.
     */
    public static long copy(final RecordSource source, final Path directory) throws IOException
    {
        final String[] fault = new String[1];
        final ExpandableArrayBuffer memory = new ExpandableArrayBuffer();
        final UnsafeBuffer record = new UnsafeBuffer(0, 0);
        long records = 0;
        try (CountersFile counters = CountersFile.inMemory(COUNTERS, ERROR_LOG_LENGTH, SystemEpochClock.INSTANCE);
            SegmentWriter writer = new SegmentWriter(
                new JournalPolicy().directory(directory),
                (level, from, message, cause) -> fault[0] = message,
                new JournalCounters(counters.counters())))
        {
            while (source.next())
            {
                memory.putBytes(0, source.buffer(), source.offset(), source.length());
                record.wrap(memory, 0, source.length());
                writer.onRecord(record, 0, source.length());
                writer.doWork(System.nanoTime());
                if (writer.hasFailed())
                {
                    throw new IOException(fault[0]);
                }

                records++;
            }
        }

        return records;
    }
}
