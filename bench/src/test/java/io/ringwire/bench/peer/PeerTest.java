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
import io.ringwire.bench.server.LoadServer;
import io.ringwire.bench.server.ServerOptions;
import io.ringwire.config.TlsPolicy;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every library's client does every kind of work against the bench's own server, and says what went wrong in one line.
 */
@Timeout(60)
class PeerTest
{
    private static final int SIZE_BYTES = 128;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30); // cold code on a busy machine
    private static final long SHORT_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long THREAD_END_MS = TimeUnit.SECONDS.toMillis(30);
    private static final String LASTING_THREADS = // the JDK's client ends when it is collected, see JdkPeer
        "globalEventExecutor.*|Common-Cleaner|Attach Listener|HttpClient-.*|jdk-callbacks|" +
        "OkHttp TaskRunner|Okio Watchdog|ForkJoinPool.*"; // these end when idle for 60 s
    private static LoadServer server;
    private static MisbehavingServer misbehaving;

    @BeforeAll
    static void launch() throws IOException
    {
        server = LoadServer.launch(new ServerOptions(0, 0, false, null, null));
        misbehaving = new MisbehavingServer();
    }

    @AfterAll
    static void close() throws IOException
    {
        server.close();
        misbehaving.close();
    }

    static List<String> clients()
    {
        return List.of("ringwire-inline-block", "ringwire-dedicated-block", "netty-spin", "netty-block-nio",
            "java-websocket", "jdk", "okhttp", "nv", "jetty", "vertx", "floor-netty", "floor-nio");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldEchoMessagesOfEveryLength(final String name) throws BenchException
    {
        for (final int sizeBytes : new int[]{1, SIZE_BYTES, 16 * 1024, 70_000})
        {
            final Measurement measurement = run(name, workload(Kind.ECHO, "/echo", sizeBytes, 2, 5));
            assertThat(measurement.frames()).isEqualTo(7);
            assertThat(measurement.latencies().getTotalCount()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldReceive(final String name) throws BenchException
    {
        assumeNothingLostBehindTheUpgrade(name);
        assertThat(run(name, workload(Kind.RECEIVE, "/feed?size=128", SIZE_BYTES, 100, 900)).frames()).isEqualTo(1000);
        assertThat(run(name, workload(Kind.RECEIVE, "/feed?size=70000", SIZE_BYTES, 0, 10)).frames()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldReadStampsOfThreeSessions(final String name) throws BenchException
    {
        assumeNothingLostBehindTheUpgrade(name);
        final Measurement measurement = run(name, new Workload(Kind.RECEIVE, uri("/feed?size=40&stamped=1"), SIZE_BYTES,
            3, true, false, Extent.ofMessages(0, 100), TIMEOUT_NS));
        assertThat(measurement.latencies().getTotalCount()).isEqualTo(300);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSend(final String name) throws BenchException
    {
        final int messages = Workload.ACKNOWLEDGED_BATCH * (Workload.BATCHES_UNDER_WAY + 2);
        assertThat(run(name, workload(Kind.SEND, "/sink", SIZE_BYTES, 0, messages)).frames()).isEqualTo(messages);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldReconnect(final String name) throws BenchException
    {
        final Measurement measurement = run(name, workload(Kind.RECONNECT, "/drop", SIZE_BYTES, 0, 5));
        assertThat(measurement.frames()).isEqualTo(5);
        assertThat(measurement.latencies().getTotalCount()).isEqualTo(4);
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
            .filteredOn((thread) -> thread.startsWith("bench-")) // whose garbage is not counted
            .isSubsetOf("bench-serve", "bench-misbehaving");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldCompress(final String name) throws BenchException
    {
        for (final int sizeBytes : new int[]{SIZE_BYTES, 16 * 1024})
        {
            assertThat(run(name, new Workload(Kind.ECHO, uri("/echo?deflate=1"), sizeBytes, 1, false, true,
                Extent.ofMessages(0, 10), TIMEOUT_NS)).frames()).isEqualTo(10);
        }

        assertThat(run(name, new Workload(Kind.RECEIVE, uri("/feed?size=128&stamped=1&deflate=1"), SIZE_BYTES, 1, true,
            true, Extent.ofMessages(0, 100), TIMEOUT_NS)).latencies().getTotalCount()).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldTrustTheCertificatesOfTheFileAlone(final String name) throws BenchException
    {
        final Workload echo = Workload.ofOne(Kind.ECHO, "wss://" + server.tlsAuthority() + "/echo", SIZE_BYTES, false,
            Extent.ofMessages(0, 10), TIMEOUT_NS);
        final Client trusting = client(name, new TlsPolicy().caFile(server.caFile()), echo);
        assertThat(trusting.run(echo).frames()).isEqualTo(10);

        final Client distrusting = client(name, null, echo);
        assertThatThrownBy(() -> distrusting.run(echo)).isInstanceOf(BenchException.class)
            .hasMessageMatching("cannot connect.*(certificat|not trusted).*"); // in one line
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheServerClosed(final String name) throws BenchException
    {
        assumeNothingLostBehindTheUpgrade(name);
        assertClosed(name, workload(Kind.RECEIVE, "/feed?size=2&messages=5", "ok".length(), 0, 10));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheServerDroppedTheConnection(final String name) throws BenchException
    {
        assumeToldWhileAMessageIsHandled(name); // the greeting, which the client need not await
        assertClosed(name, workload(Kind.ECHO, "/drop", "ok".length(), 0, 10));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheServerClosedInTheMiddleOfAHeader(final String name) throws BenchException
    {
        assertClosed(name, Workload.ofOne(Kind.ECHO, misbehaving.uri(MisbehavingServer.CUT_HEADER), 1, false,
            Extent.ofMessages(0, 1), TIMEOUT_NS));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheServerClosedInTheMiddleOfAMessage(final String name) throws BenchException
    {
        assumeToldWhileAMessageIsHandled(name); // or the part of it that came
        for (final boolean deflate : new boolean[]{false, true})
        {
            assertClosed(name, new Workload(Kind.RECEIVE, misbehaving.uri(MisbehavingServer.CUT_PAYLOAD), 1, 1, false,
                deflate, Extent.ofMessages(0, 1), TIMEOUT_NS));
            assertThat(misbehaving.request().contains("permessage-deflate")).as("offered").isEqualTo(deflate);
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldSayThatTheUpgradeWasRefused(final String name) throws BenchException
    {
        final Workload echo = workload(Kind.ECHO, "/nowhere", 1, 0, 1);
        final Client client = client(name, null, echo);
        assertThatThrownBy(() -> client.run(echo)).isInstanceOf(BenchException.class)
            .hasMessageStartingWith("cannot connect")
            .hasMessageContaining("404")
            .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @MethodSource("clients")
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
            .hasMessageStartingWith("cannot connect")
            .hasMessageContaining("onnect")
            .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldGiveUpOnAServerThatNeverAnswers(final String name) throws BenchException
    {
        final Workload echo = Workload.ofOne(
            Kind.ECHO, misbehaving.uri("/mute"), 1, false, Extent.ofMessages(0, 1), SHORT_TIMEOUT_NS);
        final Client client = client(name, null, echo);
        assertThatThrownBy(() -> client.run(echo)).isInstanceOf(BenchException.class)
            .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void shouldLeaveNoThread(final String name) throws BenchException, InterruptedException
    {
        final Set<Thread> before = Thread.getAllStackTraces().keySet();
        run(name, workload(Kind.ECHO, "/echo", SIZE_BYTES, 0, 5));
        final Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        after.removeIf((thread) -> thread.getName().matches(LASTING_THREADS));
        for (final Thread thread : after)
        {
            thread.join(THREAD_END_MS);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void shouldNotClaimThatNettySpinsOnIoUring()
    {
        assertThat(Lineup.names()).contains("netty-block-io_uring", "ringwire-inline-spin-io_uring")
            .doesNotContain("netty-spin-io_uring", "netty-yield-io_uring");
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

    private static String uri(final String path)
    {
        return "ws://" + server.authority() + path;
    }

    private static Workload workload(
        final Kind kind, final String path, final int sizeBytes, final long warmup, final long messages)
    {
        return Workload.ofOne(kind, uri(path), sizeBytes, false, Extent.ofMessages(warmup, messages), TIMEOUT_NS);
    }

    /**
     * The JDK's library alone loses an end that comes at that time, see {@link JdkPeer}.
     */
    private static void assumeToldWhileAMessageIsHandled(final String name)
    {
        assumeTrue(!name.equals("jdk"), "java.net.http loses the end of a connection while it hands a message over");
    }

    /**
     * The JDK's library alone may lose bytes of a feed that begins at full rate, see {@link JdkPeer}; few messages, and
     * those that answer the client's, it receives in the other tests.
     */
    private static void assumeNothingLostBehindTheUpgrade(final String name)
    {
        assumeTrue(!name.equals("jdk"), "java.net.http may lose bytes that come right behind the upgrade's answer");
    }

    private static void assertClosed(final String name, final Workload workload) throws BenchException
    {
        final Client client = client(name, null, workload);
        assertThatThrownBy(() -> client.run(workload)).isInstanceOf(BenchException.class)
            .hasMessageContaining("closed the connection")
            .hasMessageNotContaining("\n");
    }

    private static Measurement run(final String name, final Workload workload) throws BenchException
    {
        return client(name, null, workload).run(workload);
    }

    private static Client client(final String name, final TlsPolicy tls, final Workload workload) throws BenchException
    {
        final Client client = Lineup.client(name, tls);
        assumeTrue(client.supports(workload), () -> name + " does not support it");
        return client;
    }
}
