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

import io.ringwire.api.HandshakeResponse;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Weaknesses of ZenWebsocket that its users met when they connected, sent and closed, by their numbers in
 * {@code src/docs/zenwebsocket.md}: none is one of ours.
 */
class ZenConnectionTest extends SystemTest
{
    @Test
    void w1TheDeadlineOfAnAttemptIsNotThatOfAllAttemptsAndTheRealCauseIsNamed()
    {
        launch();
        session = engine.connect(config()
            .timeouts(new TimeoutPolicy().upgradeNs(TimeUnit.MILLISECONDS.toNanos(500)))
            .reconnect(new ReconnectPolicy().maxAttempts(3).baseNs(1).capNs(1)));
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            final RawConnection silent = venue.accept(pump);
            silent.readRequest();
            untilState(SessionState.UPGRADING);
            clock.advanceMs(501);
            final int failed = attempt;
            pump.until("attempt over", () -> session.metrics().connectFailures() == failed);
            clock.advanceMs(1);
        }

        untilState(SessionState.FAILED);
        final StateChange last = session.lastChange();
        assertThat(last.attempt()).isEqualTo(3);
        assertThat(last.reason()).contains("no answer to the upgrade within");
    }

    @Test
    void w2EverySessionBelongsToAnEngineWhoseCloseEndsIt()
    {
        launch(ThreadingMode.DEDICATED);
        connectLive(config());
        final List<Thread> threads = List.copyOf(engine.threads());
        engine.close();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }

    @Test
    void w3NoSessionIsMadeOfAnInvalidConfiguration()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(new SessionConfig().uri("http://x").messageHandler(handler)))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("http://x");
    }

    @Test
    void w4TheHandleMeansTheCurrentConnection()
    {
        launch();
        connectLive(config()).close();
        passBackoff();
        final RawConnection second = acceptLive();
        assertThat(session.epoch()).isEqualTo(2);
        assertThat(send("hello")).isPositive();
        assertThat(second.readFrame().payload()).isEqualTo("hello".getBytes());
    }

    @Test
    void w5OneTimeoutRulesARequestAndFreesItsId()
    {
        launch();
        connectLive(config().dialect(new JsonRpcDialect()));
        final List<ReplyOutcome> outcomes = new ArrayList<>();
        request(7, 30_000, outcomes);
        clock.advanceMs(29_999);
        pump.settle();
        assertThat(outcomes).isEmpty();
        clock.advanceMs(1);
        pump.until("timed out", () -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(ReplyOutcome.TIMED_OUT);
        assertThat(session.metrics().requestsInFlight()).isZero();
        assertThat(request(7, 30_000, outcomes)).isPositive();
    }

    @Test
    void w6ABadArgumentIsRefusedAtTheCallerAndTheConnectionIsUntouched()
    {
        launch();
        final RawConnection connection = connectLive(config());
        assertThatThrownBy(() -> session.send(9, buffer("x"), 0, 1))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("opcode 9");
        assertThatThrownBy(() -> session.send(1, buffer("x"), 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(send("fine")).isPositive();
        assertThat(connection.readFrame().payload()).isEqualTo("fine".getBytes());
    }

    @Test
    void w7StateAndMetricsNeverWait()
    {
        launch();
        session = engine.connect(config()); // nobody drives the engine: nothing moves
        assertThat(session.state()).isEqualTo(SessionState.IDLE);
        assertThat(session.metrics().connects()).isZero();
        assertThat(session.latency().requestRtt().count()).isZero();
    }

    @Test
    void w8CloseSendsTheCodeItWasGivenAnd1000ByDefault()
    {
        launch();
        final RawConnection first = connectLive(config());
        session.close();
        pump.settle();
        assertThat(first.readClose()).isEqualTo(1000);
        final RawConnection second = connectLive(config());
        session.close(4001, "done");
        pump.settle();
        assertThat(second.readClose()).isEqualTo(4001);
    }

    @Test
    void w9EveryPendingRequestEndsOnceWhateverEndedTheConnection()
    {
        launch();
        final RawConnection connection = connectLive(config().dialect(new JsonRpcDialect()));
        final List<ReplyOutcome> outcomes = new ArrayList<>();
        request(1, 30_000, outcomes);
        request(2, 30_000, outcomes);
        pump.settle();
        connection.writeHex("83 00"); // a reserved opcode: RFC 6455 section 5.2
        connection.close();
        pump.until("both ended", () -> outcomes.size() == 2);
        assertThat(outcomes).containsOnly(ReplyOutcome.UNKNOWN_OUTCOME);
        session.close();
        assertThat(send("x")).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void w10WhatAHandlerThrowsIsCountedAndTheConnectionStays()
    {
        launch();
        final RawConnection connection = connectLive(config().messageHandler(
            (from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                throw new IllegalStateException("user code");
            }));
        connection.writeText("a");
        connection.writeText("b");
        pump.until("two errors", () -> session.metrics().handlerErrors() == 2);
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        assertThat(errors).hasSize(2);
        errors.clear();
    }

    @Test
    void w12SubprotocolsAreASettingAndTheOneChosenIsSeen()
    {
        launch();
        final RawConnection connection =
            connect(config().upgrade(new UpgradePolicy().subprotocols("graphql-ws, json")));
        connection.upgradeWith("Sec-WebSocket-Protocol: graphql-ws\r\n");
        untilState(SessionState.LIVE);
        assertThat(session.subprotocol()).isEqualTo("graphql-ws");
    }

    @Test
    void w13ARefusedUpgradeFailsAtOnceWithItsStatusHeadersAndBody()
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        connection.write("HTTP/1.1 401 Unauthorized\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\nno key");
        untilState(SessionState.FAILED);
        final HandshakeResponse response = session.lastChange().handshake();
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("retry-after")).isEqualTo("7");
        assertThat(response.body()).isEqualTo("no key");
    }

    @Test
    void w17AnIdThatIsNoIntegerEndsNoRequestAndCannotBeSent()
    {
        launch();
        final RawConnection connection = connectLive(config().dialect(new JsonRpcDialect()));
        final List<ReplyOutcome> outcomes = new ArrayList<>();
        assertThatThrownBy(() -> request(9_000_000_000_000_000L, 30_000, outcomes))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("9000000000000000");
        assertThat(request(7, 30_000, outcomes)).isPositive();
        for (final String id : new String[]{ "7.0", "7e0", "0.7e1", "true", "[7]" })
        {
            connection.writeText("{\"id\":" + id + ",\"result\":1}");
            untilHandlerSaw("text {\"id\":" + id + ",");
        }

        assertThat(outcomes).isEmpty();
        connection.writeText("{\"id\":7,\"result\":1}");
        pump.until("replied", () -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(ReplyOutcome.REPLY);
    }

    @Test
    void w22EmptyControlFramesAreValid()
    {
        launch();
        final RawConnection connection = connectLive(config());
        connection.writeHex("89 00"); // ping
        connection.writeHex("8a 00"); // pong nobody asked for
        pump.until("pong", connection::hasByte);
        assertThat(connection.readFrame().firstByte()).isEqualTo(0x8a);
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        connection.writeHex("88 00"); // close without a code
        connection.close();
        untilHandlerSaw("closed 1005");
    }

    @Test
    void w23ASessionWithoutAHandlerIsRefused()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(new SessionConfig().uri(venue.uri("/"))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("messageHandler");
    }

    private long request(final long id, final long timeoutMs, final List<ReplyOutcome> outcomes)
    {
        final UnsafeBuffer buffer = buffer("{\"id\":" + id + ",\"method\":\"m\"}");
        return session.request(
            id, buffer, 0, buffer.capacity(), TimeUnit.MILLISECONDS.toNanos(timeoutMs),
            (from, correlationId, outcome, reply, offset, length, rttNs) -> outcomes.add(outcome));
    }
}
