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
import io.ringwire.config.SessionConfig;
import io.ringwire.tape.RecordLayout;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.util.function.Function;

/**
 * Feeds recorded sessions through the code of an engine in INLINE mode: the same dialect, matching of replies, message
 * handler and listener, with no socket. Each recorded session is a real {@link Session} whose state, epoch and clock
 * are what they were. What user code sends is accepted as on a live session and goes to the {@link ReplayObserver}
 * alone; a request is ended by the recorded reply that bears its id, or times out by recorded time. What the engine
 * kept to itself when it recorded, and what its handler did not get for lack of room, the handler does not get here.
 * <p>
 * Records that the recording lost come as {@link io.ringwire.api.SessionListener#onGap} of that many, to every session
 * that has not ended, since nothing says whose they were. A wish to close, reconnect or subscribe is taken and changes
 * nothing; {@link Session#subscriptions()} stays empty. Where the beginning of a connection is missing, its messages
 * put the session into their epoch, and nobody is told.
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

    private static final int POLL_LIMIT = 1_024;
    private static final long IDLE_MS = 1;

    private final RecordSource source;
    private final ReplayedEngine engine;

    private double speed = RECORDED_SPEED;
    private long fromNs = Long.MIN_VALUE;
    private long toNs = Long.MAX_VALUE;
    private NanoClock wallClock = SystemNanoClock.INSTANCE;
    private IdleStrategy idleStrategy = new SleepingMillisIdleStrategy(IDLE_MS);

    private boolean pending;
    private boolean done;
    private boolean started;
    private long startRecordedNs;
    private long startWallNs;

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
        engine = new ReplayedEngine(configs);
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
        engine.includeDropped(includeDropped);
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
        engine.observer(observer);
        return this;
    }

    /**
     * Choose who is told of what user code throws.
     *
     * @param errorHandler the value. Default: that of an {@link io.ringwire.config.EngineContext}.
     * @return this.
     */
    public Replay errorHandler(final ErrorHandler errorHandler)
    {
        engine.errorHandler(errorHandler);
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

        engine.advance(timeNs);
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
        return engine.nowNs();
    }

    /**
     * Find a session.
     *
     * @param name it was recorded under.
     * @return the newest of that name, or null.
     */
    public Session session(final String name)
    {
        return engine.session(name);
    }

    /** {@return one number for all calls to message handlers and listeners so far, see {@link ReplayHash}} */
    public long hash()
    {
        return engine.hash().value();
    }

    /** {@return what {@link #hash()} is made with, to take in reply handlers too} */
    public ReplayHash hasher()
    {
        return engine.hash();
    }

    /** {@return records read so far} */
    public long records()
    {
        return engine.records();
    }

    /** {@return records that the recording had no room for} */
    public long lost()
    {
        return engine.lost();
    }

    /**
     * Records that could not be replayed: cut off, of a kind this version does not know, or pieces of a message whose
     * beginning is not there.
     *
     * @return how many so far.
     */
    public long skipped()
    {
        return engine.skipped();
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
                engine.onBroken();
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
        engine.advance(Math.min(reachedNs, timeNs));
        return reachedNs >= timeNs;
    }

    private void deliver()
    {
        pending = false;
        engine.onRecord(source.buffer(), source.offset(), source.length(), pendingNs() >= fromNs);
    }

    private void finish()
    {
        done = true;
        pending = false;
        engine.end();
    }
}
