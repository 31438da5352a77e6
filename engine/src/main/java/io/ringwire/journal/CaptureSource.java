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

import io.ringwire.api.CloseCode;
import io.ringwire.api.Opcode;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionEventCodec;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Traffic in a text file, as records. One event a line:
 * <pre>
 *   URL &lt;-&gt; SECONDS        a connection was opened
 *   URL &lt;- SECONDS: TEXT    the client sent TEXT
 *   SECONDS: TEXT           the venue sent TEXT, on the connection named last
 * </pre>
 * Each URL is a session, named by host and port as a live one is; what comes before any URL belongs to one named after
 * the file. A session takes the steps from IDLE to LIVE when its connection is opened, and the next epoch when it is
 * opened again. Each text is a whole message, the last of its read.
 */
public final class CaptureSource implements RecordSource
{
    private static final Pattern LINE = Pattern.compile("(?:(wss?://\\S+) (<->|<-) )?(\\d+(?:\\.\\d+)?)(?:: (.*))?");
    private static final BigDecimal NS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final String REASON = "as captured";
    private static final int MESSAGE_FLAGS =
        RecordLayout.FRAME_BEGIN | RecordLayout.MESSAGE_END | RecordLayout.END_OF_BATCH;

    private final Path file;
    private final BufferedReader reader;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer eventBuffer = new ExpandableArrayBuffer();
    private final SessionEventCodec codec = new SessionEventCodec(Set.of());
    private final Map<String, CapturedSession> sessions = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private CapturedSession current;
    private int lineNumber;
    private int length;
    private long timeNs;
    private boolean started;
    private boolean stopped;

    /**
     * Open a capture.
     *
     * @param file to read.
     * @throws IOException in one line, if it cannot be opened.
     */
    public CaptureSource(final Path file) throws IOException
    {
        this.file = file;
        if (!Files.isRegularFile(file))
        {
            throw new IOException("no capture at " + file + ": there is no such file");
        }

        reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException that names file, line and fault of a line that is not of the format.
     */
    @Override
    public boolean next() throws IOException
    {
        while (queue.isEmpty() && !stopped)
        {
            readLine();
        }

        final Runnable record = queue.pollFirst();
        if (record == null)
        {
            return false;
        }

        record.run();
        return true;
    }

    @Override
    public DirectBuffer buffer()
    {
        return buffer;
    }

    @Override
    public int offset()
    {
        return 0;
    }

    @Override
    public int length()
    {
        return length;
    }

    @Override
    public void close()
    {
        stopped = true;
        queue.clear();
        try
        {
            reader.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void readLine() throws IOException
    {
        final String line;
        try
        {
            line = reader.readLine();
        }
        catch (final CharacterCodingException ex)
        {
            throw new IOException(file + ":" + (lineNumber + 1) + ": not UTF-8", ex);
        }

        lineNumber++;
        if (line == null)
        {
            stopped = true;
            if (started)
            {
                queue.addLast(() -> put(RecordKind.STOPPED, -1, 0, 0, 0, new byte[0]));
            }
        }
        else if (!line.isBlank())
        {
            parse(line);
        }
    }

    private void parse(final String line) throws IOException
    {
        final Matcher matcher = LINE.matcher(line);
        final boolean opened = matcher.matches() && "<->".equals(matcher.group(2));
        if (!matcher.matches() || opened == (matcher.group(4) != null))
        {
            throw new IOException(
                file + ":" + lineNumber + ": not 'SECONDS: TEXT', 'URL <- SECONDS: TEXT' or 'URL <-> SECONDS'");
        }

        timeNs = new BigDecimal(matcher.group(3)).multiply(NS_PER_SECOND).longValue();
        if (!started)
        {
            started = true;
            final byte[] text = "{\"capture\":true}".getBytes(StandardCharsets.UTF_8);
            queue.addLast(() -> put(RecordKind.STARTED, -1, 0, 0, 0, text));
        }

        current = matcher.group(1) == null && current != null ? current : session(matcher.group(1));
        if (opened || current.epoch == 0)
        {
            open(current);
        }

        if (!opened)
        {
            final RecordKind kind = matcher.group(1) == null ? RecordKind.INBOUND : RecordKind.OUTBOUND;
            final CapturedSession session = current;
            final byte[] text = matcher.group(4).getBytes(StandardCharsets.UTF_8);
            queue.addLast(() -> put(kind, session.id, session.epoch, Opcode.TEXT, MESSAGE_FLAGS, text));
        }
    }

    private CapturedSession session(final String url)
    {
        final String key = url == null ? file.getFileName().toString() : url;
        CapturedSession session = sessions.get(key);
        if (session == null)
        {
            session = new CapturedSession(sessions.size());
            sessions.put(key, session);
            final byte[] name = nameOf(key).getBytes(StandardCharsets.UTF_8);
            final int id = session.id;
            queue.addLast(() -> put(RecordKind.SESSION, id, 0, 0, 0, name));
        }

        return session;
    }

    private String nameOf(final String key)
    {
        String authority;
        try
        {
            authority = Endpoint.parse(key).authority();
        }
        catch (final ConfigurationException ex)
        {
            authority = key; // a file's name, or a URL that nobody can connect to
        }

        String name = authority;
        for (int twin = 2; !names.add(name); twin++)
        {
            name = authority + '-' + twin;
        }

        return name;
    }

    private void open(final CapturedSession session)
    {
        final int epoch = session.epoch;
        if (epoch > 0)
        {
            event(session, epoch, new SessionEvent.Closed(CloseCode.ABNORMAL, REASON));
            step(session, SessionState.LIVE, SessionState.BACKING_OFF, epoch);
        }

        session.epoch++;
        step(session, epoch == 0 ? SessionState.IDLE : SessionState.BACKING_OFF, SessionState.CONNECTING, epoch);
        step(session, SessionState.CONNECTING, SessionState.UPGRADING, epoch);
        step(session, SessionState.UPGRADING, SessionState.LIVE, session.epoch);
    }

    private void step(final CapturedSession session, final SessionState from, final SessionState to, final int epoch)
    {
        event(session, epoch, new SessionEvent.Changed(new StateChange(from, to, epoch, 1, 0, REASON, 0, null)));
    }

    private void event(final CapturedSession session, final int epoch, final SessionEvent event)
    {
        final byte[] bytes = new byte[codec.encode(event, eventBuffer)];
        eventBuffer.getBytes(0, bytes);
        queue.addLast(() -> put(RecordKind.EVENT, session.id, epoch, 0, 0, bytes));
    }

    private void put(
        final RecordKind kind,
        final int sessionId,
        final int epoch,
        final int opcode,
        final int flags,
        final byte[] payload)
    {
        RecordLayout.putHeader(buffer, 0, timeNs, sessionId, epoch, kind, opcode, flags);
        buffer.putBytes(RecordLayout.HEADER_LENGTH, payload);
        length = RecordLayout.HEADER_LENGTH + payload.length;
    }

    private static final class CapturedSession
    {
        private final int id;
        private int epoch;

        private CapturedSession(final int id)
        {
            this.id = id;
        }
    }
}
