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
package io.ringwire.session;

import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.dialect.Verdict;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * What the engine's threads publish about a session for each other and for users. Each field says its one writer.
 */
public final class SessionStatus
{
    /** No connection takes messages. */
    public static final int NOT_OPEN = 0;

    private volatile SessionState state = SessionState.IDLE; // owner: control thread
    private volatile StateChange lastChange; // owner: control thread
    private volatile int epoch; // owner: control thread
    private volatile int openEpoch = NOT_OPEN; // owner: control thread
    private volatile String subprotocol; // owner: control thread
    private volatile long pingRequest; // owner: control thread
    private volatile long heartbeatDemand; // owner: IO thread
    private volatile long lastReceiveNs; // owner: IO thread
    private final AtomicLong lastSequence = new AtomicLong(Verdict.NO_SEQUENCE); // owner: IO thread
    private volatile boolean paused; // owner: IO thread
    private volatile IntSupplier ringOccupancy = () -> 0; // owner: the thread that connects
    private volatile Skipper skipper = (newest) -> outsideCallback(); // owner: the thread that connects

    /** {@return where the session is in its life} */
    public SessionState state()
    {
        return state;
    }

    /** {@return the last step} */
    public StateChange lastChange()
    {
        return lastChange;
    }

    /** {@return the number of the current or last connection} */
    public int epoch()
    {
        return epoch;
    }

    /** {@return the epoch of the connection that takes messages, or {@link #NOT_OPEN}} */
    public int openEpoch()
    {
        return openEpoch;
    }

    /** {@return the subprotocol the server chose, or null} */
    public String subprotocol()
    {
        return subprotocol;
    }

    /** {@return a value that no other request for a ping had, with {@link #attemptOf the attempt} it is meant for} */
    public long pingRequest()
    {
        return pingRequest;
    }

    /**
     * The attempt whose connection is asked to ping, or whose venue demands a heartbeat.
     *
     * @param request of {@link #pingRequest()} or {@link #heartbeatDemand()}.
     * @return its id.
     */
    public static int attemptOf(final long request)
    {
        return (int)(request >>> Integer.SIZE);
    }

    /** {@return a value that no other demand of the venue had, with {@link #attemptOf the attempt} it came on} */
    public long heartbeatDemand()
    {
        return heartbeatDemand;
    }

    /** {@return the last sequence number of the stream, or {@link Verdict#NO_SEQUENCE}} */
    public long lastSequence()
    {
        return lastSequence.get();
    }

    /** {@return when the last byte was read, by the engine's clock} */
    public long lastReceiveNs()
    {
        return lastReceiveNs;
    }

    /**
     * The IO thread: bytes were read.
     *
     * @param timeNs of the read.
     */
    public void lastReceiveNs(final long timeNs)
    {
        lastReceiveNs = timeNs;
    }

    /** {@return do we not read the socket at the moment because the ring is full} */
    public boolean isPaused()
    {
        return paused;
    }

    /**
     * The IO thread: reading stopped or went on.
     *
     * @param paused true if it stopped.
     */
    public void paused(final boolean paused)
    {
        this.paused = paused;
    }

    /**
     * Once, before the session starts: what belongs to its delivery.
     *
     * @param ringOccupancy entries that wait in its ring.
     * @param skipper       that skips messages on the handler thread.
     */
    public void wire(final IntSupplier ringOccupancy, final Skipper skipper)
    {
        this.ringOccupancy = ringOccupancy;
        this.skipper = skipper;
    }

    /** {@return that skips messages on the handler thread} */
    public Skipper skipper()
    {
        return skipper;
    }

    /**
     * A call that is allowed only inside of a callback was made elsewhere.
     *
     * @return never.
     */
    public static long outsideCallback()
    {
        throw new IllegalStateException("skipBehind is for the session's own callbacks, on its handler thread");
    }

    void enter(final StateChange change, final int openEpoch)
    {
        epoch = change.epoch();
        this.openEpoch = openEpoch;
        lastChange = change;
        synchronized (this)
        {
            state = change.to();
            notifyAll();
        }
    }

    void requestPing(final int attemptId)
    {
        pingRequest = (long)attemptId << Integer.SIZE | pingRequest + 1 & 0xffff_ffffL;
    }

    void demandHeartbeat(final int attemptId)
    {
        heartbeatDemand = (long)attemptId << Integer.SIZE | heartbeatDemand + 1 & 0xffff_ffffL;
    }

    void lastSequence(final long sequence)
    {
        lastSequence.lazySet(sequence);
    }

    void subprotocol(final String subprotocol)
    {
        this.subprotocol = subprotocol;
    }

    boolean awaitConnected(final long timeoutNs, final Runnable invoker)
    {
        final long startNs = System.nanoTime();
        long leftNs = timeoutNs;
        while (state != SessionState.LIVE && !state.isTerminal() && leftNs > 0)
        {
            if (invoker != null)
            {
                invoker.run();
            }
            else if (!awaitChange(leftNs))
            {
                return false;
            }

            leftNs = timeoutNs - (System.nanoTime() - startNs);
        }

        return state == SessionState.LIVE;
    }

    SessionMetrics metrics(final SessionCounters counters, final int requestsInFlight)
    {
        return new SessionMetrics(
            counters.value(Id.BYTES_RECEIVED),
            counters.value(Id.FRAMES_RECEIVED),
            counters.value(Id.MESSAGES_RECEIVED),
            counters.value(Id.MESSAGES_DELIVERED),
            counters.value(Id.MESSAGES_DROPPED),
            counters.value(Id.MESSAGES_SKIPPED),
            counters.value(Id.BYTES_SENT),
            counters.value(Id.FRAMES_SENT),
            counters.value(Id.SENDS_DISCARDED),
            counters.value(Id.BACK_PRESSURED),
            counters.value(Id.RATE_LIMITED),
            counters.value(Id.RATE_LIMIT_BREACHES),
            counters.value(Id.PINGS_RECEIVED),
            counters.value(Id.PONGS_RECEIVED),
            counters.value(Id.PAUSES),
            counters.value(Id.HANDLER_ERRORS),
            counters.value(Id.PROTOCOL_ERRORS),
            counters.value(Id.REPLIES),
            counters.value(Id.TIMEOUTS),
            counters.value(Id.UNKNOWN_OUTCOMES),
            requestsInFlight,
            ringOccupancy.getAsInt(),
            (int)counters.value(Id.RING_HIGH_WATER_MARK),
            counters.value(Id.EVENTS_DROPPED),
            counters.value(Id.DEFLATE_BYTES_IN),
            counters.value(Id.DEFLATE_BYTES_OUT),
            counters.value(Id.INFLATE_BYTES_IN),
            counters.value(Id.INFLATE_BYTES_OUT),
            counters.value(Id.CONNECTS),
            counters.value(Id.CONNECT_FAILURES));
    }

    private synchronized boolean awaitChange(final long timeoutNs)
    {
        try
        {
            if (state != SessionState.LIVE && !state.isTerminal())
            {
                TimeUnit.NANOSECONDS.timedWait(this, timeoutNs);
            }

            return true;
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Skips messages that wait in the ring.
     */
    @FunctionalInterface
    public interface Skipper
    {
        /**
         * The handler thread, inside of a callback: skip all but the newest.
         *
         * @param newest how many to keep.
         * @return entries in the part to be skipped.
         */
        long skipBehind(long newest);
    }
}
