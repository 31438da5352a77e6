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
package io.ringwire.control;

import io.ringwire.config.EngineContext;
import io.ringwire.config.ThreadingMode;
import io.ringwire.session.Lookups;
import io.ringwire.session.SessionStateMachine;
import io.ringwire.session.WebSocketSession;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The threads that wait for name servers and for the user's code, so that the control thread does not: one for each
 * wait, {@link #MAX_THREADS} at most of either kind, so that user code that hangs keeps no name from being resolved.
 * Each is gone when it has had nothing to do for a while. In INVOKER mode there are none and the driving thread waits.
 * Owner of the state: the control thread.
 */
final class LookupThreads implements Lookups
{
    private static final int MAX_THREADS = 64;
    private static final int MAX_CALLS = 8;
    private static final long THREAD_KEEP_ALIVE_S = 10;

    private final Int2ObjectHashMap<ArrayDeque<Supplier<LongConsumer>>> callsBySession = new Int2ObjectHashMap<>();
    private final NanoClock clock;
    private final ErrorHandler errorHandler;
    private final Executor backToControl;
    private final Executor nameThreads;
    private final Executor callThreads;
    private final DnsResolver resolver;

    /**
     * Make the pools; threads come with what they are to do.
     *
     * @param context       concluded.
     * @param backToControl runs what it is given on the control thread.
     */
    LookupThreads(final EngineContext context, final Executor backToControl)
    {
        this.backToControl = backToControl;
        clock = context.nanoClock();
        errorHandler = context.errorHandler();
        nameThreads = newThreads(context);
        callThreads = newThreads(context);
        resolver = new DnsResolver(context.nameResolver(), clock, nameThreads, backToControl);
    }

    @Override
    public void resolve(final SessionStateMachine machine, final String host, final int attemptId)
    {
        resolver.resolve(machine, host, attemptId);
    }

    @Override
    public boolean call(final WebSocketSession session, final Supplier<LongConsumer> userCode)
    {
        final ArrayDeque<Supplier<LongConsumer>> calls =
            callsBySession.computeIfAbsent(session.id(), (id) -> new ArrayDeque<>());
        if (calls.size() == MAX_CALLS)
        {
            errorHandler.onError(new IllegalStateException(
                MAX_CALLS + " calls of the header supplier, the cookie jar or the authenticator of session " +
                session.config().name() + " have not returned: another is not made"));
            return false;
        }

        calls.add(userCode);
        return calls.size() > 1 || start(session.id(), calls);
    }

    void close()
    {
        shutDown(nameThreads);
        shutDown(callThreads);
    }

    private boolean start(final int sessionId, final ArrayDeque<Supplier<LongConsumer>> calls)
    {
        final Supplier<LongConsumer> userCode = calls.peek();
        try
        {
            callThreads.execute(() ->
            {
                final LongConsumer then = run(userCode);
                backToControl.execute(() -> onReturn(sessionId, calls, then));
            });
            return true;
        }
        catch (final RejectedExecutionException ex)
        {
            callsBySession.remove(sessionId);
            return false;
        }
    }

    private void onReturn(
        final int sessionId, final ArrayDeque<Supplier<LongConsumer>> calls, final LongConsumer then)
    {
        calls.remove();
        if (calls.isEmpty())
        {
            callsBySession.remove(sessionId);
        }
        else
        {
            start(sessionId, calls);
        }

        then.accept(clock.nanoTime());
    }

    private LongConsumer run(final Supplier<LongConsumer> userCode)
    {
        try
        {
            return userCode.get();
        }
        catch (final Throwable t) // or this call never returns, and those behind it are never made
        {
            errorHandler.onError(t);
            return (nowNs) -> {};
        }
    }

    private static Executor newThreads(final EngineContext context)
    {
        return context.threadingMode() == ThreadingMode.INVOKER ? Runnable::run : new ThreadPoolExecutor(
            0, MAX_THREADS, THREAD_KEEP_ALIVE_S, TimeUnit.SECONDS, new SynchronousQueue<>(), LookupThreads::newThread);
    }

    private static void shutDown(final Executor threads)
    {
        if (threads instanceof ExecutorService pool)
        {
            pool.shutdownNow();
        }
    }

    private static Thread newThread(final Runnable target)
    {
        final Thread thread = new Thread(target, "ringwire-lookup");
        thread.setDaemon(true);
        return thread;
    }
}
