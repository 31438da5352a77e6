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

import io.ringwire.api.SessionState;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.system.LeakWatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With TLS: through nginx, whose TLS is OpenSSL's, to the npm package {@code ws}, and to Node's own TLS.
 */
@Timeout(120)
@ExtendWith(LeakWatcher.class)
class NginxServerTest
{
    private static PeerCertificates certificates;
    private static NodeServer node;
    private static NginxServer tls12;
    private static NginxServer tls13;

    @BeforeAll
    static void start() throws Exception
    {
        certificates = new PeerCertificates();
        node = NodeServer.plain("127.0.0.1");
        tls12 = NginxServer.start(certificates, "TLSv1.2", false, node);
        tls13 = NginxServer.start(certificates, "TLSv1.3", false, node);
    }

    @AfterAll
    static void stop() throws Exception
    {
        for (final AutoCloseable closeable : new AutoCloseable[] {tls13, tls12, node, certificates})
        {
            if (closeable != null)
            {
                closeable.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2,BORINGSSL,DEDICATED", "TLSv1.3,BORINGSSL,DEDICATED", "TLSv1.2,JDK,DEDICATED", "TLSv1.3,JDK,DEDICATED",
        "TLSv1.3,BORINGSSL,INLINE", "TLSv1.3,JDK,INLINE"})
    void shouldTalkThroughNginx(final String protocol, final TlsProvider provider, final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(secure(client, server(protocol), "/echo", provider));
            for (final int length : new int[] {0, 1, 125, 126, 16_384, 65_536, 200_000})
            {
                final String text = "x".repeat(length);
                assertThat(client.sendText(text).nextText()).isEqualTo(text);
            }

            client.session().close(3001, "done");
            assertThat(client.nextClosed().code()).isEqualTo(3001);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,BORINGSSL", "TLSv1.3,BORINGSSL", "TLSv1.2,JDK", "TLSv1.3,JDK"})
    void shouldReceiveABurst(final String protocol, final TlsProvider provider)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(secure(client, server(protocol), "/burst?count=5000&size=200", provider)).sendText("go");
            for (int i = 0; i < 5_000; i++)
            {
                assertThat(client.nextText()).startsWith(i + ":x");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,BORINGSSL", "TLSv1.3,BORINGSSL", "TLSv1.2,JDK", "TLSv1.3,JDK"})
    void shouldNameTheHostAndResumeOnReconnect(final String protocol, final TlsProvider provider)
    {
        final NginxServer nginx = server(protocol);
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final String host = PeerCertificates.HOST + ":" + nginx.port();
            final SessionConfig config = client.config("wss://" + host + "/request")
                .tls(new TlsPolicy().provider(provider).caFile(certificates.authority()))
                .socket(new SocketPolicy().connectTo("127.0.0.1", 0))
                .reconnect(new ReconnectPolicy().baseNs(TimeUnit.MILLISECONDS.toNanos(1)));
            client.connect(config);
            assertThat(client.nextText())
                .contains("\"X-Tls-Protocol\",\"" + protocol + "\"")
                .contains("\"X-Tls-Name\",\"" + PeerCertificates.HOST + "\"")
                .contains("\"X-Tls-Alpn\",\"http/1.1\"")
                .contains("\"X-Tls-Reused\",\".\"")
                .contains("\"Host\",\"" + host + "\"");
            client.sendText("drop");
            assertThat(client.nextText()).contains("\"X-Tls-Reused\",\"r\"");
            assertThat(client.nextClosed().code()).isEqualTo(1006);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BORINGSSL", "JDK"})
    void shouldShowACertificateWhereOneIsAskedFor(final TlsProvider provider) throws IOException
    {
        try (NginxServer nginx = NginxServer.start(certificates, "TLSv1.3", true, node))
        {
            try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
            {
                final SessionConfig config = secure(client, nginx, "/request", provider);
                config.tls().certificate(certificates.clientChain(), certificates.clientKey());
                assertThat(client.connect(config).nextText()).contains("\"X-Tls-Client\",\"CN=peer client\"");
            }

            try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
            {
                assertThat(client.failure(secure(client, nginx, "/request", provider))).contains("400");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BORINGSSL", "JDK"})
    void shouldSayWhyTlsFails(final TlsProvider provider)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final String uri = "wss://127.0.0.1:" + tls13.port() + "/echo";
            assertThat(client.failure(client.config(uri).tls(new TlsPolicy().provider(provider))))
                .containsIgnoringCase("issuer");
        }

        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final SessionConfig config = client.config("wss://other.test:" + tls13.port() + "/echo")
                .tls(new TlsPolicy().provider(provider).caFile(certificates.authority()))
                .socket(new SocketPolicy().connectTo("127.0.0.1", 0));
            assertThat(client.failure(config)).contains("other.test");
        }

        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final SessionConfig config = secure(client, tls12, "/echo", provider);
            config.tls().protocols("TLSv1.3");
            assertThat(client.failure(config)).containsIgnoringCase("protocol");
        }
    }

    @Test
    void shouldFollowARedirectButNeverIntoTheClear()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final SessionConfig config = secure(client, tls13, "/moved?a=%2F", TlsProvider.AUTO)
                .upgrade(new UpgradePolicy().maxRedirects(2));
            assertThat(client.connect(config).sendText("here").nextText()).isEqualTo("here");
        }

        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final SessionConfig config = secure(client, tls13, "/downgrade", TlsProvider.AUTO)
                .upgrade(new UpgradePolicy().maxRedirects(2));
            assertThat(client.failure(config)).contains("wss");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BORINGSSL", "JDK"})
    void shouldTalkToTheTlsOfNode(final TlsProvider provider) throws IOException
    {
        try (NodeServer server =
            NodeServer.tls("127.0.0.1", certificates.serverKey(), certificates.serverChain());
            PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config(server.uri("/fragments?parts=3"))
                .tls(new TlsPolicy().provider(provider).caFile(certificates.authority())));
            final String text = "\u20ac".repeat(60_000);
            assertThat(client.sendText(text).nextText()).isEqualTo(text);
            assertThat(client.session().state()).isEqualTo(SessionState.LIVE);
        }
    }

    private static NginxServer server(final String protocol)
    {
        return protocol.equals("TLSv1.2") ? tls12 : tls13;
    }

    private static SessionConfig secure(
        final PeerClient client, final NginxServer nginx, final String path, final TlsProvider provider)
    {
        return client.config("wss://127.0.0.1:" + nginx.port() + path)
            .tls(new TlsPolicy().provider(provider).caFile(certificates.authority()));
    }
}
