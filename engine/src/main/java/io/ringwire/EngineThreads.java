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
package io.ringwire;

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.control.ControlAgent;
import io.ringwire.handler.HandlerAgent;
import io.ringwire.io.IoAgent;
import io.ringwire.journal.JournalAgent;
import io.ringwire.stats.DutyCycle;
import io.ringwire.thread.AgentThread;
import io.ringwire.thread.Doorbell;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The same agents on three threads or more, two, or none.
 */
final class EngineThreads
{
    private static final long START_TIMEOUT_S = 30;
    private static final int CLOSE_RETRY_MS = 500;
    /** An interrupt would take its files from the journal: what is on the tape has this long to get into them. */
    private static final int JOURNAL_CLOSE_RETRY_MS = 10_000;
    private static final int MAX_CLOSE_TRIES = 4;
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final int SPINS = 10;
    private static final int YIELDS = 10;

    private static final String SHARED = "ringwire-io+handler";
    private static final String INVOKED = "ringwire-invoked";

    private final EngineContext context;
    private final EngineObservation observation;
    private final DutyCycle controlCycle;
    private AgentRunner journalRunner; // null: nothing is recorded, or not on a thread of its own
    private final List<AgentRunner> runners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<StartReporter> reporters = new ArrayList<>();
    private AgentInvoker invoker;
    private boolean invoking; // owner: the thread that drives the engine

    EngineThreads(final EngineContext context, final EngineObservation observation)
    {
        this.context = context;
        this.observation = observation;
        controlCycle =
            observation.dutyCycle(context.threadingMode() == ThreadingMode.INVOKER ? INVOKED : ControlAgent.ROLE);
    }

    /**
     * The measure of the control agent, which in INVOKER mode is the first of all agents in a cycle.
     */
    DutyCycle controlCycle()
    {
        return controlCycle;
    }

    DutyCycle ioCycle()
    {
        return switch (context.threadingMode())
        {
            case DEDICATED -> observation.dutyCycle(IoAgent.ROLE);
            case SHARED, INLINE -> observation.dutyCycle(SHARED);
            default -> DutyCycle.unseen();
        };
    }

    DutyCycle handlerCycle(final int index)
    {
        return context.threadingMode() == ThreadingMode.DEDICATED ?
            observation.dutyCycle(HandlerAgent.role(index)) : DutyCycle.unseen();
    }

    /**
     * The bell of the control thread, or null where there is none.
     */
    static Doorbell controlDoorbell(final EngineContext context)
    {
        return context.threadingMode() == ThreadingMode.INVOKER ? null : new Doorbell(MAX_PARK_NS);
    }

    /**
     * The bell of a handler thread, or null where it never sleeps on its own.
     */
    static Doorbell handlerDoorbell(final EngineContext context)
    {
        final boolean sleeps =
            context.threadingMode() == ThreadingMode.DEDICATED && context.idleMode() == IdleMode.BLOCK;
        return sleeps ? new Doorbell(MAX_PARK_NS) : null;
    }

    void start(
        final IoAgent io,
        final List<HandlerAgent> handlers,
        final ControlAgent control,
        final Doorbell controlBell,
        final JournalAgent journal)
    {
        switch (context.threadingMode())
        {
            case DEDICATED ->
            {
                start(control, controlBell);
                start(io, ioIdleStrategy());
                for (final HandlerAgent handler : handlers)
                {
                    start(handler, handler.doorbell() != null ? handler.doorbell() : idleStrategy());
                }

                startJournal(journal);
                awaitStart();
            }
            case SHARED, INLINE ->
            {
                start(control, controlBell);
                start(new SharedAgent(io, handlers.get(0)), ioIdleStrategy());
                startJournal(journal);
                awaitStart();
            }
            default ->
            {
                final StartReporter reporter =
                    new StartReporter(new InvokedAgents(new SharedAgent(io, handlers.get(0)), control, journal));
                reporters.add(reporter);
                invoker = new AgentInvoker(context.errorHandler(), null, reporter);
                invoker.start();
                awaitStart();
            }
        }
    }

    List<Thread> threads()
    {
        return Collections.unmodifiableList(threads);
    }

    /**
     * One duty cycle of all agents in INVOKER mode.
     */
    int invoke()
    {
        if (invoker == null)
        {
            throw new IllegalStateException(
                "doWork is for threadingMode=INVOKER; in " + context.threadingMode() + " the engine runs itself");
        }

        if (invoking)
        {
            throw new IllegalStateException("a callback must not drive the engine that is calling it");
        }

        invoking = true;
        try
        {
            return invoker.invoke();
        }
        finally
        {
            invoking = false;
        }
    }

    /**
     * Is the current thread one of ours, or in the middle of driving the agents?
     */
    boolean isInCallback()
    {
        return invoking || Thread.currentThread() instanceof AgentThread && threads.contains(Thread.currentThread());
    }

    boolean isInvoked()
    {
        return invoker != null;
    }

