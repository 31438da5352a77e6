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
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.ConcurrentCountersManager;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counters and distinct errors of one engine, in a file that other processes map: {@link CountersFileReader} is their
 * side. What it costs the engine is what the same counters in its own memory would cost.
 * <p>
 * The layout, in native byte order: a header of {@link #HEADER_LENGTH} bytes, then the metadata and the values of
 * Agrona's {@link CountersManager}, then Agrona's {@link DistinctErrorLog}. A file that is being made has the magic
 * number 0.
 * <p>
 * The file is deleted when it is closed. Its memory is not unmapped but left to the collector: a session may be asked
 * for its counters when its engine is long closed.
 */
public final class CountersFile implements AutoCloseable
{
    /** How the names of these files end. */
    public static final String SUFFIX = ".counters";

    /** The first four bytes of a file that is ready, "RWCF". */
    public static final int MAGIC = 0x46435752;

    /** The version of the layout. */
    public static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int PID_OFFSET = 8;
    static final int START_MS_OFFSET = 16;
    static final int ACTIVITY_MS_OFFSET = 24;
    static final int METADATA_LENGTH_OFFSET = 32;
    static final int VALUES_LENGTH_OFFSET = 36;
    static final int ERROR_LOG_LENGTH_OFFSET = 40;
    static final int HEADER_LENGTH = 128;

    private static final long KEPT_MS = TimeUnit.DAYS.toMillis(1);
    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();

    private final Path path;
    private final UnsafeBuffer buffer;
    private final CountersManager counters;
    private final DistinctErrorLog errorLog;

    private CountersFile(
        final Path path,
        final ByteBuffer memory,
        final int maxCounters,
        final int errorLogLength,
        final EpochClock clock)
    {
        this.path = path;
        buffer = new UnsafeBuffer(memory);
        final int metadataLength = maxCounters * CountersReader.METADATA_LENGTH;
        final int valuesLength = maxCounters * CountersReader.COUNTER_LENGTH;
        counters = new ConcurrentCountersManager(
            new UnsafeBuffer(buffer, HEADER_LENGTH, metadataLength),
            new UnsafeBuffer(buffer, HEADER_LENGTH + metadataLength, valuesLength),
            StandardCharsets.UTF_8);
        errorLog = new DistinctErrorLog(
            new UnsafeBuffer(buffer, HEADER_LENGTH + metadataLength + valuesLength, errorLogLength),
            clock,
            StandardCharsets.UTF_8);

        buffer.putInt(VERSION_OFFSET, VERSION);
        buffer.putLong(PID_OFFSET, ProcessHandle.current().pid());
        buffer.putLong(START_MS_OFFSET, clock.time());
        buffer.putLong(ACTIVITY_MS_OFFSET, clock.time());
        buffer.putInt(METADATA_LENGTH_OFFSET, metadataLength);
        buffer.putInt(VALUES_LENGTH_OFFSET, valuesLength);
        buffer.putInt(ERROR_LOG_LENGTH_OFFSET, errorLogLength);
        buffer.putIntRelease(MAGIC_OFFSET, MAGIC);
    }

    /**
     * Make a file. Its name is of this process, and of no file that is there.
     *
     * @param directory      of the file, made where it is missing.
     * @param maxCounters    that fit.
     * @param errorLogLength bytes for distinct errors.
     * @param clock          of the times in it.
     * @return the file, empty.
     * @throws UncheckedIOException with one line that names the folder and says what is wrong with it.
     */
    public static CountersFile create(
        final Path directory, final int maxCounters, final int errorLogLength, final EpochClock clock)
    {
        try
        {
            Files.createDirectories(directory);
            final long length = lengthOf(maxCounters, errorLogLength);
            final long roomBytes = Files.getFileStore(directory).getUsableSpace();
            if (roomBytes < length)
            {
                throw new IOException("it needs " + length + " bytes and " + roomBytes + " are free");
            }

            final Path path = newPath(directory);
            final MappedByteBuffer memory = IoUtil.mapNewFile(path.toFile(), length, false);
            return new CountersFile(path, memory, maxCounters, errorLogLength, clock);
        }
        catch (final IOException | RuntimeException ex)
        {
            throw new UncheckedIOException(
                "cannot make a counters file in " + directory + ": " + ex,
                ex instanceof IOException io ? io : new IOException(ex));
        }
    }

    /**
     * The same in the memory of this process, for an engine that shows nothing to others.
     *
     * @param maxCounters    that fit.
     * @param errorLogLength bytes for distinct errors.
     * @param clock          of the times in it.
     * @return no file.
     */
    public static CountersFile inMemory(final int maxCounters, final int errorLogLength, final EpochClock clock)
    {
        final ByteBuffer memory = ByteBuffer.allocateDirect((int)lengthOf(maxCounters, errorLogLength));
        return new CountersFile(null, memory, maxCounters, errorLogLength, clock);
    }

    /**
     * The folder of an engine that was told none: of this user, in the platform's shared memory where there is any.
     *
     * @return the folder, which may not exist.
     */
    public static Path defaultDirectory()
    {
        final Path shared = Path.of("/dev/shm");
        final Path parent = Files.isDirectory(shared) && Files.isWritable(shared) ?
            shared : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("ringwire-" + System.getProperty("user.name"));
    }

    /**
     * Remove what dead engines have left: the files of processes that are gone and that showed no activity for a day,
     * so that there is time to look at one after a crash. What cannot be read is none of ours to remove.
     *
     * @param directory of the files.
     * @param nowMs     in ms since 1970.
     */
    public static void removeDead(final Path directory, final long nowMs)
    {
        try
        {
            for (final Path path : CountersFileReader.list(directory))
            {
                if (isDead(path, nowMs))
                {
                    Files.deleteIfExists(path);
                }
            }
        }
        catch (final IOException ex)
        {
            return; // of others: whoever may removes them
        }
    }

    /** {@return where the file is, or null if it is in memory} */
    public Path path()
    {
        return path;
    }

    /** {@return the counters, of which any thread may make and free some} */
    public CountersManager counters()
    {
        return counters;
    }

    /** {@return the distinct errors, to which any thread may add} */
    public DistinctErrorLog errorLog()
    {
        return errorLog;
    }

    /**
     * Any thread: read the distinct errors.
     *
     * @param consumer told of each.
     * @return how many there are.
     */
    public int errors(final ErrorConsumer consumer)
    {
        return ErrorLogReader.read(errorLog.buffer(), consumer);
    }

    /**
     * One thread, now and then: the engine is alive.
     *
     * @param nowMs in ms since 1970.
     */
    public void active(final long nowMs)
    {
        buffer.putLongRelease(ACTIVITY_MS_OFFSET, nowMs);
    }

    /**
     * Delete the file; the counters can still be used.
     */
    @Override
    public void close()
    {
        if (path != null)
        {
            IoUtil.deleteIfExists(path.toFile());
        }
    }

    /**
     * A file that is there is another's: of a process that had our pid and died, or has it in another container.
     */
    private static Path newPath(final Path directory)
    {
        Path path;
        do
        {
            path = directory.resolve(
                "engine-" + ProcessHandle.current().pid() + "-" + NEXT_NUMBER.getAndIncrement() + SUFFIX);
        }
        while (Files.exists(path)); // ends: each turn has a number of its own

        return path;
    }

    private static boolean isDead(final Path path, final long nowMs)
    {
        try (CountersFileReader reader = CountersFileReader.open(path))
        {
            return nowMs - reader.activityMs() > KEPT_MS && !reader.isAlive();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private static long lengthOf(final int maxCounters, final int errorLogLength)
    {
        return (long)HEADER_LENGTH + errorLogLength +
            (long)maxCounters * (CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH);
    }
}
