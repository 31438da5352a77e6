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
package io.ringwire.samples.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectCommandTest
{
    private static final String LONG_LINGER = "--linger=30s";

    private final EchoServer server = new EchoServer();

    @AfterEach
    void stopServer()
    {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dedicated", "shared", "inline"})
    void shouldEchoLinesInOrderWithoutLoss(final String mode) throws Exception
    {
        final String lines = IntStream.range(0, 10_000)
            .mapToObj((i) -> "line " + i + " grüße\n")
            .collect(Collectors.joining());
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--exit-on-eof", LONG_LINGER, "--mode", mode);
        run.in().feed(lines);
        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.out().text()).isEqualTo(lines);
    }

    @Test
    void shouldBearBackPressure() throws Exception
    {
        final int lines = 16; // several times what the send window holds
        final String line = "x".repeat(100_000) + '\n';
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--exit-on-eof", LONG_LINGER);
        for (int i = 0; i < lines; i++)
        {
            run.in().feed(line);
        }

        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.out().text()).isEqualTo(line.repeat(lines));
    }

    @Test
    void shouldPrintAnswersAtOnceAndEndWithTheInput() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--exit-on-eof", LONG_LINGER);
        run.in().feed("first\n");
        run.out().await("first\n");
        run.in().feed("\nlast without an end");
        run.in().end();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().text()).isEqualTo("first\n\nlast without an end\n");
        assertThat(List.of(server.nextFrame(), server.nextFrame(), server.nextFrame(), server.nextFrame()))
            .containsExactly("text first", "text ", "text last without an end", "close 1000");
    }

    @Test
    void shouldConnectBeforeItClosesForLackOfInput() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--exit-on-eof");
        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(server.nextFrame()).isEqualTo("close 1000");
    }

    @Test
    void shouldLingerForAnswersThatDoNotCome() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/sink"), "--exit-on-eof", "--linger", "50");
        run.in().feed("unheard\n");
        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.out().text()).isEmpty();
        assertThat(server.nextFrame()).isEqualTo("text unheard");
        assertThat(server.nextFrame()).isEqualTo("close 1000");
    }

    @Test
    void shouldKeepReceivingAfterTheInputEnded() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--ping-interval", "20ms");
        run.in().end();

        assertThat(server.nextFrame()).isEqualTo("ping");
        assertThat(server.nextFrame()).isEqualTo("ping");
        server.send("late");
        run.out().await("late\n");
        server.close(1001);

        assertThat(run.exitCode()).as(run.err().text()).isZero();
    }

    @Test
    void shouldSendLinesAsBinaryMessages() throws Exception
    {
        final byte[] line = {(byte)0xff, 0, (byte)0x80, '\n'};
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--binary", "--exit-on-eof", LONG_LINGER);
        run.in().feed(line);
        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.out().toByteArray()).isEqualTo(line);
        assertThat(server.nextFrame()).startsWith("binary ");
    }

    @Test
    void shouldSendHeadersAndSubprotocols() throws Exception
    {
        final CommandRun run = CommandRun.of(
            "connect", server.uri("/"), "-H", "X-One: a, b: c", "--header", "X-Two:d", "--subprotocol", "nope,json",
            "--subprotocol", "chat", "--exit-on-eof");
        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(server.requests().get(0).get("X-One")).isEqualTo("a, b: c");
        assertThat(server.requests().get(0).get("X-Two")).isEqualTo("d");
        assertThat(server.requests().get(0).get("Sec-WebSocket-Protocol").replace(" ", "")).isEqualTo("nope,json,chat");
        assertThat(run.err().text()).contains("subprotocol json");
    }

    @Test
    void shouldConnectToThePinnedAddressWithCredentials() throws Exception
    {
        final String address = server.uri("").substring("ws://".length());
        final CommandRun run = CommandRun.of(
            "connect", "ws://venue.invalid/", "--connect-to", address, "--bearer", "t0k", "--max-redirects", "2",
            "--exit-on-eof");
        run.in().end();

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(server.requests().get(0).get("Host")).isEqualTo("venue.invalid");
        assertThat(server.requests().get(0).get("Authorization")).isEqualTo("Bearer t0k");
        assertThat(run.err().text()).doesNotContain("t0k");
    }

    @Test
    void shouldNameTheProxyThatRefuses() throws Exception
    {
        final String proxy = "http://me:s3cret@127.0.0.1:" + freePort();
        final CommandRun run = CommandRun.of("connect", "ws://venue.invalid/", "--proxy", proxy);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text()).contains("cannot connect to proxy /127.0.0.1:").doesNotContain("s3cret");
    }

    @Test
    void shouldHoldLinesUntilConnectedAgain() throws Exception
    {
        final String lines = IntStream.range(0, 1_000).mapToObj((i) -> i + "\n").collect(Collectors.joining());
        final CommandRun run = CommandRun.of("connect", server.uri("/"));
        run.in().feed("before\n");
        run.out().await("before\n");
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        server.gate(gate);
        run.in().feed("!drop\n");
        run.err().await("backing_off");
        run.in().feed(lines);
        gate.complete(null);
        run.out().await("\n999\n");
        run.in().feed("!close 1000\n");

        assertThat(run.exitCode()).as(run.err().text()).isZero();
        assertThat(run.out().text()).as(run.err().text()).isEqualTo("before\n" + lines);
    }

    @ParameterizedTest
    @CsvSource({"1000, 0, ''", "1001, 0, ''", "1011, 1, closed (1011): as told", "4000, 1, closed (4000): as told"})
    void shouldJudgeACloseByTheServer(final int closeCode, final int exitCode, final String reason) throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--no-reconnect");
        run.in().feed("!close " + closeCode + "\n");

        assertThat(run.exitCode()).as(run.err().text()).isEqualTo(exitCode);
        assertThat(run.err().text()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001})
    void shouldTakeAFarewellForTheEnd(final int closeCode) throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"));
        run.in().feed("!close " + closeCode + "\n");

        assertThat(run.exitCode()).as(run.err().text()).isZero();
    }

    @Test
    void shouldComeBackAfterAnyOtherClose() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"));
        run.in().feed("!close 1011\n");
        run.err().await("backing_off");
        run.in().feed("again\n");
        run.out().await("again\n");
        run.in().feed("!close 1000\n");

        assertThat(run.exitCode()).as(run.err().text()).isZero();
    }

    @Test
    void shouldFailWithALostConnection() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"), "--no-reconnect");
        run.in().feed("!drop\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text().lines().reduce((a, b) -> b)).get().asString().contains("connection lost (1006)");
    }

    @Test
    void shouldFailWithAProtocolError() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"));
        run.in().feed("!text\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text()).contains("ringwire: the server broke the protocol (1007)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-reconnect", "--mode=shared"})
    void shouldFailAtARefusedPort(final String option) throws Exception
    {
        final CommandRun run = CommandRun.of("connect", "ws://127.0.0.1:" + freePort(), option);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text()).containsOnlyOnce("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 503})
    void shouldFailAtARefusedUpgrade(final int status) throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/" + status));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text().lines().reduce((a, b) -> b)).get().asString().contains("server answered " + status);
    }

    @Test
    void shouldRefuseALineThatIsTooLong() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"));
        run.in().feed("short\n" + "x".repeat(300_000) + '\n');

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text()).containsPattern("line 2 is longer than 26\\d{4} bytes");
        assertThat(run.out().text()).isEqualTo("short\n");
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() throws Exception
    {
        final CommandRun run = CommandRun.of("connect", server.uri("/"));
        run.in().feed("latin \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().text()).contains("line 1 is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h", "ws://", "ws://h/#f", "nonsense", "ws://h:99999/"})
    void shouldCallABadUrlWrongUsage(final String url) throws Exception
    {
        assertUsageError(CommandRun.of("connect", url), "uri=" + url);
    }

    @Test
    void shouldCallBadOptionsWrongUsage() throws Exception
    {
        final String uri = server.uri("/");
        assertUsageError(CommandRun.of("connect"), "URL");
        assertUsageError(CommandRun.of("connect", uri, "-H", "no colon"), "no colon");
        assertUsageError(CommandRun.of("connect", uri, "-H", "Upgrade: x"), "Upgrade");
        assertUsageError(CommandRun.of("connect", uri, "--ping-interval", "soon"), "'soon' is not a duration");
        assertUsageError(CommandRun.of("connect", uri, "--mode", "invoker"), "--mode");
        assertUsageError(CommandRun.of("connect", uri, "--bogus"), "--bogus");
        assertUsageError(CommandRun.of("connect", uri, "--proxy", "ftp://h:1"), "not http, socks5 or socks4a");
        assertUsageError(CommandRun.of("connect", uri, "--connect-to", "nowhere"), "--connect-to=nowhere");
        assertUsageError(CommandRun.of("connect", uri, "--basic", "nobody"), "user:password");
        assertUsageError(CommandRun.of("connect", uri, "--basic", "u:p", "--bearer", "t"), "--bearer and --basic");
        assertUsageError(CommandRun.of("connect", uri, "--max-redirects", "-1"), "maxRedirects=-1");
    }

    private static void assertUsageError(final CommandRun run, final String part) throws Exception
    {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().text().lines()).singleElement().asString().startsWith("ringwire: ").contains(part);
        assertThat(run.out().text()).isEmpty();
    }

    private static int freePort() throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
    }
}
