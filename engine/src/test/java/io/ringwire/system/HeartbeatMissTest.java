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
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A peer that does not answer, or that we do not read.
 */
class HeartbeatMissTest extends SystemTest
{
    private static final long MS = 1_000_000;
    private static final int PING = 9;

    @Test
    @DisplayName("W20, G19: misses are counted, told, and lead to an action")
    void shouldTellEachMissPingAgainAndDropAfterTheLast()
    {
        launch();
        final RawConnection connection = connectLive(beating().heartbeat(policy().maxMisses(3)));
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(PING);
        assertThat(session.heartbeat().state()).isEqualTo(State.AWAITING);
        for (int miss = 1; miss < 3; miss++)
        {
            clock.advanceMs(499);
            pump.settle();
            assertThat(handler.count("missed")).isEqualTo(miss - 1);
            clock.advanceMs(1);
            untilHandlerSaw("missed " + miss);
            assertThat(connection.readFrame().opcode()).as("a new ping at once").isEqualTo(PING);
            assertThat(session.heartbeat().state()).isEqualTo(State.MISSED);
            assertThat(session.heartbeat().consecutiveMisses()).isEqualTo(miss);
            assertThat(session.state()).isEqualTo(SessionState.LIVE);
        }

        clock.advanceMs(500);
        untilHandlerSaw("closed 1006 no byte received within 500000000 ns after each of 3 pings");
        assertThat(handler.log()).containsSubsequence("missed 1", "missed 2", "missed 3");
        connection.untilEnded();
        assertThat(session.metrics().heartbeatsMissed()).isEqualTo(3);
        assertThat(session.metrics().heartbeatsSent()).isEqualTo(3);
        assertThat(session.heartbeat().state()).isEqualTo(State.STOPPED);
        passBackoff();
        acceptLive();
        assertThat(session.heartbeat().consecutiveMisses()).isZero();
        assertThat(session.metrics().reconnects()).isOne();
    }

    @Test
    void shouldForgetMissesWithAnyByteAndKeepTheTotal()
    {
        launch();
        final RawConnection connection = connectLive(beating().heartbeat(policy().maxMisses(2)));
        for (int i = 1; i <= 3; i++)
        {
            clock.advanceMs(1000);
            assertThat(connection.readFrame().opcode()).isEqualTo(PING);
            clock.advanceMs(500);
            assertThat(connection.readFrame().opcode()).isEqualTo(PING);
            connection.writeHex("8a 00"); // an unsolicited pong is a byte like any other
            pump.until("alive", () -> session.heartbeat().state() == State.ALIVE);
            assertThat(session.heartbeat().missed()).isEqualTo(i);
            assertThat(handler.count("missed 1")).isEqualTo(i);
        }

        assertThat(session.heartbeat().answered()).isZero();
        assertThat(handler.saw("missed 2")).isFalse();
        assertThat(session.epoch()).isOne();
    }

    @Test
    void shouldWaitForTheGraceAndTakeAByteInItForLife()
    {
        launch();
        final RawConnection connection = connectLive(beating().heartbeat(policy().graceNs(200 * MS)));
        clock.advanceMs(1000);
        connection.readFrame();
        clock.advanceMs(500);
        untilHandlerSaw("missed 1");
        clock.advanceMs(199);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        connection.writeText("late");
        untilHandlerSaw("text late");
        clock.advanceMs(301);
        connection.readFrame();
        clock.advanceMs(500);
        pump.until("second miss", () -> handler.count("missed 1") == 2);
        clock.advanceMs(200);
        untilHandlerSaw("closed 1006 no byte received within 500000000 ns after a ping and 200000000 ns of grace");
    }

    @Test
    void shouldDropAVenueThatBeatsByItselfWhenItIsSilent()
    {
        launch();
        final RawConnection connection =
            connectLive(beating().heartbeat(new HeartbeatPolicy().intervalNs(0).silenceNs(3000 * MS)));
        clock.advanceMs(2999);
        connection.writeText("beat");
        untilHandlerSaw("text beat");
        clock.advanceMs(2999);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        assertThat(connection.hasByte()).as("no ping is sent").isFalse();
        clock.advanceMs(1);
        untilHandlerSaw("closed 1006 no byte received for 3000000000 ns");
        assertThat(session.metrics().lastError()).startsWith("no byte received for");
        assertThat(handler.saw("missed")).isFalse();
    }

    @Test
    void shouldPingOnlyWhenIdleIfSoConfigured()
    {
        launch();
        final RawConnection connection = connectLive(beating().heartbeat(policy().idleOnly(true)));
        for (int i = 0; i < 5; i++)
        {
            clock.advanceMs(900);
            connection.writeText("m" + i);
            untilHandlerSaw("text m" + i);
        }

        assertThat(connection.hasByte()).isFalse();
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(PING);
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = "DEDICATED")
    void shouldNotCountThePauseWhenItEnds(final ThreadingMode mode)
    {
        final CountDownLatch held = new CountDownLatch(1);
        launch(context(mode).nanoClock(clock));
        final RawConnection connection = connectLive(beating()
            .heartbeat(policy().silenceNs(2000 * MS))
            .buffers(new BufferPolicy().ringCapacity(4))
            .messageHandler(new HeldHandler(held, handler)));
        for (int i = 0; i < 10; i++)
        {
            connection.writeText("m" + i);
        }

        pump.until("paused", () -> session.metrics().pauses() == 1);
        pump.until("health", () -> session.heartbeat().state() == State.PAUSED);
        for (int i = 0; i < 10; i++)
        {
            clock.advanceMs(1000);
            pump.settle();
        }

        held.countDown();
        untilHandlerSaw("text m9");
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        assertThat(handler.saw("missed")).isFalse();
        clock.advanceMs(499);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        assertThat(session.epoch()).isOne();
    }

