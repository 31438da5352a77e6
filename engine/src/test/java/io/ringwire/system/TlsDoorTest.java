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

import io.netty.pkitesting.X509Bundle;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.UpgradePolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TLS behind the doors that lead to a server: names, redirects, tunnels.
 */
class TlsDoorTest extends TlsTest
{
    private TlsVenue other;
    private ServerSocket proxy;

    static List<TlsProvider> providers()
    {
        return PROVIDERS;
    }

    static List<Arguments> tunnels()
    {
        final List<Arguments> all = new ArrayList<>();
        for (final TlsProvider provider : PROVIDERS)
        {
            for (final String protocol : PROTOCOLS)
            {
                all.add(Arguments.of(provider, protocol, ProxyPolicy.Kind.HTTP));
                all.add(Arguments.of(provider, protocol, ProxyPolicy.Kind.SOCKS5));
            }
        }

        return all;
    }

    @AfterEach
    void closeOthers() throws IOException
    {
        if (engine != null)
        {
            engine.close();
        }

        if (other != null)
        {
            other.close();
        }

        if (proxy != null)
        {
            proxy.close();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldCheckNamesOfEveryForm(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)).uri(tlsVenue.uri("localhost.")).socket(toVenue()));
        echo("dot");
        connectSecure(secure(trusting(provider)).uri(tlsVenue.uri("LocalHost")).socket(toVenue()));
        assertThat(tlsVenue.serverNames.toString()).contains("localhost").doesNotContain("localhost.");
        for (final String wrong : List.of(
            "venue", "venue.", "localhost.venue", "xlocalhost", "127.0.0.2", "[::1]", "[::ffff:127.0.0.2]"))
        {
            handler.log().clear();
            connectFailing(secure(trusting(provider)).uri(tlsVenue.uri(wrong)).socket(toVenue()));
            assertThat(session.lastChange().reason()).isEqualTo(
                "TLS failed, WRONG_HOST: certificate is for localhost, 127.0.0.1, not for " +
                wrong.replaceAll("[\\[\\]]", ""));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldCheckTheHostThatARedirectLeadsTo(final TlsProvider provider) throws Exception
    {
        openVenue(server(TlsCertificates.issued(TlsCertificates.base("CN=a").addSanDnsName("localhost"),
            TlsCertificates.CA)));
        other = new TlsVenue(server(TlsCertificates.issued(
            TlsCertificates.base("CN=b").addSanIpAddress("127.0.0.1"), TlsCertificates.CA)));
        tlsVenue.redirect("https://127.0.0.1:" + other.port() + "/there");
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)).upgrade(new UpgradePolicy().maxRedirects(2)));
        echo("there");
        handler.log().clear();
        tlsVenue.redirect("https://localhost:" + other.port() + "/wrong");
        final StateChange failure =
            connectFailing(secure(trusting(provider)).upgrade(new UpgradePolicy().maxRedirects(2)));
        assertThat(failure.reason()).contains("WRONG_HOST: certificate is for 127.0.0.1, not for localhost");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldGoFromPlainToSecure(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        session = engine.connect(config().uri(venue.uri("/")).tls(trusting(provider))
            .upgrade(new UpgradePolicy().maxRedirects(2)));
        final RawConnection plain = venue.accept(pump);
        plain.readRequest();
        plain.write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + tlsVenue.uri() + "\r\n\r\n");
        untilHandlerSaw("state LIVE");
        echo("secure");
    }

    @ParameterizedTest
    @MethodSource("tunnels")
    void shouldSpeakTlsInATunnel(final TlsProvider provider, final String protocol, final ProxyPolicy.Kind kind)
        throws Exception
    {
        openVenue(server().protocols(protocol));
        tlsVenue.behind(RawConnection.frame(0x81, "early".getBytes(StandardCharsets.UTF_8)));
        openProxy(kind);
        launch(ThreadingMode.DEDICATED);
        final ProxyPolicy policy = kind == ProxyPolicy.Kind.HTTP ?
            ProxyPolicy.http("127.0.0.1", proxy.getLocalPort()) :
            ProxyPolicy.socks5("127.0.0.1", proxy.getLocalPort());
        connectSecure(secure(trusting(provider)).proxy(policy).reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        untilHandlerSaw("text early");
        echo("inside");
        assertThat(tlsVenue.serverNames.toString()).contains("localhost");
        tlsVenue.endConnections();
        pump.until("live again", () -> handler.count("state LIVE") == 2);
        assertThat(handler.changes(SessionState.UPGRADING).get(1).reason()).endsWith(", resumed");
        echo("again");
        handler.log().clear();
        final X509Bundle stranger = TlsCertificates.issued(TlsCertificates.base("CN=x").addSanDnsName("elsewhere"),
            TlsCertificates.CA);
        other = new TlsVenue(server(stranger));
        final StateChange failure = connectFailing(secure(trusting(provider)).uri(other.uri()).proxy(policy));
        assertThat(failure.reason())
            .isEqualTo("TLS failed, WRONG_HOST: certificate is for elsewhere, not for localhost");
        assertThat(failure.from()).isEqualTo(SessionState.TLS);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldRefuseASecondHandshake(final TlsProvider provider)
    {
        openVenue(server().protocols("TLSv1.2"));
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)).reconnect(ReconnectPolicy.never()));
        echo("a");
        tlsVenue.renegotiate();
        untilHandlerSaw("closed 1006 TLS failed: cannot read: NO_RENEGOTIATION");
    }

    private SocketPolicy toVenue()
    {
        return new SocketPolicy().connectTo("127.0.0.1", tlsVenue.port());
    }

    private void openProxy(final ProxyPolicy.Kind kind) throws IOException
    {
        proxy = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        start(() ->
        {
            while (true)
            {
                final Socket client = proxy.accept();
                final InputStream in = client.getInputStream();
                final int port;
                if (kind == ProxyPolicy.Kind.HTTP)
                {
                    final StringBuilder request = new StringBuilder();
                    while (request.indexOf("\r\n\r\n") < 0)
                    {
                        request.append((char)in.read());
                    }

                    port = Integer.parseInt(request.toString().split("[: ]")[2]);
                }
                else
                {
                    in.readNBytes(3);
                    client.getOutputStream().write(new byte[] { 5, 0 });
                    final byte[] head = in.readNBytes(5);
                    in.readNBytes(head[4]);
                    port = in.read() << 8 | in.read();
                }

                final Socket server = new Socket("127.0.0.1", port);
                client.getOutputStream().write(kind == ProxyPolicy.Kind.HTTP ?
                    "HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII) :
                    new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 80 });
                start(() -> pipe(in, server));
                start(() -> pipe(server.getInputStream(), client));
            }
        });
    }

    private static void pipe(final InputStream in, final Socket to) throws IOException
    {
        try (to; OutputStream out = to.getOutputStream())
        {
            in.transferTo(out);
        }
    }

    private static void start(final Task task)
    {
        final Thread thread = new Thread(() ->
        {
            try
            {
                task.run();
            }
            catch (final IOException ex)
            {
                return; // closed
            }
        }, "tls-door-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task
    {
        void run() throws IOException;
    }
}
