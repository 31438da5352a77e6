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
package io.ringwire.io;

import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Ticker;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.frame.MaskKeys;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.Delivery;
import io.ringwire.session.DirectWriter;
import io.ringwire.session.LinkCommands;
import io.ringwire.session.LinkEvents;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.DutyCycle;
import io.ringwire.tape.TapeWriter;
import io.ringwire.thread.CommandQueue;
import io.ringwire.thread.CpuAffinity;
import io.ringwire.tls.TlsContext;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The IO thread: commands, outbound records, one write per session, the sockets, what waits for room.
 */
public final class IoAgent implements Agent, DirectWriter
{
    /** The role name of the agent, and the name of its thread where it has one of its own. */
    public static final String ROLE = "ringwire-io";

    private static final int RECORD_LIMIT = 256;
    private static final long BLOCK_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SHARED_BLOCK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long RETRY_BLOCK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /**
     * Without a bound, for this thread waits for the control thread, which hands over here. That one has no more
     * to hand over than what this one has read.
     */
    private final CommandQueue commands = new CommandQueue();
    private final Int2ObjectHashMap<SessionLink> linkById = new Int2ObjectHashMap<>();
    private final ArrayList<SessionLink> links = new ArrayList<>();
    private final OutboundRing outboundRing;
    private final OutboundRing.RecordHandler recordHandler = this::onDrained;
    private final WakeClock clock;
    private final DutyCycle dutyCycle;
    private final ErrorHandler errorHandler;
    private final LinkEvents control;
    private final IoContext io;
    private final TapeWriter tape;
    private final ClockTicker ticker;
    private final ManualIoEventLoop eventLoop;
    private final LinkCommands proxy = new IoProxy(this);
    private final int cpu;
    private final boolean mustWake;
    private final boolean handlersShareThread;
    private boolean mayBlock; // owner: IO thread
    private boolean draining; // owner: IO thread
    private boolean anyBlocked; // owner: IO thread

    /**
     * Make the agent.
     *
     * @param context      concluded.
     * @param transport    that loaded.
     * @param outboundRing that all sessions send through.
     * @param control      told of what happens to connections.
     * @param dutyCycle    of this agent.
     * @param tape         that everything is recorded to, or null.
     */
    public IoAgent(
        final EngineContext context,
        final TransportFactory transport,
        final OutboundRing outboundRing,
        final LinkEvents control,
        final DutyCycle dutyCycle,
        final TapeWriter tape)
    {
        this.tape = tape;
        this.outboundRing = outboundRing;
        this.control = control;
        this.dutyCycle = dutyCycle;
        clock = new WakeClock(context.nanoClock());
        errorHandler = context.errorHandler();
        cpu = context.ioCpu();
        handlersShareThread = context.threadingMode() != ThreadingMode.DEDICATED;
        mustWake = context.idleMode() == IdleMode.BLOCK && context.threadingMode() != ThreadingMode.INVOKER;
        mayBlock = mustWake;
        ticker = new ClockTicker(context.nanoClock());
        eventLoop = new Loop(transport, ticker);
        io = new IoContext(
            eventLoop, transport, clock, new MaskKeys(), tape, new LifeRecorder(tape, context.journal()));
    }

    /** {@return the way to hand commands to this agent} */
    public LinkCommands proxy()
    {
        return proxy;
    }

    /**
     * Any thread, before the first command for the session.
     *
     * @param session  to serve.
     * @param tls      of the session, which this agent closes, or null for none.
     * @param delivery of its inbound messages and events.
     */
    public void register(final WebSocketSession session, final TlsContext tls, final Delivery delivery)
    {
        final SessionLink link = new SessionLink(session, tls, delivery, control, io);
        offer(() ->
        {
            linkById.put(session.id(), link);
            links.add(link);
            io.lives().session(session.id(), session.config().name(), clock.nanoTime());
        });
    }

    /**
     * The IO thread: another agent on this thread had work in this cycle, or not. The next cycle waits for the selector
     * only if none had.
     *
     * @param othersIdle true if it may wait.
     */
    public void mayBlock(final boolean othersIdle)
    {
        mayBlock = mustWake && othersIdle;
        dutyCycle.worked(othersIdle ? 0 : 1);
    }

    @Override
    public String roleName()
    {
        return ROLE;
    }

    @Override
    public void onStart()
    {
        commands.start();
        eventLoop.setOwningThread(Thread.currentThread());
        if (cpu != EngineContext.NOT_PINNED)
        {
            CpuAffinity.pin(cpu);
        }

        assert !mustWake || Thread.currentThread() instanceof FastThreadLocalThread :
            "Netty pools only on its own threads";
    }

    @Override
    public int doWork()
    {
        final long nowNs = now();
        dutyCycle.begin(nowNs);
        int workCount = commands.run();
        workCount += drainOutbound();
        workCount += workLinks(nowNs);
        workCount += mayBlock && workCount == 0 ? runBlocking() : eventLoop.runNow();
        if (handlersShareThread)
        {
            workCount += drainOutbound(); // what handlers sent out of this read leaves with it
        }

        workCount += flushLinks();
        dutyCycle.worked(workCount);
        return workCount;
    }

