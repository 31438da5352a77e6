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

import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.RequestTable;
import io.ringwire.session.SendWindow;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionEventCodec;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The sessions of a replay and their clock, moved by records. Owner: the thread that runs the replay.
 */
final class ReplayedEngine
{
    private static final String NO_HOST = "replay.invalid"; // RFC 6761: a name that nothing resolves
    private static final int DRAIN_LIMIT = Integer.MAX_VALUE;

    private final Function<String, SessionConfig> configs;
    private final EngineContext context = new EngineContext().threadingMode(ThreadingMode.INLINE);
    private final ReplayHash hash = new ReplayHash();
    private final Int2ObjectHashMap<ReplayedSession> sessionById = new Int2ObjectHashMap<>();
    private final List<ReplayedSession> sessions = new ArrayList<>();
    private final OutboundRing outboundRing = new OutboundRing(context.outboundRingLength());
    private final OutboundRing.RecordHandler sendHandler = this::onSend;
    private final SessionWiring wiring;

    private int withheldFlags = RecordLayout.ENGINE | RecordLayout.DROPPED;
    private ErrorHandler errorHandler = context.errorHandler();
    private ReplayObserver observer = new ReplayObserver()
    {
    };

    private long nowNs;
    private long records;
    private long lost;
    private long skipped;

    ReplayedEngine(final Function<String, SessionConfig> configs)
    {
        this.configs = configs;
        final AbsentEngine absent = new AbsentEngine();
        wiring = new SessionWiring(
            outboundRing,
            absent,
            absent,
            absent,
            this::nowNs,
            (error) -> errorHandler.onError(error),
            (level, source, message, cause) -> {}, // what happened then was told then
            null,
            null);
    }

    void includeDropped(final boolean includeDropped)
    {
        withheldFlags = includeDropped ? RecordLayout.ENGINE : RecordLayout.ENGINE | RecordLayout.DROPPED;
    }

    void observer(final ReplayObserver observer)
    {
        this.observer = observer;
    }

