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
package io.ringwire.samples.conformance;

import io.ringwire.Engine;
import io.ringwire.api.CloseCode;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.conformance.VisitResult.End;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the server, from connect to its end or a deadline. The thread that visits also does the work which
 * the handler must not wait for.
 */
final class Visit implements SessionListener
{
    private static final long ABORT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final long timeoutNs;
    private final long startNs = System.nanoTime();
    private int closeCode; // handler thread
    private String closeReason; // handler thread
    private String violation; // handler thread
    private volatile StateChange last; // handler thread
    private volatile String refusal; // handler thread

    Visit(final long timeoutNs)
    {
        this.timeoutNs = timeoutNs;
    }

    /**
     * Connect, and stay until the connection has ended; after the deadline it is aborted.
     */
    VisitResult run(final Engine engine, final SessionConfig config, final MessageHandler handler)
        throws InterruptedException
    {
        final Session session = engine.connect(config.messageHandler(handler).listener(this));
        if (doTasks(timeoutNs))
        {
            return result(session);
        }

        session.abort();
        doTasks(timeNs() + ABORT_TIMEOUT_NS);
        final String reason = "after " + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms";
        return result(session, End.TIMED_OUT, reason);
    }

    /**
     * The handler: let the visiting thread do something, in order.
     */
    void later(final Runnable task)
    {
        tasks.add(task);
    }

    /**
     * The handler: this is more than we take.
     */
    void refuse(final Session session, final String reason)
    {
        refusal = reason;
        session.abort();
    }

    /**
     * Is the connection gone, or the deadline past?
     */
    boolean isOver()
    {
        return last != null || timeNs() >= timeoutNs;
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        if (change.to().isTerminal())
        {
            last = change;
            tasks.add(END);
        }
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        this.closeCode = closeCode;
        closeReason = reason;
    }

    @Override
    public void onProtocolError(final Session session, final int closeCode, final String reason)
    {
        violation = closeCode + ": " + reason;
    }

    /**
     * Do what comes until the last state of the session, which is the end event, or until a time.
     */
    private boolean doTasks(final long untilNs) throws InterruptedException
    {
        while (true)
        {
            final Runnable task = tasks.poll(untilNs - timeNs(), TimeUnit.NANOSECONDS);
            if (task == null || task == END)
            {
                return task == END;
            }

            task.run();
        }
    }

    private VisitResult result(final Session session)
    {
        if (last.epoch() == 0)
        {
            final End end = last.from() == SessionState.UPGRADING ? End.NOT_UPGRADED : End.UNREACHABLE;
            return result(session, end, last.reason());
        }

        if (violation != null || refusal != null)
        {
            return result(session, End.FAILED, violation != null ? violation : refusal);
        }

        final End end = closeCode == CloseCode.ABNORMAL ? End.LOST : End.CLOSED;
        return result(session, end, closeReason.isEmpty() ? String.valueOf(closeCode) : closeCode + ": " + closeReason);
    }

    private VisitResult result(final Session session, final End end, final String reason)
    {
        return new VisitResult(end, reason, session.metrics().messagesDelivered(), timeNs());
    }

    private long timeNs()
    {
        return System.nanoTime() - startNs;
    }
}
