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

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Appends records to the queue of a segment: each is one binary document, which a reader sees when it is complete. It
 * is in the pages of the file by then, so that it outlives the process. Owner: one thread, the one that appends first.
 */
final class SegmentQueue implements AutoCloseable
{
    /** How the name of the file ends that holds the records. */
    static final String FILE_SUFFIX = ".cq4";

    /** Bytes of the disk that are taken at once. */
    static final int RESERVE_LENGTH = 4 * 1024 * 1024;

    private static final int RESERVE_AHEAD = 1024 * 1024; // the queue's own index comes in blocks of 256 KiB

    private final Segment segment;
    private final ChronicleQueue queue;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(64 * 1024);
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private ExcerptAppender appender;
    private long lengthBytes;
    private long position; // of the file, behind the last record
    private long reservedPosition; // of the file: up to there, blocks of the disk are its own, but for the first
    private FileChannel file; // null before the first reservation

    SegmentQueue(final Segment segment)
    {
        this.segment = segment;
        queue = QuietChronicle.queue(segment.folder(), segment.startMs(), segment.blockLength()).build();
    }

    /** {@return the segment} */
    Segment segment()
    {
        return segment;
    }

    /** {@return bytes of the records so far} */
    long lengthBytes()
    {
        return lengthBytes;
    }

    /**
     * Is a record sure to find room on the disk?
     *
     * @param length of it in bytes.
     * @return true if so: without {@link #reserve}, false.
     */
    boolean hasReserved(final int length)
    {
        return position + length + RESERVE_AHEAD <= reservedPosition;
    }

    /**
     * Take blocks of the disk for what comes next, so that a full disk is an error here, and not a signal in a write
     * into the mapped file. Only what is well ahead of the records is touched, which the queue has not written to.
     *
     * @param length of the next record in bytes.
     * @throws IOException if the disk has no room.
     */
    void reserve(final int length) throws IOException
    {
        if (position == 0)
        {
            return; // the file comes with the first record
        }

        if (file == null)
        {
            file = FileChannel.open(queueFile(), StandardOpenOption.WRITE);
            reservedPosition = BitUtil.align(position + RESERVE_AHEAD, RESERVE_LENGTH);
        }

        final long limit = position + length + RESERVE_AHEAD;
        while (reservedPosition < limit)
        {
            final long end = reservedPosition + RESERVE_LENGTH;
            while (reservedPosition < end)
            {
                zeros.clear();
                reservedPosition += file.write(zeros, reservedPosition);
            }
        }
    }

    /**
     * Append a record.
     *
     * @param buffer that holds it.
     * @param offset of it.
     * @param length of it in bytes, at most a quarter of the block length.
     */
    void append(final DirectBuffer buffer, final int offset, final int length)
    {
        if (appender == null)
        {
            appender = queue.createAppender();
        }

        final DocumentContext context = appender.writingDocument();
        try
        {
            final Bytes<?> bytes = context.wire().bytes();
            final long start = bytes.writePosition();
            bytes.ensureCapacity(start + length);
            document.wrap(bytes.addressForWrite(start), length);
            document.putBytes(0, buffer, offset, length);
            bytes.writePosition(start + length);
            position = start + length;
        }
        catch (final Throwable ex)
        {
            context.rollbackOnClose();
            throw ex;
        }
        finally
        {
            context.close();
        }

        lengthBytes += length;
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(file);
        queue.close();
    }

    private Path queueFile() throws IOException
    {
        try (Stream<Path> files = Files.list(segment.folder()))
        {
            return files.filter((path) -> path.toString().endsWith(FILE_SUFFIX)).findFirst().orElseThrow();
        }
    }
}
