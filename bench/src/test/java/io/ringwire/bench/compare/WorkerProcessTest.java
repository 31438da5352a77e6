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

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class WorkerProcessTest
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long IMPATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    @TempDir
    private Path folder;

    /**
     * The worker of these tests: what it does stands in the URI.
     */
    static final class Main
    {
        private Main()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            final PrintStream answers = System.out;
            System.setOut(System.err);
            new WorkerLoop(
                new FakeClient(),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                answers).run();
            System.exit(0);
        }
    }

    private static final class FakeClient implements Client
    {
        @Override
        public Measurement run(final Workload workload) throws BenchException
        {
            switch (workload.uri())
            {
                case "fail" -> throw new BenchException("no luck\n  today");
                case "throw" -> throw new IllegalStateException("a bug");
                case "die" -> Runtime.getRuntime().halt(7);
                case "hang" -> hang();
                default -> System.out.println("a library prints");
            }

            return MadeUp.latency(1_000, 5_000_000);
        }

        @Override
        public boolean supports(final Workload workload)
        {
            return !workload.deflate();
        }

        private static void hang()
        {
            try
            {
                new CountDownLatch(1).await();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void shouldAnswerAndFailWithoutEndAndSayHowItDied() throws Exception
    {
        final Path log = folder.resolve("worker.log");
        try (WorkerProcess worker = WorkerProcess.start(java(), log, PATIENCE_NS))
        {
            assertThat(worker.supports(workload("run", false))).isTrue();
            assertThat(worker.supports(workload("run", true))).isFalse();
            assertThat(worker.run(workload("run", false), PATIENCE_NS)).isEqualTo(MadeUp.latency(1_000, 5_000_000));
            assertThatThrownBy(() -> worker.run(workload("fail", false), PATIENCE_NS))
                .isInstanceOf(BenchException.class).hasMessage("no luck today");
            assertThatThrownBy(() -> worker.run(workload("throw", false), PATIENCE_NS))
                .isInstanceOf(BenchException.class).hasMessageContaining("a bug");
            assertThatThrownBy(() -> worker.run(workload("die", false), PATIENCE_NS))
                .isInstanceOf(WorkerDeathException.class).hasMessageStartingWith("died with exit code 7");
        }

        assertThat(Files.readString(log)).contains("a library prints").contains("IllegalStateException: a bug");
    }

    @Test
    void shouldKillWhatHangsOrTalksNonsense() throws WorkerDeathException
    {
        final Path log = folder.resolve("worker.log");
        try (WorkerProcess silent = WorkerProcess.start(sh("echo ready; while read x; do :; done"), log, PATIENCE_NS))
        {
            assertThatThrownBy(() -> silent.run(workload("run", false, 0), IMPATIENCE_NS))
                .isInstanceOf(WorkerDeathException.class).hasMessage("hung: no answer in 50 ms, killed");
        }

        try (WorkerProcess babbling = WorkerProcess.start(sh("echo ready; exec cat"), log, PATIENCE_NS))
        {
            assertThatThrownBy(() -> babbling.run(workload("run", false), PATIENCE_NS))
                .isInstanceOf(WorkerDeathException.class).hasMessageStartingWith("answered 'run ECHO run ");
        }

        try (WorkerProcess halting = WorkerProcess.start(sh("echo ready; read x; echo done 1 2"), log, PATIENCE_NS))
        {
            assertThatThrownBy(() -> halting.run(workload("run", false), PATIENCE_NS))
                .isInstanceOf(WorkerDeathException.class).hasMessage("answered 'done 1 2', killed");
        }

        assertThat(log).as("an empty log is removed").doesNotExist();
    }

    @Test
    void shouldSayWhyItDoesNotStart()
    {
        final Path log = folder.resolve("worker.log");
        assertThatThrownBy(() -> WorkerProcess.start(List.of("/no/such/program"), log, PATIENCE_NS))
            .isInstanceOf(WorkerDeathException.class).hasMessageContaining("/no/such/program");
        assertThatThrownBy(() -> WorkerProcess.start(sh("echo no heap >&2; exit 1"), log, PATIENCE_NS))
            .isInstanceOf(WorkerDeathException.class).hasMessage("died with exit code 1: no heap (" + log + ")");
    }

    private static List<String> java()
    {
        return WorkerCommand.of(new Entrant("fake", "", List.of("-XX:TieredStopAtLevel=1")), -1, Main.class, List.of());
    }

    private static List<String> sh(final String script)
    {
        return List.of("sh", "-c", script);
    }

    private static Workload workload(final String uri, final boolean deflate)
    {
        return workload(uri, deflate, PATIENCE_NS);
    }

    private static Workload workload(final String uri, final boolean deflate, final long timeoutNs)
    {
        return new Workload(
            Workload.Kind.ECHO, uri, 128, 10, true, deflate, Extent.ofTime(1, 1_000_000), timeoutNs);
    }
}
