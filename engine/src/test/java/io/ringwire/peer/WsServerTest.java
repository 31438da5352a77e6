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
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.peer.PeerClient.Closed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Against the npm package {@code ws}, in the clear.
 */
class WsServerTest extends WsTest
{
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = "INVOKER", mode = EnumSource.Mode.EXCLUDE)
    void shouldEchoTextAndBinaryOfEveryLengthClass(final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(server.uri("/echo"));
            for (final int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
            {
                final String text = "\u00e4\u20ac".repeat(length / 5) + "x".repeat(length % 5);
                assertThat(client.sendText(text).nextText()).isEqualTo(text);
                final byte[] bytes = bytes(length);
                assertThat(client.sendBinary(bytes).nextBinary()).isEqualTo(bytes);
            }
        }

        assertThat(server.said("error")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"EPOLL", "NIO"})
    void shouldEchoMessagesOfMebibytes(final Transport transport)
    {
        final EngineContext context = PeerClient.context(ThreadingMode.DEDICATED)
            .transport(transport)
            .outboundRingLength(64 * 1024 * 1024);
        try (PeerClient client = new PeerClient(context))
        {
            final SessionConfig config = client.config(server.uri("/fragments?parts=3"))
                .buffers(new BufferPolicy().sendWindowLength(16 * 1024 * 1024).arenaLength(16 * 1024 * 1024))
                .maxMessageLength(8 * 1024 * 1024);
            final byte[] bytes = bytes(5_000_000);
            assertThat(client.connect(config).sendBinary(bytes).nextBinary()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldJoinFragments(final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(server.uri("/fragments?parts=7"));
            final String text = "\u00e4\u20ac\ud83d\ude00".repeat(1_000);
            assertThat(client.sendText(text).nextText()).isEqualTo(text);
            assertThat(client.sendText("").nextText()).isEmpty();
            final byte[] bytes = bytes(100_001);
            assertThat(client.sendBinary(bytes).nextBinary()).isEqualTo(bytes);
            client.await("21 frames", () -> client.session().metrics().framesReceived() == 21);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldAnswerPingsBetweenFragments(final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(server.uri("/interleaved")).sendText("go");
            assertThat(client.nextText()).isEqualTo("one,two,three");
            assertThat(client.nextText()).isEqualTo("pong 2");
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldReceiveManySmallMessagesInOrder(final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(server.uri("/burst?count=20000&size=30")).sendText("go");
            for (int i = 0; i < 20_000; i++)
            {
                assertThat(client.nextText()).startsWith(i + ":x");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    void shouldAnswerAPingWithItsPayload(final int length)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final byte[] payload = bytes(length);
            assertThat(client.connect(server.uri("/ping")).sendBinary(payload).nextBinary()).isEqualTo(payload);
        }
    }

    @Test
    void shouldHaveItsOwnPingsAnswered()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config(server.uri("/echo")).heartbeat(
                new HeartbeatPolicy().intervalNs(TimeUnit.MILLISECONDS.toNanos(10))));
            client.await("ten pongs", () -> client.session().metrics().pongsReceived() >= 10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999})
    void shouldCloseWithACodeThatTheServerUnderstands(final int code)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(server.uri("/echo")).session().close(code, "\u00e4 reason");
            assertThat(server.await("closed")).isEqualTo("closed /echo " + code + " \u00e4 reason");
            assertThat(client.nextClosed().code()).isEqualTo(code);
            client.await("the end", () -> client.session().state() == SessionState.CLOSED);
        }

        assertThat(server.said("error")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999})
    void shouldEchoTheCodeOfTheServer(final int code)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.INLINE))
        {
            client.connect(server.uri("/close?reason=%E2%82%AC&code=" + code)).sendText("go");
            assertThat(client.nextClosed()).isEqualTo(new Closed(code, "\u20ac"));
            assertThat(server.await("closed")).startsWith("closed /close " + code);
        }
    }

    @Test
    void shouldTakeACloseWithoutACode()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(server.uri("/close")).sendText("go");
            assertThat(client.nextClosed().code()).isEqualTo(1005);
            assertThat(server.await("closed")).startsWith("closed /close 1005");
        }
    }

    @Test
    void shouldComeBackAfterTheServerDropsTheConnection()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config(server.uri("/drop")).reconnect(
                new ReconnectPolicy().baseNs(TimeUnit.MILLISECONDS.toNanos(1)))).sendText("go");
            assertThat(client.nextClosed().code()).isEqualTo(1006);
            client.await("the second connection", () -> client.session().epoch() == 2);
        }
    }

    @Test
    void shouldTakeWhatComesRightBehindTheUpgrade()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.connect(server.uri("/greet")).nextText()).isEqualTo("welcome");
        }
    }

    @Test
    void shouldSendPathQueryAndHeadersAsGiven()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final String path = "/request?a=%2F%2f&b=x+y&sig=%C3%A4";
            client.connect(client.config(server.uri(path)).upgrade(
                new UpgradePolicy().header("X-B", "2").header("x-a", "1").header("X-B", "3")));
            assertThat(client.nextText())
                .contains("\"url\":\"" + path + "\"")
                .contains("\"X-B\",\"2\",\"x-a\",\"1\",\"X-B\",\"3\"")
                .contains("\"127.0.0.1:" + server.port() + "\"");
        }
    }

    @Test
    void shouldAgreeOnASubprotocol()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config(server.uri("/echo?protocol=v2")).upgrade(
                new UpgradePolicy().subprotocols("v1,v2,v3")));
            assertThat(client.session().subprotocol()).isEqualTo("v2");
        }
    }

    @Test
    void shouldFailWhereThereIsNoWebSocket()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.failure(client.config(server.uri("/nothing")))).contains("404");
        }
    }

    @Test
    void shouldConnectOverIpv6() throws IOException
    {
        assumeTrue(hasIpv6(), "no IPv6 on the loopback interface");
        try (NodeServer ipv6 = NodeServer.plain("::1"); PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.connect(ipv6.uri("/echo")).sendText("six").nextText()).isEqualTo("six");
        }
    }

    private static boolean hasIpv6()
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1")))
        {
            return socket.isBound();
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private static byte[] bytes(final int length)
    {
        final byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
