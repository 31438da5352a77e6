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
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.ByteOrder;

/**
 * The records that every segment starts with, so that it can be read alone: that the engine started, and the names of
 * its sessions. Owner: the journal's thread.
 */
final class Preface
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(); // each record behind its length
    private int limit;
    private int records;

    /** {@return how many records there are} */
    int records()
    {
        return records;
    }

    void clear()
    {
        limit = 0;
        records = 0;
    }

    /**
     * Keep a copy of a record.
     *
     * @param source that holds it.
     * @param offset of it.
     * @param length of it in bytes.
     */
    void add(final DirectBuffer source, final int offset, final int length)
    {
        buffer.putInt(limit, length);
        buffer.putBytes(limit + Integer.BYTES, source, offset, length);
        limit += Integer.BYTES + length;
        records++;
    }

    /**
     * Start a segment with the records.
     *
     * @param queue  of the segment.
     * @param timeNs that they get, since 1970: times never go back.
     */
    void replay(final SegmentQueue queue, final long timeNs)
    {
        for (int index = 0; index < limit; index += Integer.BYTES + buffer.getInt(index))
        {
            final int record = index + Integer.BYTES;
            buffer.putLong(record + RecordLayout.TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
            queue.append(buffer, record, buffer.getInt(index));
        }
    }
}
