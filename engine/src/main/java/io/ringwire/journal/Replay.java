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

import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.RequestTable;
import io.ringwire.session.SendWindow;
import io.ringwire.session.SessionEventCodec;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Feeds recorded sessions through the code of an engine in INLINE mode: the same dialect, matching of replies, message
 * handler and listener, with no socket. Each recorded session is a real {@link Session} whose state, epoch and clock
 * are what they were. What user code sends is accepted as on a live session and goes to the {@link ReplayObserver}
 * alone; a request is ended by the recorded reply that bears its id, or times out by recorded time. What the engine
 * kept to itself when it recorded, and what its handler did not get for lack of room, the handler does not get here.
 * <p>
 * Records that the recording lost come as {@link io.ringwire.api.SessionListener#onGap} of that many, to every session
 * there is, since nothing says whose they were. A wish to close, reconnect or subscribe is taken and changes nothing;
 * {@link Session#subscriptions()} stays empty.
 * <p>
 * Two replays of the same records with the same user code make the same calls, at any speed, by any of the methods
 * below: {@link #hash()} shows it. Owner: the one thread that calls it; it starts none.
 */
public final class Replay implements AutoCloseable
{
    /** As fast as it was recorded. The default. */
    public static final double RECORDED_SPEED = 1;

    /** Without any wait. */
    public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

    private static final String NO_URI = "://replay.invalid"; // RFC 6761: a name that nothing resolves
    private static final int POLL_LIMIT = 1_024;
    private static final int DRAIN_LIMIT = 1_024;
    private static final long IDLE_MS = 1;

    private final RecordSource source;
    private final Function<String, SessionConfig> configs;
    private final EngineContext context = new EngineContext().threadingMode(ThreadingMode.INLINE);
    private final ReplayHash hash = new ReplayHash();
    private final Int2ObjectHashMap<ReplayedSession> byId = new Int2ObjectHashMap<>();
    private final List<ReplayedSession> sessions = new ArrayList<>();
    private final OutboundRing outboundRing = new OutboundRing(context.outboundRingLength());
    private final OutboundRing.RecordHandler onSend = this::onSend;
    private final SessionWiring wiring;

    private double speed = RECORDED_SPEED;
    private long fromNs = Long.MIN_VALUE;
    private long toNs = Long.MAX_VALUE;
    private int withheldFlags = RecordLayout.ENGINE | RecordLayout.DROPPED;
    private ReplayObserver observer = new ReplayObserver()
    {
    };
    private ErrorHandler errorHandler = context.errorHandler();
    private NanoClock wallClock = SystemNanoClock.INSTANCE;
    private IdleStrategy idleStrategy = new SleepingMillisIdleStrategy(IDLE_MS);

    private boolean pending;
    private boolean done;
    private boolean started;
    private long startRecordedNs;
    private long startWallNs;
    private long nowNs;
    private long records;
    private long lost;
    private long skipped;

    /**
     * Make a replay; nothing is read yet.
     *
     * @param source  of the records, closed with the replay.
     * @param configs gives each recorded session, by its name, a new configuration: dialect, message handler, listener
     *                and what else its user code needs; nothing of it connects, and it needs no URI. Null leaves the
     *                session out. A name can come again, from the next engine that recorded.
     */
    public Replay(final RecordSource source, final Function<String, SessionConfig> configs)
    {
        this.source = source;
        this.configs = configs;
        final AbsentEngine engine = new AbsentEngine();
        wiring = new SessionWiring(
            outboundRing, engine, engine, engine, this::nowNs, (error) -> errorHandler.onError(error), null);
    }

    /**
     * Choose how fast {@link #run()} and {@link #poll()} go. Before the first record.
     *
     * @param speed factor above zero: 2 takes half the time, {@link #MAX_SPEED} none.
     * @return this.
     */
    public Replay speed(final double speed)
    {
        if (!(speed > 0))
        {
            throw new IllegalArgumentException("speed " + speed + " is not above zero");
        }

        this.speed = speed;
        return this;
    }

    /**
     * Choose where to begin: before it sessions only take the states they had, and nobody is told.
     *
     * @param timeNs since 1970.
     * @return this.
     */
    public Replay from(final long timeNs)
    {
        fromNs = timeNs;
        return this;
    }

    /**
     * Choose where to end.
     *
     * @param timeNs since 1970, included.
     * @return this.
     */
    public Replay to(final long timeNs)
    {
        toNs = timeNs;
        return this;
    }

    /**
     * Choose whether handlers get messages for which their ring had no room when they were recorded.
     *
     * @param includeDropped true if they do. Default false.
     * @return this.
     */
    public Replay includeDropped(final boolean includeDropped)
    {
        withheldFlags = includeDropped ? RecordLayout.ENGINE : RecordLayout.ENGINE | RecordLayout.DROPPED;
        return this;
    }

    /**
     * Choose who sees what goes out.
     *
     * @param observer the value.
     * @return this.
     */
    public Replay observer(final ReplayObserver observer)
    {
        this.observer = observer;
        return this;
    }

    /**
     * Choose who is told of what user code throws.
     *
     * @param errorHandler the value. Default: that of an {@link EngineContext}.
     * @return this.
     */
    public Replay errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        return this;
    }

    /**
     * Choose the clock that {@link #run()} and {@link #poll()} wait by. Of no meaning at {@link #MAX_SPEED}.
     *
     * @param wallClock the value. Default the system's.
     * @return this.
     */
    public Replay nanoClock(final NanoClock wallClock)
    {
        this.wallClock = wallClock;
        return this;
    }

    /**
     * Choose how {@link #run()} waits. Of no meaning at {@link #MAX_SPEED}.
     *
     * @param idleStrategy the value. Default: sleep for a millisecond.
     * @return this.
     */
    public Replay idleStrategy(final IdleStrategy idleStrategy)
    {
        this.idleStrategy = idleStrategy;
        return this;
    }

    /**
     * Replay to the end at the chosen speed, or until the thread is interrupted, which it stays.
     *
     * @throws IOException in one line, if the records cannot be read.
     */
    public void run() throws IOException
    {
        while (!done && !Thread.currentThread().isInterrupted())
        {
            idleStrategy.idle(poll() + (speed == MAX_SPEED ? 1 : 0));
        }
    }

    /**
     * Replay what is due by now at the chosen speed. The time of the first call is that of the first record.
     *
     * @return records replayed, at most 1,024.
     * @throws IOException in one line, if the records cannot be read.
     */
    public int poll() throws IOException
    {
        int count = 0;
        while (count < POLL_LIMIT && fetch() && isDue(pendingNs()))
        {
            deliver();
            count++;
        }

        return count;
    }

    /**
     * Replay one record, however long after the last it came, and set the clock to its time.
     *
     * @return false if there is none left.
     * @throws IOException in one line, if the records cannot be read.
     */
    public boolean step() throws IOException
    {
        if (fetch())
        {
            deliver();
            return true;
        }

        return false;
    }

    /**
     * Replay all records up to a time, and set the clock to it.
     *
     * @param timeNs since 1970, included.
     * @return records replayed.
     * @throws IOException in one line, if the records cannot be read.
     */
    public int runTo(final long timeNs) throws IOException
    {
        int count = 0;
        while (fetch() && pendingNs() <= timeNs)
        {
            deliver();
            count++;
        }

        advance(timeNs);
        return count;
    }

    /** {@return is everything replayed} */
    public boolean isDone()
    {
        return done;
    }

    /** {@return the recorded time that the replay has come to, in ns since 1970; never goes back within an engine} */
    public long nowNs()
    {
        return nowNs;
    }

    /**
     * Find a session.
     *
     * @param name it was recorded under.
     * @return the newest of that name, or null.
     */
    public Session session(final String name)
    {
        for (int i = sessions.size() - 1; i >= 0; i--)
        {
            final Session session = sessions.get(i).session();
            if (session.name().equals(name))
            {
                return session;
            }
        }

        return null;
    }

    /** {@return one number for all calls to message handlers and listeners so far, see {@link ReplayHash}} */
    public long hash()
    {
        return hash.value();
    }

    /** {@return what {@link #hash()} is made with, to take in reply handlers too} */
    public ReplayHash hasher()
    {
        return hash;
    }

    /** {@return records read so far} */
    public long records()
    {
        return records;
    }

    /** {@return records that the recording had no room for} */
    public long lost()
    {
        return lost;
    }

    /**
     * Records that could not be replayed: cut off, of a kind this version does not know, or pieces of a message whose
     * beginning is not there.
     *
     * @return how many so far.
     */
    public long skipped()
    {
        return skipped;
    }

    /**
     * Give the source back. Requests still in flight end as {@link io.ringwire.api.ReplyOutcome#UNKNOWN_OUTCOME}.
     */
    @Override
    public void close()
    {
        finish();
        source.close();
    }

    private boolean fetch() throws IOException
    {
        while (!pending && !done)
        {
            if (!source.next())
            {
                finish();
            }
            else if (source.length() < RecordLayout.HEADER_LENGTH)
            {
                records++;
                skipped++;
            }
            else if (pendingNs() > toNs)
            {
                finish();
            }
            else
            {
                pending = true;
            }
        }

        return pending;
    }

    private long pendingNs()
    {
        return RecordLayout.timeNs(source.buffer(), source.offset());
    }

    private boolean isDue(final long timeNs)
    {
        if (speed == MAX_SPEED || timeNs < fromNs)
        {
            return true;
        }

        if (!started)
        {
            started = true;
            startRecordedNs = timeNs;
            startWallNs = wallClock.nanoTime();
        }

        final long reachedNs = startRecordedNs + (long)((wallClock.nanoTime() - startWallNs) * speed);
        advance(Math.min(reachedNs, timeNs));
        return reachedNs >= timeNs;
    }

    /**
     * Set the clock, and end the requests whose time is over at the moment it is, whatever the steps of the clock.
     */
    private void advance(final long timeNs)
    {
        for (ReplayedSession due = firstDue(timeNs); due != null; due = firstDue(timeNs))
        {
            nowNs = Math.max(nowNs, due.requestsDueNs());
            due.endRequests(nowNs);
            drain();
        }

        nowNs = Math.max(nowNs, timeNs);
    }

    private ReplayedSession firstDue(final long timeNs)
    {
        ReplayedSession first = null;
        long firstNs = timeNs;
        for (int i = 0; i < sessions.size(); i++)
        {
            final long dueNs = sessions.get(i).requestsDueNs();
            if (dueNs != RequestTable.NEVER && dueNs - firstNs <= 0)
            {
                first = sessions.get(i);
                firstNs = dueNs;
            }
        }

        return first;
    }

    private void deliver()
    {
        pending = false;
        records++;
        final DirectBuffer buffer = source.buffer();
        final int offset = source.offset();
        final int length = source.length();
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
                endSessions();
                nowNs = timeNs; // another engine's time can be before the last one's
            }
            case STOPPED -> endSessions();
            case SESSION -> onSession(RecordLayout.sessionId(buffer, offset), buffer, offset, length);
            case LOST -> onLost(buffer, offset, length, timeNs);
            default -> onFrameOrEvent(kind, buffer, offset, length, timeNs);
        }

        drain();
    }

    private void onFrameOrEvent(
        final RecordKind kind, final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        final ReplayedSession session = byId.get(RecordLayout.sessionId(buffer, offset));
        if (session == null)
        {
            return; // left out by its user
        }

        final boolean wanted = timeNs >= fromNs;
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
                timeNs);
        }
    }
}
