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

import io.ringwire.tape.RecordKind;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that records, says in a file how many records it has kept so far, and is killed in the middle of it.
 */
final class CrashRun
{
    private static final int MARK_EVERY = 1_000;

    private CrashRun()
    {
    }

    /**
     * Record until killed.
     *
     * @param args folder of the journal, and the file of the mark.
     */
    public static void main(final String[] args) throws Exception
    {
        final Path mark = Path.of(args[1]);
        final SegmentWriter writer = new WriterFixture(Path.of(args[0])).open();
        final Records records = new Records(writer).started().session(0, "s");
        for (long i = 0;; i++)
        {
            records.put(0, 1, RecordKind.INBOUND, Records.TEXT, Records.WHOLE, Long.toString(i));
            if (i % MARK_EVERY == 0)
            {
                Files.writeString(mark, Long.toString(i));
            }
        }
    }
}
