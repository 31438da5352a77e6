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

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The bytes of the upgrade request.
 */
class RequestLineTest extends SystemTest
{
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "'' /",
        "/ /",
        "? /?",
        "?a=b /?a=b",
        "/? /?",
        "/ws?key=%2Fa%2f%20b&sig=a+b%3D%3d /ws?key=%2Fa%2f%20b&sig=a+b%3D%3d",
        "/%7euser/./a/../b//c /%7euser/./a/../b//c",
        "/stream?streams=btcusdt@trade/ethusdt@trade /stream?streams=btcusdt@trade/ethusdt@trade",
        "/a;b=c,d:e@f!$&'()*+=-._~ /a;b=c,d:e@f!$&'()*+=-._~",
        "/ws?next=ws://other/?x#? -"})
    void shouldSendPathAndQueryByteForByteOnEveryConnect(final String given, final String sent)
    {
        launch();
        if (sent.equals("-"))
        {
            assertThatThrownBy(() -> engine.connect(config().uri(venue.uri(given))))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("fragment");
            return;
        }

        final RawConnection first = connect(config().uri(venue.uri(given.replace("''", ""))));
        assertThat(first.readRequest()).startsWith("GET " + sent + " HTTP/1.1\r\n");
        first.reset();
        passBackoff();
        assertThat(venue.accept(pump).readRequest()).startsWith("GET " + sent + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVOKER", "DEDICATED", "INLINE"})
    void shouldSendHeadersInTheirOrderBehindThoseOfTheHandshake(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connect(config().upgrade(new UpgradePolicy()
            .subprotocols("a, b").header("X-zulu", "1").header("x-Alpha", "2").bearer("t0k").header("X-zulu", "3")));
        final String request = connection.readRequest();
        final String key = request.replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*)\r.*", "$1");
        assertThat(key).hasSize(24);
        assertThat(request).isEqualTo(
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + venue.port() + "\r\nUpgrade: websocket\r\n" +
            "Connection: upgrade\r\nSec-WebSocket-Key: " + key + "\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Protocol: a, b\r\nX-zulu: 1\r\nx-Alpha: 2\r\nAuthorization: Bearer t0k\r\n" +
            "X-zulu: 3\r\n\r\n");
    }

    @Test
    void shouldTakeAHostOfTheUserForItsOwn()
    {
        launch();
        final String request = connect(config().upgrade(new UpgradePolicy().header("Host", "venue.test")))
            .readRequest();
        assertThat(request).contains("Host: venue.test\r\n").doesNotContain("Host: 127");
    }

    @Test
    void shouldEncodeBasicCredentials()
    {
        launch();
        final String request = connect(config().upgrade(new UpgradePolicy().basic("Aladdin", "open sesame")))
            .readRequest();
        assertThat(request).contains("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
    }

    @Test
    void shouldNameAnIpv6HostInBrackets() throws Exception
    {
        launch();
        try (RawVenue server = new RawVenue(new InetSocketAddress("::1", 0)))
        {
            final String authority = "[::1]:" + server.port();
            session = engine.connect(config().uri("ws://" + authority + "/six"));
            try (RawConnection connection = server.accept(pump))
            {
                assertThat(connection.upgrade())
                    .startsWith("GET /six HTTP/1.1\r\n").contains("Host: " + authority + "\r\n");
                untilHandlerSaw("state LIVE");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%25lo", "%lo"})
    void shouldKeepTheZoneOfAnAddressToItself(final String zone) throws Exception
    {
        launch();
        try (RawVenue server = new RawVenue(new InetSocketAddress("::1", 0)))
        {
            session = engine.connect(config().uri("ws://[::1" + zone + "]:" + server.port() + "/"));
            try (RawConnection connection = server.accept(pump))
            {
                assertThat(connection.upgrade()).contains("Host: [::1]:" + server.port() + "\r\n");
                untilHandlerSaw("state LIVE");
            }
        }
    }

    @Test
    void shouldOfferNoSubprotocolForAnEmptyOne()
    {
        launch();
        assertThat(connect(config().upgrade(new UpgradePolicy().subprotocols(""))).readRequest())
            .doesNotContainIgnoringCase("sec-websocket-protocol");
    }

    @Test
    void shouldNotPrintTheQueryOfAUriThatTlsIsNotFor()
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().uri(venue.uri("/?token=s3cret")).tls(new TlsPolicy())))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("tls is set, but uri=ws://")
            .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b?token=s3cret", "/\u00e4?token=s3cret", "/%zz?token=s3cret", "/a|b?token=s3cret"})
    void shouldRefuseWhatIsNotLegalWithoutPrintingTheQuery(final String path)
    {
        launch();
        assertThatThrownBy(() -> engine.connect(config().uri(venue.uri(path))))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("uri=ws://").hasMessageNotContaining("s3cret").hasNoCause();
    }

    @Test
    void shouldRefuseHeadersThatCannotBeSent()
    {
        launch();
        for (final UpgradePolicy policy : List.of(
            new UpgradePolicy().header("X-A", "s3cret\r\nX-B: 1"),
            new UpgradePolicy().header("X A", "s3cret"),
            new UpgradePolicy().header("Upgrade", "s3cret"),
            new UpgradePolicy().header("sec-websocket-key", "s3cret"),
            new UpgradePolicy().subprotocols("a,,b"),
            new UpgradePolicy().subprotocols("a,a"),
            new UpgradePolicy().maxRedirects(-1),
            new UpgradePolicy().maxRedirects(21)))
        {
            assertThatThrownBy(() -> engine.connect(config().upgrade(policy)))
                .isInstanceOf(ConfigurationException.class).hasMessageNotContaining("s3cret");
        }

        assertThatThrownBy(() -> new UpgradePolicy().basic("a:b", "s3cret"))
            .isInstanceOf(ConfigurationException.class).hasMessageContaining("a:b").hasMessageNotContaining("s3cret");
    }
}