    void errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
    }

    long nowNs()
    {
        return nowNs;
    }

    ReplayHash hash()
    {
        return hash;
    }

    long records()
    {
        return records;
    }

    long lost()
    {
        return lost;
    }

    long skipped()
    {
        return skipped;
    }

    /**
     * The newest session of a name, or null.
     */
    WebSocketSession session(final String name)
    {
        WebSocketSession newest = null;
        for (final ReplayedSession replayed : sessions)
        {
            newest = replayed.session().name().equals(name) ? replayed.session() : newest;
        }

        return newest;
    }

    /**
     * A record too short to be one.
     */
    void onBroken()
    {
        records++;
        skipped++;
    }

    /**
     * A record.
     *
     * @param wanted false if it stands before the part to be replayed.
     */
    void onRecord(final DirectBuffer buffer, final int offset, final int length, final boolean wanted)
    {
        records++;
        final long timeNs = RecordLayout.timeNs(buffer, offset);
        final RecordKind kind = RecordLayout.kind(buffer, offset);
        if (kind == null)
        {
            skipped++;
            return;
        }

        advance(timeNs);
        switch (kind)
        {
            case STARTED ->
            {
                end();
                nowNs = timeNs; // the time of this engine can be before that of the last
            }
            case STOPPED -> end();
            case SESSION -> onSession(buffer, offset, length);
            case LOST -> onLost(buffer, offset, length, wanted);
            case INBOUND, OUTBOUND, EVENT -> onFrameOrEvent(kind, buffer, offset, length, wanted);
            default ->
            {
                // tells a reader something that no handler is told
            }
        }

        drain();
    }

    /**
     * Set the clock, and end each request whose time is over at the moment it is, however far the clock steps.
     */
    void advance(final long timeNs)
    {
        for (ReplayedSession due = firstDue(timeNs); due != null; due = firstDue(timeNs))
        {
            nowNs = Math.max(nowNs, due.requestsDueNs());
            due.endRequests(nowNs);
            drain();
        }

        nowNs = Math.max(nowNs, timeNs);
    }

    /**
     * The engine that recorded ended here, or the records do.
     */
    void end()
    {
        for (final ReplayedSession session : sessions)
        {
            session.end(nowNs);
        }

        drain();
        sessionById.clear();
    }

    private ReplayedSession firstDue(final long timeNs)
    {
        ReplayedSession first = null;
        long firstNs = timeNs;
        for (int i = 0; i < sessions.size(); i++)
        {
            final long dueNs = sessions.get(i).requestsDueNs();
            if (dueNs != RequestTable.NEVER && dueNs <= firstNs)
            {
                first = sessions.get(i);
                firstNs = dueNs;
            }
        }

        return first;
    }

    private void onSession(final DirectBuffer buffer, final int offset, final int length)
    {
        final int id = RecordLayout.sessionId(buffer, offset);
        final byte[] nameBytes = new byte[length - RecordLayout.HEADER_LENGTH];
        buffer.getBytes(offset + RecordLayout.HEADER_LENGTH, nameBytes);
        final String name = new String(nameBytes, StandardCharsets.UTF_8);
        if (sessionById.containsKey(id))
        {
            return; // said again, at the start of a segment
        }

        final SessionConfig config = configs.apply(name);
        if (config != null)
        {
            final ReplayedSession session = new ReplayedSession(
                new WebSocketSession(id, concluded(config, name), wiring), wiring, withheldFlags);
            sessions.removeIf((old) -> old.session().name().equals(name) && old.session().state().isTerminal());
            sessions.add(session);
            sessionById.put(id, session);
        }
    }

    private SessionConfig concluded(final SessionConfig config, final String name)
    {
        if (config.uri() == null)
        {
            config.uri((config.tls() == null ? "ws://" : "wss://") + NO_HOST);
        }

        if (config.messageHandler() != null)
        {
            config.messageHandler(hash.messages(config.messageHandler()));
        }

        return config.name(name).handlerThread(0).listener(hash.events(config.listener())).conclude(context);
    }

    private void onLost(final DirectBuffer buffer, final int offset, final int length, final boolean wanted)
    {
        final long count = length >= RecordLayout.HEADER_LENGTH + Long.BYTES ?
            buffer.getLong(offset + RecordLayout.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) : 1;
        lost += count;
        for (final ReplayedSession replayed : sessions)
        {
            final WebSocketSession session = replayed.session();
            if (sessionById.get(session.id()) == replayed && !session.state().isTerminal())
            {
                replayed.onEvent(
                    new SessionEvent.Gap(count), session.epoch(), RecordLayout.timeNs(buffer, offset), wanted);
            }
        }
    }

    private void onFrameOrEvent(
        final RecordKind kind, final DirectBuffer buffer, final int offset, final int length, final boolean wanted)
    {
        final ReplayedSession session = sessionById.get(RecordLayout.sessionId(buffer, offset));
        if (session == null)
        {
            return; // left out by the user
        }

        if (kind == RecordKind.INBOUND)
        {
            skipped += session.onInbound(buffer, offset, length, wanted) || !wanted ? 0 : 1;
        }
        else if (kind == RecordKind.EVENT)
        {
            onEvent(session, buffer, offset, length, wanted);
        }
        else if (wanted)
        {
            observer.onOutbound(
                session.session(),
                RecordLayout.opcode(buffer, offset),
                buffer,
                offset + RecordLayout.HEADER_LENGTH,
                length - RecordLayout.HEADER_LENGTH,
                RecordLayout.flags(buffer, offset),
                RecordLayout.timeNs(buffer, offset));
        }
    }

    private void onEvent(
        final ReplayedSession session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final boolean wanted)
    {
        final SessionEvent event;
        try
        {
            event = SessionEventCodec.decode(
                buffer, offset + RecordLayout.HEADER_LENGTH, length - RecordLayout.HEADER_LENGTH);
        }
        catch (final IllegalArgumentException ex)
        {
            skipped++;
            return;
        }

        final boolean untrue = event instanceof SessionEvent.Gap && (withheldFlags & RecordLayout.DROPPED) == 0;
        session.onEvent(
            event, RecordLayout.epoch(buffer, offset), RecordLayout.timeNs(buffer, offset), wanted && !untrue);
    }

    private void drain()
    {
        if (!outboundRing.isEmpty())
        {
            outboundRing.drain(sendHandler, DRAIN_LIMIT); // up to a claim that user code has left open
        }
    }

    /**
     * What user code sent: it stays here, and its room in the send window is given back.
     */
    private void onSend(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final ReplayedSession session = sessionById.get(sessionId);
        if (session != null)
        {
            session.session().window().settle(SendWindow.charge(length));
            observer.onSend(session.session(), type & OutboundRing.OPCODE_BITS, buffer, offset, length);
        }
    }
}
