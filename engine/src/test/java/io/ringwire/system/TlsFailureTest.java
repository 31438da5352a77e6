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

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import static io.ringwire.system.TlsCertificates.CA;
import static io.ringwire.system.TlsCertificates.OTHER_CA;
import static org.assertj.core.api.Assertions.assertThat;

class TlsFailureTest extends TlsTest
{
    private static final String ECDSA_AES_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private static final String ECDSA_AES_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

    static Stream<Arguments> providersAndProtocols()
    {
        return PROVIDERS.stream().flatMap(
            (provider) -> PROTOCOLS.stream().map((protocol) -> Arguments.of(provider, protocol)));
    }

    static List<TlsProvider> providers()
    {
        return PROVIDERS;
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void shouldSayThatACertificateHasExpired(final TlsProvider provider, final String protocol)
    {
        final Instant end = Instant.parse("2024-05-06T07:08:09Z");
        final X509Bundle expired = TlsCertificates.issued(
            TlsCertificates.server("CN=late").notBefore(end.minus(Duration.ofDays(9))).notAfter(end), CA);
        assertRefused(server(expired).protocols(protocol), trusting(provider),
            "TLS failed, CERTIFICATE_EXPIRED: 'CN=late' was valid until 2024-05-06T07:08:09Z");
        pump.until("the server hears of it", () -> !tlsVenue.failures.isEmpty());
        assertThat(tlsVenue.failures.toString()).containsPattern("certificate_|Connection reset");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayThatACertificateIsNotYetValid(final TlsProvider provider)
    {
        final Instant begin = Instant.parse("2090-05-06T07:08:09Z");
        final X509Bundle early = TlsCertificates.issued(
            TlsCertificates.server("CN=early").notBefore(begin).notAfter(begin.plus(Duration.ofDays(9))), CA);
        assertRefused(server(early), trusting(provider),
            "TLS failed, CERTIFICATE_NOT_YET_VALID: 'CN=early' is valid from 2090-05-06T07:08:09Z on");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayWhichHostsACertificateIsFor(final TlsProvider provider)
    {
        final X509Bundle other = TlsCertificates.issued(TlsCertificates.base("CN=x")
            .addSanDnsName("venue.example").addSanDnsName("b.venue.example").addSanIpAddress("10.1.2.3"), CA);
        assertRefused(server(other), trusting(provider),
            "TLS failed, WRONG_HOST: certificate is for venue.example, b.venue.example, 10.1.2.3, not for localhost");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldCheckAnAddressToo(final TlsProvider provider)
    {
        final X509Bundle nameOnly = TlsCertificates.issued(
            TlsCertificates.base("CN=x").addSanDnsName("localhost"), CA);
        openVenue(server(nameOnly));
        launch(ThreadingMode.DEDICATED);
        final StateChange failure = connectFailing(secure(trusting(provider)).uri(tlsVenue.uri("127.0.0.1")));
        assertThat(failure.reason())
            .isEqualTo("TLS failed, WRONG_HOST: certificate is for localhost, not for 127.0.0.1");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayWhichIssuerIsNotKnown(final TlsProvider provider)
    {
        final X509Bundle stranger = TlsCertificates.issued(TlsCertificates.server("CN=stranger"), OTHER_CA);
        assertRefused(server(stranger), trusting(provider), "TLS failed, UNKNOWN_ISSUER: " +
            "certificate 'CN=stranger' leads to issuer CN=Somebody else's CA, which is not trusted");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNotTrustTheTestCaWithoutACaFile(final TlsProvider provider)
    {
        assertRefused(server(), new TlsPolicy().provider(provider), "TLS failed, UNKNOWN_ISSUER: " +
            "certificate 'CN=server' leads to issuer CN=Ringwire test CA, which is not trusted");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayThatACertificateIsSelfSigned(final TlsProvider provider)
    {
        final X509Bundle self = TlsCertificates.ca(TlsCertificates.server("CN=self"));
        assertRefused(server(self), trusting(provider),
            "TLS failed, SELF_SIGNED: 'CN=self' is signed with its own key and not trusted");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayWhichPinsItSaw(final TlsProvider provider)
    {
        final TlsPolicy policy = trusting(provider).pin(TlsCertificates.pinOf(OTHER_CA));
        assertRefused(server(), policy,
            "TLS failed, PIN_MISMATCH: no pinned key in the server's chain: it has [" +
            TlsCertificates.pinOf(TlsCertificates.SERVER) + ", " + TlsCertificates.pinOf(CA) + "]");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNotTakeAPinnedCertificateThatIsOnlySentAlong(final TlsProvider provider)
    {
        final X509Bundle server = TlsCertificates.SERVER;
        final SslContextBuilder builder = server().keyManager(new FixedChain(
            server.getKeyPair().getPrivate(), server.getCertificate(), OTHER_CA.getCertificate()));
        assertRefused(builder, trusting(provider).pin(TlsCertificates.pinOf(OTHER_CA)), "TLS failed, PIN_MISMATCH: ");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayThatThereIsNoCommonProtocol(final TlsProvider provider)
    {
        assertRefused(server().protocols("TLSv1.2"), trusting(provider).protocols("TLSv1.3"),
            "TLS failed, NO_COMMON_PROTOCOL: the server ended the handshake with alert protocol_version");
        closeTlsVenue();
        handler.log().clear();
        assertRefused(server().protocols("TLSv1.3"), trusting(provider).protocols("TLSv1.2"),
            "TLS failed, NO_COMMON_PROTOCOL: the server ended the handshake with alert protocol_version");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayThatThereIsNoCommonCipher(final TlsProvider provider)
    {
        assertRefused(
            server().protocols("TLSv1.2").ciphers(List.of(ECDSA_AES_256)),
            trusting(provider).cipherSuites(ECDSA_AES_128),
            "TLS failed, NO_COMMON_CIPHER: the server ended the handshake with alert handshake_failure");
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void shouldSayThatTheServerWantsACertificate(final TlsProvider provider, final String protocol)
    {
        openVenue(clientAuth(protocol));
        launch(ThreadingMode.DEDICATED);
        final StateChange failure = connectFailing(secure(trusting(provider)));
        assertThat(failure.reason()).startsWith(
            "TLS failed, CLIENT_CERTIFICATE_REQUIRED: the server ended the handshake with alert ");
        assertThat(tlsVenue.handshakes).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void shouldSayThatTheServerRefusesTheCertificate(final TlsProvider provider, final String protocol)
    {
        openVenue(clientAuth(protocol).trustManager(OTHER_CA.getCertificate(), CA.getCertificate()));
        launch(ThreadingMode.DEDICATED);
        final X509Bundle late = TlsCertificates.issued(TlsCertificates.client("CN=late client")
            .notAfter(Instant.now().minusSeconds(60)), CA);
        final StateChange failure = connectFailing(secure(trusting(provider).certificate(
            file("client.pem", late.getCertificatePEM()), file("client.key", late.getPrivateKeyPEM()))));
        assertThat(failure.reason()).startsWith(
            "TLS failed, CLIENT_CERTIFICATE_REFUSED: the server ended the handshake with alert certificate_");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayThatTheServerIsNotOneOfTls(final TlsProvider provider)
    {
        launch();
        final RawConnection connection = connect(plainVenue(provider));
        pump.until("the client speaks", connection::hasByte);
        connection.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).isEqualTo(
            "TLS failed, NOT_TLS: the server answered 'HTTP/1.1 400 Bad Request..Connec': is the port for ws?");
        assertThat(handler.change(SessionState.FAILED).from()).isEqualTo(SessionState.TLS);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayThatTheServerLeftInTheHandshake(final TlsProvider provider)
    {
        launch();
        final RawConnection connection = connect(plainVenue(provider));
        pump.until("the client speaks", connection::hasByte);
        connection.reset();
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason())
            .startsWith("TLS failed, PEER_CLOSED: the server ended the connection during the handshake");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldGiveUpAServerThatStallsInTheHandshake(final TlsProvider provider)
    {
        launch();
        final RawConnection connection = connect(
            plainVenue(provider).timeouts(new TimeoutPolicy().tlsNs(700_000_000L)));
        untilState(SessionState.TLS);
        pump.until("the client speaks", connection::hasByte);
        clock.advanceMs(699);
        pump.settle();
        assertThat(session.state()).isEqualTo(SessionState.TLS);
        clock.advanceMs(1);
        untilHandlerSaw("state FAILED");
        assertThat(handler.change(SessionState.FAILED).reason()).isEqualTo("no TLS handshake within 700000000 ns");
        connection.untilEnded();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldCloseAndAbortDuringTheHandshake(final TlsProvider provider)
    {
        launch();
        final RawConnection closed = connect(plainVenue(provider));
        untilState(SessionState.TLS);
        session.close();
        untilHandlerSaw("state CLOSED");
        closed.untilEnded();
        handler.log().clear();
        final RawConnection aborted = connect(plainVenue(provider));
        untilState(SessionState.TLS);
        session.abort();
        untilHandlerSaw("state CLOSED");
        aborted.untilEnded();
    }

    private SslContextBuilder clientAuth(final String protocol)
    {
        return server().protocols(protocol).clientAuth(ClientAuth.REQUIRE).trustManager(CA.getCertificate());
    }

    private SessionConfig plainVenue(final TlsProvider provider)
    {
        return config().uri(venue.uri("/").replace("ws:", "WSS:")).tls(trusting(provider))
            .reconnect(ReconnectPolicy.never());
    }

    private void assertRefused(final SslContextBuilder server, final TlsPolicy policy, final String reason)
    {
        openVenue(server);
        launch(ThreadingMode.DEDICATED);
        final StateChange failure = connectFailing(secure(policy));
        assertThat(failure.reason()).startsWith(reason);
        assertThat(failure.from()).isEqualTo(SessionState.TLS);
        assertThat(handler.log()).containsExactly(
            "state RESOLVING", "state CONNECTING", "state TLS", "state FAILED");
    }

    /**
     * Sends certificates along that have nothing to do with each other.
     */
    private static final class FixedChain extends X509ExtendedKeyManager
    {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        FixedChain(final PrivateKey key, final X509Certificate... chain)
        {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String chooseEngineServerAlias(
            final String keyType, final Principal[] issuers, final SSLEngine engine)
        {
            return keyType.equals("EC") ? "fixed" : null;
        }

        @Override
        public String[] getClientAliases(final String keyType, final Principal[] issuers)
        {
            return null;
        }

        @Override
        public String chooseClientAlias(final String[] keyTypes, final Principal[] issuers, final Socket socket)
        {
            return null;
        }

        @Override
        public String[] getServerAliases(final String keyType, final Principal[] issuers)
        {
            return null;
        }

        @Override
        public String chooseServerAlias(final String keyType, final Principal[] issuers, final Socket socket)
        {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(final String alias)
        {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(final String alias)
        {
            return key;
        }
    }
}
