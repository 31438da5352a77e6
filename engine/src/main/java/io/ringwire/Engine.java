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

import io.ringwire.api.CloseCode;
import io.ringwire.api.Session;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.control.ControlAgent;
import io.ringwire.handler.HandlerAgent;
import io.ringwire.handler.InlineDispatcher;
import io.ringwire.handler.RingDelivery;
import io.ringwire.handler.RingDispatcher;
import io.ringwire.io.IoAgent;
import io.ringwire.io.SocketOptions;
import io.ringwire.io.TransportFactory;
import io.ringwire.journal.JournalAgent;
import io.ringwire.ring.MessageRing;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.thread.Doorbell;
import io.ringwire.tls.TlsContext;
import io.ringwire.tls.TlsContexts;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.errors.ErrorConsumer;
import org.agrona.concurrent.status.CountersReader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket client engine: its threads, and the sessions they keep up.
 * <p>
 * All methods may be called from any thread, but for {@link #doWork()}.
 */
public final class Engine implements AutoCloseable
{
    private static final String AGRONA_PACKAGE = "jdk.internal.misc";
    private static final String SHUTDOWN_REASON = "engine closed";
    private static final long POLL_MS = 1;

    private final EngineContext context;
    private final EngineObservation observation;
    private final TransportFactory transport;
    private final ControlAgent control;
    private final JournalAgent journal; // null: nothing is recorded
    private final IoAgent io;
    private final List<HandlerAgent> handlers = new ArrayList<>();
    private final EngineThreads threads;
    private final SessionWiring wiring;
    private final List<WebSocketSession> sessions = new ArrayList<>(); // guarded by this
    private int nextSessionId; // guarded by this
    private volatile boolean closed; // guarded by this for writing

    private Engine(final EngineContext context, final EngineObservation observation)
    {
        this.context = context;
        this.observation = observation;
        transport = TransportFactory.load(context.transport());
        final OutboundRing outboundRing = new OutboundRing(context.outboundRingLength());
        threads = new EngineThreads(context, observation);
        final Doorbell controlBell = EngineThreads.controlDoorbell(context);
        control = new ControlAgent(
            context, controlBell, threads.controlCycle(), observation.latencies(), observation.publisher());
        journal = context.journal().directory() == null ? null :
            JournalAgent.of(context, transport.transport().toString(), observation.file().counters());
        io = new IoAgent(
            context,
            transport,
            outboundRing,
            control.proxy(),
            threads.ioCycle(),
            journal == null ? null : journal.writer());
        for (int i = 0; i < context.handlerThreads(); i++)
        {
            handlers.add(
                new HandlerAgent(i, context, EngineThreads.handlerDoorbell(context), threads.handlerCycle(i)));
        }

        final boolean invoked = context.threadingMode() == ThreadingMode.INVOKER;
        wiring = new SessionWiring(
            outboundRing,
            io.proxy(),
            control.proxy(),
            io,
            context.nanoClock(),
            context.errorHandler(),
            context.eventLog(),
            observation.file().counters(),
            invoked ? this::doWork : null);
        try
        {
            threads.start(io, handlers, control, controlBell, journal);
        }
        catch (final RuntimeException | Error ex)
        {
            end();
            throw ex;
        }
    }

    /**
     * Start an engine.
     *
     * @param context of the engine, concluded by this call.
     * @return the engine, running.
     * @throws ConfigurationException that names the setting, the value and what to do.
     */
    public static Engine launch(final EngineContext context)
    {
        if (!Object.class.getModule().isExported(AGRONA_PACKAGE, Agent.class.getModule()))
        {
            throw new ConfigurationException(
                "Agrona cannot reach memory: add --add-exports java.base/jdk.internal.misc=ALL-UNNAMED to the java " +
                "command");
        }

        context.conclude(Runtime.getRuntime().availableProcessors());
        final EngineObservation observation = EngineObservation.open(context);
        try
        {
            final Engine engine = new Engine(context, observation);
            observation.launched(engine);
            return engine;
        }
        catch (final RuntimeException | Error ex)
        {
            observation.abandon();
            throw ex;
        }
    }

    /**
     * Start an engine with the defaults.
     *
     * @return the engine, running.
     */
    public static Engine launch()
    {
        return launch(new EngineContext());
    }

    /**
     * Open a session. Returns at once; the session connects, and connects again, on its own.
     *
     * @param config of the session, concluded by this call.
     * @return the session.
     * @throws ConfigurationException that names the setting and the value, or says that the engine is closed or full.
     */
    public synchronized Session connect(final SessionConfig config)
    {
        if (closed)
        {
            throw new ConfigurationException("the engine is closed: launch another");
        }

        sessions.removeIf((session) -> session.state().isTerminal());
        if (sessions.size() >= context.maxSessions())
        {
            throw new ConfigurationException(
                "maxSessions=" + context.maxSessions() + " are open: close one, or raise maxSessions");
        }

        config.conclude(context);
        SocketOptions.of(config.socket(), transport.transport()); // refuses what this transport does not have
        final TlsContext tls = config.endpoint().isSecure() || config.upgrade().maxRedirects() > 0 ||
            config.reconnect().alternates().stream().anyMatch(Endpoint::isSecure) ?
            TlsContexts.open(config.tls()) : null;
        final WebSocketSession session = new WebSocketSession(nextSessionId++, config, wiring);
        try
        {
            register(session, tls);
        }
        catch (final OutOfMemoryError ex)
        {
            if (tls != null)
            {
                tls.close();
            }

            session.counters().free();
            throw ex;
        }

        warnIfInsecure(config);
        sessions.add(session);
        control.start(session, wiring);
        return session;
    }

    /**
     * The transport that loaded.
     *
     * @return never {@link Transport#AUTO}.
     */
    public Transport transport()
    {
        return transport.transport();
    }

    /**
     * The engine's threads, for metering and for operators. Empty in INVOKER mode.
     *
     * @return the threads, control first.
     */
    public List<Thread> threads()
    {
        return threads.threads();
    }

    /**
     * The counters of the engine, its agents and its sessions, as other processes see them. They can be read when the
     * engine is closed, too.
     *
     * @return the counters, for any thread; {@code CounterType} says what each means.
     */
    public CountersReader counters()
    {
        return observation.file().counters();
    }

    /**
     * The file that other processes read the counters and errors from, with {@code ringwire stat} or
     * {@code CountersFileReader}. It is gone when the engine is closed.
     *
     * @return where it is, or null if the counters are in memory.
     */
    public Path countersFile()
    {
        return observation.file().path();
    }

    /**
     * Read the distinct errors: each error of the engine and each that user code threw, with how often and when first
     * and last. It can be called when the engine is closed, too. Any thread.
     *
     * @param consumer told of each.
     * @return how many there are.
     */
    public int errors(final ErrorConsumer consumer)
    {
        return observation.file().errors(consumer);
    }

    /**
     * INVOKER mode: run one duty cycle of every agent, always on the same thread.
     *
     * @return how much was done; 0 is the moment to idle.
     */
    public int doWork()
    {
        return threads.invoke();
    }

    /**
     * Close all sessions with 1001, wait for their close handshakes up to the shutdown timeout, drop what is left, end
     * all threads and free all memory. A second call does nothing. A handler that does not return is interrupted; if
     * it goes on, its thread and the memory it may use are left alone, and the error handler is told.
     *
     * @throws IllegalStateException if called from a callback, whose thread it would wait for.
     */
    @Override
    public void close()
    {
        if (threads.isInCallback())
        {
            throw new IllegalStateException("close the engine from a thread of your own, not from a callback");
        }

        synchronized (this)
        {
            if (closed)
            {
                return;
            }

            closed = true;
        }

        sessions.forEach((session) -> session.close(CloseCode.GOING_AWAY, SHUTDOWN_REASON));
        if (!awaitEnd(context.shutdownTimeoutNs()))
        {
            sessions.forEach(Session::abort);
            awaitEnd(context.shutdownTimeoutNs());
        }

        end();
        observation.closed();
    }

    @Override
    public String toString()
    {
        return "Engine{" + context.threadingMode() + ", " + context.idleMode() + ", " + transport.explanation() + '}';
    }

    /**
     * End what threads there are, and free what they used.
     */
    private void end()
    {
        if (journal != null)
        {
            journal.ending();
        }

        if (threads.close())
        {
            handlers.forEach(HandlerAgent::free);
            if (journal != null)
            {
                journal.free();
            }
        }
    }

    private void register(final WebSocketSession session, final TlsContext tls)
    {
        final HandlerAgent handler = handlers.get(session.config().handlerThread());
        if (context.threadingMode() == ThreadingMode.INLINE)
        {
            registerInline(session, tls, handler);
        }
        else
        {
            registerWithRing(session, tls, handler);
        }
    }

    private void warnIfInsecure(final SessionConfig config)
    {
        if (config.tls() != null && config.tls().isInsecure())
        {
            context.errorHandler().onError(new ConfigurationException("session " + config.name() +
                " does not check who the server is: insecureTrustAnyServerForTestsOnly is set"));
        }
    }

    private void registerInline(final WebSocketSession session, final TlsContext tls, final HandlerAgent handler)
    {
        final InlineDispatcher dispatcher = new InlineDispatcher(
            session, context.nanoClock(), context.errorHandler(), context.observation().slowHandlerNs());
        session.status().wire(() -> 0, dispatcher);
        io.register(session, tls, dispatcher);
        handler.add(dispatcher);
    }

    private void registerWithRing(final WebSocketSession session, final TlsContext tls, final HandlerAgent handler)
    {
        final BufferPolicy buffers = session.config().buffers();
        final MessageRing ring = new MessageRing(buffers.ringCapacity(), buffers.arenaLength());
        try
        {
            final RingDispatcher dispatcher = new RingDispatcher(
                session, ring, context.nanoClock(), context.errorHandler(), context.observation().slowHandlerNs());
            session.status().wire(ring::occupancy, dispatcher);
            final RingDelivery delivery =
                new RingDelivery(session, ring, handler.doorbell(), context.nanoClock());
            io.register(session, tls, delivery);
            handler.add(dispatcher);
        }
        catch (final OutOfMemoryError ex)
        {
            ring.close(); // the link's buffers did not fit behind it
            throw ex;
        }
    }

    private boolean awaitEnd(final long timeoutNs)
    {
        final long startNs = System.nanoTime();
        boolean interrupted = false;
        while (!sessions.stream().allMatch((session) -> session.state().isTerminal()))
        {
            if (System.nanoTime() - startNs > timeoutNs)
            {
                restore(interrupted);
                return false;
            }

            if (threads.isInvoked())
            {
                doWork();
            }
            else
            {
                interrupted |= pause();
            }
        }

        restore(interrupted);
        return true;
    }

    private static void restore(final boolean interrupted)
    {
        if (interrupted)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean pause()
    {
        try
        {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            return false;
        }
        catch (final InterruptedException ex)
        {
            return true;
        }
    }
}
