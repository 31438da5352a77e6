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

import io.ringwire.api.HeartbeatHealth.State;
import io.ringwire.api.SessionState;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.HeartbeatDialect;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heartbeats in a venue's own words.
 */
class AppHeartbeatTest extends SystemTest
{
    private static final long MS = 1_000_000;
    private static final int PING = 9;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldPingInTheVenuesWordsAndKnowTheAnswerByItsId(final ThreadingMode mode)
    {
        launch(context(mode).nanoClock(clock));
        final RawConnection connection = connectLive(beating(BeatDialect.pinging()));
        clock.advanceMs(1000);
        final String ping = connection.readFrame().text();
        assertThat(ping).matches("ping \\d+");
        clock.advanceMs(3);
        final long beforeMs = System.currentTimeMillis();
        connection.writeText(ping.replace('i', 'o'));
        pump.until("answered", () -> session.heartbeat().answered() == 1);
        assertThat(session.latency().heartbeatRtt().count()).isOne();
        assertThat(session.latency().heartbeatRtt().last()).isEqualTo(3 * MS);
        pump.until("counted: behind the send", () -> session.heartbeat().sent() == 1);
        pump.until("alive", () -> session.heartbeat().state() == State.ALIVE);
        assertThat(session.heartbeat().lastRttNs()).isEqualTo(3 * MS);
        pump.until("wall time", () -> session.heartbeat().lastAnswerTimeMs() >= beforeMs);
        assertThat(session.heartbeat().lastAnswerTimeMs()).isLessThanOrEqualTo(System.currentTimeMillis());
        connection.writeText(ping.replace('i', 'o'));
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        assertThat(session.heartbeat().answered()).as("a second answer").isOne();
        assertThat(handler.saw("text pong")).isFalse();
    }

