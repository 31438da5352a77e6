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

import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a journal, one record after the other: all segments of a folder in order, or one. Nothing of the journal is
 * written, and it may be recorded meanwhile. What a segment repeats so that it can be read alone is given once.
 * <p>
 * What is wrong with the journal but does not keep the rest from being read, is a line of {@link #notices()}: a
 * recording that was cut off, a segment that is damaged from some place on. Owner: one thread.
 */
public final class JournalReader implements RecordSource
{
    private final Path path;
    private final boolean isSingle;
    private final List<Segment> segments;
    private final List<String> notices = new ArrayList<>();
    private final Int2ObjectHashMap<String> sessionNames = new Int2ObjectHashMap<>();
    private final Set<String> sessions = new TreeSet<>();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);

    private long fromNs = Long.MIN_VALUE;
    private long toNs = Long.MAX_VALUE;
    private String session;
    private boolean isFollowing;

    private int index; // of the segment that is read
    private SegmentCursor cursor;
    private long prefaceEnd; // position of the first record that the segment does not repeat
    private boolean isComplete; // nothing is added to the segment any more
    private RecordKind lastKind;
    private long records;
    private long lost;
    private int cutOff;
    private int damaged;

    private JournalReader(final Path path, final boolean isSingle, final List<Segment> segments)
    {
        this.path = path;
        this.isSingle = isSingle;
        this.segments = segments;
        open(0);
    }

    /**
     * Open a journal.
     *
     * @param path of its folder, or of one segment's.
     * @return a reader before the first record.
     * @throws IOException in one line that names the path, if there is no journal or one of another version.
     */
    public static JournalReader open(final Path path) throws IOException
    {
        if (!Files.exists(path))
        {
            throw new IOException(path + ": there is no such folder");
        }

        if (!Files.isDirectory(path))
        {
            throw new IOException(path + " is a file: name the folder of a journal");
        }

        if (!Files.isReadable(path))
        {
            throw new IOException(path + ": no permission to read it");
        }

        if (Segment.isAt(path))
        {
            return new JournalReader(path, true, List.of(Segment.read(path)));
        }

        final List<Segment> segments = Segment.list(path);
        if (segments.isEmpty())
        {
            throw new IOException(path + " is no journal: there is no segment in it");
        }

        return new JournalReader(path, false, segments);
    }

    /**
     * Leave out what is older. Engines and sessions are told all the same, since the rest means nothing without.
     *
     * @param fromNs first time since 1970 that is given.
     * @return this.
     */
    public JournalReader fromNs(final long fromNs)
    {
        this.fromNs = fromNs;
        return this;
    }

    /**
     * Leave out what is younger.
     *
     * @param toNs last time since 1970 that is given.
     * @return this.
     */
    public JournalReader toNs(final long toNs)
    {
        this.toNs = toNs;
        return this;
    }

    /**
     * Leave out the other sessions. What is of no session is given all the same.
     *
     * @param session its name, or null for all.
     * @return this.
     */
    public JournalReader session(final String session)
    {
        this.session = session;
        return this;
    }

    /**
     * Wait for more at the end: {@link #next()} is false there, and may be asked again later. Segments that are added
     * are read too, each when the one before it has ended.
     *
     * @param isFollowing true to do so.
     * @return this.
     */
    public JournalReader follow(final boolean isFollowing)
    {
        this.isFollowing = isFollowing;
        return this;
    }

    @Override
    public boolean next() throws IOException
    {
        while (true)
        {
            while (nextOfSegment())
            {
                if (isGiven())
                {
                    records++;
                    return true;
                }
            }

            if (cursor != null && isFollowing && !isComplete)
            {
                if (!hasEnded())
                {
                    return false;
                }

                isComplete = true; // but more may have come since it was read
                continue;
            }

            if (cursor != null)
            {
                end();
            }

            if (index + 1 >= segments.size() && isFollowing)
            {
                refresh();
            }

            if (index + 1 >= segments.size())
            {
                return false;
            }

            open(index + 1);
        }
    }

    @Override
    public DirectBuffer buffer()
    {
        return record;
    }

    @Override
    public int offset()
    {
        return 0;
    }

    @Override
    public int length()
    {
        return record.capacity();
    }

    /** {@return the name of the segment that holds the record} */
    public String segment()
    {
        return segments.get(index).name();
    }

    /** {@return the number of the record in its segment, counted from 0} */
    public long position()
    {
        return cursor == null ? -1 : cursor.position();
    }

    /**
     * Look a session up.
     *
     * @param sessionId of a record.
     * @return its name, or null if none is known.
     */
    public String sessionName(final int sessionId)
    {
        return sessionNames.get(sessionId);
    }

    /** {@return the names of all sessions that the journal has told of, up to here} */
    public Set<String> sessions()
    {
        return Collections.unmodifiableSet(sessions);
    }

    /** {@return how many records were given} */
    public long records()
    {
        return records;
    }

    /** {@return how many records the journal says it has lost, up to here} */
    public long lost()
    {
        return lost;
    }

    /** {@return how many recordings were cut off} */
    public int cutOff()
    {
        return cutOff;
    }

    /** {@return how many segments are damaged} */
    public int damaged()
    {
        return damaged;
    }

    /** {@return what is wrong with the journal, in lines} */
    public List<String> notices()
    {
        return List.copyOf(notices);
    }

    @Override
    public void close()
    {
        if (cursor != null)
        {
            cursor.close();
            cursor = null;
        }
    }

    private void open(final int index)
    {
        final Segment segment = segments.get(index);
        final boolean isContinued = index > 0 && segments.get(index - 1).name().equals(segment.continues());
        this.index = index;
        prefaceEnd = isContinued ? segment.prefaceRecords() : 0;
        lastKind = null;
        isComplete = false;
        cursor = new SegmentCursor(segment, record);
    }

    /** Go to the next record of the segment that is no repetition. */
    private boolean nextOfSegment()
    {
        if (cursor == null)
        {
            return false;
        }

        try
        {
            while (cursor.next())
            {
                if (cursor.position() >= prefaceEnd)
                {
                    note();
                    return true;
                }
            }
        }
        catch (final IOException ex)
        {
            damaged++;
            notices.add(ex.getMessage());
            close();
        }

        return false;
    }

    private void note()
    {
        lastKind = RecordLayout.kind(record, 0);
        if (lastKind == RecordKind.STARTED)
        {
            sessionNames.clear();
        }
        else if (lastKind == RecordKind.SESSION)
        {
            final String name = text();
            sessionNames.put(RecordLayout.sessionId(record, 0), name);
            sessions.add(name);
        }
        else if (lastKind == RecordKind.LOST && record.capacity() >= RecordLayout.HEADER_LENGTH + Long.BYTES)
        {
            lost += record.getLong(RecordLayout.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private String text()
    {
        final byte[] bytes = new byte[record.capacity() - RecordLayout.HEADER_LENGTH];
        record.getBytes(RecordLayout.HEADER_LENGTH, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private boolean isGiven()
    {
        final long timeNs = RecordLayout.timeNs(record, 0);
        final int sessionId = RecordLayout.sessionId(record, 0);
        final boolean isName = lastKind == RecordKind.STARTED || lastKind == RecordKind.SESSION;
        return timeNs <= toNs && (timeNs >= fromNs || isName) &&
            (session == null || sessionId < 0 || session.equals(sessionNames.get(sessionId)));
    }

    /** Has the segment that is read to its end been ended by its writer? */
    private boolean hasEnded() throws IOException
    {
        if (lastKind == RecordKind.STOPPED || isSingle)
        {
            return lastKind == RecordKind.STOPPED;
        }

        refresh();
        return isContinued() || !cursor.segment().isWriterAlive();
    }

    private void end()
    {
        final Segment segment = cursor.segment();
        if (lastKind != RecordKind.STOPPED && !isSingle && !isContinued())
        {
            if (segment.isWriterAlive())
            {
                notices.add(segment.folder() + " is still being written by process " + segment.pid());
            }
            else
            {
                cutOff++;
                notices.add(segment.folder() + " was cut off: process " + segment.pid() +
                    " ended without ending the recording, the last record is " + cursor.position());
            }
        }

        close();
    }

    private boolean isContinued()
    {
        final String name = cursor.segment().name();
        return segments.stream().anyMatch((segment) -> name.equals(segment.continues()));
    }

    private void refresh() throws IOException
    {
        if (isSingle)
        {
            return;
        }

        for (final Segment segment : Segment.list(path))
        {
            if (Segment.IN_ORDER.compare(segment, segments.get(segments.size() - 1)) > 0)
            {
                segments.add(segment);
            }
        }
    }
}
