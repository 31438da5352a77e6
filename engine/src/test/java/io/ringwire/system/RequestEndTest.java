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
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How requests end: each once, whatever else happens. The tests named after ZenWebsocket's faults (W) and regressions
 * (G) show that they are not here.
 */
class RequestEndTest extends RequestSystemTest
{
    private static final int MANY = 100;

    @ParameterizedTest
    @ValueSource(longs = { 5_001, 30_000, 3_600_000 })
    @DisplayName("W5: one timeout governs a request, also when it is longer than any other of the session")
    void shouldHonourATimeoutOfAnyLength(final long timeoutMs)
    {
        launch();
        final RawConnection connection = connectLive(rpc().heartbeat(new HeartbeatPolicy().intervalNs(0)));
        assertThat(request(7, TimeUnit.MILLISECONDS.toNanos(timeoutMs), replies)).isPositive();
        connection.readFrame();
        clock.advanceNs(TimeUnit.MILLISECONDS.toNanos(timeoutMs) - 1);
        pump.settle();
        assertAllEndedBut(1);
        clock.advanceNs(1);
        untilHandlerSaw("reply 7 TIMED_OUT null");
        assertAllEnded(1);
        assertThat(request(7)).as("the id is free").isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 255, 600, 1_500 })
    void shouldNotTimeOutWhileTheAnswerWaitsBehindASlowHandler(final int ticksBefore)
    {
        launch();
        final RawConnection connection = connectLive(rpc().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                if (buffer.getByte(offset) == 'h')
                {
                    clock.advanceNs(2 * SECOND_NS);
                }
            }));
        assertThat(request(1)).isPositive();
        assertThat(request(2)).isPositive();
        final String[] ticks = new String[ticksBefore + 1];
        Arrays.fill(ticks, "1");
        ticks[0] = "hold";
        ticks[ticksBefore] = "{\"id\":1}";
        connection.write(frames(ticks));
        untilHandlerSaw("reply 2 TIMED_OUT null");
        assertThat(messages()).containsExactly("reply 1 REPLY {\"id\":1}", "reply 2 TIMED_OUT null");
        assertAllEnded(2);
    }

    @Test
    void shouldTimeOutByTheTimeOfWhatWasHandledWhileMoreWaits()
    {
        launch();
        final RawConnection connection = connectLive(rpc().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                if (buffer.getByte(offset) == 'e')
                {
                    handler.log().add("ended " + s.metrics().timeouts());
                }
            }));
        assertThat(request(1)).isPositive();
        clock.advanceNs(SECOND_NS);
        final String[] ticks = new String[600];
        Arrays.fill(ticks, "1");
        ticks[599] = "end";
        connection.write(frames(ticks));
        untilHandlerSaw("ended");
        assertThat(messages()).containsExactly("reply 1 TIMED_OUT null", "ended 1");
    }

    @Test
    @DisplayName("W6: a bad argument is refused at the caller and the connection is untouched")
    void shouldRefuseBadArguments()
    {
        launch();
        final RawConnection connection = connectLive(rpc());
        final UnsafeBuffer text = buffer("{}");
        assertThatThrownBy(() -> request(9_000_000_000_000_000L))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("correlationId 9000000000000000 is not below 9000000000000000");
        assertThatThrownBy(() -> request(1, "x".repeat(65)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("id of 65 bytes is over 64");
        assertThatThrownBy(() -> session.request(1, null, 0, 1, text, 0, 2, SECOND_NS, replies))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("idBuffer is null");
        assertThatThrownBy(() -> session.request(1, text, 1, 2, text, 0, 2, SECOND_NS, replies))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> session.request(1, text, 0, 2, -1, replies))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("timeoutNs -1 is negative");
        assertThatThrownBy(() -> session.request(1, text, 0, 2, 1, null))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("replyHandler is null");
        assertThatThrownBy(() -> session.requestAsync(1, null, 1, TimeUnit.SECONDS))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("text is null");
        assertThat(request(8_999_999_999_999_999L)).isPositive();
        assertThat(request(1, "x".repeat(64))).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("{\"id\":8999999999999999}");
        assertThat(session.metrics().requestsInFlight()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("W9, G13: whatever ends the connection, each request ends once, and nothing of it is left")
    void shouldEndAllThatArePendingAtADrop(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc().reconnect(ReconnectPolicy.never()));
        for (int id = 0; id < MANY; id++)
        {
            assertThat(id % 2 == 0 ? request(id) : request(id, "order-" + id)).isPositive();
            connection.readFrame();
        }

        connection.writeHex("83 00"); // a reserved opcode (RFC 6455 section 5.2)
        assertThat(connection.readClose()).isEqualTo(1002);
        connection.close();
        untilState(SessionState.FAILED);
        untilHandlerSaw("state FAILED");
        for (int id = 0; id < MANY; id++)
        {
            assertThat(handler.count("reply " + id + " UNKNOWN_OUTCOME")).isOne();
        }

        clock.advanceNs(2 * SECOND_NS);
        pump.settle();
        assertAllEnded(MANY);
        assertThat(session.metrics().unknownOutcomes()).isEqualTo(MANY);
    }

    @Test
    @DisplayName("W25: what may have reached the wire is never sent again; the answer comes to nobody's request")
    void shouldNotSendARequestAgainOnTheNextConnection()
    {
        launch();
        final RawConnection first = connectLive(rpc());
        assertThat(request(1)).isPositive();
        first.readFrame();
        first.close();
        passBackoff();
        final RawConnection second = acceptLive();
        second.writeText("{\"id\":1}");
        untilHandlerSaw("unmatched {\"id\":1}");
        pump.settle();
        assertThat(second.hasByte()).isFalse();
        assertThat(handler.count("reply 1 UNKNOWN_OUTCOME")).isOne();
        assertAllEnded(1);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("G11, FT17: a second request with a live id is refused, and the first gets its reply")
    void shouldNotLetADuplicateTouchTheFirst(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        assertThat(request(1, "a")).isPositive();
        assertThat(request(1)).isEqualTo(SendResult.DUPLICATE_ID);
        assertThat(request(2, "a")).isEqualTo(SendResult.DUPLICATE_ID);
        connection.writeText("{\"id\":1}");
        connection.writeText("{\"id\":\"a\"}");
        untilHandlerSaw("reply 1 REPLY {\"id\":\"a\"}");
        assertThat(messages()).containsExactly("reply 1 REPLY {\"id\":1}", "reply 1 REPLY {\"id\":\"a\"}");
        assertAllEnded(2);
    }

    @Test
    @DisplayName("G12: the deadline of a request that has ended does not hit the next one with its id")
    void shouldNotLetAnOldDeadlineHitAReusedId()
    {
        launch();
        final RawConnection connection = connectLive(rpc());
        assertThat(request(7)).isPositive();
        clock.advanceNs(SECOND_NS / 2);
        connection.writeText("{\"id\":7}");
        untilHandlerSaw("reply 7 REPLY");
        assertThat(request(7)).isPositive();
        clock.advanceNs(SECOND_NS / 2);
        pump.settle();
        assertAllEndedBut(1);
        clock.advanceNs(SECOND_NS / 2);
        untilHandlerSaw("reply 7 TIMED_OUT");
        assertAllEnded(2);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("W18: a request of the venue never ends one of ours; a reply to nobody is told as such")
    void shouldTellServerRequestsAndUnmatchedRepliesApart(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        connection.writeText("{\"id\":5}");
        untilHandlerSaw("unmatched {\"id\":5}");
        assertThat(request(5)).isPositive();
        connection.writeText("{\"id\":5,\"method\":\"ask\"}");
        connection.writeText("{\"id\":\"5\"}");
        connection.writeText("{\"tick\":{\"id\":5}}");
        connection.writeText("{\"id\":5}");
        untilHandlerSaw("reply");
        assertThat(messages()).containsExactly(
            "unmatched {\"id\":5}",
            "server {\"id\":5,\"method\":\"ask\"}",
            "unmatched {\"id\":\"5\"}",
            "text {\"tick\":{\"id\":5}}",
            "reply 5 REPLY {\"id\":5}");
        assertThat(session.metrics().unmatchedReplies()).isEqualTo(2);
        assertThat(session.metrics().serverRequests()).isOne();
        assertThat(session.metrics().messagesDelivered()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldGiveSpecialMessagesToAHandlerThatKnowsOnlyMessages(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> handler.log().add(
                buffer.getStringWithoutLengthAscii(offset, length) + " " + opcode + " " + endOfBatch)));
        connection.writeText("{\"id\":5}");
        connection.writeText("{\"id\":5,\"method\":\"ask\"}");
        untilHandlerSaw("{\"id\":5,\"m");
        assertThat(messages()).containsExactly("{\"id\":5} 1 true", "{\"id\":5,\"method\":\"ask\"} 1 true");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldPromiseAnotherMessageOnlyIfOneFollows(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> handler.log().add(
                buffer.getStringWithoutLengthAscii(offset, length) + " " + endOfBatch)));
        connection.write(frames("1", "{\"id\":1}", "2", "{\"id\":1,\"method\":\"ask\"}", "3", "[4]", "5", "6"));
        untilHandlerSaw("6");
        assertThat(messages()).contains("1 true", "2 true", "3 true", "4 true", "6 true");
        assertThat(messages()).contains(mode == ThreadingMode.INLINE ? "5 true" : "5 false");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldEndACancelledRequestAndNotKnowItsReply(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        assertThat(request(2, "a")).isPositive();
        assertThat(session.cancel(2)).as("the number of a request with a string id").isFalse();
        assertThat(session.cancel(1)).isTrue();
        assertThat(session.cancel(1)).isFalse();
        assertThat(session.cancel(buffer("a"), 0, 1)).isTrue();
        untilHandlerSaw("reply 1 CANCELLED null");
        untilHandlerSaw("reply 2 CANCELLED null");
        connection.writeText("{\"id\":1}");
        untilHandlerSaw("unmatched {\"id\":1}");
        assertThat(session.metrics().cancelled()).isEqualTo(2);
        assertAllEnded(2);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCancelAndThrowInAReplyHandler(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        assertThat(request(2)).isPositive();
        assertThat(request(1, SECOND_NS, (s, id, outcome, buffer, offset, length, rttNs) ->
        {
            handler.log().add("first " + outcome + " own " + s.cancel(1) + " other " + s.cancel(2));
            throw new IllegalStateException("thrown by a test");
        })).isPositive();
        connection.writeText("{\"id\":1}");
        connection.writeText("{\"id\":2}");
        untilHandlerSaw("reply 2 CANCELLED");
        untilHandlerSaw("unmatched {\"id\":2}");
        assertThat(handler.log()).contains("first REPLY own false other true");
        pump.until("the error is reported", () -> !errors.isEmpty());
        assertThat(errors).singleElement().satisfies((t) -> assertThat(t).hasMessage("thrown by a test"));
        errors.clear();
        assertThat(session.metrics().handlerErrors()).isOne();
        assertAllEnded(1);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldEndPendingRequestsWhenTheSessionIsClosedOrAborted(final ThreadingMode mode)
    {
        launch(mode);
        for (final boolean aborts : new boolean[]{ false, true })
        {
            final RawConnection connection = connectLive(rpc());
            handler.log().clear();
            assertThat(request(1)).isPositive();
            assertThat(request(2)).isPositive();
            assertThat(request(3, "a")).isPositive();
            assertThat(session.cancel(2)).isTrue();
            if (aborts)
            {
                session.abort();
            }
            else
            {
                session.close();
                connection.readFrame();
                connection.close();
            }

            untilHandlerSaw("state CLOSED");
            assertThat(handler.log()).contains(
                "reply 1 UNKNOWN_OUTCOME null", "reply 2 CANCELLED null", "reply 3 UNKNOWN_OUTCOME null");
            assertAllEnded(3);
            assertThat(session.cancel(1)).isFalse();
            assertThat(request(1)).isEqualTo(SendResult.CLOSED);
        }
    }

    @Test
    void shouldAnswerDuringTheCloseHandshakeAndRefuseMore()
    {
        launch();
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        session.close();
        assertThat(request(2)).isEqualTo(SendResult.CLOSED);
        pump.settle();
        connection.writeText("{\"id\":1}");
        untilHandlerSaw("reply 1 REPLY");
        assertAllEnded(1);
    }

    @Test
    void shouldRefuseRequestsUntilTheSessionIsLive()
    {
        launch();
        final RawConnection connection = connect(rpc());
        for (final SessionState state : new SessionState[]{ SessionState.CONNECTING, SessionState.UPGRADING })
        {
            assertThat(session.state()).isGreaterThanOrEqualTo(state);
            assertThat(request(1)).isEqualTo(SendResult.NOT_CONNECTED);
            untilState(SessionState.UPGRADING);
        }

        connection.upgrade();
        untilState(SessionState.LIVE);
        assertThat(request(1)).isPositive();
        assertThat(handler.saw("reply")).isFalse();
    }

    @Test
    void shouldCountIdsUp()
    {
        launch();
        connect(rpc());
        assertThat(session.nextCorrelationId()).isEqualTo(1);
        assertThat(session.nextCorrelationId()).isEqualTo(2);
    }

    @Test
    void shouldTellASecondSenderByName() throws Exception
    {
        launch();
        final SessionConfig config = rpc().name("orders").checkSingleSender(true);
        connectLive(config);
        assertThat(send("1")).isPositive();
        assertThat(send("2")).isPositive();
        final Thread second = new Thread(() -> request(1), "second");
        final List<Throwable> thrown = new CopyOnWriteArrayList<>();
        second.setUncaughtExceptionHandler((thread, t) -> thrown.add(t));
        second.start();
        second.join();
        assertThat(thrown).singleElement().satisfies((t) -> assertThat(t)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("thread 'second' sends through session 'orders'")
            .hasMessageContaining("'" + Thread.currentThread().getName() + "' did first"));
        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(request(1)).isPositive();
    }

    private void assertAllEndedBut(final int requests)
    {
        assertThat(session.metrics().requestsInFlight()).isEqualTo(requests);
    }
}
