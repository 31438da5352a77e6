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

import io.ringwire.bench.compare.Scenarios;
import io.ringwire.bench.peer.Lineup;
import io.ringwire.bench.server.LoadServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class CompareCommandTest
{
    @TempDir
    private Path folder;

    @Test
    void shouldCompareTwoClientsInProcessesOfTheirOwn() throws IOException
    {
        try (LoadServer server = LoadServer.echo(0, false))
        {
            final BenchRun run = BenchRun.of("compare", "--server", URI.create(server.uri()).getAuthority(),
                "--clients", "ringwire-inline-block,netty-block", "--scenarios", "rtt-128,rtt-128-tls",
                "--rounds", "2", "--seconds", "0.1", "--warmup-seconds", "0.1", "--out", folder.toString(),
                "--jvm", "c1=-XX:TieredStopAtLevel=1");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().lines().filter((line) -> line.startsWith("netty-block[c1] ")))
                .hasSize(2).first().asString().contains("1.00").contains("epoll");
            assertThat(run.out()).contains("left out: the server does not listen for wss").contains("\ntargets\n")
                .doesNotContain("\r").doesNotContain("\u001b");
            assertThat(run.err())
                .contains("2 clients, 2 scenarios, 2 rounds of 0.1 s: about ")
                .contains("wrote " + folder)
                .doesNotContain("\u001b");
        }
    }

    @Test
    void shouldListScenariosAndClients()
    {
        final BenchRun run = BenchRun.of("compare", "--list");

        assertThat(run.exitCode()).isZero();
        Scenarios.all().forEach((scenario) -> assertThat(run.out()).contains("  " + scenario.name() + ' '));
        Lineup.names().forEach((name) -> assertThat(run.out().lines()).contains("  " + name));
    }

    @Test
    void shouldDescribeEveryOption()
    {
        final String help = BenchRun.of("compare", "--help").out();

        new CommandLine(new BenchCommand()).getSubcommands().get("compare").getCommandSpec().options()
            .forEach((option) -> assertThat(help).contains(option.longestName().substring(2)));
        assertThat(BenchRun.of("--help").out()).contains("compare").doesNotContain("Be a worker");
    }

    @Test
    void shouldNameWhatIsWrong() throws IOException
    {
        assertThat(failure("--clients", "ringwire-*,socket")).contains("--clients: 'socket' is none of ");
        assertThat(failure("--scenarios", "ping")).contains("--scenarios: 'ping' is none of rtt-32, ");
        assertThat(failure("--rounds", "0")).contains("--rounds 0");
        assertThat(failure("--seconds", "-1")).contains("--seconds -1");
        assertThat(failure("--warmup-seconds", "NaN")).contains("--warmup-seconds");
        assertThat(failure("--cpu-server", "4711")).contains("--cpu-server 4711");
        assertThat(failure("--cpu-client", "-2")).contains("--cpu-client -2");
        assertThat(failure("--jvm", "-XX:+UseZGC")).contains("--jvm -XX:+UseZGC").contains("LABEL=OPTIONS");
        assertThat(failure("--server", "nowhere")).contains("--server nowhere");
        assertThat(failure("--capture", folder.resolve("none").toString())).contains("--capture ").contains("none");
        assertThat(failure("--cpu-server", "0", "--cpu-client", "0"))
            .contains("--cpu-client 0: this core is the server's");
        assertThat(failure("--jvm", "zgc=-XX:+UseZCG"))
            .contains("--jvm zgc=-XX:+UseZCG: Unrecognized VM option 'UseZCG'").doesNotContain("fatal");
        Files.writeString(folder.resolve("comparison.json"), "");
        assertThat(failure("--out", folder.toString())).contains("--out " + folder + ": has a comparison already");
        final Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(failure("--out", file.toString())).contains("--out " + file);
        assertThat(BenchRun.of("compare", "--profile", "slow").exitCode()).isEqualTo(2);
        assertThat(BenchRun.of("work", "socket").failure()).contains("client 'socket' is none of");
    }

    @Test
    void shouldFailWhenNothingCouldBeMeasured()
    {
        final BenchRun run = BenchRun.of("compare", "--server", "127.0.0.1:1", "--clients", "netty-block",
            "--scenarios", "capture", "--out", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
            .contains("nothing could be measured; netty-block in capture: left out: there is no capture");
    }

    private static String failure(final String... args)
    {
        final String[] all = new String[args.length + 1];
        all[0] = "compare";
        System.arraycopy(args, 0, all, 1, args.length);
        return BenchRun.of(all).failure();
    }
}
