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
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.venue.JsonRpcDialect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Weaknesses and past faults of ZenWebsocket in what a session does while it lives and when it comes back, by their
 * numbers in {@code src/docs/zenwebsocket.md}: none is one of ours.
 */
class ZenSessionTest extends VenueTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int PING = 9;
    private static final int PONG = 10;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void w24EachConnectionIsToldToComeAndToGo(final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(config().reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            final RawConnection live = acceptLive();
            switch (epoch)
            {
                case 1 -> live.close();
                case 2 -> live.reset();
                default -> session.abort();
            }

            final int ended = epoch;
            pump.until("closed", () -> handler.count("closed ") == ended);
            clock.advanceMs(1);
        }

        untilHandlerSaw("state CLOSED");
        assertThat(handler.log().stream()
            .filter((entry) -> entry.equals("state LIVE") || entry.startsWith("closed "))
            .map((entry) -> entry.substring(0, 6)))
            .containsExactly("state ", "closed", "state ", "closed", "state ", "closed");
    }

    @Test
    void w31NothingButTheClockBringsTokensBack()
    {
        launch();
        connectLive(limited(new RateLimitPolicy().bucket("b", 3, 1, SECOND_NS)));
        for (int i = 0; i < 3; i++)
        {
            assertThat(send("message")).isPositive();
        }

        for (int i = 0; i < 1000; i++)
        {
            assertThat(session.rateLimits().available("b")).isZero();
            assertThat(send("message")).isEqualTo(SendResult.RATE_LIMITED);
        }

        clock.advanceNs(SECOND_NS);
        assertThat(session.rateLimits().available("b")).isOne();
        clock.advanceNs(100 * SECOND_NS);
        assertThat(session.rateLimits().available("b")).as("never more than fit").isEqualTo(3);
    }

    @Test
    void w33TwoBucketsOfOneNameAreRefused()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(
            limited(new RateLimitPolicy().window("b", 1, SECOND_NS).bucket("b", 2, 1, SECOND_NS))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("two buckets are called 'b'");
    }

    @Test
    @DisplayName("W34, G20: the limits outlive the thread that made them")
    void shouldKeepItsLimitsWhenTheThreadThatMadeThemHasEnded() throws InterruptedException
    {
        launch();
        final Thread maker = new Thread(
            () -> session = engine.connect(limited(new RateLimitPolicy().window("w", 1, SECOND_NS))));
        maker.start();
        maker.join();
        acceptLive();
        assertThat(send("one")).isPositive();
        assertThat(send("two")).isEqualTo(SendResult.RATE_LIMITED);
        clock.advanceNs(SECOND_NS);
        assertThat(send("three")).isPositive();
    }

    @Test
    void w35WhatIsNotUnderstoodHasTheDefaultCost()
    {
        launch();
        connectLive(limited(new RateLimitPolicy().bucket("b", 10, 1, 3600 * SECOND_NS)
            .defaultCost("b", 2).cost("buy", "b", 5)).dialect(new JsonRpcDialect()));
        assertThat(send("no json")).isPositive();
        assertThat(send("{\"id\":1}")).isPositive();
        assertThat(send("{\"method\":7}")).isPositive();
        assertThat(session.rateLimits().available("b")).isEqualTo(4);
        assertThat(send("{\"method\":\"buy\"}")).isEqualTo(SendResult.RATE_LIMITED);
        assertThat(send("")).isPositive();
        assertThat(session.rateLimits().available("b")).isEqualTo(2);
    }

    @Test
    void g4AHostThatIsNotKnownFailsWithoutAWait()
    {
        launch(context(ThreadingMode.INVOKER).nameResolver((host) ->
        {
            throw new UnknownHostException(host);
        }));
        session = engine.connect(config().uri("ws://no-such-host.invalid/").reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED"); // the clock stands still
        assertThat(handler.change(SessionState.FAILED).from()).isEqualTo(SessionState.RESOLVING);
        assertThat(handler.change(SessionState.FAILED).reason()).contains("no-such-host.invalid");
    }

    @Test
    void g5TheEndOfAllAttemptsIsAResultAndThrowsNothing() throws Exception
    {
        final int port = venue.port();
        venue.close();
        launch(ThreadingMode.DEDICATED);
        session = engine.connect(config().reconnect(new ReconnectPolicy().maxAttempts(3).baseNs(1).capNs(1)));
        assertThat(session.awaitConnected(10, TimeUnit.SECONDS)).isFalse();
        assertThat(session.state()).isEqualTo(SessionState.FAILED);
        assertThat(session.lastChange().attempt()).isEqualTo(3);
        assertThat(session.lastChange().reason()).contains("cannot connect").contains(":" + port);
        assertThat(send("x")).isEqualTo(SendResult.CLOSED);
        assertThat(session.metrics().connectFailures()).isEqualTo(3);
    }

    @Test
    void g8EverySettingSurvivesAReconnect()
    {
        launch();
        session = engine.connect(config(authenticator, "a", "b").uri(venue.uri("/path?x=1"))
            .upgrade(new UpgradePolicy().header("X-Key", "7").subprotocols("json"))
            .deflate(new DeflatePolicy().enabled(true))
            .heartbeat(new HeartbeatPolicy().intervalNs(SECOND_NS).timeoutNs(SECOND_NS / 2))
            .limits(new RateLimitPolicy().window("w", 6, 3600 * SECOND_NS))
            .maxMessageLength(64));
        final List<String> requests = new ArrayList<>();
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            connection = venue.accept(pump);
            requests.add(connection.upgrade().replaceAll("Sec-WebSocket-Key: \\S+", ""));
            beLive();
            untilLive(epoch);
            clock.advanceMs(1000);
            assertThat(connection.readFrame().opcode()).isEqualTo(PING);
            assertThat(send("x")).isPositive();
            assertThat(connection.readFrame().text()).isEqualTo("x");
            assertThat(session.rateLimits().available("w")).isEqualTo(6 - 3 * epoch);
            connection.writeText("x".repeat(65));
            assertThat(connection.readClose()).isEqualTo(1009);
            connection.close();
            passBackoff();
        }

        assertThat(requests.get(0)).startsWith("GET /path?x=1 HTTP/1.1\r\n")
            .contains("X-Key: 7\r\n", "Sec-WebSocket-Protocol: json\r\n", "permessage-deflate");
        assertThat(requests.get(1)).isEqualTo(requests.get(0));
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void g10EachMessageIsDeliveredOnce(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection live = connectLive(config().dialect(new JsonRpcDialect()));
        final List<String> sent =
            IntStream.range(0, 500).mapToObj((i) -> "{\"method\":\"tick\",\"n\":" + i + "}").toList();
        sent.forEach(live::writeText);
        untilHandlerSaw("text " + sent.get(499));
        pump.settle();
        assertThat(handler.log().stream().filter((entry) -> entry.startsWith("text ")))
            .containsExactlyElementsOf(sent.stream().map((text) -> "text " + text).toList());
        assertThat(session.metrics().messagesDelivered()).isEqualTo(500);
    }

    @Test
    void g15NoChannelsAreRestoredWithoutAFrame()
    {
        launch();
        begin(config(null, "a"));
        expect("sub a", "ok %");
        untilState(SessionState.LIVE);
        session.unsubscribe("a");
        expect("unsub a", "ok %");
        untilHandlerSaw("channel a UNSUBSCRIBED");
        connection.reset();
        passBackoff();
        acceptUpgraded();
        untilLive(2);
        assertThat(send("first")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void g21OnePingIsAnsweredByOnePong(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection live = connectLive(config());
        live.write(RawConnection.frame(0x89, new byte[]{ 1, 2, 3 }));
        final RawConnection.Frame pong = live.readFrame();
        assertThat(pong.opcode()).isEqualTo(PONG);
        assertThat(pong.payload()).containsExactly(1, 2, 3);
        pump.settle();
        assertThat(send("next")).isPositive();
        assertThat(live.readFrame().text()).isEqualTo("next");
    }

    @Test
    void g22NoSecretIsPrinted()
    {
        launch();
        final SessionConfig config = config(authenticator)
            .uri(venue.uri("/?token=s3cret"))
            .upgrade(new UpgradePolicy().bearer("s3cret").header("X-Key", "s3cret")
                .headerSupplier(() -> List.of(Map.entry("X-Token", "s3cret"))));
        session = engine.connect(config);
        connection = venue.accept(pump);
        assertThat(connection.readRequest()).contains(
            "/?token=s3cret HTTP", "Bearer s3cret", "X-Key: s3cret", "X-Token: s3cret");
        connection.write("HTTP/1.1 302 Found\r\nLocation: ws://other/?token=s3cret\r\nSet-Cookie: id=s3cret\r\n" +
            "Content-Length: 0\r\n\r\n");
        passBackoff();
        acceptUpgraded();
        expect("login BEGIN", "err % no password");
        untilHandlerSaw("state FAILED");
        assertThat("" + config + config.upgrade() + config.endpoint() + session + session.lastChange() +
            session.metrics() + engine + handler.log() + handler.changes() + errors).doesNotContain("s3cret");
        assertThatThrownBy(() -> engine.connect(config().uri("ws://host:port/?token=s3cret")))
            .isInstanceOf(ConfigurationException.class).hasMessageNotContaining("s3cret");
    }

    private SessionConfig limited(final RateLimitPolicy limits)
    {
        return config().limits(limits).heartbeat(new HeartbeatPolicy().intervalNs(0));
    }
}
