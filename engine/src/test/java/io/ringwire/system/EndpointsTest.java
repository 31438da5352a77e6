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

import io.ringwire.api.SessionState;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alternates: fail-over and failback.
 */
class EndpointsTest extends TlsTest
{
    private static final long MS = 1_000_000;

    private RawVenue second;

    static List<TlsProvider> providers()
    {
        return PROVIDERS;
    }

    @BeforeEach
    void openSecond() throws Exception
    {
        second = new RawVenue();
    }

    @AfterEach
    void closeSecond() throws Exception
    {
        engine.close();
        second.close();
    }

    /**
     * The request target byte for byte on every connection: the fault G9 of ZenWebsocket.
     */
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void g9ShouldGoOnWithTheNextAndBeginEachOutageAtTheTop(final ThreadingMode mode)
    {
        launch(mode);
        session = engine.connect(config().uri(venue.uri("/a?x=%2F&y")).reconnect(
            new ReconnectPolicy().baseNs(MS).capNs(MS).alternateUris(second.uri("/b?y=%41&&"))));
        venue.accept(pump).reset();
        passBackoff(mode);
        final RawConnection live = second.accept(pump);
        assertThat(live.upgrade())
            .startsWith("GET /b?y=%41&& HTTP/1.1\r\nHost: 127.0.0.1:" + second.port() + "\r\n");
        pump.until("live", () -> handler.count("state LIVE") == 1);
        assertThat(handler.change(SessionState.BACKING_OFF).reason())
            .contains("; attempt 2 at ws://127.0.0.1:" + second.port() + "/b?... in ");
        assertThat(handler.lastChange(SessionState.CONNECTING).reason())
            .isEqualTo("ws://127.0.0.1:" + second.port() + "/b?... at /127.0.0.1:" + second.port());
        live.reset();
        passBackoff(mode);
        assertThat(venue.accept(pump).upgrade()).startsWith("GET /a?x=%2F&y HTTP/1.1\r\n");
        pump.until("live", () -> handler.count("state LIVE") == 2);
    }

