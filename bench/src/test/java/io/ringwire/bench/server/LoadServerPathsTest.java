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
package io.ringwire.bench.server;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.RingwireClient;
import io.ringwire.bench.client.Stamp;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class LoadServerPathsTest
{
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEchoAFrameWhereverItIsCut(final boolean spin) throws IOException
    {
        final byte[] frame = hex("81 fe 0003 01020304 606060"); // a length of 3 in 16 bits is as good as any
        try (LoadServer server = LoadServer.echo(0, spin); BareClient client = new BareClient(server.uri() + "echo"))
        {
            for (int cut = 1; cut < frame.length; cut++)
            {
                client.write(Arrays.copyOf(frame, cut));
                client.write(Arrays.copyOfRange(frame, cut, frame.length));
                assertThat(client.read(5)).isEqualTo(hex("81 03 616263"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 00", "83 80 00000000", "c1 80 00000000", "89 fe 0080 00000000", "09 80 00000000"})
    void shouldEndAConnectionThatBreaksTheRules(final String frame) throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false); BareClient client = new BareClient(server.uri()))
        {
            client.write(hex(frame));
            assertThat(client.read(4)).isEqualTo(hex("88 02 03ea"));
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, 404, /nowhere",
        "capture, 404, --capture",
        "feed?size=-1, 400, size=-1",
        "feed?size=x, 400, size=x",
        "feed?size=19&stamped=1, 400, size 19",
        "feed?stamped=2, 400, stamped=2",
        "feed?burst=1&every=0, 400, every 0",
        "feed?colour=red, 400, colour",
        "echo?size=1, 400, size",
        "?rate=1, 400, rate"})
    void shouldRefuseWhatItDoesNotKnow(final String target, final int status, final String named) throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false);
            BareClient client = new BareClient(server.uri() + target, ""))
        {
            assertThat(client.response()).startsWith("HTTP/1.1 " + status);
            assertThat(client.rest()).contains(named);
        }
    }

    @Test
    void shouldRefuseABadRequest() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false);
            BareClient client = new BareClient(server.uri(), "Sec-WebSocket-Version: 12\r\n"))
        {
            assertThat(client.response()).startsWith("HTTP/1.1 400 ");
            assertThat(client.rest()).contains("sec-websocket-version");
        }
    }

    @Test
    void shouldAcknowledgeEachBatchOfMessages() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false); BareClient client = new BareClient(server.uri() + "sink"))
        {
            for (int i = 1; i < Workload.ACKNOWLEDGED_BATCH; i++)
            {
                client.write(hex("01 81 00000000"));
                client.write(hex("61 80 80 00000000")); // a message in two frames
            }

            client.write(hex("89 80 00000000"));
            assertThat(client.read(2)).as("no answer but the pong").isEqualTo(hex("8a 00"));
            client.write(hex("82 80 00000000"));
            assertThat(client.read(4)).isEqualTo(hex("81 02 6f6b"));
        }
    }

    @Test
    void shouldDropWhoSendsWithoutACloseFrame() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false); BareClient client = new BareClient(server.uri() + "drop"))
        {
            assertThat(client.read(4)).isEqualTo(hex("81 02 6f6b"));
            client.write(hex("81 81 00000000 61"));
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void shouldSendBurstsBesideTheSteadyRateEachMessageStampedWhenDue() throws IOException
    {
        final String feed = "feed?size=20&stamped=1&rate=1000&burst=5&every=10&messages=33";
        try (LoadServer server = LoadServer.echo(0, false); BareClient client = new BareClient(server.uri() + feed))
        {
            final List<Long> dueMs = new ArrayList<>();
            long startNs = 0;
            for (int i = 0; i < 33; i++)
            {
                assertThat(client.read(2)).isEqualTo(hex("81 14"));
                final long dueNs = Long.parseLong(new String(client.read(Stamp.LENGTH), StandardCharsets.US_ASCII));
                startNs = i == 0 ? dueNs : startNs;
                assertThat((dueNs - startNs) % 1_000_000).isZero();
                dueMs.add((dueNs - startNs) / 1_000_000);
            }

            assertThat(dueMs).isSorted();
            assertThat(dueMs.stream().filter((ms) -> ms == 10)).hasSize(6);
            assertThat(dueMs.stream().filter((ms) -> ms == 20)).hasSize(6);
            assertThat(dueMs.get(32)).isEqualTo(22);
            assertThat(client.read(4)).isEqualTo(hex("88 02 03e8"));
        }
    }

    @Test
    void shouldServeOthersWhileOneDoesNotRead() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false);
            BareClient deaf = new BareClient(server.uri() + "feed");
            BareClient client = new BareClient(server.uri()))
        {
            for (int i = 0; i < 1000; i++)
            {
                client.write(hex("81 81 00000000 61"));
                assertThat(client.read(3)).isEqualTo(hex("81 01 61"));
            }

            assertThat(deaf.read(4)).isEqualTo(hex("81 7e 0080"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeFiftyConnectionsAtOnce(final boolean spin) throws IOException
    {
        final List<BareClient> clients = new ArrayList<>();
        try (LoadServer server = LoadServer.echo(0, spin))
        {
            for (int i = 0; i < 50; i++)
            {
                clients.add(new BareClient(server.uri() + (i % 2 == 0 ? "echo" : "feed?size=1&rate=100")));
            }

            for (int i = 0; i < 50; i++)
            {
                clients.get(i).write(hex("81 81 00000000 61"));
                assertThat(clients.get(i).read(3)).isEqualTo(hex("81 01 61"));
            }
        }
        finally
        {
            for (final BareClient client : clients)
            {
                client.close();
            }
        }
    }

    @Test
    void shouldCompressOnlyWhatIsOffered() throws IOException, DataFormatException
    {
        try (LoadServer server = LoadServer.echo(0, false))
        {
            final String feed = server.uri() + "feed?size=100&stamped=1&deflate=1";
            try (BareClient client = new BareClient(feed, OFFER))
            {
                assertThat(client.response()).contains("permessage-deflate; client_no_context_takeover\r\n");
                assertThat(client.read(1)).isEqualTo(hex("c1"));
                final String text = inflate(client.read(client.read(1)[0]));
                assertThat(text).hasSize(100).endsWith("tuv");
                assertThat(Long.parseLong(text.substring(0, Stamp.LENGTH))).isPositive();
            }

            try (BareClient client = new BareClient(feed))
            {
                assertThat(client.response()).doesNotContain("permessage");
                assertThat(client.read(2)).isEqualTo(hex("81 64"));
            }

            try (BareClient client = new BareClient(server.uri() + "echo?deflate=1", OFFER))
            {
                client.write(hex("c1 81 00000000 00"));
                assertThat(client.read(3)).isEqualTo(hex("c1 01 00"));
            }
        }

        assertThat(Deflation.answer("permessage-deflate; server_max_window_bits=10")).isEmpty();
        assertThat(Deflation.answer("x, permessage-deflate; client_max_window_bits=\"10\""))
            .isEqualTo("permessage-deflate; client_no_context_takeover");
        assertThat(Deflation.answer("permessage-deflate; server_no_context_takeover, permessage-deflate"))
            .isEqualTo("permessage-deflate; client_no_context_takeover; server_no_context_takeover");
        assertThat(inflate(Deflation.compress(new byte[0]))).isEmpty();
    }

    @Test
    void shouldRepeatTheMessagesOfACapture() throws IOException
    {
        final Path file = folder.resolve("some.capture");
        Files.writeString(file, "wss://x/ <-> 1.0\nwss://x/ <- 1.1: hello\n1.2: one\n1.3: three\n");
        try (LoadServer server = LoadServer.launch(new ServerOptions(0, ServerOptions.NO_TLS, false, null, file));
            BareClient client = new BareClient(server.uri() + "capture"))
        {
            for (int i = 0; i < 3; i++)
            {
                assertThat(client.read(5)).isEqualTo(hex("81 03 6f6e65"));
                assertThat(client.read(7)).isEqualTo(hex("81 05 7468726565"));
            }
        }
    }

    @Test
    void shouldServeTls() throws IOException, BenchException
    {
        try (LoadServer server = LoadServer.launch(new ServerOptions(0, 0, false, null, null)))
        {
            final RingwireClient client = new RingwireClient(new ClientOptions(
                ThreadingMode.INLINE, IdleMode.BLOCK, Transport.AUTO, EngineContext.NOT_PINNED,
                EngineContext.NOT_PINNED, new TlsPolicy().caFile(server.caFile())));
            final String uri = "wss://" + server.tlsAuthority();
            assertThat(client.run(workload(Workload.Kind.ECHO, uri + "/echo", 40_000, 200)).frames()).isEqualTo(200);
            assertThat(client.run(workload(Workload.Kind.SEND, uri + "/sink", 100, 5000)).frames()).isEqualTo(5000);
            assertThat(client.run(workload(Workload.Kind.RECEIVE, uri + "/feed", 128, 50_000)).frames())
                .isEqualTo(50_000);
        }
    }

    @Test
    void shouldServeOthersWhenOneEndsTlsBeforeItsAnswer() throws IOException, GeneralSecurityException
    {
        try (LoadServer server = LoadServer.launch(new ServerOptions(0, 0, false, null, null));
            BareClient other = new BareClient(server.uri()))
        {
            final SSLSocketFactory sockets = trusting(server.caFile());
            final URI uri = URI.create("wss://" + server.tlsAuthority());
            final byte[] request = BareClient.request("/echo", "");
            final byte[] frame = hex("81 81 00000000 61");
            for (int i = 0; i < 20; i++)
            {
                try (SSLSocket socket = (SSLSocket)sockets.createSocket(uri.getHost(), uri.getPort()))
                {
                    socket.getOutputStream().write(request);
                    socket.getOutputStream().write(frame);
                    socket.shutdownOutput();
                }

                other.write(frame);
                assertThat(other.read(3)).isEqualTo(hex("81 01 61"));
            }
        }
    }

    private static SSLSocketFactory trusting(final Path caFile) throws IOException, GeneralSecurityException
    {
        final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null);
        try (InputStream certificate = Files.newInputStream(caFile))
        {
            trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }

        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    private static Workload workload(
        final Workload.Kind kind, final String uri, final int sizeBytes, final long messages)
    {
        return Workload.ofOne(
            kind, uri, sizeBytes, false, Extent.ofMessages(0, messages), TimeUnit.SECONDS.toNanos(30));
    }

    private static String inflate(final byte[] compressed) throws DataFormatException
    {
        final Inflater inflater = new Inflater(true);
        final byte[] input = Arrays.copyOf(compressed, compressed.length + 4);
        input[input.length - 1] = (byte)0xFF;
        input[input.length - 2] = (byte)0xFF;
        inflater.setInput(input);
        final byte[] text = new byte[1000];
        final int length = inflater.inflate(text);
        inflater.end();
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }

    private static byte[] hex(final String bytes)
    {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }
}
