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
package io.ringwire.bench.cmd;

import com.google.gson.JsonObject;
import io.ringwire.bench.server.Feed;
import io.ringwire.bench.server.LoadServer;
import io.ringwire.samples.cli.Subcommand;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class BenchCommandTest
{
    private static final String MESSAGES = "20000";
    private static final int MAX_BYTES_PER_MESSAGE = 8; // beside the path: threads that start, code that is compiled

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"inline, 128", "dedicated, 1", "shared, 70000"})
    void shouldMeasureRoundTrips(final String mode, final int sizeBytes) throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false))
        {
            final JsonObject json = BenchRun.of("rtt", "--uri", server.uri(), "--messages", "2000", "--warmup", "2000",
                "--mode", mode, "--size", Integer.toString(sizeBytes), "--json").json();

            assertThat(json.get("messages").getAsLong()).isEqualTo(2000);
            assertThat(json.get("size").getAsInt()).isEqualTo(sizeBytes);
            assertThat(json.get("mode").getAsString()).isEqualTo(mode);
            assertThat(json.get("idle").getAsString()).isEqualTo("block");
            assertThat(json.get("transport").getAsString()).isIn("epoll", "nio");
            assertThat(json.get("gcs").getAsLong()).isNotNegative();
            assertThat(json.has("baseline_p50_ns")).isFalse();
            assertLatenciesRise(json, "");
        }
    }

    @Test
    void shouldMeasureTheBaselineInTheSameRunAndAllocateLess() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false))
        {
            final JsonObject json = BenchRun.of("rtt", "--uri", server.uri(), "--messages", "5000", "--warmup", "5000",
                "--baseline", "--mode", "inline", "--json").json();

            assertLatenciesRise(json, "");
            assertLatenciesRise(json, "baseline_");
            assertThat(json.get("ratio_p50").getAsDouble()).isPositive();
            assertThat(json.get("bytes_per_message").getAsDouble()).isBetween(0.0, (double)MAX_BYTES_PER_MESSAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void shouldMeasureRoundTripsOverTlsBesideNettysHandler(final String provider)
    {
        try (LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().tls(true)))
        {
            final JsonObject json = BenchRun.of("rtt", "--uri", exchange.uri("/echo"),
                "--ca", exchange.caFile().toString(), "--tls-provider", provider,
                "--messages", "2000", "--warmup", "2000", "--baseline", "--mode", "inline", "--json").json();

            assertLatenciesRise(json, "");
            assertLatenciesRise(json, "baseline_");
            final double bytes = json.get("bytes_per_message").getAsDouble();
            final double baselineBytes = json.get("baseline_bytes_per_message").getAsDouble();
            assertThat(bytes).isNotNegative();
            assertThat(baselineBytes).isPositive();
            if (provider.equals("boringssl")) // through JSSE most of both is its own, and the compiler decides on it
            {
                assertThat(bytes).isLessThan(baselineBytes);
            }
        }

        assertThat(BenchRun.of("rtt", "--uri", "ws://127.0.0.1:1/", "--insecure").failure()).contains("wss");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "dedicated"})
    void shouldMeasureAFeedThatEndsWithTheLastMessage(final String mode) throws IOException
    {
        try (LoadServer server = LoadServer.feed(0, false, new Feed(Long.parseLong(MESSAGES), 128, 0, false)))
        {
            final JsonObject json = BenchRun.of("feed", "--uri", server.uri(), "--messages", MESSAGES,
                "--warmup", "50000", "--mode", mode, "--json").json();

            assertThat(json.get("frames").getAsString()).isEqualTo(MESSAGES);
            assertThat(json.get("frames_per_s").getAsDouble()).isGreaterThan(1000);
            assertThat(json.get("mode").getAsString()).isEqualTo(mode);
            assertThat(json.get("bytes_per_message").getAsDouble()).isNotNegative(); // includes the server's close
            assertThat(json.has("p50_ns")).isFalse();
        }
    }

    @Test
    void shouldMeasureLatencyFromTheTimeAMessageWasDue() throws IOException
    {
        try (LoadServer server = LoadServer.feed(0, false, new Feed(Feed.ENDLESS, 64, 50_000, true)))
        {
            final JsonObject json = BenchRun.of("feed", "--uri", server.uri(), "--messages", MESSAGES, "--warmup", "0",
                "--mode", "dedicated", "--timestamped", "--json").json();

            assertLatenciesRise(json, "");
            final double seconds = (Integer.parseInt(MESSAGES) - 1) / json.get("frames_per_s").getAsDouble();
            final double lateSeconds = json.get("max_ns").getAsLong() / 1e9; // the first, if the client was held up
            assertThat(seconds + lateSeconds).isGreaterThan(0.99 * (Integer.parseInt(MESSAGES) - 1) / 50_000);
        }
    }

    @Test
    void shouldMeasureWhatRecordingCosts() throws IOException
    {
        final JsonObject json = BenchRun.of("journal", "--seconds", "1", "--rate", "2000", "--messages", "2000",
            "--rounds", "1", "--dir", folder.toString(), "--json").json();

        assertLatenciesRise(json, "plain_");
        assertLatenciesRise(json, "recording_");
        for (final String name : List.of("ratio_p50", "ratio_p99", "plain_messages_per_s", "recording_messages_per_s",
            "ratio_messages_per_s", "replay_messages_per_s"))
        {
            assertThat(json.get(name).getAsDouble()).as(name).isPositive();
        }

        final String help = BenchRun.of("journal", "--help").out();
        assertThat(json.keySet()).allMatch((key) -> help.contains(key.replaceFirst("^(plain|recording)_", "")));
        assertThat(folder).as("no journal is left").isEmptyDirectory();
        assertThat(BenchRun.of("journal", "--rounds", "0").failure()).contains("--rounds 0");
    }

    @Test
    void shouldStartItsOwnServerAndPrintATable()
    {
        final BenchRun run = BenchRun.of("feed", "--messages", "5000", "--warmup", "5000", "--rounds", "2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("ringwire ").contains("netty ").contains("ratio of msg/s");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldSayWhyARunFailed() throws IOException
    {
        assertThat(BenchRun.of("rtt", "--uri", "ws://127.0.0.1:1/", "--json").failure()).contains("refused");
        assertThat(BenchRun.of("rtt", "--uri", "ftp://127.0.0.1/").failure()).contains("ftp");
        assertThat(BenchRun.of("rtt", "--messages", "0").failure()).contains("--messages 0");
        assertThat(BenchRun.of("rtt", "--size", "-1").failure()).contains("--size -1");
        assertThat(BenchRun.of("feed", "--size", "19", "--timestamped").failure()).contains("--size 19");
        assertThat(BenchRun.of("feed", "--timeout", "0").failure()).contains("--timeout 0");
        assertThat(BenchRun.of("serve", "feed", "--rate", "-5").failure()).contains("--rate -5");
        assertThat(BenchRun.of("rtt", "--mode", "invoker").exitCode()).isNotZero();

        try (LoadServer server = LoadServer.feed(0, false, new Feed(10, 32, 0, false)))
        {
            final String uri = server.uri();
            assertThat(BenchRun.of("feed", "--uri", uri, "--messages", "11", "--warmup", "0").failure())
                .contains("closed the connection: 1000").contains("10 of 11");
            assertThat(BenchRun.of("feed", "--uri", uri, "--messages", "10", "--warmup", "0", "--timestamped")
                .failure()).contains("time stamp");
            assertThat(BenchRun.of("rtt", "--uri", uri, "--messages", "10").failure()).contains("echo server");
        }

        try (LoadServer server = LoadServer.feed(0, false, new Feed(Feed.ENDLESS, 32, 1, false)))
        {
            assertThat(BenchRun.of(
                "feed", "--uri", server.uri(), "--messages", "1000", "--warmup", "0", "--timeout", "1").failure())
                .contains("timed out after 1000 ms");
        }
    }

    @Test
    void shouldBeFoundByTheCommandLine()
    {
        assertThat(ServiceLoader.load(Subcommand.class)).hasAtLeastOneElementOfType(BenchCommand.class);
    }

    private static void assertLatenciesRise(final JsonObject json, final String prefix)
    {
        long lastNs = 0;
        for (final String name : List.of("p50_ns", "p90_ns", "p99_ns", "p999_ns", "max_ns"))
        {
            final long latencyNs = json.get(prefix + name).getAsLong();
            assertThat(latencyNs).as(prefix + name).isPositive().isGreaterThanOrEqualTo(lastNs);
            lastNs = latencyNs;
        }
    }
}
