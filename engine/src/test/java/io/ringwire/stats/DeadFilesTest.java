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
package io.ringwire.stats;

import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class DeadFilesTest
{
    private static final long NO_SUCH_PID = 1L << 40;
    private static final long NOW_MS = System.currentTimeMillis();
    private static final long OLD_MS = NOW_MS - TimeUnit.HOURS.toMillis(25);
    private static final long RECENT_MS = NOW_MS - TimeUnit.HOURS.toMillis(23);

    @TempDir
    Path directory;

    @Test
    void shouldRemoveTheFilesOfProcessesThatAreGoneForADay() throws IOException
    {
        final Path old = file(NO_SUCH_PID, OLD_MS);
        final Path recent = file(NO_SUCH_PID, RECENT_MS);
        final Path alive = file(ProcessHandle.current().pid(), OLD_MS);
        final Path foreign = Files.writeString(directory.resolve("foreign" + CountersFile.SUFFIX), "not of ours");

        CountersFile.removeDead(directory, NOW_MS);

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(alive).exists();
        assertThat(foreign).exists();
    }

    @Test
    void shouldDoWithoutAFolder()
    {
        assertThatCode(() -> CountersFile.removeDead(directory.resolve("none"), NOW_MS)).doesNotThrowAnyException();
    }

    @Test
    void shouldNotWriteOverAFileThatIsThere() throws IOException
    {
        final Path first = file(NO_SUCH_PID, OLD_MS);
        final String[] words = first.getFileName().toString().split("[-.]");
        final Path next = directory.resolve(
            "engine-" + words[1] + "-" + (Integer.parseInt(words[2]) + 1) + CountersFile.SUFFIX);
        Files.writeString(next, "of another");
        final Path second = file(NO_SUCH_PID, OLD_MS);
        assertThat(second).isNotEqualTo(next);
        assertThat(next).hasContent("of another");
    }

    private Path file(final long pid, final long activityMs)
    {
        final Path path = CountersFile.create(directory, 1, 4096, SystemEpochClock.INSTANCE).path();
        final MappedByteBuffer memory = IoUtil.mapExistingFile(path.toFile(), "counters");
        final UnsafeBuffer buffer = new UnsafeBuffer(memory);
        buffer.putLong(CountersFile.PID_OFFSET, pid);
        buffer.putLong(CountersFile.ACTIVITY_MS_OFFSET, activityMs);
        IoUtil.unmap(memory);
        return path;
    }
}
