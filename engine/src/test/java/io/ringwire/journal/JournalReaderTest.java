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
import org.agrona.IoUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class JournalReaderTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldSelectByTimeAndSession() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            new Records(writer).started().session(0, "a").session(1, "b")
                .inbound(0, "a3").inbound(1, "b4").outbound(0, "a5").lost(1).stopped();
        }

        try (JournalReader reader = JournalReader.open(directory).session("b"))
        {
            assertThat(Records.readAll(reader)).hasSize(5).contains("SESSION b", "INBOUND b4")
                .doesNotContain("SESSION a");
            assertThat(reader.sessionName(0)).isEqualTo("a");
            assertThat(reader.records()).isEqualTo(5);
        }

        try (JournalReader reader = JournalReader.open(directory)
            .fromNs(Records.BASE_NS + 4).toNs(Records.BASE_NS + 5))
        {
            assertThat(Records.readAll(reader)).containsExactly(
                "STARTED {\"engine\":\"e\"}", "SESSION a", "SESSION b", "INBOUND b4", "OUTBOUND a5");
        }
    }

    @Test
    void shouldNumberTheRecordsOfASegment() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            new Records(writer).started().stopped();
        }

        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(reader.position()).isEqualTo(-1);
            assertThat(reader.next()).isTrue();
            assertThat(reader.position()).isZero();
            assertThat(reader.segment()).isEqualTo(segment().getFileName().toString());
            assertThat(reader.next()).isTrue();
            assertThat(reader.position()).isEqualTo(1);
        }
    }

    @Test
    void shouldFollowARecordingThroughItsSegmentsAndBlocks() throws Exception
    {
        final WriterFixture fixture = new WriterFixture(directory);
        fixture.policy().rollBytes(48 * 1024 * 1024);
        try (SegmentWriter writer = fixture.open(); JournalReader reader = JournalReader.open(directory).follow(true))
        {
            final Records records = new Records(writer);
            assertThat(reader.next()).isFalse();
            records.started().session(0, "s");
            assertThat(Records.readAll(reader)).hasSize(2);
            final byte[] payload = new byte[1024 * 1024];
            for (int i = 0; i < 100; i++)
            {
                records.put(0, 1, RecordKind.INBOUND, 2, Records.WHOLE, payload);
                writer.doWork(i);
                assertThat(reader.next()).as("record %d", i).isTrue();
                assertThat(reader.length()).isEqualTo(24 + payload.length);
                assertThat(reader.next()).isFalse();
            }

            records.stopped();
            assertThat(Records.readAll(reader)).containsExactly("STOPPED ");
            try (SegmentWriter next = new WriterFixture(directory).open())
            {
                new Records(next).started();
                assertThat(Records.readAll(reader)).hasSize(1);
            }

            assertThat(reader.notices()).isEmpty();
            assertThat(Segment.list(directory)).hasSize(4);
        }
    }

    @Test
    void shouldSayThatARecordingGoesOn() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            new Records(writer).started();
            try (JournalReader reader = JournalReader.open(directory))
            {
                assertThat(Records.readAll(reader)).hasSize(1);
                assertThat(reader.notices()).singleElement().asString().contains("is still being written by process");
                assertThat(reader.cutOff()).isZero();
            }
        }
    }

    @Test
    @DisplayName("W28: reading a journal changes nothing of it")
    void shouldChangeNothingOfTheJournal() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            new Records(writer).started().inbound(0, "x").stopped();
        }

        final List<String> before = describe();
        Files.setPosixFilePermissions(segment(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader)).hasSize(3);
        }

        Files.setPosixFilePermissions(segment(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(describe()).isEqualTo(before);
    }

    @Test
    void shouldRefuseWhatIsNoJournal() throws IOException
    {
        assertRefused(directory.resolve("none"), "/none: there is no such folder");
        assertRefused(directory, " is no journal: there is no segment in it");
        final Path file = Files.writeString(directory.resolve("file"), "x");
        assertRefused(file, "/file is a file: name the folder of a journal");
    }

    @Test
    void shouldRefuseAnotherVersionAndGarbage() throws IOException
    {
        new WriterFixture(directory).open().close();
        final Path info = segment().resolve("segment.json");
        Files.writeString(info, Files.readString(info).replace("\"version\":1", "\"version\":9"));
        assertRefused(directory, " is of journal version 9, this program reads version 1");
        Files.writeString(info, "garbage");
        assertRefused(directory, "segment.json is not the description of a segment");
        assertRefused(segment(), "segment.json is not the description of a segment");
    }

    @Test
    void shouldReadTheOtherSegmentsPastADamagedOne() throws Exception
    {
        for (int i = 0; i < 5; i++)
        {
            try (SegmentWriter writer = new WriterFixture(directory).open())
            {
                new Records(writer).started().session(0, "run" + i).stopped();
            }
        }

        final List<Path> folders = Segment.list(directory).stream().map(Segment::folder).toList();
        Files.delete(folders.get(0).resolve("metadata.cq4t"));
        Files.writeString(queueFile(folders.get(1)), "garbage", StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(folders.get(2).resolve("metadata.cq4t"), "garbage", StandardOpenOption.TRUNCATE_EXISTING);
        Files.delete(queueFile(folders.get(3)));
        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader)).endsWith("SESSION run4", "STOPPED ");
            assertThat(reader.notices()).allMatch((notice) -> notice.matches(".*"));
            assertThat(reader.damaged() + reader.cutOff()).as(reader.notices().toString()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void shouldReadUpToTheTailThatIsTorn() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            final Records records = new Records(writer).started();
            for (int i = 0; i < 1_000; i++)
            {
                records.inbound(0, "x".repeat(1_000));
            }
        }

        try (RandomAccessFile file = new RandomAccessFile(queueFile(segment()).toFile(), "rw"))
        {
            file.setLength(700_000);
        }

        try (JournalReader reader = JournalReader.open(directory))
        {
            assertThat(Records.readAll(reader).size()).isBetween(1, 700);
            assertThat(reader.notices()).isNotEmpty().allMatch((notice) -> notice.matches(".*"));
        }
    }

    @Test
    void shouldRunOutWhenTheJournalIsTakenAway() throws Exception
    {
        try (SegmentWriter writer = new WriterFixture(directory).open())
        {
            new Records(writer).started().stopped();
        }

        try (JournalReader reader = JournalReader.open(directory))
        {
            IoUtil.delete(segment().toFile(), false);
            assertThat(reader.next()).isFalse();
            assertThat(reader.notices()).singleElement().asString().contains("damaged");
        }
    }

    private void assertRefused(final Path path, final String reason)
    {
        assertThatThrownBy(() -> JournalReader.open(path)).isInstanceOf(IOException.class)
            .hasMessageContaining(reason).hasMessageMatching(".*");
    }

    private Path segment() throws IOException
    {
        try (Stream<Path> folders = Files.list(directory))
        {
            return folders.findFirst().orElseThrow();
        }
    }

    private static Path queueFile(final Path segment) throws IOException
    {
        try (Stream<Path> files = Files.list(segment))
        {
            return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    private List<String> describe() throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.filter(Files::isRegularFile).sorted()
                .map((file) -> file + " " + file.toFile().length() + " " + file.toFile().lastModified())
                .toList();
        }
    }
}
