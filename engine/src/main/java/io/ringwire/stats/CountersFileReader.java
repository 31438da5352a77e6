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

import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the counters and errors of an engine, running or dead, from any process, without its doing anything. Any
 * thread; none after {@link #close()}.
 * <p>
 * A file is checked when it is opened, as far as it has been written: a damaged one is refused, and never read outside
 * of its bounds.
 */
public final class CountersFileReader implements AutoCloseable
{
    private static final int METADATA_PER_VALUE = CountersReader.METADATA_LENGTH / CountersReader.COUNTER_LENGTH;
    private static final long START_SLACK_MS = 1_000; // what the start of a process is told in may be as coarse

    private final Path path;
    private final MappedByteBuffer memory;
    private final UnsafeBuffer buffer;
    private final CountersReader counters;
    private final UnsafeBuffer errorLog;

    private CountersFileReader(final Path path, final MappedByteBuffer memory)
    {
        this.path = path;
        this.memory = memory;
        buffer = new UnsafeBuffer(memory);
        final int metadataLength = buffer.getInt(CountersFile.METADATA_LENGTH_OFFSET);
        final int valuesLength = buffer.getInt(CountersFile.VALUES_LENGTH_OFFSET);
        counters = new CountersReader(
            new UnsafeBuffer(buffer, CountersFile.HEADER_LENGTH, metadataLength),
            new UnsafeBuffer(buffer, CountersFile.HEADER_LENGTH + metadataLength, valuesLength),
            StandardCharsets.UTF_8);
        errorLog = new UnsafeBuffer(
            buffer,
            CountersFile.HEADER_LENGTH + metadataLength + valuesLength,
            errorLogLength(buffer));
    }

    /**
     * The files of a folder.
     *
     * @param directory of them.
     * @return their paths by name, none if there is no such folder.
     * @throws IOException if the folder cannot be read.
     */
    public static List<Path> list(final Path directory) throws IOException
    {
        if (!Files.isDirectory(directory))
        {
            return List.of();
        }

        try (Stream<Path> files = Files.list(directory))
        {
            return files.filter((file) -> file.toString().endsWith(CountersFile.SUFFIX)).sorted().toList();
        }
    }

    /**
     * Map a file.
     *
     * @param path of it.
     * @return its reader.
     * @throws NoSuchFileException if there is none.
     * @throws IOException         with one line that names the file and what is wrong with it.
     */
    public static CountersFileReader open(final Path path) throws IOException
    {
        if (!Files.exists(path))
        {
            throw new NoSuchFileException(path.toString(), null, "no such file");
        }

        if (!Files.isRegularFile(path))
        {
            throw new IOException(path + " is not a counters file: it is no file at all");
        }

        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            final long length = channel.size();
            checkLength(path, length);
            return checked(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, length));
        }
        catch (final AccessDeniedException ex)
        {
            throw new AccessDeniedException(
                path.toString(), null, "no permission to read it: run as the user of its engine");
        }
    }

    /**
     * Unmap the file.
     */
    @Override
    public void close()
    {
        IoUtil.unmap(memory);
    }

    /** {@return where the file is} */
    public Path path()
    {
        return path;
    }

    /** {@return the process of the engine} */
    public long pid()
    {
        return buffer.getLong(CountersFile.PID_OFFSET);
    }

    /** {@return is the process of the engine there? One of the same id that was started later is another one} */
    public boolean isAlive()
    {
        return ProcessHandle.of(pid()).filter(ProcessHandle::isAlive).map(this::isOfEngine).orElse(false);
    }

    /** {@return when the engine was launched, in ms since 1970} */
    public long startMs()
    {
        return buffer.getLong(CountersFile.START_MS_OFFSET);
    }

    /** {@return when the engine's control thread last said that it runs, in ms since 1970} */
    public long activityMs()
    {
        return buffer.getLongVolatile(CountersFile.ACTIVITY_MS_OFFSET);
    }

    /** {@return the counters} */
    public CountersReader counters()
    {
        return counters;
    }

    /**
     * Read the distinct errors.
     *
     * @param consumer told of each.
     * @return how many there were.
     */
    public int errors(final ErrorConsumer consumer)
    {
        return ErrorLogReader.read(errorLog, consumer);
    }

    private boolean isOfEngine(final ProcessHandle process)
    {
        final long latestStartMs = Math.max(startMs(), activityMs()) + START_SLACK_MS;
        return process.info().startInstant().map((start) -> start.toEpochMilli() <= latestStartMs).orElse(true);
    }

    private static CountersFileReader checked(final Path path, final MappedByteBuffer memory) throws IOException
    {
        try
        {
            checkHeader(path, new UnsafeBuffer(memory));
            final CountersFileReader reader = new CountersFileReader(path, memory);
            reader.checkCounters();
            reader.checkErrors();
            return reader;
        }
        catch (final IOException ex)
        {
            IoUtil.unmap(memory);
            throw ex;
        }
    }

    private static void checkLength(final Path path, final long length) throws IOException
    {
        if (length < CountersFile.HEADER_LENGTH)
        {
            throw new IOException(path + " is not a counters file: it has " + length + " bytes, fewer than the " +
                CountersFile.HEADER_LENGTH + " of the header");
        }

        if (length > Integer.MAX_VALUE)
        {
            throw new IOException(path + " is not a counters file: it has " + length + " bytes, more than any has");
        }
    }

    private static void checkHeader(final Path path, final UnsafeBuffer buffer) throws IOException
    {
        final int magic = buffer.getIntVolatile(CountersFile.MAGIC_OFFSET);
        if (magic != CountersFile.MAGIC)
        {
            throw new IOException(magic == 0 ? path + " is not ready: its engine is being launched, or died then" :
                path + " is not a counters file: it starts with 0x" + Integer.toHexString(magic));
        }

        final int version = buffer.getInt(CountersFile.VERSION_OFFSET);
        if (version != CountersFile.VERSION)
        {
            throw new IOException(path + " is of version " + version + ", and this program reads version " +
                CountersFile.VERSION + ": use the ringwire of that engine");
        }

        final int metadataLength = buffer.getInt(CountersFile.METADATA_LENGTH_OFFSET);
        final int valuesLength = buffer.getInt(CountersFile.VALUES_LENGTH_OFFSET);
        final int errorLogLength = buffer.getInt(CountersFile.ERROR_LOG_LENGTH_OFFSET);
        if (metadataLength < 0 || metadataLength % CountersReader.METADATA_LENGTH != 0 ||
            valuesLength != metadataLength / METADATA_PER_VALUE || errorLogLength < 0)
        {
            throw new IOException(path + " is damaged: its header speaks of " + metadataLength + " + " +
                valuesLength + " bytes of counters and " + errorLogLength + " of errors");
        }

        final long needed = (long)CountersFile.HEADER_LENGTH + metadataLength + valuesLength + errorLogLength;
        if (needed > buffer.capacity())
        {
            throw new IOException(
                path + " is cut off: it has " + buffer.capacity() + " bytes, and its header speaks of " + needed);
        }
    }

    /**
     * Agrona's reader takes the length of a label as it is, and production runs without bounds checks.
     */
    private void checkCounters() throws IOException
    {
        final AtomicBuffer metadata = counters.metaDataBuffer();
        for (int id = 0; id <= counters.maxCounterId(); id++)
        {
            final int offset = CountersReader.metaDataOffset(id);
            final int state = metadata.getIntVolatile(offset);
            if (state == CountersReader.RECORD_UNUSED)
            {
                return;
            }

            final int labelLength = metadata.getInt(offset + CountersReader.LABEL_OFFSET);
            if (state == CountersReader.RECORD_ALLOCATED &&
                (labelLength < 0 || labelLength > CountersReader.MAX_LABEL_LENGTH))
            {
                throw new IOException(
                    path + " is damaged: the label of counter " + id + " has " + labelLength + " bytes");
            }
        }
    }

    private void checkErrors() throws IOException
    {
        int offset = 0;
        while (offset < errorLog.capacity())
        {
            final int length = errorLog.getIntVolatile(offset + DistinctErrorLog.LENGTH_OFFSET);
            if (length == 0)
            {
                return;
            }

            if (length < DistinctErrorLog.ENCODED_ERROR_OFFSET || length > errorLog.capacity() - offset)
            {
                throw new IOException(path + " is damaged: the error at " + offset + " has " + length + " bytes");
            }

            offset += BitUtil.align(length, DistinctErrorLog.RECORD_ALIGNMENT);
        }
    }

    /**
     * Without what is too short for the length of a record, where Agrona's reader looks for one.
     */
    private static int errorLogLength(final UnsafeBuffer buffer)
    {
        return buffer.getInt(CountersFile.ERROR_LOG_LENGTH_OFFSET) & -Integer.BYTES;
    }
}
