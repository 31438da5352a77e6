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
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What bounds the attempts of a session: the overall deadline, and the connect budget of its host.
 */
class ReconnectLimitTest extends SystemTest
{
    private static final long MS = 1_000_000;

    @Test
    @DisplayName("W1, W14, G5: the true cause, the attempts and the time come as a result")
    void shouldFailAtTheOverallDeadlineWithTheLastCause() throws Exception
    {
        venue.close();
        launch();
        session = engine.connect(config().reconnect(
            new ReconnectPolicy().baseNs(60_000 * MS).capNs(60_000 * MS).deadlineNs(500 * MS)));
        untilState(SessionState.BACKING_OFF);
        session.reconnect();
        pump.until("second", () -> session.metrics().connectFailures() == 2);
        clock.advanceMs(499);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.BACKING_OFF);
        clock.advanceMs(1);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).startsWith("cannot connect to /127.0.0.1:")
            .endsWith("; gave up after 1 attempts in 500 ms: deadlineNs=500000000");
        assertThat(session.awaitConnected(0, TimeUnit.SECONDS)).isFalse();
    }

    /**
     * The fault G1: a server that takes the connection and never answers the upgrade.
     */
    @Test
    void g1ShouldGiveAnAttemptUpAtTheOverallDeadline()
    {
        launch();
        session = engine.connect(config()
            .timeouts(new TimeoutPolicy().upgradeNs(1000 * MS))
            .reconnect(new ReconnectPolicy().baseNs(1).capNs(1).deadlineNs(2500 * MS)));
        for (int i = 0; i < 2; i++)
        {
            venue.accept(pump).readRequest();
            untilState(SessionState.UPGRADING);
            clock.advanceMs(1000);
            passNanosecond();
        }

        final RawConnection last = venue.accept(pump);
        last.readRequest();
        untilState(SessionState.UPGRADING);
        clock.advanceMs(500);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .startsWith("no answer to the upgrade within 1000000000 ns; still UPGRADING (tcp connected); gave up")
            .contains("after 3 attempts in 2500 ms");
        last.untilEnded();
    }

    @Test
    void shouldMeasureTheDeadlineFromEachLoss()
    {
        launch();
        final ReconnectPolicy policy = new ReconnectPolicy().baseNs(1).capNs(1).deadlineNs(1000 * MS);
        final RawConnection first = connectLive(config().reconnect(policy));
        clock.advanceMs(5000);
        first.reset();
        passNanosecond();
        final RawConnection second = acceptLive();
        clock.advanceMs(5000);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        second.reset();
        passNanosecond();
        venue.accept(pump).readRequest();
        untilState(SessionState.UPGRADING);
        clock.advanceMs(1000);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("still UPGRADING", "after 1 attempts");
    }

    @Test
    void shouldWaitForTheBudgetThatAllSessionsAndEnginesOfTheProcessShare()
    {
        launch();
        final Engine other = Engine.launch(context(ThreadingMode.INVOKER));
        try
        {
            final RecordingHandler otherHandler = new RecordingHandler();
            session = engine.connect(budgeted(3));
            acceptLive();
            engine.connect(budgeted(3));
            acceptLive();
            final Session third = other.connect(budgeted(3));
            final Pump otherPump = new Pump(other);
            venue.accept(otherPump).upgrade();
            otherPump.until("live", () -> third.state() == SessionState.LIVE);
            final Session fourth = other.connect(budgeted(3).messageHandler(otherHandler).listener(otherHandler));
            otherPump.until("it waits", () -> otherHandler.saw("state BACKING_OFF"));
            final StateChange waiting = otherHandler.change(SessionState.BACKING_OFF);
            assertThat(waiting.from()).isEqualTo(SessionState.RESOLVING);
            assertThat(waiting.reason()).isEqualTo("connect budget of 127.0.0.1:" + venue.port() +
                " (3 connections in 10000000000 ns) is used up; attempt 1 goes on in 10000 ms");
            clock.advanceMs(9999);
            otherPump.settle();
            assertThat(fourth.state()).isEqualTo(SessionState.BACKING_OFF);
            clock.advanceMs(1);
            venue.accept(otherPump).upgrade();
            otherPump.until("live", () -> fourth.state() == SessionState.LIVE);
            assertThat(fourth.lastChange().attempt()).as("waiting is no failure").isOne();
            assertThat(fourth.metrics().connectFailures()).isZero();
        }
        finally
        {
            other.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCloseOrGiveUpWhileItWaitsForTheBudget(final boolean close)
    {
        launch();
        connectLive(budgeted(1));
        session = engine.connect(budgeted(1).reconnect(
            new ReconnectPolicy().connectBudget(1, 10_000 * MS).deadlineNs(2000 * MS)));
        untilState(SessionState.BACKING_OFF);
        session.reconnect();
        pump.settle();
        assertThat(session.state()).as("the budget holds").isEqualTo(SessionState.BACKING_OFF);
        if (close)
        {
            session.close();
            untilState(SessionState.CLOSED);
        }
        else
        {
            clock.advanceMs(2000);
            untilState(SessionState.FAILED);
            assertThat(session.lastChange().reason()).contains("connect budget of ", "deadlineNs=2000000000");
        }
    }

    /**
     * Without a wait between attempts the budget alone holds.
     */
    @Test
    void shouldStayWithinTheBudgetInAnyWindow()
    {
        launch();
        final int budget = 5;
        session = engine.connect(config().reconnect(
            new ReconnectPolicy().baseNs(1).capNs(1).connectBudget(budget, 1000 * MS)));
        final List<Long> connects = new ArrayList<>();
        for (int i = 0; i < 30; i++)
        {
            while (handler.count("state CONNECTING") == connects.size()) // ends when the budget has room
            {
                clock.advanceMs(10);
                pump.settle();
            }

            connects.add(clock.nanoTime());
            venue.accept(pump).reset();
        }

        for (int i = budget; i < connects.size(); i++)
        {
            assertThat(connects.get(i) - connects.get(i - budget)).isGreaterThanOrEqualTo(1000 * MS - 10 * MS);
        }
    }

    /**
     * The faults G2 and FT5: the deadline of attempt 1 must not touch attempt 2.
     */
    @Test
    void g2ShouldNotLetTheTimerOfAnAttemptThatFailedJustBeforeItTouchTheNext()
    {
        launch();
        session = engine.connect(config()
            .timeouts(new TimeoutPolicy().upgradeNs(1000 * MS))
            .reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        final RawConnection first = venue.accept(pump);
        first.readRequest();
        untilState(SessionState.UPGRADING);
        clock.advanceNs(1000 * MS - 1);
        first.reset();
        pump.until("failed", () -> session.metrics().connectFailures() == 1);
        clock.advanceNs(1);
        final RawConnection second = venue.accept(pump);
        second.readRequest();
        untilState(SessionState.UPGRADING);
        clock.advanceNs(1000 * MS - 2);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.UPGRADING);
        assertThat(session.metrics().connectFailures()).isOne();
    }

    /**
     * The faults G3 and FT10: one close, one new connection.
     */
    @Test
    void g3ShouldMakeOneNewConnectionForOneClose()
    {
        launch();
        final RawConnection connection = connectLive(config().reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        connection.writeHex("88 02 03e9");
        assertThat(connection.readClose()).isEqualTo(1001);
        connection.close();
        passNanosecond();
        acceptLive();
        pump.settle();
        assertThat(handler.count("state CONNECTING")).isEqualTo(2);
        assertThat(handler.count("closed ")).isOne();
    }

    /**
     * All of the longest wait, where base and cap are one.
     */
    private void passNanosecond()
    {
        untilState(SessionState.BACKING_OFF);
        clock.advanceNs(1);
    }

    private SessionConfig budgeted(final int connections)
    {
        return config().reconnect(new ReconnectPolicy().connectBudget(connections, 10_000 * MS));
    }
}
