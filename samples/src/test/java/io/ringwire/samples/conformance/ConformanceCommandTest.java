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
package io.ringwire.samples.conformance;

import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.StandardStreams;
import io.ringwire.samples.conformance.FuzzingServer.FuzzCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server judges the engine case by case; {@code -Dconformance.megabytes=64} makes its big messages longer than the
 * 16 MiB of the default.
 */
@Timeout(120)
class ConformanceCommandTest
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = { "dedicated", "shared", "inline" })
    void shouldPassEveryCase(final String mode) throws IOException
    {
        final List<FuzzCase> cases = FuzzCases.all();
        try (FuzzingServer server = new FuzzingServer(cases))
        {
            final String maxMessage = String.valueOf(FuzzCases.BIG_MESSAGE_LENGTH);
            assertThat(run(server, "--agent", "Ring wire/1", "--mode", mode, "--max-message", maxMessage))
                .as(err::toString).isZero();
            assertThat(server.log()).containsExactlyElementsOf(server.expectedLog("Ring%20wire%2F1"));
        }

        assertThat(out.toString()).startsWith("cases run: " + cases.size() + ", closed by the server: ")
            .contains(", not upgraded: 1").doesNotContain("timed out");
        assertThat(err.toString()).contains("case " + cases.size() + " of " + cases.size() + ": not upgraded");
    }

    @Test
    void shouldDropACaseAtItsDeadlineAndGoOn() throws IOException
    {
        // The deadline is of the connect and the echo, too: time enough for those on a machine that is held up.
        try (FuzzingServer server = new FuzzingServer(FuzzCases.hanging()))
        {
            assertThat(run(server, "--case-timeout", "5s", "--max-message", "64k")).as(err::toString).isZero();
            assertThat(server.log()).containsExactlyElementsOf(server.expectedLog("ringwire"));
        }

        assertThat(out.toString()).isEqualToIgnoringNewLines("cases run: 2, timed out: 2");
        assertThat(err.toString()).contains("case 1 of 2: timed out (after 5000 ms), 0 messages");
    }

    @ParameterizedTest
    @ValueSource(strings = { "dedicated", "inline" })
    void shouldNotKeepAllThatAServerWritesAndDoesNotReadBack(final String mode) throws IOException
    {
        try (FuzzingServer server = new FuzzingServer(List.of(FuzzCases.deaf())))
        {
            assertThat(run(server, "--max-message", "64k", "--mode", mode)).as(err::toString).isZero();
            assertThat(server.log()).containsExactlyElementsOf(server.expectedLog("ringwire"));
        }

        assertThat(err.toString()).contains("failed by this side (the server does not read: more than 131072 bytes");
    }

    @Test
    void shouldOfferCompressionUnlessToldNotTo() throws IOException
    {
        try (FuzzingServer server = new FuzzingServer(List.of(FuzzCases.deflated())))
        {
            assertThat(run(server, "--max-message", "64k")).as(err::toString).isZero();
            assertThat(server.log()).containsExactlyElementsOf(server.expectedLog("ringwire"));
            assertThat(server.deflateOffers()).containsExactly(true, true, true);
            assertThat(run(server, "--max-message", "64k", "--no-deflate")).isZero();
            assertThat(server.deflateOffers()).containsExactly(true, true, true, false, false, false);
        }

        assertThat(err.toString()).contains("closed by the server").contains("not upgraded");
    }

    @Test
    void shouldRunTheCasesAskedForOnly() throws IOException
    {
        final List<FuzzCase> cases = FuzzCases.all();
        try (FuzzingServer server = new FuzzingServer(cases))
        {
            assertThat(run(server, "--case", "2", "--case", "4-5,1", "--no-deflate")).as(err::toString).isZero();
            assertThat(server.log()).containsExactly(
                "count",
                cases.get(1).name() + ": OK for ringwire",
                cases.get(3).name() + ": OK for ringwire",
                cases.get(4).name() + ": OK for ringwire",
                cases.get(0).name() + ": OK for ringwire",
                "reports for ringwire");
            assertThat(run(server, "--case", "1000")).isOne();
        }

        assertThat(err.toString().lines()).last().asString().contains("case 1000 was asked for").contains("has ");
        assertThat(out.toString()).isEqualToIgnoringNewLines("cases run: 4, closed by the server: 4");
    }

    @Test
    void shouldRunNoCasesIfThereAreNone() throws IOException
    {
        try (FuzzingServer server = new FuzzingServer(List.of()))
        {
            assertThat(run(server)).as(err::toString).isZero();
            assertThat(server.log()).containsExactly("count", "reports for ringwire");
        }

        assertThat(out.toString()).isEqualToIgnoringNewLines("cases run: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = { "many", "", "-1" })
    void shouldSayWhatItGotInsteadOfACount(final String count) throws IOException
    {
        try (FuzzingServer server = new FuzzingServer(count, List.of()))
        {
            assertThat(run(server, "--no-deflate")).isOne();
        }

        assertThat(err.toString().lines()).singleElement().asString().contains("'" + count + "', not with a number");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldSayThatTheServerCannotBeReached() throws IOException
    {
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = free.getLocalPort();
        }

        assertThat(run("--server", "ws://127.0.0.1:" + port + "/", "--no-deflate")).isOne();
        assertThat(err.toString().lines()).singleElement().asString().contains("cannot reach ws://127.0.0.1:" + port);
    }

    @ParameterizedTest
    @CsvSource({
        "--case, 0", "--case, 5-4", "--case, x", "--max-message, 0", "--max-message, 1g", "--max-message, lots",
        "--server, http://localhost", "--mode, invoker", "--case-timeout, soon"})
    void shouldRefuseAWrongOption(final String option, final String value)
    {
        final String server = option.equals("--server") ? value : "ws://127.0.0.1:1";
        assertThat(option.equals("--server") ?
            run(option, value, "--no-deflate") : run("--server", server, "--no-deflate", option, value)).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(value);
    }

    private int run(final FuzzingServer server, final String... options)
    {
        final String[] arguments = new String[options.length + 2];
        arguments[0] = "--server";
        arguments[1] = server.uri();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private int run(final String... options)
    {
        final String[] arguments = new String[options.length + 1];
        arguments[0] = "conformance";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return new Ringwire(new StandardStreams(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))).run(arguments);
    }
}
