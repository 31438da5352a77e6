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

import io.ringwire.tape.RecordLayout;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Goes through the records of a segment, whose files are mapped read-only. Owner: one thread.
 */
final class SegmentCursor implements AutoCloseable
{
    private static final String QUEUE_METADATA = "metadata.cq4t";

    private final Segment segment;
    private final UnsafeBuffer record;
    private ChronicleQueue queue; // null until the segment has a file to map
    private ExcerptTailer tailer;
    private DocumentContext document;
    private long position = -1;

    /**
     * Stand before the first record.
     *
     * @param segment to read.
     * @param record  wrapped around each record.
     */
    SegmentCursor(final Segment segment, final UnsafeBuffer record)
    {
        this.segment = segment;
        this.record = record;
    }

    /** {@return the segment} */
    Segment segment()
    {
        return segment;
    }

    /** {@return the number of the record in the segment, counted from 0, -1 before the first} */
    long position()
    {
        return position;
    }

    /**
     * Go to the next record, which is good until the next call.
     *
     * @return false if there is none yet.
     * @throws IOException in one line, if the segment is damaged.
     */
    boolean next() throws IOException
    {
        try
        {
            return isOpen() && read();
        }
        catch (final RuntimeException | Error ex) // a file that is cut under its map is an InternalError
        {
            throw new IOException(segment.folder() + " is damaged behind its record " + position + ": " +
                ex.toString().replaceAll("\\s*\\R\\s*", " "));
        }
    }

    @Override
    public void close()
    {
        if (queue != null)
        {
            queue.close();
        }
    }

    private boolean isOpen() throws IOException
    {
        if (queue == null && hasFile())
        {
            queue = QuietChronicle.queue(segment.folder(), segment.startMs(), segment.blockLength())
                .readOnly(true)
                .build();
            tailer = queue.createTailer();
        }

        return queue != null;
    }

    private boolean hasFile() throws IOException
    {
        final Path folder = segment.folder();
        if (!Files.isDirectory(folder))
        {
            throw new IOException(folder + " is damaged: it was removed while it was read");
        }

        try (Stream<Path> files = Files.list(folder))
        {
            final boolean hasFile = files.anyMatch((file) -> file.toString().endsWith(SegmentQueue.FILE_SUFFIX));
            if (hasFile && !Files.exists(folder.resolve(QUEUE_METADATA)))
            {
                throw new IOException(folder + " is damaged: " + QUEUE_METADATA + " is missing");
            }

            return hasFile;
        }
    }

    private boolean read() throws IOException
    {
        if (document != null)
        {
            document.close();
        }

        document = tailer.readingDocument();
        if (!document.isPresent())
        {
            return false;
        }

        position++;
        final Bytes<?> bytes = document.wire().bytes();
        final int length = (int)bytes.readRemaining();
        if (length < RecordLayout.HEADER_LENGTH)
        {
            throw new IOException(
                segment.folder() + " is damaged: its record " + position + " has " + length + " bytes");
        }

        record.wrap(bytes.addressForRead(bytes.readPosition()), length);
        return true;
    }
}
