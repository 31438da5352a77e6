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

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One engine against a venue with Netty's TLS.
 */
abstract class TlsTest extends SystemTest
{
    static final List<TlsProvider> PROVIDERS =
        OpenSsl.isAvailable() ? List.of(TlsProvider.BORINGSSL, TlsProvider.JDK) : List.of(TlsProvider.JDK);
    static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    @TempDir
    Path directory;
    TlsVenue tlsVenue;

    @AfterEach
    void closeTlsVenue()
    {
        if (engine != null)
        {
            engine.close();
        }

        if (tlsVenue != null)
        {
            tlsVenue.close();
            tlsVenue = null;
        }
    }

    static SslContextBuilder server(final X509Bundle bundle)
    {
        return SslContextBuilder.forServer(bundle.getKeyPair().getPrivate(), bundle.getCertificatePath())
            .sslProvider(SslProvider.JDK)
            .applicationProtocolConfig(new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                "http/1.1"));
    }

    static SslContextBuilder server()
    {
        return server(TlsCertificates.SERVER);
    }

    void openVenue(final SslContextBuilder builder)
    {
        try
        {
            tlsVenue = new TlsVenue(builder);
        }
        catch (final javax.net.ssl.SSLException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * A policy that trusts the test CA.
     */
    TlsPolicy trusting(final TlsProvider provider)
    {
        return new TlsPolicy().provider(provider).caFile(file("ca.pem", TlsCertificates.CA.getCertificatePEM()));
    }

    Path file(final String name, final String text)
    {
        return TlsCertificates.write(directory, name, text);
    }

    SessionConfig secure(final TlsPolicy policy)
    {
        return config().uri(tlsVenue.uri()).tls(policy);
    }

    void connectSecure(final SessionConfig config)
    {
        final long before = handler.count("state LIVE");
        session = engine.connect(config);
        pump.until("live after " + handler.log(), () -> handler.count("state LIVE") > before || isFailed());
        assertThat(handler.count("state LIVE")).as(this::lastReason).isGreaterThan(before);
    }

    /**
     * Connect, once, and see it fail.
     */
    StateChange connectFailing(final SessionConfig config)
    {
        session = engine.connect(config.reconnect(ReconnectPolicy.never()));
        pump.until("failed", this::isFailed);
        assertThat(session.metrics().connectFailures()).isOne();
        return handler.change(SessionState.FAILED);
    }

    void echo(final String text)
    {
        assertThat(send(text)).isPositive();
        untilHandlerSaw("text " + text);
    }

    private boolean isFailed()
    {
        return handler.saw("state FAILED");
    }

    private String lastReason()
    {
        return isFailed() ? handler.change(SessionState.FAILED).reason() : "";
    }
}
