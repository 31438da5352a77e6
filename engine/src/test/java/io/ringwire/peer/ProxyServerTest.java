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
package io.ringwire.peer;

import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.system.LeakWatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Through tinyproxy (CONNECT) and microsocks (SOCKS5) to the npm package {@code ws}.
 */
@Timeout(120)
@ExtendWith(LeakWatcher.class)
class ProxyServerTest
{
    private static final String USER = "trader";
    private static final String PASSWORD = "s3cret";

    private static NodeServer node;

    @BeforeAll
    static void start() throws IOException
    {
        node = NodeServer.plain("127.0.0.1");
    }

    @AfterAll
    static void stop()
    {
        if (node != null)
        {
            node.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldTunnelThroughTinyproxy(final ThreadingMode mode) throws IOException
    {
        try (TinyProxy proxy = TinyProxy.start(null, null); PeerClient client = new PeerClient(mode))
        {
            client.connect(client.config(node.uri("/greet")).proxy(ProxyPolicy.http("127.0.0.1", proxy.port())));
            assertThat(client.nextText()).isEqualTo("welcome");
            proxy.awaitTunnel("127.0.0.1", node.port());
        }
    }

    @Test
    void shouldLeaveTheNameToTinyproxy() throws IOException
    {
        try (TinyProxy proxy = TinyProxy.start(null, null); PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final String uri = "ws://localhost:" + node.port() + "/echo";
            client.connect(client.config(uri).proxy(ProxyPolicy.http("localhost", proxy.port())));
            assertThat(client.sendText("hello").nextText()).isEqualTo("hello");
            proxy.awaitTunnel("localhost", node.port());
        }
    }

    @Test
    void shouldTellTinyproxyTheCredentials() throws IOException
    {
        try (TinyProxy proxy = TinyProxy.start(USER, PASSWORD))
        {
            final ProxyPolicy good = ProxyPolicy.http("127.0.0.1", proxy.port()).credentials(USER, PASSWORD);
            final ProxyPolicy bad = ProxyPolicy.http("127.0.0.1", proxy.port()).credentials(USER, "wr0ng");
            final ProxyPolicy none = ProxyPolicy.http("127.0.0.1", proxy.port());
            shouldTakeOnlyTheGood(good, bad, none);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldTunnelThroughMicrosocks(final ThreadingMode mode) throws IOException
    {
        try (SocksProxy proxy = SocksProxy.start(null, null); PeerClient client = new PeerClient(mode))
        {
            client.connect(client.config(node.uri("/greet")).proxy(ProxyPolicy.socks5("127.0.0.1", proxy.port())));
            assertThat(client.nextText()).isEqualTo("welcome");
            proxy.awaitTunnel("127.0.0.1", node.port());
        }
    }

    @Test
    void shouldTellMicrosocksTheCredentials() throws IOException
    {
        try (SocksProxy proxy = SocksProxy.start(USER, PASSWORD))
        {
            final ProxyPolicy good = ProxyPolicy.socks5("127.0.0.1", proxy.port()).credentials(USER, PASSWORD);
            final ProxyPolicy bad = ProxyPolicy.socks5("127.0.0.1", proxy.port()).credentials(USER, "wr0ng");
            final ProxyPolicy none = ProxyPolicy.socks5("127.0.0.1", proxy.port());
            shouldTakeOnlyTheGood(good, bad, none);
        }
    }

    @Test
    void shouldSayThatTheTargetRefuses() throws IOException
    {
        try (TinyProxy proxy = TinyProxy.start(null, null); PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.failure(client.config("ws://127.0.0.1:1/").proxy(
                ProxyPolicy.http("127.0.0.1", proxy.port())))).contains("500");
        }

        try (SocksProxy proxy = SocksProxy.start(null, null);
            PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.failure(client.config("ws://127.0.0.1:1/").proxy(
                ProxyPolicy.socks5("127.0.0.1", proxy.port())))).contains("REFUSED");
        }
    }

    @Test
    void shouldDoTlsInsideOfBothTunnels() throws Exception
    {
        try (PeerCertificates certificates = new PeerCertificates();
            NginxServer nginx = NginxServer.start(certificates, "TLSv1.3", false, node);
            TinyProxy tinyproxy = TinyProxy.start(USER, PASSWORD);
            SocksProxy microsocks = SocksProxy.start(USER, PASSWORD))
        {
            shouldDoTlsThrough(
                ProxyPolicy.http("127.0.0.1", tinyproxy.port()).credentials(USER, PASSWORD), certificates, nginx);
            shouldDoTlsThrough(
                ProxyPolicy.socks5("127.0.0.1", microsocks.port()).credentials(USER, PASSWORD), certificates, nginx);
            tinyproxy.awaitTunnel("127.0.0.1", nginx.port());
            microsocks.awaitTunnel("127.0.0.1", nginx.port());
        }
    }

    private static void shouldDoTlsThrough(
        final ProxyPolicy proxy, final PeerCertificates certificates, final NginxServer nginx)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config("wss://127.0.0.1:" + nginx.port() + "/echo")
                .tls(new TlsPolicy().caFile(certificates.authority()))
                .proxy(proxy));
            final String text = "x".repeat(100_000);
            assertThat(client.sendText(text).nextText()).isEqualTo(text);
        }
    }

    private static void shouldTakeOnlyTheGood(final ProxyPolicy good, final ProxyPolicy bad, final ProxyPolicy none)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config(node.uri("/request")).proxy(good));
            assertThat(client.nextText()).doesNotContain("Proxy");
        }

        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.failure(client.config(node.uri("/echo")).proxy(bad))).doesNotContain("wr0ng");
        }

        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.failure(client.config(node.uri("/echo")).proxy(none))).isNotBlank();
        }
    }
}