    @Test
    void shouldTakeTheNextHeartbeatForTheAnswerIfAnswersBearNoId()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.withoutIds()));
        connection.writeText("beat");
        pump.until("read", () -> session.metrics().messagesReceived() == 1);
        clock.advanceMs(1000);
        assertThat(connection.readFrame().text()).startsWith("ping");
        clock.advanceMs(4);
        connection.writeText("beat");
        pump.until("answered", () -> session.heartbeat().answered() == 1);
        assertThat(session.heartbeat().lastRttNs()).isEqualTo(4 * MS);
        assertThat(handler.saw("text")).isFalse();
    }

    @Test
    void shouldNotTakeAHeartbeatForTheAnswerIfAnswersBearAnId()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.pinging()));
        clock.advanceMs(1000);
        connection.readFrame();
        connection.writeText("beat");
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        assertThat(session.heartbeat().answered()).isZero();
        pump.until("it is life nevertheless", () -> session.heartbeat().state() == State.ALIVE);
        assertThat(handler.saw("text beat")).isFalse();
    }

    @Test
    @DisplayName("W11: heartbeats never wait behind user code")
    void shouldAnswerADemandAndPingWhileTheHandlerIsHeld()
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock));
        final RawConnection connection =
            connectLive(beating(BeatDialect.pinging()).messageHandler(new HeldHandler(held, handler)));
        connection.writeText("holds");
        pump.until("held", () -> session.metrics().messagesDelivered() == 1);
        for (int i = 1; i <= 3; i++)
        {
            connection.writeText("demand");
            assertThat(connection.readFrame().text()).startsWith("alive ");
            clock.advanceMs(1000);
            final String ping = connection.readFrame().text();
            connection.writeText(ping);
            final int answered = i;
            pump.until("answered", () -> session.heartbeat().answered() == answered);
        }

        assertThat(session.metrics().messagesDelivered()).isOne();
        held.countDown();
        untilHandlerSaw("text holds");
        assertThat(session.heartbeat().demandsAnswered()).isEqualTo(3);
        assertThat(handler.saw("missed")).isFalse();
        assertThat(session.epoch()).isOne();
    }

    /**
     * In SHARED and INLINE handlers run on the IO thread: the answer waits for it, and is given when it returns.
     */
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"SHARED", "INLINE"})
    void shouldAnswerADemandWhenTheHandlerOfASharedThreadReturns(final ThreadingMode mode)
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(context(mode).nanoClock(clock));
        final RawConnection connection =
            connectLive(beating(BeatDialect.pinging()).messageHandler(new HeldHandler(held, handler)));
        connection.writeText("holds");
        pump.until("held", () -> session.metrics().messagesDelivered() == 1);
        connection.writeText("demand");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        held.countDown();
        assertThat(connection.readFrame().text()).startsWith("alive ");
        assertThat(session.epoch()).isOne();
    }

    @Test
    void shouldAnswerDemandsOnceAndThoseOfOneCycleTogether()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.demanding()));
        connection.writeText("demand");
        assertThat(connection.readFrame().text()).startsWith("alive ");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        final byte[] demand = RawConnection.frame(0x81, "demand".getBytes(StandardCharsets.US_ASCII));
        final byte[] three = new byte[demand.length * 3];
        for (int i = 0; i < 3; i++)
        {
            System.arraycopy(demand, 0, three, i * demand.length, demand.length);
        }

        connection.write(three);
        final String answer = connection.readFrame().text();
        assertThat(answer).startsWith("alive ");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.metrics().heartbeatDemands()).isEqualTo(4);
        assertThat(session.heartbeat().demandsAnswered()).isEqualTo(2);
        connection.writeText(answer); // the venue's reply to our answer is nobody's
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        assertThat(handler.count("text")).isOne();
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).as("no words for a ping").isEqualTo(PING);
    }

    @Test
    void shouldIgnoreTheDemandOfAConnectionThatIsGone()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.demanding()));
        assertThat(session.sendFirst(1, buffer("open"), 0, 4)).isPositive();
        connection.writeText("demand"); // cannot be answered while a message is open
        pump.until("demanded", () -> session.metrics().heartbeatDemands() == 1);
        connection.close();
        untilHandlerSaw("closed 1006");
        passBackoff();
        final RawConnection next = acceptLive();
        pump.settle();
        assertThat(next.hasByte()).isFalse();
        assertThat(session.heartbeat().demandsAnswered()).isZero();
        next.writeText("demand");
        assertThat(next.readFrame().text()).startsWith("alive ");
    }

    @Test
    void shouldSendNothingBetweenThePartsOfAMessageAndThenAnswer()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.demanding()));
        assertThat(session.sendFirst(1, buffer("one"), 0, 3)).isPositive();
        connection.writeText("demand");
        connection.writeText("demand");
        pump.until("demanded", () -> session.metrics().heartbeatDemands() == 2);
        pump.settle();
        assertThat(session.sendLast(buffer("two"), 0, 3)).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("one");
        assertThat(connection.readFrame().text()).isEqualTo("two");
        assertThat(connection.readFrame().text()).startsWith("alive ");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.heartbeat().demandsAnswered()).isOne();
    }

    @Test
    void shouldTryARefusedPingAgainAndNotCountItAsSent()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.pinging()));
        assertThat(session.sendFirst(1, buffer("one"), 0, 3)).isPositive();
        connection.readFrame();
        clock.advanceMs(1000);
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.heartbeat().sent()).isZero();
        assertThat(session.sendLast(buffer("two"), 0, 3)).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("two");
        assertThat(connection.readFrame().text()).startsWith("ping ");
        assertThat(session.heartbeat().sent()).isOne();
    }

    @Test
    void shouldPingTheWebSocketIfTheVenuesWordsFindNoWayForTooLong()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.pinging()));
        assertThat(session.sendFirst(1, buffer("one"), 0, 3)).isPositive();
        connection.readFrame();
        clock.advanceMs(1499);
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        clock.advanceMs(1);
        assertThat(connection.readFrame().opcode()).isEqualTo(PING);
        clock.advanceMs(500);
        untilHandlerSaw("closed 1006 no byte received");
    }

    /**
     * A connection that is half open takes no bytes, so a ping in the venue's words cannot even be sent.
     */
    @Test
    void shouldGiveUpAPeerThatTakesNothingAndSaysNothing()
    {
        launch();
        connectLive(beating(BeatDialect.pinging()));
        fill("f".repeat(5000));
        fill("f"); // what is left of the window

        clock.advanceMs(1499);
        pump.settle();
        assertThat(session.heartbeat().sent()).isZero();
        clock.advanceMs(1);
        pump.until("asked", () -> session.heartbeat().state() == State.AWAITING);
        clock.advanceMs(500);
        untilHandlerSaw("closed 1006 no byte received within");
        assertThat(session.metrics().sendWindowUsed()).as("settled when the socket lets go").isNotNegative();
    }

    @Test
    void shouldSetHeartbeatsUpOnEachConnection()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.starting()));
        final String start = connection.readFrame().text();
        assertThat(start).matches("start \\d+ every 1000");
        connection.writeText("pong " + start.split(" ")[1]);
        connection.close();
        untilHandlerSaw("closed 1006");
        passBackoff();
        final RawConnection next = acceptLive();
        assertThat(next.readFrame().text()).startsWith("start ").isNotEqualTo(start);
        clock.advanceMs(1000);
        assertThat(next.readFrame().text()).startsWith("ping ");
    }

    @Test
    void shouldReportARefusedSetUpAndPingTheWebSocket()
    {
        launch();
        final RawConnection connection = connectLive(beating(BeatDialect.starting()));
        final String id = connection.readFrame().text().split(" ")[1];
        connection.writeText("refused " + id);
        pump.until("reported", () -> errors.size() == 1);
        assertThat(errors.remove(0)).hasMessageContaining("refused to set heartbeats up")
            .hasMessageContaining(session.name()).hasMessageContaining("refused " + id);
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(PING);
        connection.writeText("demand");
        assertThat(connection.readFrame().text()).as("demands are answered still").startsWith("alive ");
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("W21: without heartbeats those of the venue are messages like others")
    void shouldDeliverTheVenuesHeartbeatsIfHeartbeatsAreOff(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(config()
            .dialect(BeatDialect.starting())
            .heartbeat(new HeartbeatPolicy().intervalNs(0)));
        connection.writeText("beat");
        connection.writeText("demand");
        untilHandlerSaw("text demand");
        assertThat(handler.saw("text beat")).isTrue();
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.heartbeat().enabled()).isFalse();
        assertThat(session.heartbeat().state()).isEqualTo(State.OFF);
    }

    @Test
    void shouldSetUpAndKeepTheVenuesHeartbeatsIfOnlySilenceIsLimited()
    {
        launch();
        final RawConnection connection = connectLive(config()
            .dialect(BeatDialect.starting())
            .heartbeat(new HeartbeatPolicy().intervalNs(0).silenceNs(700 * MS)));
        assertThat(connection.readFrame().text()).matches("start \\d+ every 700");
        connection.writeText("beat");
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        assertThat(handler.saw("text beat")).isFalse();
        clock.advanceMs(700);
        untilHandlerSaw("closed 1006 no byte received for");
    }

    @Test
    void shouldPingTheWebSocketWhenTheDialectThrows()
    {
        launch();
        final RawConnection connection = connectLive(beating(new ThrowingDialect()));
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(PING);
        assertThat(errors).hasSize(2).allSatisfy((error) -> assertThat(error).hasMessage("no words"));
        errors.clear();
        assertThat(session.metrics().dialectErrors()).isEqualTo(2);
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    /**
     * Send until the kernel and the window take no more.
     */
    private void fill(final String message)
    {
        for (int refusals = 0; refusals < 100; engine.doWork())
        {
            refusals = send(message) > 0 ? 0 : refusals + 1;
        }
    }

    private SessionConfig beating(final Dialect dialect)
    {
        return config().dialect(dialect)
            .heartbeat(new HeartbeatPolicy().intervalNs(1000 * MS).timeoutNs(500 * MS));
    }

    /**
     * Has no words.
     */
    private static final class ThrowingDialect implements Dialect, HeartbeatDialect
    {
        @Override
        public void classify(
            final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
        {
        }

        @Override
        public HeartbeatDialect heartbeats()
        {
            return this;
        }

        @Override
        public String start(final long requestId, final long intervalNs)
        {
            throw new IllegalStateException("no words");
        }

        @Override
        public String ping(final long requestId)
        {
            throw new IllegalStateException("no words");
        }

        @Override
        public String answer(final long requestId)
        {
            throw new IllegalStateException("no words");
        }
    }
}