    @Override
    public void onClose()
    {
        if (!commands.isStarted())
        {
            commands.start(); // closed before its own thread came to run
            eventLoop.setOwningThread(Thread.currentThread());
        }

        commands.run();
        commands.close();
        links.forEach(this::stop);
        while (drainOutbound() > 0)
        {
            // what was accepted and not written is counted; ends: the sessions take no more
        }

        ticker.run();
        eventLoop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        while (!eventLoop.isTerminated())
        {
            eventLoop.runNow();
        }

        links.forEach(SessionLink::free);
        links.clear();
        linkById.clear();
    }

    @Override
    public boolean isUsable()
    {
        return commands.isOwner() && !draining && outboundRing.isEmpty();
    }

    @Override
    public void write(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final SessionLink link = linkById.get(sessionId);
        if (link != null)
        {
            link.send(type, epoch, buffer, offset, length);
        }
    }

    void offer(final WebSocketSession session, final Consumer<SessionLink> command)
    {
        offer(() ->
        {
            final SessionLink link = linkById.get(session.id());
            if (link != null)
            {
                run(link, command);
            }
        });
    }

    void wake()
    {
        if (mustWake && !commands.isOwner())
        {
            eventLoop.wakeup();
        }
    }

    private void offer(final Runnable command)
    {
        commands.offer(command);
        wake();
    }

    private int runBlocking()
    {
        clock.arm();
        final int workCount = eventLoop.run(blockNs(), 0);
        dutyCycle.waited(clock.wokeNs());
        return workCount;
    }

    private int drainOutbound()
    {
        draining = true;
        final int count = outboundRing.drain(recordHandler, RECORD_LIMIT);
        draining = false;
        return count;
    }

    private void onDrained(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        try
        {
            write(type, sessionId, epoch, buffer, offset, length);
        }
        catch (final RuntimeException | Error ex)
        {
            fault(linkById.get(sessionId), ex);
        }
    }

    private void run(final SessionLink link, final Consumer<SessionLink> command)
    {
        try
        {
            command.accept(link);
        }
        catch (final RuntimeException | Error ex)
        {
            fault(link, ex);
        }
    }

    private void stop(final SessionLink link)
    {
        run(link, SessionLink::stop);
    }

    private int workLinks(final long nowNs)
    {
        int workCount = 0;
        boolean blocked = false;
        for (int i = links.size() - 1; i >= 0; i--)
        {
            final SessionLink link = links.get(i);
            workCount += work(link, nowNs);
            blocked |= link.isBlocked();
            if (link.isFinished())
            {
                links.remove(i);
                linkById.remove(link.session().id());
                link.free();
                link.session().counters().release();
            }
        }

        anyBlocked = blocked;
        return workCount;
    }

    private int work(final SessionLink link, final long nowNs)
    {
        try
        {
            return link.doWork(nowNs);
        }
        catch (final RuntimeException | Error ex)
        {
            return fault(link, ex);
        }
    }

    private int flushLinks()
    {
        int workCount = 0;
        final long nowNs = now();
        for (int i = links.size() - 1; i >= 0; i--)
        {
            workCount += flush(links.get(i), nowNs);
        }

        return workCount;
    }

    private int flush(final SessionLink link, final long nowNs)
    {
        try
        {
            return link.flush(nowNs);
        }
        catch (final RuntimeException | Error ex)
        {
            return fault(link, ex);
        }
    }

    /**
     * A fault of one session must not take the others with it, nor the thread: that would leave every socket open.
     */
    private int fault(final SessionLink link, final Throwable cause)
    {
        errorHandler.onError(cause);
        try
        {
            link.crash(cause);
        }
        catch (final RuntimeException | Error ex)
        {
            errorHandler.onError(ex);
        }

        return 1;
    }

    private long now()
    {
        final long nowNs = clock.nanoTime();
        if (tape != null)
        {
            tape.nowNs(nowNs);
        }

        return nowNs;
    }

    private long blockNs()
    {
        return anyBlocked ? RETRY_BLOCK_NS : handlersShareThread ? SHARED_BLOCK_NS : BLOCK_NS;
    }

    /**
     * The event loop that this agent drives. Netty asks it, after it has announced that it is about to sleep, whether
     * it may: what another thread hands over before that is found here, what it hands over after that wakes it.
     */
    private final class Loop extends ManualIoEventLoop
    {
        Loop(final TransportFactory transport, final Ticker ticker)
        {
            super(null, null, transport.ioHandler(), ticker);
        }

        @Override
        protected boolean canBlock()
        {
            return commands.isEmpty() && outboundRing.isEmpty();
        }
    }

    /**
     * The engine's clock, which tells when a wait for the selector ended: at the first reading behind it, for what is
     * read is stamped first of all. Owner: IO thread.
     */
    private static final class WakeClock implements NanoClock
    {
        private final NanoClock clock;
        private boolean armed;
        private long wokeNs;

        WakeClock(final NanoClock clock)
        {
            this.clock = clock;
        }

        void arm()
        {
            armed = true;
        }

        long wokeNs()
        {
            return armed ? nanoTime() : wokeNs;
        }

        @Override
        public long nanoTime()
        {
            final long nowNs = clock.nanoTime();
            if (armed)
            {
                armed = false;
                wokeNs = nowNs;
            }

            return nowNs;
        }
    }
}
