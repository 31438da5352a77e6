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

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the counters and errors of an engine, running or dead, from any process, without its doing anything.
 */
public final class CountersFileReader
{
    private final Path path;
    private final UnsafeBuffer buffer;
    private final CountersReader counters;
    private final UnsafeBuffer errorLog;

    private CountersFileReader(final Path path, final UnsafeBuffer buffer)
    {
        this.path = path;
        this.buffer = buffer;
        final int metadataLength = buffer.getInt(CountersFile.METADATA_LENGTH_OFFSET);
        final int valuesLength = buffer.getInt(CountersFile.VALUES_LENGTH_OFFSET);
        counters = new CountersReader(
            new UnsafeBuffer(buffer, CountersFile.HEADER_LENGTH, metadataLength),
            new UnsafeBuffer(buffer, CountersFile.HEADER_LENGTH + metadataLength, valuesLength),
            StandardCharsets.UTF_8);
        errorLog = new UnsafeBuffer(
            buffer,
            CountersFile.HEADER_LENGTH + metadataLength + valuesLength,
            buffer.getInt(CountersFile.ERROR_LOG_LENGTH_OFFSET));
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
     * @throws IOException with one line that names the file and what is wrong with it.
     */
    public static CountersFileReader open(final Path path) throws IOException
    {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ))
        {
            final long length = channel.size();
            if (length < CountersFile.HEADER_LENGTH)
            {
                throw new IOException(path + " is not a counters file: it has " + length + " bytes, fewer than the " +
                    CountersFile.HEADER_LENGTH + " of the header");
            }

            final MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
            final UnsafeBuffer buffer = new UnsafeBuffer(memory);
            check(path, buffer, length);
            return new CountersFileReader(path, buffer);
        }
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

    /** {@return is there a process of that id? It may be another one by now: see {@link #activityMs()}} */
    public boolean isAlive()
    {
        return ProcessHandle.of(pid()).map(ProcessHandle::isAlive).orElse(false);
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

    private static void check(final Path path, final UnsafeBuffer buffer, final long length) throws IOException
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
        final long needed = (long)CountersFile.HEADER_LENGTH + metadataLength + valuesLength + errorLogLength;
        if (metadataLength < 0 || valuesLength < 0 || errorLogLength < 0 || needed > length)
        {
            throw new IOException(
                path + " is cut off: it has " + length + " bytes, and its header speaks of " + needed);
        }
    }
}
