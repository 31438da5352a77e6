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
package io.ringwire.samples.cli;

import io.ringwire.api.CloseCode;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ConfigurationException;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The receiving half of {@code ringwire connect}: prints what arrives, tells what happens, and judges the end.
 * Callbacks run on the session's handler thread, so a reader of standard output that is slow slows the server down.
 */
final class PipeOutput implements MessageHandler, SessionListener, ErrorHandler
{
    private static final int OUT_BUFFER_LENGTH = 64 * 1024;

    private final PrintStream stdout;
    private final OutputStream out;
    private final PrintStream err;
    private final String uri;
    private final long closeTimeoutNs;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<String> failure = new AtomicReference<>(); // the first to be set is the reason
    private byte[] line = new byte[1024]; // handler thread
    private int closeCode; // handler thread
    private String closeReason; // handler thread
    private long discarded; // handler thread
    private volatile long received; // written by the handler thread
    private volatile long awaited = Long.MAX_VALUE; // written by the waiter
    private volatile Thread waiter; // written by the waiter
    private volatile boolean closing; // set by whoever closes

    PipeOutput(final StandardStreams streams, final String uri, final long closeTimeoutNs)
    {
        stdout = streams.out();
        out = new BufferedOutputStream(stdout, OUT_BUFFER_LENGTH);
        err = streams.err();
        this.uri = uri;
        this.closeTimeoutNs = closeTimeoutNs;
    }

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        if (line.length <= length)
        {
            line = new byte[length + 1];
        }

        buffer.getBytes(offset, line, 0, length);
        line[length] = '\n';
        try
        {
            out.write(line, 0, length + 1);
            if (endOfBatch)
            {
                out.flush();
            }
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("a PrintStream does not throw", ex);
        }

        if (endOfBatch && stdout.checkError())
        {
            fail(session, "cannot write to standard output");
        }

        final long count = received + 1;
        received = count;
        if (count >= awaited)
        {
            LockSupport.unpark(waiter);
        }
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        final SessionState state = change.to();
        if (state.isTerminal())
        {
            judge(change);
            ended.countDown();
            LockSupport.unpark(waiter);
            return;
        }

        if (state == SessionState.BACKING_OFF && change.epoch() == 0)
        {
            fail(session, uri + ": " + change.reason()); // only what has worked once is tried again
            return;
        }

        final String subprotocol = state == SessionState.LIVE && session.subprotocol() != null ?
            ", subprotocol " + session.subprotocol() : "";
        status(state.name().toLowerCase(Locale.ROOT) + ": " + change.reason() + subprotocol);
        if (state == SessionState.LIVE)
        {
            closeCode = 0;
        }
        else if (state == SessionState.DRAINING && isFarewell(change.closeCode()))
        {
            session.close();
        }
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        this.closeCode = closeCode;
        closeReason = reason;
        if (isFarewell(closeCode))
        {
            session.close();
        }

        final long discardedBefore = discarded;
        discarded = session.metrics().sendsDiscarded();
        if (discarded > discardedBefore)
        {
            status(discarded - discardedBefore + " messages were not sent before the connection ended");
        }
    }

    @Override
    public void onProtocolError(final Session session, final int closeCode, final String reason)
    {
        fail(session, "the server broke the protocol (" + closeCode + "): " + reason);
    }

    /**
     * A setting to beware of is told in one line; anything else is a bug, and keeps its stack trace. Any thread.
     */
    @Override
    public void onError(final Throwable fault)
    {
        if (fault instanceof ConfigurationException)
        {
            status("warning: " + fault.getMessage());
        }
        else
        {
            fault.printStackTrace(err);
        }
    }

    /**
     * Start the close handshake, behind what was sent. Any thread.
     */
    void close(final Session session)
    {
        closing = true;
        session.close();
    }

    /**
     * End the session, for a reason. Any thread.
     */
    void fail(final Session session, final String reason)
    {
        failure.compareAndSet(null, reason);
        close(session);
    }

    void status(final String text)
    {
        err.println("ringwire: " + text);
    }

    /**
     * Wait until so many messages have been received in all, for a time, or until the session ends. One thread.
     */
    void awaitReceived(final long messages, final long timeoutNs)
    {
        final long startNs = System.nanoTime();
        waiter = Thread.currentThread();
        awaited = messages;
        long remainingNs = timeoutNs;
        while (received < messages && ended.getCount() > 0 && remainingNs > 0)
        {
            LockSupport.parkNanos(this, remainingNs);
            remainingNs = timeoutNs - (System.nanoTime() - startNs);
        }
    }

    /**
     * Wait for the end of the session: its last state is the end event.
     *
     * @return why it was no clean end, or null.
     */
    String awaitEnd() throws InterruptedException
    {
        ended.await();
        return failure.get();
    }

    /**
     * As {@link #awaitEnd()}, for a time.
     */
    void awaitEnd(final long timeoutNs) throws InterruptedException
    {
        ended.await(timeoutNs, TimeUnit.NANOSECONDS);
    }

    private void judge(final StateChange last)
    {
        final boolean unanswered =
            closing && last.from() == SessionState.DRAINING && last.elapsedNs() >= closeTimeoutNs;
        if (last.epoch() == 0 || closeCode == 0)
        {
            failure.compareAndSet(null, uri + ": " + last.reason());
        }
        else if (unanswered || !isFarewell(closeCode) && !(closing && closeCode == CloseCode.NO_STATUS))
        {
            final String how = closeCode == CloseCode.ABNORMAL ? "connection lost" : "closed";
            failure.compareAndSet(null, uri + ": " + how + " (" + closeCode + "): " + closeReason);
        }
    }

    private static boolean isFarewell(final int closeCode)
    {
        return closeCode == CloseCode.NORMAL || closeCode == CloseCode.GOING_AWAY;
    }
}