    @Test
    void shouldComeRoundToTheFirstAgain()
    {
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().alternateUris(second.uri("/"))));
        for (int i = 0; i < 3; i++)
        {
            venue.accept(pump).reset();
            passBackoff();
            second.accept(pump).reset();
            passBackoff();
        }

        acceptLive();
        assertThat(session.lastChange().attempt()).isEqualTo(7);
    }

    @Test
    void shouldNotWaitAtTheSecondForWhatTheFirstAskedFor()
    {
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().alternateUris(second.uri("/"))));
        refuse(venue, "503 Busy", "Retry-After: 55\r\n");
        passBackoff();
        refuse(second, "500 Oops", "");
        passBackoff();
        final RawConnection live = second.accept(pump);
        live.upgrade();
        untilState(SessionState.LIVE);
        live.reset();
        passBackoff();
        for (int i = 0; i < 4; i++) // 10 s each
        {
            second.accept(pump).reset();
            passBackoff();
        }

        acceptLive();
    }

    @Test
    void shouldLeaveOutWhoSaysStopUntilTheNextOutageAndFailWhenNoneIsLeft()
    {
        launch();
        session = engine.connect(config().reconnect(new ReconnectPolicy().alternateUris(second.uri("/"))));
        refuse(venue, "403 No", "");
        passBackoff();
        second.accept(pump).reset();
        passBackoff();
        final RawConnection live = second.accept(pump);
        live.upgrade();
        untilState(SessionState.LIVE);
        live.reset();
        passBackoff();
        refuse(venue, "403 No", "");
        passBackoff();
        refuse(second, "401 Who", "");
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).startsWith("server answered 401 Who")
            .endsWith("gave up after 2 attempts in " + 2 * 10_001 + " ms: the reaction to it is STOP");
    }

    @Test
    void shouldGoBackToTheFirstWhenItWasLongEnoughElsewhere()
    {
        launch();
        session = engine.connect(config().reconnect(
            new ReconnectPolicy().alternateUris(second.uri("/")).failbackNs(60_000 * MS)));
        venue.accept(pump).reset();
        passBackoff();
        final RawConnection live = second.accept(pump);
        live.upgrade();
        untilState(SessionState.LIVE);
        for (int i = 0; i < 12; i++) // the heart beats
        {
            clock.advanceMs(4999);
            live.writeText("x");
            final long count = i + 1;
            pump.until("received", () -> handler.count("text x") == count);
        }

        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
        clock.advanceMs(12);
        untilState(SessionState.DRAINING);
        assertThat(session.lastChange().reason()).isEqualTo("back to ws://127.0.0.1:" + venue.port() + "/");
        live.close();
        final RawConnection first = acceptLive();
        assertThat(session.epoch()).isEqualTo(2);
        for (int i = 0; i < 12; i++)
        {
            clock.advanceMs(6000);
            first.writeText("y");
            final long count = i + 1;
            pump.until("received", () -> handler.count("text y") == count);
        }

        assertThat(session.state()).as("there is nothing better").isEqualTo(SessionState.LIVE);
    }

    @Test
    void shouldTellAnAlternateTheHeadersAndLeaveConnectToWithTheUri()
    {
        launch();
        session = engine.connect(config()
            .uri("ws://venue.invalid:9/")
            .socket(new SocketPolicy().connectTo("127.0.0.1", venue.port()))
            .upgrade(new UpgradePolicy().bearer("t0k"))
            .reconnect(new ReconnectPolicy().alternateUris(second.uri("/"))));
        final RawConnection first = venue.accept(pump);
        assertThat(first.readRequest()).contains("Host: venue.invalid:9\r\n", "Authorization: Bearer t0k\r\n");
        first.reset();
        passBackoff();
        assertThat(second.accept(pump).readRequest())
            .contains("Host: 127.0.0.1:" + second.port() + "\r\n", "Authorization: Bearer t0k\r\n");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldChangeBetweenWsAndWss(final TlsProvider provider) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        tlsVenue = new TlsVenue(server());
        session = engine.connect(config().tls(trusting(provider)).reconnect(
            new ReconnectPolicy().baseNs(MS).capNs(MS).alternateUris(tlsVenue.uri())));
        venue.accept(pump).reset();
        pump.until("live", () -> handler.count("state LIVE") == 1);
        echo("over TLS");
        assertThat(handler.count("state TLS")).isOne();
        session.reconnect();
        acceptLive();
        assertThat(handler.count("state TLS")).isOne();
        assertThat(session.epoch()).isEqualTo(2);
    }

    @Test
    void shouldNotGoBackToAFirstThatSaidStop()
    {
        launch();
        session = engine.connect(config().heartbeat(new HeartbeatPolicy().intervalNs(0)).reconnect(
            new ReconnectPolicy().alternateUris(second.uri("/")).failbackNs(1000 * MS)));
        refuse(venue, "403 No", "");
        passBackoff();
        second.accept(pump).upgrade();
        untilState(SessionState.LIVE);
        clock.advanceMs(60_000);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.LIVE);
    }

    /**
     * ZenWebsocket, row 10.2: a bad certificate is not to be retried.
     */
    @ParameterizedTest
    @MethodSource("providers")
    void shouldNotComeBackToABadCertificate(final TlsProvider provider) throws Exception
    {
        launch(ThreadingMode.DEDICATED);
        tlsVenue = new TlsVenue(server(TlsCertificates.issued(
            TlsCertificates.server("CN=stranger"), TlsCertificates.OTHER_CA)));
        session = engine.connect(secure(trusting(provider)));
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .startsWith("TLS failed, UNKNOWN_ISSUER").contains("gave up after 1 attempts", "STOP");
    }

    private void refuse(final RawVenue by, final String status, final String headers)
    {
        final RawConnection connection = by.accept(pump);
        connection.readRequest();
        connection.write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n");
    }

    private void passBackoff(final ThreadingMode mode)
    {
        if (mode == ThreadingMode.INVOKER)
        {
            passBackoff();
        }
    }
}
