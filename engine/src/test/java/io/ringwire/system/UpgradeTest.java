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
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpgradeTest extends SystemTest
{
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

    @ParameterizedTest
    @CsvSource({"401, INVOKER", "403, DEDICATED", "429, SHARED", "503, INLINE"})
    void shouldTellStatusHeadersAndBodyOfARefusal(final int status, final ThreadingMode mode)
    {
        launch(mode);
        final StateChange failure = answer(
            "HTTP/1.1 " + status + " Not now\r\nRetry-After: 7\r\nX-Why: limits\r\nContent-Length: 9\r\n\r\ncome back");
        assertThat(failure.from()).isEqualTo(SessionState.UPGRADING);
        assertThat(failure.reason()).contains(status + " Not now");
        final HandshakeResponse response = failure.handshake();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.reason()).isEqualTo("Not now");
        assertThat(response.header("retry-after")).isEqualTo("7");
        assertThat(response.header("x-why")).isEqualTo("limits");
        assertThat(response.body()).isEqualTo("come back");
    }

    @Test
    void shouldKeepTheFirstKibibyteOfALongBody()
    {
        launch();
        final String body = "0123456789abcdef".repeat(1024);
        final HandshakeResponse response =
            answer("HTTP/1.1 503 Busy\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).handshake();
        assertThat(response.body()).isEqualTo(body.substring(0, 1024));
    }

    @Test
    void shouldPutAChunkedBodyTogether()
    {
        launch();
        final HandshakeResponse response = answer(
            "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n").handshake();
        assertThat(response.body()).isEqualTo("firstsecond");
    }

    @Test
    void shouldNotWaitForTheEndOfABodyThatNeverEnds()
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        connection.write("HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 5000\r\n\r\nstart");
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.UPGRADING);
        clock.advanceMs(250);
        untilHandlerSaw("state FAILED");
        final HandshakeResponse response = handler.change(SessionState.FAILED).handshake();
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("start");
        connection.untilEnded();
    }

    @Test
    void shouldTakeTheEndOfTheConnectionForTheEndOfTheBody()
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        connection.write("HTTP/1.1 403 No\r\n\r\nbecause");
        connection.close();
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).handshake().body()).isEqualTo("because");
    }

    @Test
    void shouldWaitForTheAnswerBehindAnInformationalOne()
    {
        launch();
        final RawConnection connection = connect(config());
        final String request = connection.readRequest();
        connection.write("HTTP/1.1 103 Early Hints\r\n\r\n");
        pump.settle();
        connection.write(SWITCHING + UPGRADE + acceptHeader(request) + "\r\n");
        untilHandlerSaw("state LIVE");
        assertThat(handler.change(SessionState.LIVE).handshake().status()).isEqualTo(101);
    }

    @Test
    void shouldRefuseAWrongAcceptHeader()
    {
        launch();
        final StateChange failure = answer(
            SWITCHING + UPGRADE + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
        assertThat(failure.reason()).contains("upgrade refused");
        assertThat(failure.handshake().status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Upgrade: websocket\r\n", "Connection: Upgrade\r\n", "Upgrade: h2c\r\nConnection: Upgrade\r\n"})
    void shouldRefuseAnAnswerWithoutTheUpgradeHeaders(final String headers)
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        final String request = connection.readRequest();
        connection.write(SWITCHING + headers + acceptHeader(request) + "\r\n");
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("upgrade refused");
        connection.untilEnded();
    }

    @Test
    void shouldRefuseAnExtensionThatWasNotOffered()
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        final String request = connection.readRequest();
        assertThat(request).doesNotContainIgnoringCase("sec-websocket-extensions");
        connection.write(SWITCHING + UPGRADE + acceptHeader(request) +
            "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("permessage-deflate");
        connection.untilEnded();
    }

    @ParameterizedTest
    @CsvSource({"orders, other", "orders, ''", ", other"})
    void shouldRefuseASubprotocolThatWasNotOffered(final String offered, final String chosen)
    {
        launch();
        final RawConnection connection = connect(
            config().upgrade(new UpgradePolicy().subprotocols(offered)).reconnect(ReconnectPolicy.never()));
        final String request = connection.readRequest();
        connection.write(SWITCHING + UPGRADE + acceptHeader(request) +
            "Sec-WebSocket-Protocol: " + chosen + "\r\n\r\n");
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).contains("subprotocol");
        connection.untilEnded();
    }

    @Test
    void shouldGoOnWithoutASubprotocolWhereTheServerChoosesNone()
    {
        launch();
        connectLive(config().upgrade(new UpgradePolicy().subprotocols("orders")));
        assertThat(session.subprotocol()).isNull();
    }

    @Test
    void shouldTellTheSubprotocolChosenAndSendTheHeadersGiven()
    {
        launch();
        final RawConnection connection = connect(
            config().upgrade(new UpgradePolicy()
                .subprotocols("orders,ticks").header("Authorization", "Bearer x").header("Origin", "http://o")));
        final String request = connection.readRequest();
        assertThat(request).containsIgnoringCase("sec-websocket-protocol: orders,ticks")
            .contains("Authorization: Bearer x\r\n").containsIgnoringCase("origin: http://o\r\n");
        connection.write(SWITCHING + UPGRADE + acceptHeader(request) + "Sec-WebSocket-Protocol: ticks\r\n\r\n");
        untilHandlerSaw("state LIVE");
        assertThat(session.subprotocol()).isEqualTo("ticks");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH_9.0\r\n\r\n", "HTTP/1.1 nonsense\r\n\r\n", "\u0016\u0003\u0001\r\n\r\n"})
    void shouldNameWhatIsNotHttp(final String answer)
    {
        launch();
        assertThat(answer(answer).reason()).contains("malformed HTTP");
    }

    @Test
    void shouldRefuseHeadersWithoutEnd()
    {
        launch();
        final StateChange failure = answer("HTTP/1.1 101 OK\r\n" + "X-Filler: 0123456789\r\n".repeat(5000));
        assertThat(failure.reason()).contains("malformed HTTP");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayThatTheConnectionEndedBeforeTheAnswer(final boolean reset)
    {
        launch();
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        if (reset)
        {
            connection.reset();
        }
        else
        {
            connection.close();
        }

        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).startsWith("connection ")
            .contains(reset ? "failed during the upgrade" : "closed before the upgrade was answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 101 Swit"})
    void shouldGiveUpAnUpgradeThatIsNeverAnswered(final String answer)
    {
        launch();
        final RawConnection connection = connect(
            config().timeouts(new TimeoutPolicy().upgradeNs(3_000_000_000L)).reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        connection.write(answer);
        untilState(SessionState.UPGRADING);
        clock.advanceMs(2999);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.UPGRADING);
        clock.advanceMs(1);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .isEqualTo("no answer to the upgrade within 3000000000 ns");
        connection.untilEnded();
    }

    /**
     * Answer the upgrade of a session that may not try again.
     */
    private StateChange answer(final String answer)
    {
        final RawConnection connection = connect(config().reconnect(ReconnectPolicy.never()));
        connection.readRequest();
        connection.write(answer);
        untilHandlerSaw("state FAILED");
        connection.untilEnded();
        assertThat(session.metrics().connectFailures()).isOne();
        return handler.change(SessionState.FAILED);
    }

    private static String acceptHeader(final String request)
    {
        return "Sec-WebSocket-Accept: " + RawConnection.acceptOf(request) + "\r\n";
    }
}
