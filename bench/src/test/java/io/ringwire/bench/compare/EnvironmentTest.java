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
package io.ringwire.bench.compare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentTest
{
    @Test
    void shouldTellWhatFiguresMustBeReadWith()
    {
        final Plan plan = new Plan(
            List.of(new Entrant("jdk", "zgc", List.of("-XX:+UseZGC"))), List.of(), 3, 600_000_000L, 500_000_000L,
            Plan.NO_LIMIT);
        final Environment environment = new Environment(plan, 0, -1, null);
        environment.end();

        assertThat(environment.facts())
            .containsEntry("pinning", "server on core 0, clients free")
            .containsKeys("processor", "kernel", "clock source", "governor", "JDK", "libraries", "load average")
            .containsKey("took");
        assertThat(environment.facts().get("JVM options[zgc]")).contains("-Xmx256m").endsWith("-XX:+UseZGC");
        assertThat(environment.facts().get("rounds")).startsWith("3 of 0.5 s").contains("0.6 s of warm-up");
    }

    @Test
    void shouldTellWhichCaptureIsPlayed(@TempDir final Path folder) throws IOException
    {
        final Path file = folder.resolve("some.capture");
        Files.writeString(file, "wss://x/ <-> 1.0\nwss://x/ <- 1.1: hello\n1.2: one\n1.3: three\n");
        assertThat(facts("capture", file)).containsEntry("capture", "some.capture, 2 messages");
        assertThat(facts("rtt-128", file)).doesNotContainKey("capture");
        assertThat(facts("capture", null)).doesNotContainKey("capture");
    }

    @Test
    void shouldTellTheCommit(@TempDir final Path folder) throws IOException
    {
        Files.writeString(folder.resolve(".git"), "gitdir: nowhere"); // hides what lies above
        assertThat(Environment.commit(folder)).isEmpty();
        assertThat(Environment.commit(Path.of("").toAbsolutePath())).matches("([0-9a-f]{7,}(\\+changes)?)?");
    }

    @Test
    void shouldReadVersionsFromTheNamesOfJars()
    {
        assertThat(Environment.libraries(String.join(File.pathSeparator,
            "/x/classes", "/l/netty-codec-http-4.2.18.Final.jar", "/l/Java-WebSocket-1.6.0.jar", "/l/other-1.jar")))
            .isEqualTo("netty-codec-http 4.2.18.Final, Java-WebSocket 1.6.0");
        assertThat(Environment.libraries("/x/classes")).isEqualTo("the class path does not tell");
    }

    @Test
    void shouldWarnWhenSpinningThreadsAndServerExceedTheCores()
    {
        final List<Entrant> entrants =
            MadeUp.entrants("ringwire-inline-spin", "ringwire-dedicated-yield", "ringwire-dedicated-block", "jdk");

        assertThat(Environment.crowd(entrants, 2)).contains("ringwire-dedicated-yield").doesNotContain("inline");
        assertThat(Environment.crowd(entrants, 1)).contains("ringwire-inline-spin");
        assertThat(Environment.crowd(entrants, 3)).isEmpty();
        assertThat(new Entrant("floor-nio", "", List.of()).busyThreads()).isEqualTo(1);
        assertThat(new Entrant("floor-netty-block", "", List.of()).busyThreads()).isZero();
    }

    @Test
    void shouldGiveAllWorkersOneHeapAndWhatTheirEntrantWants()
    {
        final Entrant entrant = new Entrant("jdk", "zgc", List.of("-XX:+UseZGC", "-Xmx1g"));
        assertThat(WorkerCommand.options(entrant)).endsWith("-Xms256m", "-Xmx256m", "-XX:MaxDirectMemorySize=2g",
            "-Dio.netty.leakDetection.level=disabled", "-XX:+UseZGC", "-Xmx1g");
        assertThat(WorkerCommand.of(entrant, 1, String.class, List.of("work", "jdk")))
            .startsWith("taskset", "-c", "1").endsWith("java.lang.String", "work", "jdk");
        assertThat(WorkerCommand.of(entrant, -1, String.class, List.of("work", "jdk"))).doesNotContain("taskset");
    }

    private static Map<String, String> facts(final String scenario, final Path capture)
    {
        final Plan plan = new Plan(
            MadeUp.entrants("jdk"), List.of(MadeUp.scenario(scenario)), 1, 1, 1, Plan.NO_LIMIT);
        return new Environment(plan, -1, -1, capture).facts();
    }
}
