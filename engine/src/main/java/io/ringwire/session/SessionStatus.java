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

import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.dialect.Verdict;
import io.ringwire.jfr.BackPressureEvent;

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
    private volatile long lastReceiveNs; // owner: IO thread
    private final AtomicLong lastSequence = new AtomicLong(Verdict.NO_SEQUENCE); // owner: IO thread
    private volatile boolean paused; // owner: IO thread
    private final BackPressureEvent backPressure; // owner: IO thread
    private volatile LastError lastError; // owner: control thread
    private final AtomicLong directMemory = new AtomicLong(); // any thread that takes or frees memory
    private volatile IntSupplier ringOccupancy = () -> 0; // owner: the thread that connects
    private volatile Skipper skipper = (newest) -> outsideCallback(); // owner: the thread that connects
    private final StepLog log;

    SessionStatus(final StepLog log, final String session)
    {
        this.log = log;
        backPressure = new BackPressureEvent(session);
    }

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
     * @param request of {@link #pingRequest()} or {@link HeartbeatStatus#demand()}.
     * @return its id.
     */
    public static int attemptOf(final long request)
    {
        return (int)(request >>> Integer.SIZE);
    }

    /** {@return the last sequence number of this connection's stream, or {@link Verdict#NO_SEQUENCE}} */
    public long lastSequence()
    {
        return lastSequence.get();
    }

    /** {@return when the last byte was read, or reading went on after a pause, by the engine's clock} */
    public long lastReceiveNs()
    {
        return lastReceiveNs;
    }

    /**
     * The IO thread: bytes were read, or can be read again.
     *
     * @param timeNs of that.
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
        if (this.paused == paused)
        {
            return;
        }

        this.paused = paused;
        if (paused)
        {
            backPressure.on();
        }
        else
        {
            backPressure.off();
        }
    }

    /**
     * Whoever takes or frees memory for the session.
     *
     * @param bytes of direct memory taken, or below zero freed.
     */
    public void directMemory(final long bytes)
    {
        directMemory.getAndAdd(bytes);
    }

    long directMemoryBytes()
    {
        return directMemory.get();
    }

    /**
     * Why the last attempt came to nothing or the last connection was lost, or null.
     */
    LastError lastError()
    {
        return lastError;
    }

    int ringOccupancy()
    {
        return ringOccupancy.getAsInt();
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

    /**
     * The owner of the state, the control thread or a replay: the session took a step. Messages are taken while it is
     * LIVE.
     *
     * @param change the step.
     */
    public void enter(final StateChange change)
    {
        epoch = change.epoch();
        openEpoch = change.to() == SessionState.LIVE ? change.epoch() : NOT_OPEN;
        lastChange = change;
        if (change.to() == SessionState.BACKING_OFF || change.to() == SessionState.FAILED)
        {
            lastError = new LastError(change.reason(), System.currentTimeMillis());
        }

        synchronized (this)
        {
            state = change.to();
            notifyAll();
        }

        log.onStep(change);
    }

    void requestPing(final int attemptId)
    {
        pingRequest = (long)attemptId << Integer.SIZE | pingRequest + 1 & 0xffff_ffffL;
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
     * Why something came to nothing, and when in ms since 1970.
     */
    record LastError(String reason, long timeMs)
    {
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
