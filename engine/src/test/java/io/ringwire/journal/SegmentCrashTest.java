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

import io.ringwire.ProjectRoot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SegmentCrashTest
{
    private static final long MARK = 20_000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("G18: kill -9 keeps what was written")
    void shouldKeepAllThatWasWrittenBeforeAKill() throws Exception
    {
        final Path journal = directory.resolve("journal");
        final Path mark = directory.resolve("mark");
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + ProjectRoot.resolve("src/jvm/test.options"),
            "-cp", System.getProperty("java.class.path"),
            CrashRun.class.getName(), journal.toString(), mark.toString())
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        long marked = 0;
        try
        {
            while (marked < MARK)
            {
                assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
                Thread.onSpinWait();
                marked = readMark(mark, marked);
            }
        }
        finally
        {
            process.destroyForcibly().waitFor();
        }

        marked = readMark(mark, marked);
        final long kept = countKept(journal);
        assertThat(kept).isGreaterThan(marked);

        try (SegmentWriter writer = new WriterFixture(journal).open())
        {
            new Records(writer).started().session(0, "next").stopped();
        }

        try (JournalReader reader = JournalReader.open(journal))
        {
            final List<String> lines = Records.readAll(reader);
            assertThat(lines).hasSize((int)(2 + kept + 3)).endsWith("SESSION next", "STOPPED ");
            assertThat(reader.cutOff()).isEqualTo(1);
        }
    }

    private static long countKept(final Path journal) throws Exception
    {
        try (JournalReader reader = JournalReader.open(journal))
        {
            assertThat(reader.next() && reader.next()).isTrue();
            long kept = 0;
            while (reader.next())
            {
                assertThat(Records.payload(reader)).isEqualTo(Long.toString(kept));
                kept++;
            }

            assertThat(reader.notices()).singleElement().asString().contains("was cut off: process");
            return kept;
        }
    }

    private static long readMark(final Path mark, final long before) throws Exception
    {
        final String text = Files.exists(mark) ? Files.readString(mark) : "";
        return text.isEmpty() ? before : Math.max(before, Long.parseLong(text));
    }
}
