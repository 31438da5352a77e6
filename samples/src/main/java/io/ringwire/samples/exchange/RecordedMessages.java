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
package io.ringwire.samples.exchange;

import io.ringwire.api.Opcode;
import io.ringwire.journal.RecordSource;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The messages of a venue in a journal or a capture, put together from their records: what the venue sent, whoever got
 * it. Owner: its caller's thread.
 */
public final class RecordedMessages implements Iterator<RecordedMessage>, AutoCloseable
{
    private static final int FIRST_CONTROL_OPCODE = 0x8;

    private final RecordSource source;
    private final String session;
    private final long fromNs;
    private final long toNs;
    private final Int2ObjectHashMap<ByteArrayOutputStream> pieces = new Int2ObjectHashMap<>(); // by session id
    private RecordedMessage next;
    private long startNs;
    private boolean started;

    /**
     * Read all of a source.
     *
     * @param source closed with this.
     */
    public RecordedMessages(final RecordSource source)
    {
        this(source, null, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /**
     * Read a part of a source.
     *
     * @param source  closed with this.
     * @param session whose messages, by its name, or null for those of all.
     * @param fromNs  first time wanted, since 1970.
     * @param toNs    last time wanted, since 1970.
     */
    public RecordedMessages(final RecordSource source, final String session, final long fromNs, final long toNs)
    {
        this.source = source;
        this.session = session;
        this.fromNs = fromNs;
        this.toNs = toNs;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException in one line, if the source cannot be read.
     */
    @Override
    public boolean hasNext()
    {
        try
        {
            while (next == null && source.next())
            {
                onRecord(source.buffer(), source.offset(), source.length());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        return next != null;
    }

    @Override
    public RecordedMessage next()
    {
        if (!hasNext())
        {
            throw new NoSuchElementException("the recording has ended");
        }

        final RecordedMessage message = next;
        next = null;
        return message;
    }

    @Override
    public void close()
    {
        source.close();
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < RecordLayout.HEADER_LENGTH)
        {
            return;
        }

        final RecordKind kind = RecordLayout.kind(buffer, offset);
        final int id = RecordLayout.sessionId(buffer, offset);
        if (kind == RecordKind.STARTED)
        {
            pieces.clear();
        }
        else if (kind == RecordKind.SESSION)
        {
            final byte[] name = payload(buffer, offset, length);
            if (session == null || session.equals(new String(name, StandardCharsets.UTF_8)))
            {
                pieces.put(id, new ByteArrayOutputStream());
            }
        }
        else if (kind == RecordKind.INBOUND && pieces.containsKey(id) &&
            RecordLayout.opcode(buffer, offset) < FIRST_CONTROL_OPCODE)
        {
            onInbound(buffer, offset, length, pieces.get(id));
        }
    }

    private void onInbound(
        final DirectBuffer buffer, final int offset, final int length, final ByteArrayOutputStream message)
    {
        final int flags = RecordLayout.flags(buffer, offset);
        if ((flags & RecordLayout.ABANDONED) != 0)
        {
            message.reset();
            return;
        }

        message.writeBytes(payload(buffer, offset, length));
        if ((flags & RecordLayout.MESSAGE_END) != 0)
        {
            final long timeNs = RecordLayout.timeNs(buffer, offset);
            if (timeNs >= fromNs && timeNs <= toNs)
            {
                startNs = started ? startNs : timeNs;
                started = true;
                next = new RecordedMessage(
                    Math.max(0, timeNs - startNs),
                    RecordLayout.opcode(buffer, offset) == Opcode.BINARY,
                    message.toByteArray());
            }

            message.reset();
        }
    }

    private static byte[] payload(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] payload = new byte[length - RecordLayout.HEADER_LENGTH];
        buffer.getBytes(offset + RecordLayout.HEADER_LENGTH, payload);
        return payload;
    }
}