    /**
     * End all threads in the order they were started: nobody commands the IO thread any more when it ends, nobody fills
     * the rings any more when the handlers end, and nobody records any more when the journal ends. A thread that user
     * code holds is interrupted, and given up after some tries. That the closing thread was interrupted waits until
     * then: an agent's runner would pass it on to the agent's thread at once.
     *
     * @return true if all have ended, so that nothing uses the engine's memory any more.
     */
    boolean close()
    {
        final boolean interrupted = Thread.interrupted();
        try
        {
            return closeAll();
        }
        finally
        {
            if (interrupted)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean closeAll()
    {
        if (invoker != null)
        {
            invoker.close();
        }

        boolean ended = true;
        for (final AgentRunner runner : runners)
        {
            ended &= close(runner, runner == journalRunner ? JOURNAL_CLOSE_RETRY_MS : CLOSE_RETRY_MS);
        }

        return ended;
    }

    private boolean close(final AgentRunner runner, final int retryMs)
    {
        final int[] tries = { 0 };
        try
        {
            runner.close(retryMs, (thread) ->
            {
                if (++tries[0] == MAX_CLOSE_TRIES)
                {
                    throw new IllegalStateException(
                        "thread " + thread.getName() + " does not end: user code holds it; its memory is not freed");
                }
            });
            return true;
        }
        catch (final IllegalStateException ex)
        {
            context.errorHandler().onError(ex);
            return false;
        }
    }

    /**
     * Last, so that it ends last. It looks at the tape again after a millisecond: the IO thread need not wake it.
     */
    private void startJournal(final JournalAgent journal)
    {
        if (journal != null)
        {
            journalRunner = start(journal, new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS));
        }
    }

    private AgentRunner start(final Agent agent, final IdleStrategy idleStrategy)
    {
        final StartReporter reporter = new StartReporter(agent);
        final AgentRunner runner = new AgentRunner(idleStrategy, context.errorHandler(), null, reporter);
        reporters.add(reporter);
        runners.add(runner);
        threads.add(AgentRunner.startOnThread(runner, AgentThread::new));
        return runner;
    }

    /**
     * An engine with a thread that could not start, or could not be pinned, must not be had: it is closed for what is
     * thrown here.
     */
    private void awaitStart()
    {
        for (final StartReporter reporter : reporters)
        {
            try
            {
                reporter.started.get(START_TIMEOUT_S, TimeUnit.SECONDS);
            }
            catch (final ExecutionException ex)
            {
                throw new ConfigurationException(
                    "thread " + reporter.roleName() + " cannot start: " + ex.getCause().getMessage(), ex.getCause());
            }
            catch (final TimeoutException ex)
            {
                throw new ConfigurationException(
                    "thread " + reporter.roleName() + " did not start within " + START_TIMEOUT_S + " s", ex);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
                throw new ConfigurationException("interrupted while the engine started", ex);
            }
        }
    }

    private IdleStrategy ioIdleStrategy()
    {
        return context.idleMode() == IdleMode.BLOCK ? NoOpIdleStrategy.INSTANCE : idleStrategy();
    }

    private IdleStrategy idleStrategy()
    {
        return context.idleMode() == IdleMode.SPIN ? BusySpinIdleStrategy.INSTANCE : YieldingIdleStrategy.INSTANCE;
    }

    /**
     * Tells the launching thread how the start of an agent went.
     */
    private final class StartReporter implements Agent
    {
        private final Agent agent;
        private final CompletableFuture<Void> started = new CompletableFuture<>();

        StartReporter(final Agent agent)
        {
            this.agent = agent;
        }

        @Override
        public void onStart()
        {
            try
            {
                agent.onStart();
                observation.publisher().onAgentStart(agent.roleName());
                started.complete(null);
            }
            catch (final RuntimeException | Error ex) // an error too: a class that is missing, memory
            {
                started.completeExceptionally(ex);
                throw ex;
            }
        }

        @Override
        public int doWork() throws Exception
        {
            return agent.doWork();
        }

        @Override
        public void onClose()
        {
            agent.onClose();
        }

        @Override
        public String roleName()
        {
            return agent.roleName();
        }
    }

    /**
     * IO and handlers on one thread: the selector may wait only when neither had work.
     */
    private static final class SharedAgent implements Agent
    {
        private final IoAgent io;
        private final HandlerAgent handler;

        SharedAgent(final IoAgent io, final HandlerAgent handler)
        {
            this.io = io;
            this.handler = handler;
        }

        @Override
        public void onStart()
        {
            io.onStart();
            handler.onStart();
        }

        @Override
        public int doWork()
        {
            final int ioWork = io.doWork();
            final int handlerWork = handler.doWork();
            io.mayBlock(handlerWork == 0);
            return ioWork + handlerWork;
        }

        @Override
        public void onClose()
        {
            io.onClose();
            handler.onClose();
        }

        @Override
        public String roleName()
        {
            return SHARED;
        }
    }

    /**
     * All agents one after the other.
     */
    private final class InvokedAgents implements Agent
    {
        private final SharedAgent shared;
        private final ControlAgent control;
        private final JournalAgent journal; // null: nothing is recorded

        InvokedAgents(final SharedAgent shared, final ControlAgent control, final JournalAgent journal)
        {
            this.shared = shared;
            this.control = control;
            this.journal = journal;
        }

        @Override
        public void onStart()
        {
            if (journal != null)
            {
                journal.onStart();
            }

            control.onStart();
            shared.onStart();
        }

        @Override
        public int doWork()
        {
            final int workCount =
                control.doWork() + shared.doWork() + (journal == null ? 0 : journal.doWork());
            controlCycle.worked(workCount);
            controlCycle.end(context.nanoClock().nanoTime());
            return workCount;
        }

        @Override
        public void onClose()
        {
            control.onClose();
            shared.onClose();
            if (journal != null)
            {
                journal.onClose();
            }
        }

        @Override
        public String roleName()
        {
            return INVOKED;
        }
    }
}
