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

import io.ringwire.api.EventLog;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.JournalPolicy;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Keeps records in the segments of a journal. Secrets are overwritten before anything is kept, see {@link Redaction}.
 * <p>
 * A segment ends by size or age, and the next begins with what is needed to read it alone: the record that an engine
 * started, and the names of its sessions. A fault, such as a full disk, ends the recording for good: it is counted and
 * told once, and what comes then is counted as lost. The disk is looked at before each
 * {@link SegmentQueue#RESERVE_LENGTH}, whose blocks are taken then.
 */
final class SegmentWriter implements RecordSink
{
    private static final int MIN_BLOCK_LENGTH = 16 * 1024 * 1024;
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String SOURCE = "journal";

    private final Path directory;
    private final long rollBytes;
    private final long rollNs;
    private final long minFreeBytes;
    private final int blockLength;
    private final EventLog eventLog;
    private final JournalCounters counters;
    private final FreeSpace freeSpace;
    private final Redaction redaction;
    private final Preface preface = new Preface();

    private SegmentQueue queue;
    private long segmentStartNs = Long.MIN_VALUE; // of the engine's clock, set by the first duty cycle of a segment
    private long lookNs; // of the engine's clock: when the folder of the segment was looked at last
    private long prefaceBytes; // of the segment
    private long lastTimeNs;
    private boolean hasFailed;

    /**
     * Open the first segment.
     *
     * @param policy   with a directory.
     * @param eventLog told of segments and of the fault that ends the recording.
     * @param counters of the journal.
     * @throws ConfigurationException in one line, if nothing can be recorded there.
     */
    SegmentWriter(final JournalPolicy policy, final EventLog eventLog, final JournalCounters counters)
    {
        this(policy, eventLog, counters, null);
    }

    SegmentWriter(
        final JournalPolicy policy, final EventLog eventLog, final JournalCounters counters, final FreeSpace freeSpace)
    {
        directory = policy.directory();
        rollBytes = policy.rollBytes();
        rollNs = policy.rollNs();
        minFreeBytes = policy.minFreeBytes();
        blockLength = Math.max(MIN_BLOCK_LENGTH, policy.tapeLength()); // a record has at most an eighth of the tape
        this.eventLog = eventLog;
        this.counters = counters;
        redaction = new Redaction(policy.redactedKeys());
        try
        {
            checkDirectory();
            this.freeSpace = freeSpace == null ? freeSpaceOf(directory) : freeSpace;
            checkDisk(0);
            queue = open(System.currentTimeMillis(), null);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException("journal.directory=" + directory + ": " + reasonOf(ex));
        }
        catch (final NoClassDefFoundError ex)
        {
            throw new ConfigurationException("journal.directory=" + directory + " needs Chronicle Queue: put " +
                "net.openhft:chronicle-queue on the class path (missing: " + ex.getMessage() + ")");
        }
        catch (final RuntimeException | Error ex)
        {
            throw new ConfigurationException("journal.directory=" + directory + ": Chronicle Queue does not start, " +
                "are the JVM's options those of tuning.md? (" + reasonOf(ex) + ")");
        }
    }

    @Override
    public void onRecord(final UnsafeBuffer buffer, final int offset, final int length)
    {
        final boolean tellsOfLost = RecordLayout.kind(buffer, offset) == RecordKind.LOST;
        final long lost = tellsOfLost ?
            buffer.getLong(offset + RecordLayout.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) : 0;
        if (hasFailed)
        {
            counters.lost().getAndAddRelease(Math.max(1, lost));
            return;
        }

        try
        {
            redaction.onRecord(buffer, offset, length);
            note(buffer, offset, length);
            if (!queue.hasReserved(length))
            {
                checkDisk(length);
                queue.reserve(length);
            }

            queue.append(buffer, offset, length);
            counters.records().incrementRelease();
            counters.bytes().getAndAddRelease(length);
            counters.lost().getAndAddRelease(lost);
        }
        catch (final Throwable ex) // a disk that fills up under a mapped file is an InternalError
        {
            fail(ex);
            counters.lost().getAndAddRelease(Math.max(1, lost));
        }
    }

    @Override
    public int doWork(final long nowNs)
    {
        if (hasFailed)
        {
            return 0;
        }

        if (segmentStartNs == Long.MIN_VALUE)
        {
            segmentStartNs = nowNs;
            lookNs = nowNs;
        }

        if (nowNs - lookNs >= LOOK_NS && !isThere(nowNs))
        {
            return 0;
        }

        final boolean isDue = queue.lengthBytes() >= rollBytes || nowNs - segmentStartNs >= rollNs;
        if (!isDue || queue.lengthBytes() == prefaceBytes)
        {
            return 0;
        }

        roll(nowNs);
        return 1;
    }

    @Override
    public boolean hasFailed()
    {
        return hasFailed;
    }

    @Override
    public void close()
    {
        try
        {
            queue.close();
        }
        catch (final Throwable ex)
        {
            if (!hasFailed)
            {
                fail(ex);
            }
        }
    }

    private void note(final UnsafeBuffer buffer, final int offset, final int length)
    {
        lastTimeNs = RecordLayout.timeNs(buffer, offset);
        final RecordKind kind = RecordLayout.kind(buffer, offset);
        if (kind == RecordKind.STARTED)
        {
            preface.clear();
        }

        if (kind == RecordKind.STARTED || kind == RecordKind.SESSION)
        {
            preface.add(buffer, offset, length);
        }
    }

    private void roll(final long nowNs)
    {
        final SegmentQueue full = queue;
        try
        {
            queue = open(
                Math.max(full.segment().startMs(), System.currentTimeMillis()), full.segment().name());
            preface.replay(queue, lastTimeNs);
            prefaceBytes = queue.lengthBytes();
            segmentStartNs = nowNs;
            full.close();
        }
        catch (final Throwable ex)
        {
            fail(ex);
        }
    }

    private SegmentQueue open(final long startMs, final String continues) throws IOException
    {
        final Segment segment = Segment.create(directory, startMs, blockLength, continues, preface.records());
        try
        {
            final SegmentQueue opened = new SegmentQueue(segment);
            eventLog.onEvent(System.Logger.Level.INFO, SOURCE, "records into " + segment.folder(), null);
            return opened;
        }
        catch (final RuntimeException | Error ex)
        {
            IoUtil.delete(segment.folder().toFile(), true); // nothing is in it
            throw ex;
        }
    }

    private void checkDirectory() throws IOException
    {
        if (Files.exists(directory) && !Files.isDirectory(directory))
        {
            throw new IOException("is a file, choose a folder");
        }

        Files.createDirectories(directory);
        if (!Files.isWritable(directory))
        {
            throw new IOException("no permission to write there");
        }
    }

    private void checkDisk(final int length) throws IOException
    {
        if (queue != null)
        {
            checkFolder();
        }

        final long usableBytes = freeSpace.usableBytes();
        if (usableBytes - SegmentQueue.RESERVE_LENGTH - length < minFreeBytes)
        {
            throw new IOException("the disk has " + usableBytes + " bytes free, and journal.minFreeBytes=" +
                minFreeBytes + " and " + SegmentQueue.RESERVE_LENGTH + " to go on are to be left");
        }
    }

    private void checkFolder() throws IOException
    {
        if (!Files.exists(queue.segment().folder()))
        {
            throw new IOException(queue.segment().folder() + " was removed while it was written");
        }
    }

    /** What is written into a file that was removed is nowhere, and no write says so. */
    private boolean isThere(final long nowNs)
    {
        lookNs = nowNs;
        try
        {
            checkFolder();
            return true;
        }
        catch (final IOException ex)
        {
            fail(ex);
            return false;
        }
    }

    private void fail(final Throwable cause)
    {
        hasFailed = true;
        counters.errors().incrementRelease();
        eventLog.onEvent(
            System.Logger.Level.ERROR, SOURCE, "recording into " + directory + " stopped: " + reasonOf(cause), cause);
    }

    private static String reasonOf(final Throwable cause)
    {
        final String message = cause.getMessage();
        final String reason = cause.getClass() == IOException.class && message != null ? message : cause.toString();
        return reason.replaceAll("\\s*\\R\\s*", " ");
    }

    private static FreeSpace freeSpaceOf(final Path directory) throws IOException
    {
        final FileStore store = Files.getFileStore(directory);
        return store::getUsableSpace;
    }

    /**
     * Room on the disk of a journal.
     */
    @FunctionalInterface
    interface FreeSpace
    {
        /**
         * Look at the disk.
         *
         * @return bytes that may still be written.
         * @throws IOException if that cannot be told.
         */
        long usableBytes() throws IOException;
    }
}
