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
package io.ringwire.rfc;

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.system.Pump;
import io.ringwire.system.RawConnection;
import io.ringwire.system.RawVenue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One engine and one server for many cases, each on a connection and a session of its own.
 */
final class Wire implements AutoCloseable
{
    static final int MAX_LENGTH = 70_000;

    private static final int ARENA_LENGTH = 256 * 1024;
    private static final int RING_CAPACITY = 64;
    private static final int READ_BUFFER_LENGTH = 16 * 1024;
    private static final int SEND_WINDOW_LENGTH = 4 * 1024;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final RawVenue venue;
    private final Engine engine;
    private final Pump pump;

    Wire(final Setting setting) throws IOException
    {
        venue = new RawVenue();
        engine = Engine.launch(new EngineContext()
            .threadingMode(setting.mode())
            .transport(setting.transport())
            .idleMode(IdleMode.BLOCK)
            .shutdownTimeoutNs(TimeUnit.MILLISECONDS.toNanos(20))
            .errorHandler(errors::add));
        pump = new Pump(engine);
    }

    SessionConfig config(final Script script)
    {
        return new SessionConfig()
            .uri(venue.uri("/"))
            .messageHandler(script)
            .listener(script)
            .reconnect(ReconnectPolicy.never())
            .buffers(new BufferPolicy()
                .ringCapacity(RING_CAPACITY)
                .arenaLength(ARENA_LENGTH)
                .readBufferLength(READ_BUFFER_LENGTH)
                .sendWindowLength(SEND_WINDOW_LENGTH))
            .maxMessageLength(MAX_LENGTH)
            .maxFrameLength(MAX_LENGTH);
    }

    Session connect(final SessionConfig config)
    {
        return engine.connect(config);
    }

    RawConnection accept()
    {
        return venue.accept(pump);
    }

    Pump pump()
    {
        return pump;
    }

    void awaitEnd(final Session session, final Script script)
    {
        pump.until("the session ends, it is " + session.state() + " and saw " + script.events(),
            () -> session.state().isTerminal() && script.end() != null);
    }

    void endOfCase()
    {
        venue.closeAccepted();
        assertThat(errors).isEmpty();
    }

    /**
     * Play a case, its bytes cut in two.
     *
     * @param wireCase to play.
     * @param split    length of the first piece.
     * @param client   what the client does once it is live; returns the close frame the server then sees, or null.
     */
    void play(final WireCase wireCase, final int split, final Function<Session, String> client)
    {
        final Script script = new Script();
        final Session session = connect(config(script));
        final RawConnection connection = accept();
        connection.upgrade();
        pump.until("live", () -> session.state() == SessionState.LIVE);
        final String clientClose = client.apply(session);

        final List<String> frames = new ArrayList<>();
        boolean closeSeen = clientClose != null;
        if (closeSeen)
        {
            assertThat(readToClose(connection)).containsExactly(clientClose);
        }

        write(connection, session, Arrays.copyOf(wireCase.bytes(), split));
        if (wireCase.ends() && split >= wireCase.verdictAt() && !closeSeen)
        {
            frames.addAll(readToClose(connection));
            closeSeen = true;
        }
        else if (wireCase.serverEvents().isEmpty())
        {
            pump.turn();
            assertThat(connection.hasByte()).as("the verdict comes too early").isFalse();
        }

        write(connection, session, Arrays.copyOfRange(wireCase.bytes(), split, wireCase.bytes().length));
        write(connection, session, wireCase.farewell());
        if (!closeSeen)
        {
            frames.addAll(readToClose(connection));
        }

        pump.turn();
        assertThat(connection.hasByte()).as("sent something behind its close frame").isFalse();
        connection.close();
        awaitEnd(session, script);
        check(wireCase, script, frames, clientClose != null);
        endOfCase();
    }

    private static void check(
        final WireCase wireCase, final Script script, final List<String> frames, final boolean clientCloses)
    {
        final List<String> handlerSaw = new ArrayList<>();
        for (final String event : script.events())
        {
            handlerSaw.add(wireCase.allHandlerEvents().contains(event) ? event : withoutReason(event));
        }

        assertThat(handlerSaw).as("what the handler saw").isEqualTo(wireCase.allHandlerEvents());
        if (!clientCloses)
        {
            final List<String> expected = new ArrayList<>(wireCase.serverEvents());
            expected.add("close " + wireCase.closeCode());
            expected.removeIf((event) -> event.endsWith("?") && !frames.contains(withoutMark(event)));
            expected.replaceAll(Wire::withoutMark);
            assertThat(frames).as("what the server saw").isEqualTo(expected);
        }
    }

    private static String withoutReason(final String event)
    {
        return event.replaceFirst("^((error|closed) \\d+) .*$", "$1");
    }

    private static String withoutMark(final String event)
    {
        return event.endsWith("?") ? event.substring(0, event.length() - 1) : event;
    }

    /**
     * Write, and wait until the client has read it: what is written next comes with another read.
     */
    private void write(final RawConnection connection, final Session session, final byte[] bytes)
    {
        if (bytes.length > 0)
        {
            final long expected = session.metrics().bytesReceived() + bytes.length;
            connection.write(bytes);
            pump.until("the client has read", () -> session.metrics().bytesReceived() >= expected);
        }
    }

    private static List<String> readToClose(final RawConnection connection)
    {
        final List<String> frames = new ArrayList<>();
        while (true)
        {
            final RawConnection.Frame frame = connection.readFrame();
            if (frame.opcode() == 0x8)
            {
                frames.add("close " + (frame.payload().length == 0 ? 1005 : frame.closeCode()));
                return frames;
            }

            frames.add(((frame.opcode() == 0xA ? "pong " : "opcode " + frame.opcode() + " ") +
                Script.hex(frame.payload())).trim());
        }
    }

    @Override
    public void close() throws IOException
    {
        engine.close();
        venue.close();
        assertThat(errors).isEmpty();
    }
}
