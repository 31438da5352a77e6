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

import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Session#reconnect()} in every state.
 */
class ReconnectByHandTest extends SystemTest
{
    private static final long MS = 1_000_000;
    private static final String NORMAL_CLOSE = "88 02 03e8";

    static List<Arguments> all()
    {
        return Transports.andModes();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldCloseBehindWhatWasSentDeliverWhatComesAndConnectAtOnce(
        final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport).nanoClock(clock)); // the close does not time out
        final RawConnection first = connectLive(config().reconnect(new ReconnectPolicy().baseNs(60_000 * MS)
            .capNs(60_000 * MS)));
        assertThat(send("before")).isPositive();
        session.reconnect();
        assertThat(first.readFrame().text()).isEqualTo("before");
        assertThat(first.readClose()).isEqualTo(1000);
        assertThat(session.state()).isEqualTo(SessionState.DRAINING);
        assertThat(send("behind")).isEqualTo(SendResult.NOT_CONNECTED);
        first.writeText("late");
        first.writeHex(NORMAL_CLOSE);
        first.close();
        acceptLive().writeText("new");
        untilHandlerSaw("text new");
        assertThat(handler.log()).containsSubsequence(
            "state LIVE", "state DRAINING", "text late", "closed 1000 ", "state RESOLVING", "state LIVE", "text new");
        assertThat(session.epoch()).isEqualTo(2);
        assertThat(session.lastChange().attempt()).isOne();
        assertThat(handler.change(SessionState.DRAINING).reason()).isEqualTo("reconnect requested");
        assertThat(handler.lastChange(SessionState.RESOLVING).reason()).isEqualTo("reconnect requested");
    }

    @Test
    void shouldNotWaitForAPeerThatDoesNotAnswerTheClose()
    {
        launch();
        final RawConnection silent = connectLive(config());
        session.reconnect();
        assertThat(silent.readClose()).isEqualTo(1000);
        clock.advanceMs(1999);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.DRAINING);
        clock.advanceMs(1);
        acceptLive();
        silent.untilEnded();
        assertThat(handler.count("state BACKING_OFF")).isZero();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("G3: one close is one new connection, however often it is asked for")
    void shouldConnectOnceHoweverOftenItIsCalled(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection first = connectLive(config());
        for (int i = 0; i < 10_000; i++)
        {
            session.reconnect();
        }

        assertThat(first.readClose()).isEqualTo(1000);
        session.reconnect();
        first.writeHex(NORMAL_CLOSE);
        first.close();
        final RawConnection second = venue.accept(pump);
        session.reconnect();
        second.upgrade();
        pump.until("live", () -> handler.count("state LIVE") == 2);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        assertThat(session.metrics().connects()).isEqualTo(2);
        assertThat(handler.count("state CONNECTING")).isEqualTo(2);
    }

    @Test
    void shouldConnectNowWhenItBacksOff() throws Exception
    {
        final int port = venue.port();
        venue.close();
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().baseNs(60_000 * MS).capNs(60_000 * MS)));
        untilState(SessionState.BACKING_OFF);
        venue = new RawVenue(new InetSocketAddress("127.0.0.1", port));
        session.reconnect();
        acceptLive();
        assertThat(session.lastChange().attempt()).as("the ladder begins anew").isOne();
        assertThat(session.epoch()).isOne();
    }

    @Test
    void shouldDoNothingWhileAnAttemptIsUnderWay()
    {
        launch();
        final RawConnection connection = connect(config());
        untilState(SessionState.UPGRADING);
        session.reconnect();
        pump.settle();
        connection.upgrade();
        untilState(SessionState.LIVE);
        assertThat(session.metrics().connects()).isOne();
        assertThat(handler.count("state CONNECTING")).isOne();
    }

    @Test
    void shouldDoNothingAfterClose()
    {
        launch();
        final RawConnection connection = connectLive(config());
        session.close(1001, "bye");
        session.reconnect();
        assertThat(connection.readClose()).isEqualTo(1001);
        session.reconnect();
        connection.writeHex("88 02 03e9");
        connection.close();
        untilHandlerSaw("state CLOSED");
        session.reconnect();
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void shouldCloseForGoodWhenClosedOnTheWay()
    {
        launch();
        final RawConnection connection = connectLive(config());
        session.reconnect();
        assertThat(connection.readClose()).isEqualTo(1000);
        session.close();
        connection.writeHex(NORMAL_CLOSE);
        connection.close();
        untilHandlerSaw("state CLOSED");
        assertThat(handler.count("state CONNECTING")).isOne();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCloseDuringTheBackoff(final ThreadingMode mode) throws Exception
    {
        venue.close();
        launch(mode);
        session = engine.connect(config().reconnect(new ReconnectPolicy().baseNs(60_000 * MS).capNs(60_000 * MS)));
        untilHandlerSaw("state BACKING_OFF");
        session.close();
        untilHandlerSaw("state CLOSED");
        assertThat(handler.count("state RESOLVING")).isOne();
    }

    @Test
    void shouldConnectAgainThoughItMayNotDoSoByItself()
    {
        launch();
        final RawConnection connection = connectLive(config().reconnect(ReconnectPolicy.never()));
        session.reconnect();
        assertThat(connection.readClose()).isEqualTo(1000);
        connection.writeHex(NORMAL_CLOSE);
        connection.close();
        acceptLive().reset();
        untilHandlerSaw("state FAILED");
    }

    @Test
    void shouldEndRequestsInFlightWithAnUnknownOutcome()
    {
        launch();
        final List<String> ends = new CopyOnWriteArrayList<>();
        final RawConnection connection = connectLive(config());
        final UnsafeBuffer request = buffer("{\"id\":7}");
        assertThat(session.request(7, request, 0, request.capacity(), 60_000 * MS,
            (session, id, outcome, buffer, offset, length, elapsedNs) -> ends.add(id + " " + outcome))).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("{\"id\":7}");
        session.reconnect();
        assertThat(connection.readClose()).isEqualTo(1000);
        connection.writeHex(NORMAL_CLOSE);
        connection.close();
        acceptLive();
        assertThat(ends).containsExactly("7 " + ReplyOutcome.UNKNOWN_OUTCOME);
    }

    /**
     * From a callback: Java-WebSocket#732 threw.
     */
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldReconnectFromACallback(final ThreadingMode mode)
    {
        launch(mode);
        final SessionListener listener = new SessionListener()
        {
            @Override
            public void onState(final Session session, final StateChange change)
            {
                handler.onState(session, change);
                if (change.to() == SessionState.LIVE && change.epoch() == 1)
                {
                    session.reconnect();
                }
            }
        };
        session = engine.connect(config().listener(listener));
        final RawConnection first = venue.accept(pump);
        first.upgrade();
        assertThat(first.readClose()).isEqualTo(1000);
        first.writeHex(NORMAL_CLOSE);
        first.close();
        final RawConnection second = venue.accept(pump);
        second.upgrade();
        pump.until("live again", () -> handler.count("state LIVE") == 2);
        assertThat(session.epoch()).isEqualTo(2);
    }
}
