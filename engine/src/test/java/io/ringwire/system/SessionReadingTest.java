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

import io.ringwire.api.HeartbeatHealth;
import io.ringwire.api.HeartbeatHealth.State;
import io.ringwire.api.SessionLatency;
import io.ringwire.api.SessionMetrics;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Metrics, latencies and the health of heartbeats, read at any time. W7: no reading waits for another thread.
 */
class SessionReadingTest extends SystemTest
{
    private static final long MS = 1_000_000;
    private static final int READERS = 3;

    @Test
    void shouldMeasureThePhasesOfAConnect()
    {
        launch();
        session = engine.connect(config());
        final RawConnection connection = venue.accept(pump);
        untilState(SessionState.UPGRADING);
        clock.advanceMs(7);
        connection.upgrade();
        untilState(SessionState.LIVE);
        final SessionLatency.ConnectLatency connect = session.latency().connect();
        assertThat(connect.connect().count()).isOne();
        assertThat(connect.upgrade().count()).isOne();
        assertThat(connect.upgrade().last()).isEqualTo(7 * MS);
        assertThat(connect.total().last()).isEqualTo(7 * MS);
        assertThat(connect.tls().count()).isZero();
        assertThat(connect.login().count()).isZero();
        assertThat(connect.resubscribe().count()).isZero();
    }

    @Test
    void shouldNotMeasurePhasesThatFailed()
    {
        launch();
        session = engine.connect(config());
        final RawConnection refused = venue.accept(pump);
        untilState(SessionState.UPGRADING);
        clock.advanceMs(7);
        refused.readRequest();
        refused.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        passBackoff();
        assertThat(session.metrics().lastError()).contains("503");
        assertThat(session.metrics().lastErrorTimeMs()).isBetween(1L, System.currentTimeMillis());
        acceptLive();
        assertThat(session.latency().connect().connect().count()).isEqualTo(2);
        assertThat(session.latency().connect().upgrade().count()).isOne();
        assertThat(session.latency().connect().total().count()).isOne();
        assertThat(session.latency().connect().total().max()).isLessThan(7 * MS);
        assertThat(session.metrics().connectFailures()).isOne();
        assertThat(session.metrics().reconnects()).as("there was no connection before").isZero();
    }

    @Test
    void shouldTellLatenciesByIntervalAndTakeNothingFromTheTotal()
    {
        launch();
        final RawConnection connection = connectLive(config());
        connection.writeText("a");
        connection.writeText("b");
        untilHandlerSaw("text b");
        assertThat(session.latency().readToHandler().count()).isEqualTo(2);
        assertThat(session.intervalLatency().readToHandler().count()).as("since the start").isEqualTo(2);
        assertThat(session.intervalLatency().readToHandler())
            .isEqualTo(new SessionLatency.Percentiles(0, 0, 0, 0, 0, 0, 0));
        connection.writeText("c");
        untilHandlerSaw("text c");
        assertThat(session.latency().readToHandler().count()).isEqualTo(3);
        assertThat(session.intervalLatency().readToHandler().count()).isOne();
        assertThat(session.intervalLatency().connect().total().count()).isZero();
        assertThat(session.latency().connect().total().count()).isOne();
        session.abort();
        untilState(SessionState.CLOSED);
        assertThat(session.latency().readToHandler().count()).isEqualTo(3);
        assertThat(session.intervalLatency().readToHandler().count()).isZero();
    }

    @Test
    void shouldTellHowLongAgoTheLastByteCame()
    {
        launch();
        session = engine.connect(config());
        assertThat(session.heartbeat().lastReceiveAgeNs()).isEqualTo(SessionMetrics.NEVER);
        final RawConnection connection = acceptLive();
        connection.writeText("x");
        untilHandlerSaw("text x");
        assertThat(session.heartbeat().lastReceiveAgeNs()).isZero();
        clock.advanceMs(5);
        assertThat(session.heartbeat().lastReceiveAgeNs()).isEqualTo(5 * MS);
        assertThat(session.metrics().lastReceiveAgeNs()).isEqualTo(5 * MS);
    }

