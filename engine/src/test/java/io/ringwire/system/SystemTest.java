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
package io.ringwire.system;

import io.ringwire.Engine;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One engine, one venue, one recording handler; in INVOKER mode also one virtual clock. What the engine's error handler
 * is told fails the test unless the test takes it out of {@link #errors}.
 */
@Timeout(30)
@ExtendWith(LeakWatcher.class)
abstract class SystemTest
{
    final VirtualClock clock = new VirtualClock();
    final RecordingHandler handler = new RecordingHandler();
    final List<Throwable> errors = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    RawVenue venue;
    Engine engine;
    Pump pump;
    Session session;

    @BeforeEach
    void openVenue() throws Exception
    {
        venue = new RawVenue();
    }

    @AfterEach
    void closeAll() throws Exception
    {
        if (engine != null)
        {
            engine.close();
        }

        venue.close();
        assertThat(errors).isEmpty();
    }

    EngineContext context(final ThreadingMode mode)
    {
        final EngineContext context = new EngineContext()
            .threadingMode(mode)
            .transport(Transport.AUTO)
            .idleMode(IdleMode.BLOCK)
            .random(new SplittableRandom(1))
            .shutdownTimeoutNs(TimeUnit.MILLISECONDS.toNanos(20))
            .eventLog((level, source, message, cause) -> events.add(level + " " + source + ": " + message))
            .errorHandler(errors::add);
        return mode == ThreadingMode.INVOKER ? context.nanoClock(clock) : context;
    }

    void launch(final EngineContext context)
    {
        engine = Engine.launch(context);
        pump = new Pump(engine);
    }

    void launch(final ThreadingMode mode)
    {
        launch(context(mode));
    }

    /**
     * In lock-step, with the virtual clock.
     */
    void launch()
    {
        launch(ThreadingMode.INVOKER);
    }

    SessionConfig config()
    {
        return new SessionConfig().uri(venue.uri("/")).messageHandler(handler).listener(handler);
    }

    /**
     * Connect a session; the venue has accepted it and not yet answered the upgrade.
     */
    RawConnection connect(final SessionConfig config)
    {
        session = engine.connect(config);
        return venue.accept(pump);
    }

    /**
     * Connect a session and wait until its handler knows that it is live.
     */
    RawConnection connectLive(final SessionConfig config)
    {
        session = engine.connect(config);
        return acceptLive();
    }

    /**
     * Take the session's next connection and wait until its handler knows that it is live.
     */
    RawConnection acceptLive()
    {
        final long before = handler.count("state LIVE");
        final RawConnection connection = venue.accept(pump);
        connection.upgrade();
        pump.until("live", () -> handler.count("state LIVE") > before);
        return connection;
    }

    void untilState(final SessionState state)
    {
        pump.until(state + " after " + handler.log(), () -> session.state() == state);
    }

    void untilHandlerSaw(final String entry)
    {
        try
        {
            pump.until("the handler sees " + entry, () -> handler.saw(entry));
        }
        catch (final AssertionError ex)
        {
            throw new AssertionError(ex.getMessage() + "; it saw " + handler.log(), ex);
        }
    }

    /**
     * Let the backoff, however long it was drawn, be over.
     */
    void passBackoff()
    {
        untilState(SessionState.BACKING_OFF);
        clock.advanceMs(10_001);
    }

    long send(final String text)
    {
        final UnsafeBuffer buffer = buffer(text);
        return session.send(Opcode.TEXT, buffer, 0, buffer.capacity());
    }

    static UnsafeBuffer buffer(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
