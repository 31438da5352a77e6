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
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.venue.JsonRpcDialect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The program that measures what it costs to record, in a JVM of its own: one line for each kind of traffic, and an
 * exit status that says whether all were clean, the journal's thread included.
 */
public final class RecordedAllocationRun
{
    private static final int WINDOW_LENGTH = 2_000;
    private static final int RING_CAPACITY = 16 * 1024;
    /** The journal's thread maps its file block by block, one every 4 MiB. */
    private static final long BLOCKS_BYTES = 256 * 1024;

    private final ThreadingMode mode;
    private boolean clean = true;

    private RecordedAllocationRun(final ThreadingMode mode)
    {
        this.mode = mode;
    }

    /**
     * Measure.
     *
     * @param args mode, and the folder of the journal.
     * @throws IOException if there is no loopback.
     */
    public static void main(final String[] args) throws IOException
    {
        final boolean clean = new RecordedAllocationRun(ThreadingMode.valueOf(args[0])).run(Path.of(args[1]));
        System.exit(clean ? 0 : 1);
    }

    private boolean run(final Path directory) throws IOException
    {
        try (EchoVenue venue = new EchoVenue();
            Engine engine = Engine.launch(new EngineContext()
                .transport(Transport.EPOLL)
                .threadingMode(mode)
                .idleMode(IdleMode.BLOCK)
                .journal(new JournalPolicy().directory(directory).whenFull(JournalPolicy.WhenFull.WAIT))))
        {
            final Traffic traffic = connect(engine, venue);
            measure(engine, "receive", traffic::receive);
            measure(engine, "receive fragments", traffic::receiveFragments);
            measure(engine, "send", traffic::send);
            measure(engine, "send in parts", traffic::sendParts);
            measure(engine, "request + reply", traffic::requestAndReply);
            measure(engine, "ping received", traffic::receivePings);
            return clean;
        }
    }

    private static Traffic connect(final Engine engine, final EchoVenue venue)
    {
        final Traffic traffic = new Traffic(venue);
        final Session session = engine.connect(new SessionConfig()
            .uri(venue.uri())
            .buffers(new BufferPolicy().ringCapacity(RING_CAPACITY))
            .heartbeat(new HeartbeatPolicy().intervalNs(0))
            .dialect(new JsonRpcDialect())
            .messageHandler(traffic));
        traffic.session(session);
        if (!session.awaitConnected(10, TimeUnit.SECONDS))
        {
            throw new IllegalStateException("not connected: " + session.lastChange());
        }

        return traffic;
    }

    private void measure(final Engine engine, final String traffic, final IntConsumer window)
    {
        final ThreadWindows windows = new ThreadWindows(
            engine.threads(), 0, (thread) -> thread.getName().contains("journal") ? BLOCKS_BYTES : 0);
        final long startNs = System.nanoTime();
        windows.run(() -> window.accept(WINDOW_LENGTH));
        clean &= windows.isClean();
        System.out.printf("%-7s %-9s recorded %-18s %5d ms%s%n",
            windows.isClean() ? "clean" : "GARBAGE", mode, traffic,
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs), windows.describe(WINDOW_LENGTH));
    }
}
