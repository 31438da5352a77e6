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
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.ringwire.api.SendResult;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static io.ringwire.system.TlsCertificates.CA;
import static io.ringwire.system.TlsCertificates.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

class TlsSessionTest extends TlsTest
{
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
    void shouldResumeOnReconnect(final TlsProvider provider, final String protocol)
    {
        shouldResume(provider, protocol, SslProvider.JDK);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldResumeWithTicketsOfBoringSsl(final TlsProvider provider)
    {
        if (PROVIDERS.contains(TlsProvider.BORINGSSL))
        {
            shouldResume(provider, "TLSv1.3", SslProvider.OPENSSL);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayNameAndProtocolInItsHello(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)));
        connectSecure(secure(trusting(provider)).uri(tlsVenue.uri("127.0.0.1")));
        assertThat(tlsVenue.serverNames).hasSize(2);
        assertThat(tlsVenue.serverNames.get(0)).contains("value=localhost");
        assertThat(tlsVenue.serverNames.get(1)).as("no literals: RFC 6066 section 3").isEqualTo("[]");
        assertThat(tlsVenue.applicationProtocols).containsExactly("http/1.1", "http/1.1");
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void shouldShowItsCertificate(final TlsProvider provider, final String protocol)
    {
        openVenue(server().protocols(protocol).clientAuth(ClientAuth.REQUIRE).trustManager(CA.getCertificate()));
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider).certificate(
            file("client.pem", CLIENT.getCertificatePathPEM()), file("client.key", CLIENT.getPrivateKeyPEM()))));
        echo("known");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldTrustEveryCertificateOfTheCaFile(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(new TlsPolicy().provider(provider).caFile(file("cas.pem",
            "two of them:\n" + TlsCertificates.OTHER_CA.getCertificatePEM() + "\nand\n" + CA.getCertificatePEM()))));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldTakeAPinOfTheServerOrOfItsIssuer(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        final String other = TlsCertificates.pinOf(TlsCertificates.OTHER_CA);
        connectSecure(secure(trusting(provider).pin(other).pin(TlsCertificates.pinOf(TlsCertificates.SERVER))));
        connectSecure(secure(trusting(provider).pin(TlsCertificates.pinOf(CA))));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldTrustAnybodyOnlyLoudly(final TlsProvider provider)
    {
        openVenue(server(TlsCertificates.ca(TlsCertificates.base("CN=nobody"))));
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(new TlsPolicy().provider(provider).insecureTrustAnyServerForTestsOnly(true)));
        echo("anybody");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0)).hasMessage("session localhost:" + tlsVenue.port() +
            " does not check who the server is: insecureTrustAnyServerForTestsOnly is set");
        errors.clear();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldTakeFramesThatShareARecordWithTheUpgrade(final TlsProvider provider)
    {
        for (final ThreadingMode mode : List.of(ThreadingMode.INVOKER, ThreadingMode.INLINE))
        {
            openVenue(server());
            tlsVenue.early(RawConnection.frame(0x81, "early".getBytes(StandardCharsets.UTF_8)));
            launch(mode);
            connectSecure(secure(trusting(provider)));
            untilHandlerSaw("text early");
            echo("late");
            closeTlsVenue();
            handler.log().clear();
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void shouldTakeCiphertextByteByByte(final TlsProvider provider, final String protocol)
    {
        openVenue(server().protocols(protocol));
        tlsVenue.byteByByte();
        launch(ThreadingMode.INVOKER);
        connectSecure(secure(trusting(provider)));
        echo("one");
        echo("two");
    }

    @ParameterizedTest
    @MethodSource("providersAndProtocols")
    void shouldTellACutFromAnEnd(final TlsProvider provider, final String protocol)
    {
        openVenue(server().protocols(protocol));
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)).reconnect(ReconnectPolicy.never()));
        echo("a");
        tlsVenue.endConnections();
        untilHandlerSaw("closed 1006 connection ended without a close frame");
        assertThat(handler.log().toString()).doesNotContain("truncated");
        handler.log().clear();
        connectSecure(secure(trusting(provider)).reconnect(ReconnectPolicy.never()));
        tlsVenue.cutConnections();
        untilHandlerSaw("closed 1006 connection ended without a close frame and without close_notify: truncated");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldSayGoodbyeWhenItLeavesFirst(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)));
        echo("a");
        session.abort();
        untilHandlerSaw("state CLOSED");
        pump.until("close_notify", () -> tlsVenue.closeNotifies.get() == 1);
    }

    /**
     * Encrypted bytes that the socket does not take must not become a way around the send window.
     */
    @ParameterizedTest
    @MethodSource("providers")
    void shouldHoldBackSendsThatThePeerDoesNotRead(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.INVOKER);
        connectSecure(secure(trusting(provider)));
        echo("a");
        tlsVenue.stopReading();
        final String text = "x".repeat(10_000);
        final long startNs = System.nanoTime();
        int refusals = 0;
        while (refusals < 1000)
        {
            final long result = send(text);
            engine.doWork();
            refusals = result == SendResult.BACK_PRESSURED ? refusals + 1 : 0;
            assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(20));
        }

        final long before = session.metrics().bytesSent();
        pump.settle();
        assertThat(session.metrics().bytesSent()).isEqualTo(before);
    }

    @Test
    void shouldChooseBoringSslWhereItLoads()
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(TlsProvider.AUTO)));
        assertThat(handler.change(SessionState.UPGRADING).reason()).endsWith(
            PROVIDERS.contains(TlsProvider.BORINGSSL) ? ", BoringSSL" : ", JDK");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldOfferTheCiphersChosen(final TlsProvider provider)
    {
        openVenue(server());
        launch(ThreadingMode.DEDICATED);
        final String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        connectSecure(secure(trusting(provider).cipherSuites(suite)));
        assertThat(handler.change(SessionState.UPGRADING).reason()).startsWith("TLSv1.2 " + suite);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldVerifyAChainWithIntermediates(final TlsProvider provider)
    {
        final X509Bundle intermediate = TlsCertificates.issued(
            TlsCertificates.base("CN=between").setIsCertificateAuthority(true), CA);
        openVenue(server(TlsCertificates.issued(TlsCertificates.server("CN=leaf"), intermediate)));
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider).pin(TlsCertificates.pinOf(intermediate))));
    }

    private void shouldResume(final TlsProvider provider, final String protocol, final SslProvider serverProvider)
    {
        openVenue(server().protocols(protocol).sslProvider(serverProvider));
        launch(ThreadingMode.DEDICATED);
        connectSecure(secure(trusting(provider)).reconnect(new ReconnectPolicy().baseNs(1).capNs(1)));
        for (int i = 1; i <= 3; i++)
        {
            echo("before " + i); // tickets of TLS 1.3 come behind the handshake
            final int lives = i + 1;
            tlsVenue.endConnections();
            pump.until("live again", () -> handler.count("state LIVE") == lives);
        }

        final List<String> reasons = handler.changes(SessionState.UPGRADING).stream().map(StateChange::reason).toList();
        assertThat(reasons).hasSize(4);
        assertThat(reasons.get(0)).doesNotContain("resumed");
        assertThat(reasons.subList(1, 4)).allMatch((reason) -> reason.endsWith(", resumed"));
        echo("after");
    }
}
