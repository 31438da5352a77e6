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

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;
import io.ringwire.bench.client.Workload.Kind;
import io.ringwire.config.TlsPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import javax.net.ssl.SSLContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

@Timeout(30)
class JettyVertxNettyFloorTest
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private PathServer server;

    static List<String> clients()
    {
        return List.of(
            "netty-spin", "netty-block-nio", "jetty", "vertx", "floor-netty", "floor-nio");
    }

    @BeforeEach
    void open() throws Exception
    {
        server = new PathServer(null);
    }

    @AfterEach
    void close() throws Exception
    {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldEchoMessagesOfAllLengths(final String name) throws Exception
    {
        for (final int sizeBytes : new int[]{1, 128, 16 * 1024, 70_000})
        {
            final Measurement measurement = run(name, workload(Kind.ECHO, "/echo", sizeBytes, 1, false, 10));
            assertThat(measurement.messages()).isEqualTo(10);
            assertThat(measurement.latencies().getTotalCount()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldReceive(final String name) throws Exception
    {
        final Measurement measurement = run(name, workload(Kind.RECEIVE, "/feed", 40, 1, false, 5_000));
        assertThat(measurement.frames()).isEqualTo(5_001);
        assertThat(measurement.latencies().getTotalCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldReadStampsOfThreeSessionsForATime(final String name) throws Exception
    {
        final Measurement measurement = run(name, new Workload(
            Kind.RECEIVE, server.uri("/feed"), 40, 3, true, false, Extent.ofTime(5 * MS, 20 * MS), TIMEOUT_NS));
        assertThat(measurement.latencies().getTotalCount()).isPositive();
        assertThat(measurement.latencies().getMaxValue()).isLessThan(TIMEOUT_NS);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSend(final String name) throws Exception
    {
        final Extent extent = Extent.ofTime(50 * MS, 200 * MS); // as long as cold code needs on a slow machine
        final Measurement measurement = run(
            name, new Workload(Kind.SEND, server.uri("/sink"), 128, 1, false, false, extent, TIMEOUT_NS));
        assertThat(measurement.messages() / Workload.ACKNOWLEDGED_BATCH).isPositive();
        assertThat(measurement.messages() % Workload.ACKNOWLEDGED_BATCH).isZero();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldReconnect(final String name) throws Exception
    {
        final Measurement measurement = run(name, workload(Kind.RECONNECT, "/drop", 16, 1, false, 5));
        assertThat(measurement.messages()).isEqualTo(5);
        assertThat(measurement.latencies().getTotalCount()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldServeThreeSessions(final String name) throws Exception
    {
        final Measurement measurement = run(name, workload(Kind.ECHO, "/echo", 128, 3, false, 20));
        assertThat(measurement.frames()).isEqualTo(63);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldDeflate(final String name) throws Exception
    {
        final Workload workload = workload(Kind.ECHO, "/echo?deflate=1", 16 * 1024, 1, true, 10);
        assumeThat(Lineup.client(name, null).supports(workload)).isTrue();
        assertThat(run(name, workload).messages()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldTrustTheCertificatesOfThePolicyAlone(final String name, @TempDir final Path directory) throws Exception
    {
        final X509Bundle authority = certificate().setIsCertificateAuthority(true).buildSelfSigned();
        final X509Bundle other = certificate().setIsCertificateAuthority(true).buildSelfSigned();
        final X509Bundle identity = certificate().addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.toKeyManagerFactory().getKeyManagers(), null, null);
        server.close();
        server = new PathServer(context);
        final Workload workload = workload(Kind.ECHO, "/echo", 128, 1, false, 10);
        assumeThat(Lineup.client(name, null).supports(workload)).isTrue();

        final Path trusted = Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
        final Client client = Lineup.client(name, new TlsPolicy().caFile(trusted));
        assertThat(client.run(workload).messages()).isEqualTo(10);

        final Path untrusted = Files.writeString(directory.resolve("other.pem"), other.getCertificatePEM());
        assertThatThrownBy(() -> Lineup.client(name, new TlsPolicy().caFile(untrusted)).run(workload))
            .isInstanceOf(BenchException.class).hasMessageStartingWith("cannot connect to " + workload.uri() + ": ");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldNotConnectToNobody(final String name) throws Exception
    {
        final int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")))
        {
            port = listener.getLocalPort();
        }

        final String uri = "ws://127.0.0.1:" + port + "/echo";
        final Workload workload =
            Workload.ofOne(Kind.ECHO, uri, 16, false, Extent.ofMessages(0, 10), TIMEOUT_NS);
        assertThatThrownBy(() -> Lineup.client(name, null).run(workload)).isInstanceOf(BenchException.class)
            .hasMessageStartingWith("cannot connect to " + uri + ": ").hasMessageContaining("refused");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheUpgradeWasRefused(final String name)
    {
        assertThatThrownBy(() -> run(name, workload(Kind.ECHO, "/none", 16, 1, false, 10)))
            .isInstanceOf(BenchException.class)
            .hasMessageStartingWith("cannot connect to " + server.uri("/none") + ": ").hasMessageContaining("404");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheServerClosedInTheMiddle(final String name)
    {
        assertThatThrownBy(() -> run(name, workload(Kind.ECHO, "/cut", 16, 1, false, 10)))
            .isInstanceOf(BenchException.class).hasMessageContaining("the server closed the connection");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldGiveUpOnAServerThatNeverAnswers(final String name) throws Exception
    {
        final Workload workload = Workload.ofOne(
            Kind.ECHO, server.uri("/mute"), 16, false, Extent.ofMessages(0, 10), 100 * MS);
        assertThatThrownBy(() -> Lineup.client(name, null).run(workload)).isInstanceOf(BenchException.class);
        assertThat(server.awaitNoConnections()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldLeaveNoThread(final String name) throws Exception
    {
        final Set<Thread> before = Thread.getAllStackTraces().keySet();
        run(name, workload(Kind.ECHO, "/echo", 16, 2, false, 10));
        final Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        after.removeIf((thread) -> thread.getName().matches("path-server|globalEventExecutor.*|Common-Cleaner"));
        for (final Thread thread : after)
        {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private Measurement run(final String name, final Workload workload) throws Exception
    {
        final Measurement measurement = Lineup.client(name, null).run(workload);
        assertThat(server.awaitNoConnections()).isTrue();
        return measurement;
    }

    private Workload workload(
        final Kind kind,
        final String path,
        final int sizeBytes,
        final int sessions,
        final boolean deflate,
        final long messages)
    {
        return new Workload(kind, server.uri(path), sizeBytes, sessions, false, deflate,
            Extent.ofMessages(1, messages), TIMEOUT_NS);
    }

    private static CertificateBuilder certificate()
    {
        return new CertificateBuilder().ecp256().subject("CN=Ringwire bench");
    }
}