    @Test
    void shouldTellWhyAConnectionWasLost()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThat(session.metrics().lastError()).isNull();
        assertThat(session.metrics().lastErrorTimeMs()).isEqualTo(SessionMetrics.NEVER);
        connection.writeHex("88 05 03e9 627965");
        connection.close();
        untilState(SessionState.BACKING_OFF);
        assertThat(session.metrics().lastError()).startsWith("bye; attempt 2 in ");
    }

    @Test
    void shouldTellTheBytesThatWaitToBeWritten()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThat(session.metrics().sendWindowUsed()).isZero();
        assertThat(send("12345")).isPositive();
        assertThat(session.metrics().sendWindowUsed()).isEqualTo(5 + 14);
        connection.readFrame();
        pump.until("settled", () -> session.metrics().sendWindowUsed() == 0);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTellTheDirectMemoryHeldUntilItIsGivenBack(final ThreadingMode mode)
    {
        launch(mode);
        connectLive(config().buffers(
            new BufferPolicy().arenaLength(16 * 1024 * 1024).readBufferLength(4096).sendWindowLength(8192)));
        final long arena = mode == ThreadingMode.INLINE ? 0 : 16 * 1024 * 1024;
        assertThat(session.metrics().directMemoryBytes()).isBetween(arena + 4096 + 2 * 8192, arena + 4096 + 4 * 8192);
        session.abort();
        pump.until("given back", () -> session.metrics().directMemoryBytes() == 0);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldAnswerAtAnyTimeAlsoAfterClose(final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(beating());
        assertReadable(SessionState.CLOSED);
        acceptLive();
        assertReadable(SessionState.CLOSED);
        assertThat(session.heartbeat().state()).isNotIn(State.OFF, State.STOPPED);
        session.abort();
        untilState(SessionState.CLOSED);
        assertReadable(null);
        assertThat(session.heartbeat().state()).isEqualTo(State.STOPPED);
        engine.close();
        assertReadable(null);
        assertThat(session.metrics().connects()).isOne();
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldAnswerSeveralThreadsAtOnceWhileConnectionsComeAndGo(final ThreadingMode mode) throws Exception
    {
        launch(context(mode).transport(Transport.AUTO));
        session = engine.connect(beating().reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        final AtomicBoolean done = new AtomicBoolean();
        final CountDownLatch started = new CountDownLatch(READERS);
        final List<Future<Long>> intervals = new ArrayList<>();
        final var readers = Executors.newFixedThreadPool(READERS);
        for (int i = 0; i < READERS; i++)
        {
            intervals.add(readers.submit(() -> readUntil(done, started)));
        }

        started.await();
        for (int i = 0; i < 20; i++)
        {
            final RawConnection connection = acceptLive();
            connection.writeText("m" + i);
            untilHandlerSaw("text m" + i);
            connection.close();
        }

        done.set(true);
        long sum = 0;
        for (final Future<Long> interval : intervals)
        {
            sum += interval.get();
        }

        readers.shutdown();
        session.abort();
        untilState(SessionState.CLOSED);
        sum += session.intervalLatency().readToHandler().count();
        assertThat(sum).as("each value stands in one interval").isEqualTo(20);
        assertThat(session.latency().readToHandler().count()).isEqualTo(20);
    }

    @Test
    @DisplayName("W7: a handler that blocks, and with it the IO thread, keeps no reader waiting")
    void shouldAnswerWhileTheThreadsOfTheEngineAreHeld()
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(ThreadingMode.INLINE);
        final RawConnection connection =
            connectLive(config().messageHandler(new HeldHandler(held, handler)));
        connection.writeText("holds");
        pump.until("held", () -> session.metrics().messagesDelivered() == 1);
        assertReadable(null);
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        held.countDown();
    }

    private long readUntil(final AtomicBoolean done, final CountDownLatch started)
    {
        long values = 0;
        long frames = 0;
        started.countDown();
        while (!done.get())
        {
            values += session.intervalLatency().readToHandler().count();
            final SessionMetrics metrics = session.metrics();
            assertThat(metrics.framesReceived()).isGreaterThanOrEqualTo(frames);
            frames = metrics.framesReceived();
            assertThat(session.latency().readToHandler().count()).isGreaterThanOrEqualTo(values);
            assertThat(session.heartbeat().lastRttNs()).isGreaterThanOrEqualTo(-1);
        }

        return values;
    }

    private void assertReadable(final SessionState not)
    {
        final HeartbeatHealth health = session.heartbeat();
        assertThat(health.enabled()).isTrue();
        assertThat(health.missed()).isZero();
        assertThat(session.metrics().heartbeatsMissed()).isZero();
        assertThat(session.latency().heartbeatRtt()).isNotNull();
        assertThat(session.intervalLatency().connect()).isNotNull();
        assertThat(session.state()).isNotEqualTo(not);
    }

    private SessionConfig beating()
    {
        return config().heartbeat(new HeartbeatPolicy().intervalNs(1000 * MS).timeoutNs(500 * MS));
    }
}
