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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;
import io.ringwire.bench.client.Workload.Kind;
import io.ringwire.config.TlsPolicy;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every client of another library does every kind of work, and says what went wrong in one line.
 */
@Timeout(30)
class PeerTest
{
    private static final int SIZE_BYTES = 128;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORT_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static ContractServer server;
    private static LocalExchange secureServer;

    @BeforeAll
    static void launch()
    {
        server = new ContractServer();
        secureServer = LocalExchange.launch(new ExchangeConfig().tls(true));
    }

    @AfterAll
    static void close()
    {
        server.close();
        secureServer.close();
    }

    /**
     * The rest of the lineup has tests of its own.
     */
    static Stream<String> peers()
    {
        return Lineup.names().stream().filter((name) -> !name.startsWith("ringwire-") && !name.startsWith("netty-"));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldEchoMessagesOfEveryLength(final String name) throws BenchException
    {
        for (final int sizeBytes : new int[]{1, SIZE_BYTES, 16 * 1024, 70_000})
        {
            final Measurement measurement = run(name, workload(Kind.ECHO, "/echo", sizeBytes, 5, 10));
            assertThat(measurement.frames()).isEqualTo(15);
            assertThat(measurement.latencies().getTotalCount()).isEqualTo(10);
        }

        assertThat(server.takeOffers()).as("extensions offered on plain runs").containsOnly("null");
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldReceive(final String name) throws BenchException
    {
        assertThat(run(name, workload(Kind.RECEIVE, "/feed?size=128", SIZE_BYTES, 100, 900)).frames()).isEqualTo(1000);
        assertThat(run(name, workload(Kind.RECEIVE, "/feed?size=70000", SIZE_BYTES, 0, 10)).frames()).isEqualTo(10);

        final Workload stamped = new Workload(
            Kind.RECEIVE, server.uri("/feed?size=128&stamped=1"), SIZE_BYTES, 1, true, false,
            Extent.ofMessages(0, 300), TIMEOUT_NS);
        assertThat(run(name, stamped).latencies().getTotalCount()).isEqualTo(300);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldSend(final String name) throws BenchException
    {
        final int messages = Workload.ACKNOWLEDGED_BATCH * Workload.BATCHES_UNDER_WAY;
        assertThat(run(name, workload(Kind.SEND, "/sink", SIZE_BYTES, 0, messages)).frames()).isEqualTo(messages);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldReconnect(final String name) throws BenchException
    {
        final Measurement measurement = run(name, workload(Kind.RECONNECT, "/drop", SIZE_BYTES, 0, 10));
        assertThat(measurement.frames()).isEqualTo(10);
        assertThat(measurement.latencies().getTotalCount()).isEqualTo(9);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldCompressIfAsked(final String name) throws BenchException
    {
        for (final int sizeBytes : new int[]{SIZE_BYTES, 16 * 1024})
        {
            final Workload echo = new Workload(
                Kind.ECHO, server.uri("/echo?deflate=1"), sizeBytes, 1, false, true, Extent.ofMessages(0, 30),
                TIMEOUT_NS);
            server.takeCompressed();
            assertThat(run(name, echo).frames()).isEqualTo(30);
            assertThat(server.takeCompressed()).as("compressed messages").isEqualTo(30);
        }

        server.takeOffers();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldRunSeveralSessions(final String name) throws BenchException
    {
        final Workload echo = new Workload(
            Kind.ECHO, server.uri("/echo"), SIZE_BYTES, 3, false, false, Extent.ofMessages(0, 50), TIMEOUT_NS);
        assertThat(run(name, echo).frames()).isEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldTrustTheCertificatesOfTheFileAlone(final String name) throws BenchException
    {
        final Workload echo = Workload.ofOne(
            Kind.ECHO, secureServer.uri("/echo"), SIZE_BYTES, false, Extent.ofMessages(0, 20), TIMEOUT_NS);
        final Client trusting = client(name, new TlsPolicy().caFile(secureServer.caFile()), echo);
        assertThat(trusting.run(echo).frames()).isEqualTo(20);

        final Client distrusting = client(name, null, echo);
        assertThatThrownBy(() -> distrusting.run(echo)).isInstanceOf(BenchException.class)
            .hasMessageStartingWith("cannot connect to " + echo.uri() + ": ")
            .hasMessageContaining("certificat")
            .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldSayThatTheServerClosed(final String name) throws BenchException
    {
        for (final String path : List.of("/close", "/drop"))
        {
            final Workload echo = workload(Kind.ECHO, path, "hello".length(), 0, 10);
            final Client client = client(name, null, echo);
            assertThatThrownBy(() -> client.run(echo)).isInstanceOf(BenchException.class)
                .hasMessageStartingWith("the server closed the connection")
                .hasMessageNotContaining("\n");
        }

        assertThat(server.awaitNoConnections()).as("closed by the client").isTrue();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldSayThatNobodyListens(final String name) throws BenchException, IOException
    {
        final int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = listener.getLocalPort();
        }

        final Workload echo = Workload.ofOne(
            Kind.ECHO, "ws://127.0.0.1:" + port + "/echo", 1, false, Extent.ofMessages(0, 1), TIMEOUT_NS);
        final Client client = client(name, null, echo);
        assertThatThrownBy(() -> client.run(echo)).isInstanceOf(BenchException.class)
            .hasMessageStartingWith("cannot connect to " + echo.uri() + ": ")
            .hasMessageContaining("Connect")
            .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @MethodSource("peers")
    void shouldNotWaitLongerThanItsTimeForTheUpgrade(final String name) throws BenchException
    {
        final Workload echo = Workload.ofOne(
            Kind.ECHO, server.uri("/mute"), 1, false, Extent.ofMessages(0, 1), SHORT_TIMEOUT_NS);
        final Client client = client(name, null, echo);
        assertThatThrownBy(() -> client.run(echo)).isInstanceOf(BenchException.class)
            .hasMessage("timed out after 100 ms (0 of 1 messages)");
        assertThat(server.awaitNoConnections()).as("closed by the client").isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWithAPolicy(@TempDir final Path directory) throws IOException
    {
        final Path empty = Files.createFile(directory.resolve("empty.pem"));
        assertThatThrownBy(() -> PeerTls.context(new TlsPolicy().caFile(empty))).isInstanceOf(BenchException.class)
            .hasMessage("cannot trust " + empty + ": no certificate in it");
        assertThatThrownBy(() -> PeerTls.context(new TlsPolicy().insecureTrustAnyServerForTestsOnly(true)))
            .isInstanceOf(BenchException.class).hasMessageContaining("leave --insecure, ");
    }

    private static Workload workload(
        final Kind kind, final String path, final int sizeBytes, final long warmup, final long messages)
    {
        return Workload.ofOne(
            kind, server.uri(path), sizeBytes, false, Extent.ofMessages(warmup, messages), TIMEOUT_NS);
    }

    private static Measurement run(final String name, final Workload workload) throws BenchException
    {
        final Measurement measurement = client(name, null, workload).run(workload);
        assertThat(server.awaitNoConnections()).as("closed by the client").isTrue();
        return measurement;
    }

    private static Client client(final String name, final TlsPolicy tls, final Workload workload) throws BenchException
    {
        final Client client = Lineup.client(name, tls);
        assumeTrue(client.supports(workload), () -> name + " cannot do it");
        return client;
    }
}
