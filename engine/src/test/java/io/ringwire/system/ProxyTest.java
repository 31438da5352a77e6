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
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.Transport;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The venue plays the proxy, byte by byte, and then the server at the other end of the tunnel.
 */
class ProxyTest extends SystemTest
{
    private static final String TARGET = "venue.invalid"; // no resolver knows it: the proxy is to resolve
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    static List<Arguments> kindsTransportsAndModes()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final ProxyPolicy.Kind kind : ProxyPolicy.Kind.values())
        {
            for (final Transport transport : Transports.available())
            {
                all.add(Arguments.of(kind, transport, ThreadingMode.DEDICATED));
                all.add(Arguments.of(kind, transport, ThreadingMode.INLINE));
            }
        }

        return all;
    }

    @ParameterizedTest
    @MethodSource("kindsTransportsAndModes")
    void shouldTalkThroughTheTunnelAndThroughTheNextOne(
        final ProxyPolicy.Kind kind, final Transport transport, final ThreadingMode mode)
    {
        launch(context(mode).transport(transport));
        session = engine.connect(through(policy(kind)).reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            final int current = epoch;
            final RawConnection connection = venue.accept(pump);
            tunnel(kind, connection);
            assertThat(connection.upgrade(RawConnection.frame(0x81, bytes("early " + epoch))))
                .startsWith("GET /ws?x=%2f HTTP/1.1\r\nHost: venue.invalid:9443\r\n")
                .doesNotContainIgnoringCase("proxy-authorization");
            untilHandlerSaw("text early " + epoch);
            pump.until("sent", () -> session.epoch() == current && send("hello") > 0);
            assertThat(connection.readFrame().text()).isEqualTo("hello");
            connection.writeText("world " + epoch);
            untilHandlerSaw("text world " + epoch);
            connection.reset();
        }

        assertThat(handler.change(SessionState.CONNECTING).reason())
            .endsWith(" at venue.invalid:9443 by way of proxy /127.0.0.1:" + venue.port());
    }

    @Test
    void shouldSendCredentialsAndHeadersToTheProxyAlone()
    {
        launch();
        session = engine.connect(through(ProxyPolicy.http("127.0.0.1", venue.port())
            .credentials("Aladdin", "open sesame").header("X-Trace", "7").header("x-b", "8")));
        final RawConnection connection = venue.accept(pump);
        assertThat(connection.readRequest()).startsWith(
            "CONNECT venue.invalid:9443 HTTP/1.1\r\nhost: venue.invalid:9443\r\n" +
            "proxy-authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n")
            .contains("X-Trace: 7\r\nx-b: 8\r\n");
        connection.write(ESTABLISHED);
        assertThat(connection.readRequest()).doesNotContainIgnoringCase("proxy-").doesNotContain("X-Trace");
    }

    @Test
    void shouldAskForAnIpv6TargetInBrackets()
    {
        launch();
        session = engine.connect(through(policy(ProxyPolicy.Kind.HTTP)).uri("ws://[2001:db8::1]:81/"));
        assertThat(venue.accept(pump).readRequest()).startsWith("CONNECT [2001:db8::1]:81 HTTP/1.1\r\n");
    }

    @Test
    void shouldAskForThePinnedAddressAndKeepTheHostOfTheUri()
    {
        launch();
        final SessionConfig config = through(policy(ProxyPolicy.Kind.HTTP));
        config.socket().connectTo("192.0.2.7", 0);
        session = engine.connect(config);
        final RawConnection connection = venue.accept(pump);
        assertThat(connection.readRequest()).startsWith("CONNECT 192.0.2.7:9443 HTTP/1.1\r\n");
        connection.write(ESTABLISHED);
        assertThat(connection.readRequest()).contains("Host: venue.invalid:9443\r\n");
    }

    @Test
    void shouldLogInToSocks5AndNotSendNameOrPasswordAnywhereElse()
    {
        launch();
        session = engine.connect(through(
            ProxyPolicy.socks5("127.0.0.1", venue.port()).credentials("user", "s3cret")));
        final RawConnection connection = venue.accept(pump);
        assertThat(connection.read(4)).containsExactly(5, 2, 0, 2);
        connection.writeHex("05 02");
        assertThat(connection.read(2)).containsExactly(1, 4);
        assertThat(new String(connection.read(4), StandardCharsets.US_ASCII)).isEqualTo("user");
        assertThat(connection.read(1)).containsExactly(6);
        assertThat(new String(connection.read(6), StandardCharsets.US_ASCII)).isEqualTo("s3cret");
        connection.writeHex("01 01");
        untilState(SessionState.BACKING_OFF);
        assertThat(session.lastChange().reason())
            .contains("SOCKS5").contains("127.0.0.1:" + venue.port()).contains("authStatus").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"407, INVOKER", "502, DEDICATED", "403, INLINE", "301, INVOKER"})
    void shouldNameTheProxyAndItsAnswer(final int status, final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(through(policy(ProxyPolicy.Kind.HTTP).credentials("me", "s3cret"))
            .upgrade(new UpgradePolicy().maxRedirects(3))
            .reconnect(ReconnectPolicy.never()));
        final RawConnection connection = venue.accept(pump);
        connection.readRequest();
        connection.write("HTTP/1.1 " + status + " Not through me\r\nProxy-Authenticate: Basic realm=x\r\n" +
            "Location: ws://127.0.0.1/\r\nContent-Length: 1000\r\n\r\nthe body never ends");
        untilHandlerSaw("state FAILED");
        final StateChange failure = handler.change(SessionState.FAILED);
        assertThat(failure.from()).isEqualTo(SessionState.CONNECTING);
        assertThat(failure.reason()).isEqualTo("proxy HTTP /127.0.0.1:" + venue.port() + ": answered " + status +
            " Not through me to CONNECT");
        final HandshakeResponse answer = failure.handshake();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("proxy-authenticate")).isEqualTo("Basic realm=x");
        connection.untilEnded();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, 5353482d322e300d0a0d0a, malformed",
        "SOCKS5, 05ff, authMethod",
        "SOCKS5, 0500050200010000000000000000, FORBIDDEN",
        "SOCKS5, 0400, ''",
        "SOCKS5, 050005000001000000000000485454502f, sent more than its answer",
        "SOCKS4, 005b000000000000, REJECTED"})
    void shouldSayWhatASocksProxyRefusedOrDidNotUnderstand(
        final ProxyPolicy.Kind kind, final String answer, final String complaint)
    {
        launch();
        session = engine.connect(through(policy(kind)).reconnect(ReconnectPolicy.never()));
        final RawConnection connection = venue.accept(pump);
        connection.read(3);
        connection.writeHex(answer);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .contains("proxy " + kind + " /127.0.0.1:" + venue.port()).contains(complaint);
        connection.untilEnded();
    }

    @ParameterizedTest
    @EnumSource(ProxyPolicy.Kind.class)
    void shouldGiveUpAProxyThatNeverAnswers(final ProxyPolicy.Kind kind)
    {
        launch();
        session = engine.connect(through(policy(kind))
            .timeouts(new TimeoutPolicy().connectNs(1_000_000_000L)).reconnect(ReconnectPolicy.never()));
        final RawConnection connection = venue.accept(pump);
        connection.read(3);
        assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
        clock.advanceMs(999);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
        clock.advanceMs(1);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .startsWith("no tunnel to venue.invalid:9443 by way of proxy /127.0.0.1:").contains("1000000000 ns");
        connection.untilEnded();
    }

    @Test
    void shouldConnectAfterAProxyThatFailedThreeTimes() throws Exception
    {
        launch();
        session = engine.connect(through(policy(ProxyPolicy.Kind.HTTP)));
        for (int i = 0; i < 3; i++)
        {
            final RawConnection connection = venue.accept(pump);
            if (i > 0)
            {
                connection.readRequest();
            }

            if (i == 2)
            {
                connection.write("HTTP/1.1 200 O");
            }

            connection.close();
            untilState(SessionState.BACKING_OFF);
            assertThat(session.lastChange().reason()).contains("proxy HTTP /127.0.0.1:" + venue.port());
            assertThat(session.lastChange().attempt()).isEqualTo(i + 1);
            passBackoff();
        }

        final RawConnection connection = venue.accept(pump);
        tunnel(ProxyPolicy.Kind.HTTP, connection);
        connection.upgrade();
        untilHandlerSaw("state LIVE");
        assertThat(session.lastChange().attempt()).isEqualTo(4);
    }

    @Test
    void shouldSayThatTheProxyRefusesTcp() throws Exception
    {
        launch();
        venue.close();
        session = engine.connect(through(policy(ProxyPolicy.Kind.SOCKS5)).reconnect(ReconnectPolicy.never()));
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .startsWith("cannot connect to proxy /127.0.0.1:" + venue.port());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndWhenClosedDuringTheProxyHandshake(final boolean abort)
    {
        launch(ThreadingMode.DEDICATED);
        session = engine.connect(through(policy(ProxyPolicy.Kind.HTTP)));
        final RawConnection connection = venue.accept(pump);
        connection.readRequest();
        if (abort)
        {
            session.abort();
        }
        else
        {
            session.close();
        }

        untilHandlerSaw("state CLOSED");
        connection.untilEnded();
    }

    @Test
    void shouldTakeWhatFollowsTheTunnelsAnswerInPieces()
    {
        launch();
        session = engine.connect(through(policy(ProxyPolicy.Kind.HTTP)));
        final RawConnection connection = venue.accept(pump);
        connection.readRequest();
        for (int i = 0; i < ESTABLISHED.length(); i++)
        {
            connection.write(ESTABLISHED.substring(i, i + 1));
            pump.settle();
        }

        connection.upgrade();
        untilHandlerSaw("state LIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ftp://h:1", "http://h", "http://u:s3cret@:1", "http://u:s3cret@h:70000", "socks5://u@h:1", "no uri s3cret@"})
    void shouldRefuseAProxyThatCannotWork(final String uri)
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().proxy(ProxyPolicy.parse(uri))))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("proxy").hasNoCause()
            .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldReadAProxyFromItsUriAndNotPrintThePassword()
    {
        final ProxyPolicy policy = ProxyPolicy.parse("socks5h://us%40er:p%3Aw+d@[::1]:1080");
        assertThat(policy.kind()).isEqualTo(ProxyPolicy.Kind.SOCKS5);
        assertThat(policy.host()).isEqualTo("::1");
        assertThat(policy.port()).isEqualTo(1080);
        assertThat(policy.user()).isEqualTo("us@er");
        assertThat(policy.password()).isEqualTo("p:w+d");
        assertThat(policy.toString()).isEqualTo("socks5://[::1]:1080");
    }

    private SessionConfig through(final ProxyPolicy proxy)
    {
        return config().uri("ws://" + TARGET + ":9443/ws?x=%2f").proxy(proxy);
    }

    private ProxyPolicy policy(final ProxyPolicy.Kind kind)
    {
        return switch (kind)
        {
            case HTTP -> ProxyPolicy.http("127.0.0.1", venue.port());
            case SOCKS5 -> ProxyPolicy.socks5("127.0.0.1", venue.port());
            case SOCKS4 -> ProxyPolicy.socks4("127.0.0.1", venue.port());
        };
    }

    /**
     * What the client says to the proxy, checked, and what the proxy answers.
     */
    private static void tunnel(final ProxyPolicy.Kind kind, final RawConnection connection)
    {
        switch (kind)
        {
            case HTTP ->
            {
                assertThat(connection.readRequest()).isEqualTo(
                    "CONNECT venue.invalid:9443 HTTP/1.1\r\nhost: venue.invalid:9443\r\n\r\n");
                connection.write(ESTABLISHED);
            }
            case SOCKS5 ->
            {
                assertThat(connection.read(3)).containsExactly(5, 1, 0);
                connection.writeHex("05 00");
                assertThat(connection.read(5 + TARGET.length() + 2))
                    .isEqualTo(join(new byte[]{5, 1, 0, 3, (byte)TARGET.length()}, bytes(TARGET), port()));
                connection.writeHex("05 00 00 01 00000000 0000");
            }
            case SOCKS4 ->
            {
                assertThat(connection.read(9 + TARGET.length() + 1)).isEqualTo(
                    join(new byte[]{4, 1}, port(), new byte[]{0, 0, 0, 1, 0}, bytes(TARGET), new byte[]{0}));
                connection.writeHex("00 5a 0000 00000000");
            }
            default -> throw new AssertionError(kind);
        }
    }

    private static byte[] port()
    {
        return new byte[]{(byte)(9443 >> 8), (byte)9443};
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(final byte[]... parts)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final byte[] part : parts)
        {
            out.writeBytes(part);
        }

        return out.toByteArray();
    }
}
