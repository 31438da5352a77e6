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

import io.ringwire.api.BackpressurePolicy;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTest extends SystemTest
{
    private static final long MS = 1_000_000;

    @Test
    void shouldPingAtTheIntervalAndMeasureTheMatchingPong()
    {
        launch();
        final RawConnection connection = connectLive(beating(1000, 500));
        clock.advanceMs(999);
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        clock.advanceMs(1);
        final RawConnection.Frame ping = connection.readFrame();
        assertThat(ping.opcode()).isEqualTo(9);
        clock.advanceMs(3);
        connection.write(RawConnection.frame(0x8a, ping.payload()));
        pump.until("pong", () -> session.metrics().pongsReceived() == 1);
        assertThat(session.latency().heartbeatRtt().count()).isOne();
        assertThat(session.latency().heartbeatRtt().max()).isBetween(3 * MS, 3 * MS + 3 * MS / 100);
        clock.advanceMs(997);
        final RawConnection.Frame second = connection.readFrame();
        assertThat(second.opcode()).isEqualTo(9);
        assertThat(second.payload()).isNotEqualTo(ping.payload());
    }

    @Test
    void shouldNotMeasureAPongThatNobodyAskedFor()
    {
        launch();
        final RawConnection connection = connectLive(beating(1000, 500));
        connection.writeHex("8a 00 8a 08 0100000000000000");
        connection.writeText("behind");
        untilHandlerSaw("text behind");
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(9);
        connection.writeHex("8a 08 ffffffffffffffff 8a 00");
        connection.writeText("again");
        untilHandlerSaw("text again");
        assertThat(session.metrics().pongsReceived()).isZero();
        assertThat(session.latency().heartbeatRtt().count()).isZero();
    }

    @Test
    void shouldTakeAnyByteForLife()
    {
        launch();
        final RawConnection connection = connectLive(beating(1000, 500));
        for (int i = 0; i < 5; i++)
        {
            clock.advanceMs(1000);
            assertThat(connection.readFrame().opcode()).isEqualTo(9);
            clock.advanceMs(499);
            final long before = session.metrics().bytesReceived();
            connection.write(i == 0 ? new byte[] {(byte)0x81} : i == 1 ? new byte[] {10} : new byte[] {'x'});
            pump.until("byte", () -> session.metrics().bytesReceived() == before + 1);
            clock.advanceMs(400);
            pump.settle();
            assertThat(session.state()).isEqualTo(SessionState.LIVE);
            clock.advanceMs(101);
        }
    }

    @Test
    void shouldDropASilentPeerAfterTheTimeoutAndComeBack()
    {
        launch();
        final RawConnection connection = connectLive(beating(1000, 500));
        clock.advanceMs(1000);
        assertThat(connection.readFrame().opcode()).isEqualTo(9);
        clock.advanceMs(499);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        clock.advanceMs(1);
        untilHandlerSaw("closed 1006 no byte received");
        connection.untilEnded();
        passBackoff();
        acceptLive();
        assertThat(session.epoch()).isEqualTo(2);
        clock.advanceMs(999);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldSendNoPingIfTheIntervalIsZero()
    {
        launch();
        final RawConnection connection = connectLive(beating(0, 1));
        clock.advanceMs(1_000_000);
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldAnswerOnlyTheLatestPing()
    {
        launch();
        final RawConnection connection = connectLive(config());
        connection.writeHex("89 01 61 89 01 62 89 01 63");
        assertThat(connection.readFrame().text()).isEqualTo("c");
        pump.settle();
        assertThat(connection.hasByte()).isFalse();
        assertThat(session.metrics().pingsReceived()).isEqualTo(3);
    }

    @Test
    void shouldKeepAPongUntilTheSocketTakesIt()
    {
        launch();
        final RawConnection connection = connectLive(config());
        final String filler = "f".repeat(5000);
        int sent = 0;
        for (int failures = 0; failures < 100; )
        {
            if (send(filler) > 0)
            {
                sent++;
                failures = 0;
            }
            else
            {
                failures++;
                engine.doWork();
            }
        }

        for (int i = 0; i < 1000; i++)
        {
            connection.write(RawConnection.frame(0x89, ("ping " + i).getBytes()));
        }

        pump.until("pings read", () -> session.metrics().pingsReceived() == 1000);
        for (int i = 0; i < sent; i++)
        {
            assertThat(connection.readFrame().opcode()).isOne();
        }

        final RawConnection.Frame pong = connection.readFrame();
        assertThat(pong.opcode()).isEqualTo(0xA);
        assertThat(pong.text()).isEqualTo("ping 999");
    }

    @ParameterizedTest
    @EnumSource(BackpressurePolicy.class)
    void shouldGoOnWhileAHandlerBlocks(final BackpressurePolicy policy) throws Exception
    {
        final CountDownLatch released = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock));
        final RawConnection connection = connectLive(beating(1000, 500)
            .backpressure(policy)
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> await(released)));
        connection.writeText("blocks");
        clock.advanceMs(1000);
        final RawConnection.Frame ping = connection.readFrame();
        assertThat(ping.opcode()).isEqualTo(9);
        connection.writeHex("89 02 6869");
        assertThat(connection.readFrame().text()).isEqualTo("hi");
        connection.write(RawConnection.frame(0x8a, ping.payload()));
        pump.until("pong", () -> session.metrics().pongsReceived() == 1);
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        released.countDown();
    }

    @Test
    void shouldNotDeclareAPeerDeadThatWeDoNotRead() throws Exception
    {
        final CountDownLatch released = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).nanoClock(clock));
        final RawConnection connection = connectLive(beating(1000, 500)
            .buffers(new BufferPolicy().ringCapacity(4))
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> await(released)));
        for (int i = 0; i < 10; i++)
        {
            connection.writeText("m" + i);
        }

        pump.until("paused", () -> session.metrics().pauses() == 1);
        for (int i = 0; i < 5; i++)
        {
            clock.advanceMs(1000);
            pump.settle();
        }

        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        released.countDown();
        pump.until("all delivered", () -> session.metrics().messagesDelivered() == 10);
        assertThat(session.epoch()).isOne();
    }

    private SessionConfig beating(final long intervalMs, final long timeoutMs)
    {
        return config().heartbeat(new HeartbeatPolicy().intervalNs(intervalMs * MS).timeoutNs(timeoutMs * MS));
    }

    private static void await(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
