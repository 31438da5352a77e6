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
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the engine itself reads in messages, while the handler does not keep up.
 */
class RoutedMessagesTest extends VenueTest
{
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void letGo()
    {
        held.countDown();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOP_READING", "DROP_NEWEST"})
    void shouldNotCountASequenceThatTheHandlerNeverGot(final BackpressurePolicy policy)
    {
        launch(ThreadingMode.DEDICATED);
        begin(held(policy)
            .reconnect(new ReconnectPolicy().baseNs(1))
            .timeouts(new TimeoutPolicy().closeNs(1_000_000)));
        untilState(SessionState.LIVE);
        for (int i = 0; i < 20; i++)
        {
            connection.writeText("tick a " + i);
        }

        pump.until("full", () -> session.metrics().pauses() + session.metrics().messagesDropped() > 0);
        if (policy == BackpressurePolicy.DROP_NEWEST)
        {
            pump.until("read", () -> session.metrics().messagesDropped() > 10);
            connection.close();
        }
        else
        {
            session.reconnect();
        }

        acceptUpgraded();
        held.countDown();
        untilHandlerSaw("reconnect gap 1 ");
        final long delivered = handler.count("text tick a ");
        assertThat(handler.saw("reconnect gap 1 " + (delivered - 1) + " ")).as(handler.log().toString()).isTrue();
    }

    @Test
    void shouldReadItsOwnAnswersInPiecesWhenMessagesAreDropped()
    {
        launch(ThreadingMode.DEDICATED);
        begin(held(BackpressurePolicy.DROP_NEWEST));
        untilState(SessionState.LIVE);
        for (int i = 0; i < 20; i++)
        {
            connection.writeText("tick a " + i);
        }

        pump.until("dropped", () -> session.metrics().messagesDropped() > 10);
        session.subscribe("a");
        final String[] message = connection.readFrame().text().split(" ", 3);
        final byte[] answer = ("ok " + message[1]).getBytes(StandardCharsets.US_ASCII);
        connection.write(RawConnection.frame(0x01, Arrays.copyOf(answer, 7)));
        connection.write(RawConnection.frame(0x80, Arrays.copyOfRange(answer, 7, answer.length)));
        pump.until("acknowledged", () -> session.subscriptions().acknowledged().contains("a"));
    }

    @Test
    void shouldAnswerADemandInPiecesWhenMessagesAreDropped()
    {
        launch(ThreadingMode.DEDICATED);
        connection = connectLive(held(BackpressurePolicy.DROP_NEWEST)
            .dialect(BeatDialect.demanding()).heartbeat(new HeartbeatPolicy()));
        for (int i = 0; i < 20; i++)
        {
            connection.writeText("tick a " + i);
        }

        pump.until("dropped", () -> session.metrics().messagesDropped() > 10);
        final byte[] demand = RawConnection.frame(0x81, "demand".getBytes(StandardCharsets.US_ASCII));
        final long before = session.metrics().bytesReceived();
        connection.write(Arrays.copyOf(demand, 4));
        pump.until("half of it", () -> session.metrics().bytesReceived() == before + 4);
        connection.write(Arrays.copyOfRange(demand, 4, demand.length));
        assertThat(connection.readFrame().text()).startsWith("alive");
    }

    private SessionConfig held(final BackpressurePolicy policy)
    {
        return config(null)
            .backpressure(policy)
            .buffers(new BufferPolicy().ringCapacity(4))
            .messageHandler(new HeldHandler(held, handler));
    }
}
