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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;

import java.util.List;
import java.util.function.BiFunction;

/**
 * One session of another library's client, and the run of several: what all these clients have in common. A session
 * connects again where the workload wants that; what came of its connection before that is over then. Owner: the thread
 * that receives the session's messages, but for {@link #connect()} and {@link #disconnect()}.
 */
abstract class PeerSession
{
    private final Workload workload;
    private final Trial trial;
    private final Tally tally;
    private final String text;
    private boolean wasConnected;

    PeerSession(final Workload workload, final Trial trial, final Tally tally)
    {
        this.workload = workload;
        this.trial = trial;
        this.tally = tally;
        text = "a".repeat(workload.sizeBytes());
    }

    /**
     * Do a workload.
     *
     * @param workload  to do.
     * @param transport of the client, by name.
     * @param sessions  makes a session that is not yet connected.
     * @return what was measured.
     * @throws BenchException if it failed.
     */
    static Measurement run(
        final Workload workload, final String transport, final BiFunction<Trial, Tally, PeerSession> sessions)
        throws BenchException
    {
        final Trial trial = new Trial(workload);
        final List<PeerSession> connecting =
            trial.tallies().stream().map((tally) -> sessions.apply(trial, tally)).toList();
        connecting.forEach(PeerSession::connect);
        trial.await();
        connecting.forEach(PeerSession::disconnect);
        return trial.result(transport);
    }

    /**
     * Begin to connect. The thread that drives the run, and later the one that saw the connection end.
     */
    abstract void connect();

    /**
     * Close the socket at once, whatever state it is in; again if it is already closed. Any thread.
     */
    abstract void disconnect();

    /**
     * Send on the connection from which a message came or which was just opened.
     *
     * @param count of messages, may be 0.
     */
    abstract void send(int count);

    final Workload workload()
    {
        return workload;
    }

    final Trial trial()
    {
        return trial;
    }

    final Tally tally()
    {
        return tally;
    }

    /** {@return the message to send} */
    final String text()
    {
        return text;
    }

    /**
     * What is left of the workload's time.
     *
     * @return ms, at least one since none at all means forever to most libraries.
     */
    final int remainingMs()
    {
        return (int)Math.min(Integer.MAX_VALUE, 1 + trial.remainingNs() / 1_000_000);
    }

    /**
     * The connection is open.
     */
    final void onOpened()
    {
        if (trial.isOver())
        {
            disconnect(); // the run ended while this one connected again, and closed the one before it
        }
        else if (!wasConnected)
        {
            wasConnected = true;
            send(tally.onConnected());
        }
    }

    /**
     * The connection is over.
     *
     * @param reason one line, or null.
     */
    final void onEnded(final String reason)
    {
        if (tally.onDisconnected(reason))
        {
            connect();
        }
    }

    /**
     * No connection came about.
     *
     * @param cause of it.
     */
    final void onNotConnected(final Throwable cause)
    {
        trial.fail("cannot connect to " + workload.uri() + ": " + reason(cause));
    }

    /**
     * Say in one line what went wrong: the first cause says it best, but not all have a message.
     *
     * @param failure of a library.
     * @return the message, or the name of the failure if there is none.
     */
    static String reason(final Throwable failure)
    {
        String message = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
        {
            if (cause.getMessage() != null && !cause.getMessage().isBlank())
            {
                message = cause.getMessage();
            }
        }

        return message.lines().findFirst().orElse(message);
    }
}
