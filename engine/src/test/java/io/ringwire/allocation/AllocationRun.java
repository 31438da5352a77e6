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
package io.ringwire.allocation;

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.dialect.Dialect;
import io.ringwire.system.BeatDialect;
import io.ringwire.venue.JsonRpcDialect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The program that measures, in a JVM of its own: one line for each kind of traffic in each mode, and an exit status
 * that says whether all that count were clean.
 */
public final class AllocationRun
{
    private static final int WINDOW_LENGTH = 10_000;
    private static final int HEARTBEAT_WINDOW_LENGTH = 5;
    private static final int RING_CAPACITY = 16 * 1024;
    private static final int SMALL_RING_CAPACITY = 512;

    private final Transport transport;
    private final ThreadingMode mode;
    private final IdleMode idle;
    private final List<String> garbage = new ArrayList<>();

    private AllocationRun(final Transport transport, final ThreadingMode mode, final IdleMode idle)
    {
        this.transport = transport;
        this.mode = mode;
        this.idle = idle;
    }

    /**
     * Measure.
     *
     * @param args the transport, and {@code gate} to end with 1 if there was garbage.
     * @throws IOException if there is no loopback.
     */
    public static void main(final String[] args) throws IOException
    {
        final Transport transport = Transport.valueOf(args[0]);
        final boolean gate = args[1].equals("gate");
        final IdleMode[] idleModes =
            gate ? new IdleMode[]{ IdleMode.YIELD, IdleMode.BLOCK } : new IdleMode[]{ IdleMode.BLOCK };
        final List<String> garbage = new ArrayList<>();
        for (final ThreadingMode mode :
            new ThreadingMode[]{ ThreadingMode.DEDICATED, ThreadingMode.SHARED, ThreadingMode.INLINE })
        {
            for (final IdleMode idle : idleModes)
            {
                garbage.addAll(new AllocationRun(transport, mode, idle).run());
            }
        }

        System.out.println(garbage.isEmpty() ? "no garbage" : String.join("", garbage));
        System.exit(garbage.isEmpty() || !gate ? 0 : 1);
    }

    /**
     * Measure all kinds of traffic. Netty allocates 64 B whenever reading stops or a write blocks: that is known.
     */
    private List<String> run() throws IOException
    {
        try (EchoVenue venue = new EchoVenue();
            EchoVenue pingedVenue = new EchoVenue();
            EchoVenue wordyVenue = new EchoVenue();
            EchoVenue stoppedVenue = new EchoVenue();
            EchoVenue proxyVenue = new EchoVenue();
            Engine engine = Engine.launch(
                new EngineContext().transport(transport).threadingMode(mode).idleMode(idle).observation(watchful())))
        {
            final Traffic traffic = connect(engine, venue, null, 0, RING_CAPACITY);
            measure(engine, "receive", WINDOW_LENGTH, traffic::receive);
            measure(engine, "receive fragments", WINDOW_LENGTH, traffic::receiveFragments);
            measure(engine, "send", WINDOW_LENGTH, traffic::send);
            measure(engine, "send in parts", WINDOW_LENGTH / 2, traffic::sendParts);
            measure(engine, "request + reply", WINDOW_LENGTH, traffic::requestAndReply);
            measure(engine, "request by text", WINDOW_LENGTH, traffic::requestByText);
            measure(engine, "request in batch", WINDOW_LENGTH, traffic::requestInBatches);
            measure(engine, "ping received", WINDOW_LENGTH, traffic::receivePings);
            final Traffic heartbeats = connect(engine, pingedVenue, null, 1, RING_CAPACITY);
            measure(engine, "ping sent", HEARTBEAT_WINDOW_LENGTH, heartbeats::sendPings);
            final Traffic words = connect(engine, wordyVenue, null, 1, RING_CAPACITY, BeatDialect.pinging());
            measure(withoutControl(engine), "own heartbeats", HEARTBEAT_WINDOW_LENGTH, words::sendHeartbeats);
            words.end(); // its strings would be counted below
            final Traffic tunnelled = connect(engine, proxyVenue, proxyVenue.asProxy(), 0, RING_CAPACITY);
            measure(engine, "receive by proxy", WINDOW_LENGTH, tunnelled::receive);
            final Traffic stopped = connect(engine, stoppedVenue, null, 0, SMALL_RING_CAPACITY);
            measure(engine, "(ring full)", WINDOW_LENGTH, stopped::receive);
            return garbage;
        }
    }

    /**
     * Many intervals in each window, and every call of a handler is slow.
     */
    private static ObservationPolicy watchful()
    {
        return new ObservationPolicy().intervalNs(TimeUnit.MILLISECONDS.toNanos(5)).slowHandlerNs(1);
    }

    /**
     * A dialect's heartbeats are strings, made on the control thread.
     */
    private static List<Thread> withoutControl(final Engine engine)
    {
        return engine.threads().stream().filter((thread) -> !thread.getName().equals("ringwire-control")).toList();
    }

    private static Traffic connect(
        final Engine engine,
        final EchoVenue venue,
        final ProxyPolicy proxy,
        final long pingIntervalNs,
        final int ringCapacity)
    {
        return connect(engine, venue, proxy, pingIntervalNs, ringCapacity, new JsonRpcDialect());
    }

    private static Traffic connect(
        final Engine engine,
        final EchoVenue venue,
        final ProxyPolicy proxy,
        final long pingIntervalNs,
        final int ringCapacity,
        final Dialect dialect)
    {
        final Traffic traffic = new Traffic(venue);
        final Session session = engine.connect(new SessionConfig()
            .uri(venue.uri())
            .proxy(proxy)
            .buffers(new BufferPolicy().ringCapacity(ringCapacity))
            .heartbeat(new HeartbeatPolicy().intervalNs(pingIntervalNs))
            .limits(manyTokens())
            .dialect(dialect)
            .messageHandler(traffic));
        traffic.session(session);
        if (!session.awaitConnected(10, TimeUnit.SECONDS))
        {
            throw new IllegalStateException("not connected: " + session.lastChange());
        }

        return traffic;
    }

    /**
     * Limits that every message and control frame takes tokens from and that never refuse: a thread that is held up
     * while it takes a token finds more than all others can take meanwhile.
     */
    private static RateLimitPolicy manyTokens()
    {
        return new RateLimitPolicy()
            .bucket("bucket", 1 << 30, 1, 1).controlFrameCost("bucket", 1)
            .window("window", 1 << 18, 1).controlFrameCost("window", 1);
    }

    private void measure(
        final Engine engine, final String traffic, final int windowLength, final IntConsumer window)
    {
        measure(engine.threads(), traffic, windowLength, window);
    }

    private void measure(
        final List<Thread> threads, final String traffic, final int windowLength, final IntConsumer window)
    {
        final long startNs = System.nanoTime();
        final ThreadWindows windows = new ThreadWindows(threads, 0);
        windows.run(() -> window.accept(windowLength));
        final boolean known = traffic.startsWith("(");
        final String line = String.format("%-7s %s %-9s %-5s %-18s %5d ms%s%n",
            windows.isClean() ? "clean" : known ? "known" : "GARBAGE", transport, mode, idle, traffic,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs), windows.describe(windowLength));
        System.out.print(line);
        if (!windows.isClean() && !known)
        {
            garbage.add(line);
        }
    }
}
