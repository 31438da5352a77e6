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

import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/**
 * Files that no engine left behind like that: refused with one line, and never read outside of their bounds.
 */
class DamagedCountersFileTest
{
    private static final int MAX_COUNTERS = 4;
    private static final int ERROR_LOG_LENGTH = 16 * 1024;
    private static final int ERRORS_OFFSET = CountersFile.HEADER_LENGTH +
        MAX_COUNTERS * (CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH);

    @TempDir
    private Path directory;

    private Path path;
    private ByteBuffer bytes;

    @BeforeEach
    void makeAFile() throws IOException
    {
        try (CountersFile file = CountersFile.create(directory, MAX_COUNTERS, ERROR_LOG_LENGTH, () -> 5_000))
        {
            CounterType.COUNT.ofEngine(file.counters(), "errors").set(1);
            file.errorLog().record(new IllegalStateException("boom"));
            bytes = ByteBuffer.wrap(Files.readAllBytes(file.path())).order(ByteOrder.nativeOrder());
        }

        path = directory.resolve("engine.counters");
    }

    @Test
    void shouldReadAWholeFile() throws IOException
    {
        Files.write(path, bytes.array());
        try (CountersFileReader reader = CountersFileReader.open(path))
        {
            assertThat(reader.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(reader.startMs()).isEqualTo(5_000);
            assertThat(reader.counters().getCounterLabel(0)).isEqualTo("errors engine");
            final List<String> errors = new ArrayList<>();
            assertThat(reader.errors((count, firstMs, lastMs, text) -> errors.add(text))).isEqualTo(1);
            assertThat(errors.get(0)).contains("boom");
        }
    }

    @Test
    void shouldNotTakeALaterProcessOfTheSameIdForTheEngine() throws IOException
    {
        Files.write(path, bytes.array());
        try (CountersFileReader reader = CountersFileReader.open(path))
        {
            assertThat(reader.isAlive()).as("this process started after 1970").isFalse();
        }

        bytes.putLong(CountersFile.ACTIVITY_MS_OFFSET, System.currentTimeMillis());
        Files.write(path, bytes.array());
        try (CountersFileReader reader = CountersFileReader.open(path))
        {
            assertThat(reader.isAlive()).isTrue();
        }
    }

    @Test
    void shouldRefuseAnotherVersionAndWhatIsNotReady() throws IOException
    {
        bytes.putInt(CountersFile.VERSION_OFFSET, 9);
        assertRefused("version 9");
        bytes.putInt(CountersFile.MAGIC_OFFSET, 0);
        assertRefused("not ready");
    }

    @Test
    void shouldRefuseLengthsThatDoNotFit() throws IOException
    {
        bytes.putInt(CountersFile.METADATA_LENGTH_OFFSET, -512);
        assertRefused("damaged");
        bytes.putInt(CountersFile.METADATA_LENGTH_OFFSET, 511);
        assertRefused("damaged");
        bytes.putInt(CountersFile.METADATA_LENGTH_OFFSET, 512 * 1_000_000);
        bytes.putInt(CountersFile.VALUES_LENGTH_OFFSET, 128 * 1_000_000);
        assertRefused("cut off");
    }

    @Test
    void shouldRefuseALabelAndAnErrorOfNoLength() throws IOException
    {
        final int labelLengthOffset = CountersFile.HEADER_LENGTH + CountersReader.LABEL_OFFSET;
        final int labelLength = bytes.getInt(labelLengthOffset);
        bytes.putInt(labelLengthOffset, 1 << 30);
        assertRefused("the label of counter 0");
        bytes.putInt(labelLengthOffset, -1);
        assertRefused("the label of counter 0");
        bytes.putInt(labelLengthOffset, labelLength);
        bytes.putInt(ERRORS_OFFSET, ERROR_LOG_LENGTH + 1);
        assertRefused("the error at 0");
        bytes.putInt(ERRORS_OFFSET, 23);
        assertRefused("the error at 0");
    }

    @Test
    void shouldRefuseWhatIsNoFile() throws IOException
    {
        assertThatThrownBy(() -> CountersFileReader.open(path))
            .isInstanceOf(IOException.class).hasMessage(path + ": no such file");
        Files.createDirectory(path);
        assertThatThrownBy(() -> CountersFileReader.open(path))
            .isInstanceOf(IOException.class).hasMessageContaining("no file at all");
    }

    @Test
    void shouldRefuseWhatItMayNotRead() throws IOException
    {
        Files.write(path, bytes.array());
        assertThat(path.toFile().setReadable(false)).isTrue();
        assumeFalse(Files.isReadable(path), "this user may read everything: skipped");
        assertThatThrownBy(() -> CountersFileReader.open(path))
            .isInstanceOf(IOException.class).hasMessageContaining("no permission");
    }

    @Test
    void shouldReadOrRefuseAnyBytesBehindAGoodHeader() throws IOException
    {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            final byte[] damaged = bytes.array().clone();
            for (int j = random.nextInt(40); j >= 0; j--)
            {
                damaged[CountersFile.MAGIC_OFFSET + 32 + random.nextInt(damaged.length - 32)] = (byte)random.nextInt();
            }

            Files.write(path, damaged);
            try (CountersFileReader reader = CountersFileReader.open(path))
            {
                reader.counters().forEach((id, typeId, key, label) -> reader.counters().getCounterValue(id));
                reader.errors((count, firstMs, lastMs, text) -> assertThat(text).isNotNull());
            }
            catch (final IOException ex)
            {
                assertThat(ex).as("-Dseed=" + seed).hasMessageStartingWith(path.toString());
            }
            catch (final RuntimeException ex)
            {
                throw new AssertionError("-Dseed=" + seed, ex);
            }
        }
    }

    private void assertRefused(final String reason) throws IOException
    {
        Files.write(path, bytes.array());
        assertThatThrownBy(() -> CountersFileReader.open(path))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(path.toString())
            .hasMessageContaining(reason);
    }
}