    @Test
    void shouldStopPingingWhileDraining()
    {
        launch();
        final RawConnection connection = connectLive(beating().heartbeat(policy().silenceNs(1500 * MS)));
        session.close();
        assertThat(connection.readClose()).isEqualTo(1000);
        clock.advanceMs(1600);
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.state()).isEqualTo(SessionState.DRAINING);
        assertThat(session.heartbeat().state()).isEqualTo(State.STOPPED);
        assertThat(handler.saw("missed")).isFalse();
    }

    @Test
    void shouldNotCareForThePongOfAConnectionThatDroppedWithThePing()
    {
        launch();
        final RawConnection connection = connectLive(beating());
        clock.advanceMs(1000);
        final byte[] payload = connection.readFrame().payload();
        connection.close();
        untilHandlerSaw("closed 1006");
        passBackoff();
        final RawConnection next = acceptLive();
        next.write(RawConnection.frame(0x8a, payload));
        next.writeText("behind");
        untilHandlerSaw("text behind");
        assertThat(session.metrics().pongsReceived()).isZero();
        assertThat(session.heartbeat().answered()).isZero();
    }

    @Test
    void shouldCountASecondPongToOnePingOnce()
    {
        launch();
        final RawConnection connection = connectLive(beating());
        clock.advanceMs(1000);
        final byte[] pong = RawConnection.frame(0x8a, connection.readFrame().payload());
        connection.write(pong);
        connection.write(pong);
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        assertThat(session.metrics().pongsReceived()).isOne();
        assertThat(session.latency().heartbeatRtt().count()).isOne();
    }

    @Test
    void shouldPingBetweenThePartsOfAMessage()
    {
        launch();
        final RawConnection connection = connectLive(beating());
        assertThat(session.sendFirst(1, buffer("one"), 0, 3)).isPositive();
        assertThat(connection.readFrame().firstByte()).isEqualTo(1);
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(PING);
        assertThat(send("whole")).isEqualTo(SendResult.MESSAGE_OPEN);
        assertThat(session.sendLast(buffer("two"), 0, 3)).isPositive();
        assertThat(connection.readFrame().firstByte()).isEqualTo(0x80);
    }

    @Test
    @DisplayName("FT6: pings in any number cost one pong and no memory while the peer does not read")
    void shouldBoundThePongsToAPeerThatFloodsPingsAndDoesNotRead()
    {
        launch();
        final RawConnection connection = connectLive(config());
        final String filler = "f".repeat(5000);
        int sent = 0;
        for (int refusals = 0; refusals < 100; )
        {
            final boolean accepted = send(filler) > 0;
            sent += accepted ? 1 : 0;
            refusals = accepted ? 0 : refusals + 1;
            engine.doWork();
        }

        final long memory = session.metrics().directMemoryBytes();
        final long frames = session.metrics().framesSent();
        final byte[] pings = RawConnection.frame(0x89, "flood".getBytes()); // of 7 bytes
        final byte[] flood = new byte[pings.length * 1000];
        for (int i = 0; i < 1000; i++)
        {
            System.arraycopy(pings, 0, flood, i * pings.length, pings.length);
        }

        for (int i = 0; i < 20; i++)
        {
            final long target = (i + 1) * 1000L;
            connection.write(flood);
            pump.until("pings read", () -> session.metrics().pingsReceived() == target);
        }

        assertThat(session.metrics().directMemoryBytes()).isEqualTo(memory);
        assertThat(session.metrics().framesSent()).isEqualTo(frames);
        for (int i = 0; i < sent; i++)
        {
            assertThat(connection.readFrame().opcode()).isOne();
        }

        assertThat(connection.readFrame().text()).isEqualTo("flood");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
    }

    @Test
    void shouldRefuseSettingsThatMeanNothingAndNameThem()
    {
        launch();
        assertRefused((policy) -> policy.graceNs(-1), "heartbeat.graceNs=-1");
        assertRefused((policy) -> policy.silenceNs(-2), "heartbeat.silenceNs=-2");
        assertRefused((policy) -> policy.maxMisses(0), "heartbeat.maxMisses=0");
        assertRefused((policy) -> policy.intervalNs(0).graceNs(5), "heartbeat.graceNs=5");
        assertRefused((policy) -> policy.intervalNs(0).maxMisses(2), "heartbeat.maxMisses=2");
        assertRefused((policy) -> policy.intervalNs(0).idleOnly(true), "heartbeat.idleOnly=true");
        assertRefused((policy) -> policy.idleOnly(true).silenceNs(MS), "heartbeat.silenceNs=1000000 ends an idle");
    }

    private void assertRefused(final Consumer<HeartbeatPolicy> setting, final String complaint)
    {
        final HeartbeatPolicy policy = policy();
        setting.accept(policy);
        assertThatThrownBy(() -> engine.connect(config().heartbeat(policy)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining(complaint);
    }

    private SessionConfig beating()
    {
        return config().heartbeat(policy());
    }

    private static HeartbeatPolicy policy()
    {
        return new HeartbeatPolicy().intervalNs(1000 * MS).timeoutNs(500 * MS);
    }
}
