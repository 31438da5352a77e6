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
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends records to the queue of a segment: each is one binary document, which a reader sees when it is complete. It
 * is in the pages of the file by then, so that it outlives the process. Owner: one thread, the one that appends first.
 */
final class SegmentQueue implements AutoCloseable
{
    private final Segment segment;
    private final ChronicleQueue queue;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private ExcerptAppender appender;
    private long lengthBytes;

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
            final long position = bytes.writePosition();
            bytes.ensureCapacity(position + length);
            document.wrap(bytes.addressForWrite(position), length);
            document.putBytes(0, buffer, offset, length);
            bytes.writePosition(position + length);
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
        queue.close();
    }
}
