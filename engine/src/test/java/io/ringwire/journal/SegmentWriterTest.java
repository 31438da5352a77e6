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
import io.ringwire.tape.RecordKind;
import org.agrona.IoUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class SegmentWriterTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private static final String MEGABYTE = "x".repeat(1024 * 1024);

    @TempDir
    private Path directory;

    @Test
    void shouldKeepEveryRecordAsItIs() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory.resolve("a").resolve("b"));
        try (SegmentWriter writer = fixture.open())
        {
            new Records(writer).started().session(3, "venue").inbound(3, "in").outbound(3, "out").lost(7)
                .put(3, 1, RecordKind.INBOUND, 9, 1, "").stopped();
            assertThat(writer.hasFailed()).isFalse();
        }

        assertThat(fixture.counters().records().get()).isEqualTo(7);
        assertThat(fixture.counters().bytes().get()).isEqualTo(7 * 24 + 14 + 5 + 2 + 3 + 8);
        assertThat(fixture.counters().lost().get()).isEqualTo(7);
        assertThat(fixture.events()).singleElement().asString().startsWith("INFO journal: records into");
        try (JournalReader reader = JournalReader.open(fixture.policy().directory()))
        {
            assertThat(Records.readAll(reader)).containsExactly(
                "STARTED {\"engine\":\"e\"}", "SESSION venue", "INBOUND in", "OUTBOUND out",
                "LOST \u0007\0\0\0\0\0\0\0", "INBOUND ", "STOPPED ");
            assertThat(reader.lost()).isEqualTo(7);
            assertThat(reader.notices()).isEmpty();
        }
    }

    @Test
    void shouldKeepRecordsOfAllLengthsAcrossTheBlocksOfTheFile() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory);
        final int[] lengths = {0, 1, 7, 8, 1_000, 65_536, 2 * 1024 * 1024 - 100};
        final int rounds = 40; // of 2 MiB each
        final byte[][] payloads = new byte[lengths.length][];
        for (int i = 0; i < lengths.length; i++)
        {
            payloads[i] = new byte[lengths[i]];
            Arrays.fill(payloads[i], (byte)('a' + i));
        }

        try (SegmentWriter writer = fixture.open())
        {
            final Records records = new Records(writer);
            for (int i = 0; i < rounds * lengths.length; i++)
            {
                records.put(1, 1, RecordKind.INBOUND, 2, Records.WHOLE, payloads[i % lengths.length]);
            }
        }

        try (JournalReader reader = JournalReader.open(directory))
        {
            for (int i = 0; i < rounds * lengths.length; i++)
            {
                assertThat(reader.next()).isTrue();
                final byte[] payload = new byte[reader.length() - 24];
                reader.buffer().getBytes(reader.offset() + 24, payload);
                assertThat(payload).isEqualTo(payloads[i % lengths.length]);
            }

            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldStartTheNextSegmentBySizeAndByAge() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory);
        fixture.policy().rollBytes(1024 * 1024).rollNs(10 * SECOND_NS);
        try (SegmentWriter writer = fixture.open())
        {
            final Records records = new Records(writer).started().session(0, "s");
            assertThat(writer.doWork(0)).isZero();
            records.inbound(0, MEGABYTE);
            assertThat(writer.doWork(1)).as("by size").isEqualTo(1);
            records.session(1, "t").inbound(1, "second");
            assertThat(writer.doWork(10 * SECOND_NS)).isZero();
            assertThat(writer.doWork(10 * SECOND_NS + 1)).as("by age").isEqualTo(1);
            assertThat(writer.doWork(30 * SECOND_NS)).as("nothing new").isZero();
            records.outbound(1, "third").stopped();
        }

        final List<Path> segments = segments();
        assertThat(segments).hasSize(3);
        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader)).containsExactly("STARTED {\"engine\":\"e\"}", "SESSION s",
                "INBOUND " + MEGABYTE, "SESSION t", "INBOUND second", "OUTBOUND third", "STOPPED ");
            assertThat(reader.notices()).isEmpty();
        }

        try (JournalReader reader = JournalReader.open(segments.get(2)))
        {
            assertThat(Records.readAll(reader)).containsExactly(
                "STARTED {\"engine\":\"e\"}", "SESSION s", "SESSION t", "OUTBOUND third", "STOPPED ");
        }
    }

    @Test
    @DisplayName("W28: a new recording never truncates what is there")
    void shouldNeverTouchWhatIsThere() throws Exception
    {
        for (int i = 0; i < 3; i++)
        {
            try (SegmentWriter writer = new WriterFixture(directory).open())
            {
                new Records(writer).started().session(0, "run" + i).stopped();
            }
        }

        assertThat(segments()).hasSize(3);
        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader)).filteredOn((line) -> line.startsWith("SESSION"))
                .containsExactly("SESSION run0", "SESSION run1", "SESSION run2");
        }
    }

    @Test
    void shouldOverwriteSecretsBeforeTheyAreKept() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            new Records(writer).outbound(0, "{\"secret\":\"abc\"}").stopped();
        }

        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader)).startsWith("OUTBOUND {\"secret\":\"***\"}");
        }
    }

    @Test
    void shouldStopForGoodWhenTheDiskIsFull() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory);
        fixture.policy().minFreeBytes(1000);
        try (SegmentWriter writer = fixture.open())
        {
            final Records records = new Records(writer).started().session(0, "s");
            fixture.usableBytes(SegmentQueue.RESERVE_LENGTH);
            for (int i = 0; i < 10; i++)
            {
                records.inbound(0, MEGABYTE);
            }

            assertThat(writer.hasFailed()).isTrue();
            assertThat(writer.doWork(1)).isZero();
        }

        assertThat(fixture.counters().errors().get()).isEqualTo(1);
        final long kept = fixture.counters().records().get();
        assertThat(kept).isBetween(4L, 7L);
        assertThat(fixture.counters().lost().get()).isEqualTo(12 - kept);
        assertThat(fixture.events()).hasSize(2).last().asString().startsWith("ERROR journal: recording into")
            .contains("journal.minFreeBytes=1000");
        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader)).hasSize((int)kept);
        }
    }

    @Test
    void shouldStopForGoodWhenTheFolderIsTakenAway() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory);
        fixture.policy().rollBytes(1024 * 1024);
        try (SegmentWriter writer = fixture.open())
        {
            final Records records = new Records(writer).inbound(0, "x");
            IoUtil.delete(segments().get(0).toFile(), false);
            for (int i = 0; i < 6; i++)
            {
                records.inbound(0, MEGABYTE);
            }

            assertThat(writer.hasFailed()).isTrue();
        }

        assertThat(fixture.events()).last().asString().contains("was removed while it was written");
    }

    @Test
    void shouldNoticeWithoutTrafficThatTheFolderIsTakenAway() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory);
        try (SegmentWriter writer = fixture.open())
        {
            new Records(writer).inbound(0, "x");
            writer.doWork(0);
            IoUtil.delete(segments().get(0).toFile(), false);
            writer.doWork(SECOND_NS - 1);
            assertThat(writer.hasFailed()).isFalse();
            writer.doWork(SECOND_NS);
            assertThat(writer.hasFailed()).isTrue();
        }

        assertThat(fixture.counters().errors().get()).isOne();
        assertThat(fixture.events()).last().asString().contains("was removed while it was written");
    }

    @Test
    void shouldRefuseAFullDiskAtTheStart()
    {
        final WriterFixture fixture = new WriterFixture(directory).usableBytes(1_000_000);
        assertRefused(fixture, "the disk has 1000000 bytes free, and journal.minFreeBytes=268435456");
    }

    @Test
    void shouldRefuseAFileInThePlaceOfTheFolder() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("file"), "mine");
        assertRefused(new WriterFixture(file), "journal.directory=" + file + ": is a file");
        assertRefused(new WriterFixture(file.resolve("below")), "journal.directory=" + file + "/below");
        assertThat(file).hasContent("mine");
    }

    @Test
    void shouldRefuseAFolderThatCannotBeWritten()
    {
        final Path proc = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(proc), "no /proc here");
        assertRefused(new WriterFixture(proc.resolve("journal")), "journal.directory=/proc/self/journal");
    }

    @Test
    void shouldLeaveNoThreadsBehind()
    {
        final Set<String> before = threads();
        final WriterFixture fixture = new WriterFixture(directory);
        try (SegmentWriter writer = fixture.open())
        {
            new Records(writer).started().stopped();
        }

        assertThat(threads()).isSubsetOf(before);
    }

    private static void assertRefused(final WriterFixture fixture, final String reason)
    {
        assertThatThrownBy(fixture::open).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(reason).hasMessageMatching(".*");
    }

    private static Set<String> threads()
    {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    private List<Path> segments() throws IOException
    {
        try (Stream<Path> folders = Files.list(directory))
        {
            return folders.sorted().toList();
        }
    }
}
