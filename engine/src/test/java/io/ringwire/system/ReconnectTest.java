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

import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class ReconnectTest extends SystemTest
{
    private static final long MS = 1_000_000;

    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldComeBackAfterTheEndOfTheConnection(final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        final RawConnection first = connectLive(config().reconnect(new ReconnectPolicy().baseNs(MS)));
        first.close();
        comeBack(mode, 2).reset();
        final RawConnection third = comeBack(mode, 3);
        third.writeText("same session");
        untilHandlerSaw("text same session");
        assertThat(send("answer")).isPositive();
        assertThat(third.readFrame().text()).isEqualTo("answer");
        assertThat(handler.count("closed 1006")).isEqualTo(2);
        assertThat(session.metrics().connects()).isEqualTo(3);
    }

    @Test
    void shouldWaitFullyJitteredAndCappedTimesBetweenAttempts() throws Exception
    {
        venue.close();
        launch(context(ThreadingMode.INVOKER).random(new SplittableRandom(42)));
        session = engine.connect(config().reconnect(new ReconnectPolicy().baseNs(100 * MS).capNs(1000 * MS)));
        final SplittableRandom expected = new SplittableRandom(42);
        final long[] bounds = {100, 200, 400, 800, 1000, 1000, 1000};
        for (int attempt = 1; attempt <= bounds.length; attempt++)
        {
            untilState(SessionState.BACKING_OFF);
            assertThat(session.lastChange().attempt()).isEqualTo(attempt);
            final long delayNs = expected.nextLong(bounds[attempt - 1] * MS + 1);
            clock.advanceNs(delayNs - 1);
            pump.settle();
            assertThat(session.state()).isEqualTo(SessionState.BACKING_OFF);
            final long failures = session.metrics().connectFailures();
            clock.advanceNs(1);
            pump.until("another attempt", () -> session.metrics().connectFailures() > failures);
        }
    }

    @Test
    void shouldFailWithTheTrueReasonAfterTheLastAttempt() throws Exception
    {
        venue.close();
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().maxAttempts(3)));
        passBackoff();
        pump.until("second", () -> session.metrics().connectFailures() == 2);
        passBackoff();
        untilHandlerSaw("state FAILED");
        assertThat(handler.count("state BACKING_OFF")).isEqualTo(2);
        final StateChange failure = handler.change(SessionState.FAILED);
        assertThat(failure.attempt()).isEqualTo(3);
        assertThat(failure.reason()).contains("cannot connect").contains("efused");
        assertThat(send("x")).isEqualTo(SendResult.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFailAtTheFirstLossIfItMayNeverComeBack(final boolean closeFrame)
    {
        launch();
        final RawConnection connection = connectLive(config().reconnect(ReconnectPolicy.never()));
        if (closeFrame)
        {
            connection.writeHex("88 04 1387 6e6f");
            assertThat(connection.readClose()).isEqualTo(4999);
        }

        connection.close();
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).closeCode()).isEqualTo(closeFrame ? 4999 : 1006);
        assertThat(handler.change(SessionState.FAILED).reason())
            .isEqualTo(closeFrame ? "no" : "connection ended without a close frame");
    }

    @Test
    @DisplayName("W15, G7: waits begin anew only behind a healthy connection")
    void shouldNotTakeAConnectionThatEndsAtOnceForASuccess()
    {
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().healthyNs(5000 * MS)));
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            acceptLive().close();
            untilState(SessionState.BACKING_OFF);
            assertThat(session.lastChange().attempt()).isEqualTo(attempt);
            clock.advanceMs(10_001);
        }

        final RawConnection healthy = acceptLive();
        clock.advanceMs(5000);
        healthy.close();
        untilState(SessionState.BACKING_OFF);
        clock.advanceMs(101);
        acceptLive();
        assertThat(session.lastChange().attempt()).isOne();
    }

    @Test
    void shouldNotLetALateAnswerToAnOldAttemptChangeTheNext()
    {
        launch();
        final RawConnection slow = connect(config().timeouts(new TimeoutPolicy().upgradeNs(1000 * MS)));
        final String request = slow.readRequest();
        untilState(SessionState.UPGRADING);
        clock.advanceMs(1000);
        passBackoff();
        final RawConnection next = venue.accept(pump);
        next.readRequest();
        untilState(SessionState.UPGRADING);
        slow.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " + RawConnection.acceptOf(request) + "\r\n\r\n");
        slow.close();
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.UPGRADING);
        assertThat(session.metrics().connectFailures()).isOne();
    }

    @Test
    void shouldNotSendWhatTheConnectionBeforeHadAccepted()
    {
        final EngineContext context = context(ThreadingMode.DEDICATED);
        launch(context);
        final RawConnection first = connectLive(config()
            .reconnect(new ReconnectPolicy().baseNs(1))
            .buffers(new BufferPolicy().sendWindowLength(1024 * 1024)) // more than the kernel takes, however late
            .socket(new SocketPolicy().sendBufferLength(64 * 1024)));
        final List<String> accepted = new ArrayList<>();
        final String filler = "old".repeat(1000);
        for (int refusals = 0; refusals < 5;) // until the window is full
        {
            if (send(filler) > 0)
            {
                accepted.add(filler);
                refusals = 0;
            }
            else
            {
                refusals++;
                pump.settle();
            }
        }

        first.reset();
        pump.until("epoch 2", () -> handler.count("closed ") == 1);
        final RawConnection second = acceptLive();
        pump.until("new message accepted", () -> send("new") > 0);
        assertThat(second.readFrame().text()).isEqualTo("new");
        assertThat(session.metrics().sendsDiscarded()).isBetween(1L, (long)accepted.size());
        assertThat(session.metrics().framesSent()).isLessThanOrEqualTo(accepted.size() + 1);
    }

    private RawConnection comeBack(final ThreadingMode mode, final int epoch)
    {
        pump.until("lost", () -> handler.count("closed ") == epoch - 1);
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }

        final RawConnection connection = acceptLive();
        assertThat(session.epoch()).isEqualTo(epoch);
        return connection;
    }
}
