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
package io.ringwire.stats;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The counters of one session, each in cache lines of its own. A counter has one writing thread, which increments it
 * with a release store; those of {@link Owner#ANY} are incremented atomically. Every thread may read.
 * <p>
 * Those of the engine's threads stand in the engine's counters file, until the session has ended and its threads have
 * {@link #release released} them: then the room is another session's, and their last values are kept here. Those of
 * {@link Owner#ANY} always stand here, for a thread of the user's may write long after the end; the control thread
 * copies them to the file.
 */
public final class SessionCounters
{
    private static final Id[] IDS = Id.values();
    private static final Owner[] RELEASING = { Owner.IO, Owner.HANDLER };

    private final CountersManager manager; // null: the file does not show this session
    private final AtomicCounter[] shown = new AtomicCounter[IDS.length];
    private final AtomicCounter[] own = new AtomicCounter[IDS.length];
    private final AtomicCounter[] written = new AtomicCounter[IDS.length];
    private final AtomicInteger owners = new AtomicInteger(RELEASING.length); // the threads that release
    private volatile AtomicCounter[] readable = written; // owner: control thread

    /**
     * Make a set of counters at zero that no file shows.
     */
    public SessionCounters()
    {
        this(null, null, 0);
    }

    /**
     * Make a set of counters at zero.
     *
     * @param manager   of the file to show them in, or null.
     * @param session   the name of the session.
     * @param sessionId its id.
     */
    public SessionCounters(final CountersManager manager, final String session, final int sessionId)
    {
        this.manager = manager;
        final UnsafeBuffer values =
            new UnsafeBuffer(new byte[IDS.length * CountersReader.COUNTER_LENGTH + BitUtil.CACHE_LINE_LENGTH]);
        for (final Id id : IDS)
        {
            final int i = id.ordinal();
            own[i] = new AtomicCounter(values, i);
            shown[i] = manager == null ? null : id.type().ofSession(manager, id.label(), session, sessionId);
            written[i] = manager == null || id.owner() == Owner.ANY ? own[i] : shown[i];
        }
    }

    /** {@return how many counters a session has in the file} */
    public static int count()
    {
        return IDS.length;
    }

    /** {@return where the session is shown, or null} */
    public CountersManager manager()
    {
        return manager;
    }

    /**
     * A counter to keep in a field of the code that writes it.
     *
     * @param id of the counter.
     * @return the counter.
     */
    public AtomicCounter of(final Id id)
    {
        return written[id.ordinal()];
    }

    /**
     * Read a counter.
     *
     * @param id of the counter.
     * @return its value.
     */
    public long value(final Id id)
    {
        AtomicCounter[] current;
        long value;
        do
        {
            current = readable;
            value = current[id.ordinal()].get();
        }
        while (current != readable); // ends: they move once; what was read behind that may be another session's

        return value;
    }

    /**
     * The thread of IO and the thread of the handler, once each: it writes none of these any more.
     */
    public void release()
    {
        owners.getAndDecrement();
    }

    /** {@return have the threads of IO and of the handler written for the last time} */
    public boolean isReleased()
    {
        return owners.get() <= 0;
    }

    /**
     * The control thread: show what stands here.
     */
    public void publish()
    {
        for (int i = 0; i < IDS.length; i++)
        {
            if (shown[i] != null && written[i] == own[i])
            {
                shown[i].setRelease(own[i].get());
            }
        }
    }

    /**
     * The control thread, when all are {@link #isReleased released} and it writes none any more: keep the values here
     * and give the room in the file back.
     */
    public void free()
    {
        if (manager == null)
        {
            return;
        }

        for (int i = 0; i < IDS.length; i++)
        {
            if (written[i] != own[i])
            {
                own[i].set(shown[i].get());
            }
        }

        readable = own;
        for (final AtomicCounter counter : shown)
        {
            counter.close();
        }
    }

    /**
     * Which thread writes a counter.
     */
    public enum Owner
    {
        /** The IO thread. */
        IO,

        /** The thread that runs the session's handlers. */
        HANDLER,

        /** The control thread. */
        CONTROL,

        /** Several threads. */
        ANY
    }

    /**
     * What is counted. {@code SessionMetrics} says what each means.
     */
    public enum Id
    {
        /** Bytes read after the upgrade. */
        BYTES_RECEIVED(Owner.IO),

        /** Frames of every kind read. */
        FRAMES_RECEIVED(Owner.IO),

        /** Whole data messages decoded. */
        MESSAGES_RECEIVED(Owner.IO),

        /** Messages given to the handler. */
        MESSAGES_DELIVERED(Owner.HANDLER),

        /** Messages thrown away for lack of room. */
        MESSAGES_DROPPED(Owner.IO),

        /** Messages the handler skipped. */
        MESSAGES_SKIPPED(Owner.HANDLER),

        /** Bytes the kernel took. */
        BYTES_SENT(Owner.IO),

        /** Frames of every kind encoded. */
        FRAMES_SENT(Owner.IO),

        /** Messages accepted and never written. */
        SENDS_DISCARDED(Owner.IO),

        /** Sends refused for lack of room. */
        BACK_PRESSURED(Owner.ANY),

        /** Sends refused for lack of tokens. */
        RATE_LIMITED(Owner.ANY),

        /** Times that the venue said we sent too much. */
        RATE_LIMIT_BREACHES(Owner.IO),

        /** Pings of the peer. */
        PINGS_RECEIVED(Owner.IO),

        /** Pongs that answered our last ping. */
        PONGS_RECEIVED(Owner.IO),

        /** Times that reading stopped. */
        PAUSES(Owner.IO),

        /** What user callbacks threw. */
        HANDLER_ERRORS(Owner.ANY),

        /** What the dialect threw. */
        DIALECT_ERRORS(Owner.ANY),

        /** Pings of the WebSocket, and those in the venue's words. */
        HEARTBEATS_SENT(Owner.ANY),

        /** Pings answered by what bears their payload or id. */
        HEARTBEATS_ANSWERED(Owner.IO),

        /** Pings behind which no byte came in time. */
        HEARTBEATS_MISSED(Owner.CONTROL),

        /** Signs of life the venue demanded. */
        HEARTBEAT_DEMANDS(Owner.IO),

        /** Answers to those. */
        HEARTBEAT_DEMANDS_ANSWERED(Owner.CONTROL),

        /** Rules the peer broke. */
        PROTOCOL_ERRORS(Owner.IO),

        /** Requests ended by a reply. */
        REPLIES(Owner.HANDLER),

        /** Requests ended by their timeout. */
        TIMEOUTS(Owner.HANDLER),

        /** Requests ended by the loss of the connection. */
        UNKNOWN_OUTCOMES(Owner.ANY),

        /** Requests ended by an error of the venue. */
        ERROR_REPLIES(Owner.HANDLER),

        /** Requests ended by their user. */
        CANCELLED(Owner.ANY),

        /** Replies that ended no request. */
        UNMATCHED_REPLIES(Owner.HANDLER),

        /** Requests of the venue. */
        SERVER_REQUESTS(Owner.HANDLER),

        /** Arrays of messages. */
        BATCHES(Owner.HANDLER),

        /** Most entries seen in the ring. */
        RING_HIGH_WATER_MARK(Owner.IO, CounterType.GAUGE),

        /** Runs of messages thrown away, as told to the listener. */
        GAPS(Owner.HANDLER),

        /** Lifecycle events dropped because the handler was held for too long. */
        EVENTS_DROPPED(Owner.IO),

        /** Bytes of messages given to the deflater. */
        DEFLATE_BYTES_IN(Owner.IO),

        /** Bytes sent in their place. */
        DEFLATE_BYTES_OUT(Owner.IO),

        /** Bytes of compressed payload received. */
        INFLATE_BYTES_IN(Owner.IO),

        /** Bytes of the messages they inflated to. */
        INFLATE_BYTES_OUT(Owner.IO),

        /** Connections upgraded. */
        CONNECTS(Owner.CONTROL),

        /** Attempts that failed. */
        CONNECT_FAILURES(Owner.CONTROL);

        private final Owner owner;
        private final CounterType type;
        private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

        Id(final Owner owner)
        {
            this(owner, CounterType.COUNT);
        }

        Id(final Owner owner, final CounterType type)
        {
            this.owner = owner;
            this.type = type;
        }

        /** {@return its name in the file} */
        public String label()
        {
            return label;
        }

        /** {@return what its value means} */
        public CounterType type()
        {
            return type;
        }

        /** {@return the thread that writes it} */
        public Owner owner()
        {
            return owner;
        }
    }
}
