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
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of one session, each in cache lines of its own. A counter has one writing thread, which increments it
 * with a release store; those of {@link Owner#ANY} are incremented atomically. Every thread may read.
 */
public final class SessionCounters
{
    private final UnsafeBuffer values =
        new UnsafeBuffer(new byte[Id.values().length * CountersReader.COUNTER_LENGTH + BitUtil.CACHE_LINE_LENGTH]);
    private final AtomicCounter[] counters = new AtomicCounter[Id.values().length];

    /**
     * Make a set of counters at zero.
     */
    public SessionCounters()
    {
        for (final Id id : Id.values())
        {
            counters[id.ordinal()] = new AtomicCounter(values, id.ordinal());
        }
    }

    /**
     * A counter to keep in a field of the code that writes it.
     *
     * @param id of the counter.
     * @return the counter.
     */
    public AtomicCounter of(final Id id)
    {
        return counters[id.ordinal()];
    }

    /**
     * Read a counter.
     *
     * @param id of the counter.
     * @return its value.
     */
    public long value(final Id id)
    {
        return counters[id.ordinal()].get();
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
        RING_HIGH_WATER_MARK(Owner.IO),

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

        Id(final Owner owner)
        {
            this.owner = owner;
        }

        /** {@return the thread that writes it} */
        public Owner owner()
        {
            return owner;
        }
    }
}
