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
package io.ringwire.samples.doctor;

import io.ringwire.stats.CountersFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import static org.assertj.core.api.Assertions.assertThat;

class CountersFolderTest
{
    private static final int PID_OFFSET = 8; // of the header
    private static final int ACTIVITY_OFFSET = 24;
    private static final long NO_PID = 1L << 40;

    @TempDir
    private Path directory;

    @Test
    void shouldFindNothingInNoFolder()
    {
        final Path nowhere = directory.resolve("a").resolve("b");
        assertThat(finding(nowhere, 0).found()).isEqualTo("none in " + nowhere);
        assertThat(finding(nowhere, 1).found()).contains("MiB free on " + directory);
    }

    @Test
    void shouldTellTheLivingFromTheDead() throws IOException
    {
        try (CountersFile running = CountersFile.create(directory, 8, 8192, System::currentTimeMillis);
            CountersFile dead = CountersFile.create(directory, 8, 8192, System::currentTimeMillis))
        {
            write(dead.path(), PID_OFFSET, NO_PID);
            final Path garbage = Files.writeString(directory.resolve("engine-1-0.counters"), "nonsense");
            assertThat(finding(directory, 0).found()).startsWith("1 running, 0 silent for 10 s, 2 dead or");
            assertThat(finding(directory, 0).advice()).contains("rm ", dead.path().toString(), garbage.toString());
            write(running.path(), ACTIVITY_OFFSET, 1);
            assertThat(finding(directory, 0).found()).startsWith("0 running, 1 silent for 10 s");
            assertThat(finding(directory, 0).advice()).contains("jstack " + ProcessHandle.current().pid());
        }
    }

    @Test
    void shouldSayUnknownOfAFolderThatIsAFile() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(finding(file, 0).verdict()).isEqualTo(Verdict.OK);
        assertThat(finding(file, 1).verdict()).isNotNull();
    }

    private static Finding finding(final Path directory, final int index)
    {
        return new CountersFolder(directory).room().checks().get(index).run();
    }

    private static void write(final Path path, final int offset, final long value) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, value), offset);
        }
    }
}
