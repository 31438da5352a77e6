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


import io.ringwire.api.SessionListener;
import io.ringwire.api.Session;
import io.ringwire.api.StateChange;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.stats.LatencyRecorder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class ReviewTest extends SystemTest
{
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldSurviveADialectThatThrows(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config()
            .reconnect(new ReconnectPolicy().baseNs(1).capNs(1))
            .dialect((buffer, offset, length, opcode) ->
            {
                if (buffer.getByte(offset) == 'x')
                {
                    throw new IllegalStateException("dialect");
                }

                return Long.MIN_VALUE;
            }));
        final UnsafeBuffer request = buffer("request");
        session.request(1, request, 0, request.capacity(), TimeUnit.SECONDS.toNanos(60), (s, i, o, b, f, l, r) -> {});
        connection.writeText("x");
        connection.writeText("after");
        try
        {
            pump.until("after", () -> handler.saw("text after") || handler.count("state LIVE") > 1);
            assertThat(handler.saw("text after")).isTrue();
        }
        finally
        {
            System.out.println(mode + " errors=" + errors.size() + " log=" + handler.log() + " " + session);
            errors.clear();
        }
    }

    @Test
    void shouldServeWritesWhileAPeerFillsEveryRead() throws Exception
    {
        launch(ThreadingMode.INLINE);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, b, o, l, op, t, e) ->
            {
                final long startNs = System.nanoTime();
                while (System.nanoTime() - startNs < 20_000)
                {
                    Thread.onSpinWait();
                }
            }));
        final byte[] frames = new byte[256 * 1024];
        for (int i = 0; i < 256; i++)
        {
            System.arraycopy(RawConnection.frame(0x82, new byte[1020]), 0, frames, i * 1024, 1024);
        }

        final Thread writer = new Thread(() ->
        {
            try
            {
                while (true)
                {
                    connection.write(frames);
                }
            }
            catch (final RuntimeException ex)
            {
                // the connection was closed
            }
        });
        writer.start();
        pump.until("flood", () -> session.metrics().messagesReceived() > 50_000);
        System.out.println("position " + send("hello") + " at " + session.metrics().messagesReceived());
        final long startNs = System.nanoTime();
        try
        {
            pump.until("the message sent arrives", connection::hasByte);
        }
        finally
        {
            System.out.println("after ms " + (System.nanoTime() - startNs) / 1_000_000 + " " +
                session.metrics().messagesReceived());
            venue.closeAccepted();
            writer.join();
        }
    }

    @Test
    void shouldNotFailItsOwnHeartbeatWhenPausedFromTheStart() throws Exception
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(ThreadingMode.DEDICATED);
        session = engine.connect(config().ringCapacity(4)
            .heartbeat(new HeartbeatPolicy()
                .intervalNs(TimeUnit.MILLISECONDS.toNanos(50)).timeoutNs(TimeUnit.MILLISECONDS.toNanos(50)))
            .listener(new SessionListener()
            {
                @Override
                public void onState(final Session s, final StateChange change)
                {
                    try
                    {
                        held.await();
                    }
                    catch (final InterruptedException ex)
                    {
                        throw new IllegalStateException(ex);
                    }
                }
            }));
        venue.accept(pump).upgrade(RawConnection.frame(0x81, new byte[] {'a'}));
        pump.until("live", () -> session.metrics().connects() > 0);
        final long startNs = System.nanoTime();
        pump.until("time", () -> System.nanoTime() - startNs > 500_000_000L);
        final String last = session.lastChange().toString();
        held.countDown();
        assertThat(last).contains("to=LIVE");
    }

    @Test
    void shouldClampALatencyThatSeveralThingsHad()
    {
        new LatencyRecorder().record(TimeUnit.HOURS.toNanos(2), 1);
    }

    @Test
    void shouldOutliveAHandlerThatSetsTheInterruptFlag() throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, b, o, l, op, t, e) -> Thread.currentThread().interrupt()));
        connection.writeText("a");
        pump.until("delivered", () -> session.metrics().messagesDelivered() == 1);
        pump.settle();
        connection.writeText("b");
        try
        {
            pump.until("second", () -> session.metrics().messagesDelivered() == 2);
        }
        finally
        {
            System.out.println("interrupt: errors=" + errors + " " + session.lastChange() + engine.threads().stream().map(Thread::getState).toList());
            errors.clear();
        }
    }

    @Test
    void shouldEndWhatItRefusesWithABadRange() throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        connectLive(config().sendWindowLength(4096));
        final UnsafeBuffer tooShort = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < 100; i++)
        {
            try
            {
                session.request(i, tooShort, 0, 100, 1_000_000, (s, id, o, b, f, l, r) -> {});
            }
            catch (final IndexOutOfBoundsException ex)
            {
                // as it should
            }
        }

        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(send("x")).isPositive();
    }
}
