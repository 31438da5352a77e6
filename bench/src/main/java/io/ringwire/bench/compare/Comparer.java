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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a comparison with a process for each client.
 */
public final class Comparer
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    private final Plan plan;
    private final Environment environment;
    private final Path logs;

    /**
     * Make one.
     *
     * @param plan        to run.
     * @param environment it runs in.
     * @param logs        folder, to be made, for what workers write to their standard error: NAME.log each.
     */
    public Comparer(final Plan plan, final Environment environment, final Path logs)
    {
        this.plan = plan;
        this.environment = environment;
        this.logs = logs;
    }

    /**
     * Run it.
     *
     * @param command   line that makes it again.
     * @param server    that all use.
     * @param clientCpu to pin workers to, or -1.
     * @param mainClass of the workers' JVMs.
     * @param options   of the command {@code work}, in front of the client's name.
     * @param progress  to tell.
     * @return all that was measured.
     * @throws BenchException if nothing was.
     * @throws IOException    if the folder cannot be made.
     */
    public Comparison run(
        final String command,
        final ServerAddress server,
        final int clientCpu,
        final Class<?> mainClass,
        final List<String> options,
        final Progress progress) throws BenchException, IOException
    {
        Files.createDirectories(logs);
        final long startedMs = System.currentTimeMillis();
        final Worker.Starter starter = (entrant) ->
        {
            final List<String> args = new ArrayList<>(List.of("work"));
            args.addAll(options);
            args.add(entrant.client());
            return WorkerProcess.start(
                WorkerCommand.of(entrant, clientCpu, mainClass, args),
                logs.resolve(entrant.name() + ".log"),
                PATIENCE_NS);
        };
        final List<ScenarioResult> results;
        try (Runner runner = new Runner(plan, server, starter, progress))
        {
            results = runner.run();
        }

        environment.end();
        final List<String> warnings = new ArrayList<>(environment.warnings());
        warnings.addAll(Headroom.warnings(results));
        final Comparison comparison =
            new Comparison(command, startedMs, environment.facts(), warnings, results);
        checkNotEmpty(comparison);
        return comparison;
    }

    private static void checkNotEmpty(final Comparison comparison) throws BenchException
    {
        String remark = "there is nothing to run";
        for (final ScenarioResult result : comparison.results())
        {
            for (final Outcome outcome : result.outcomes())
            {
                if (!outcome.rounds().isEmpty())
                {
                    return;
                }

                remark = outcome.client() + " in " + result.scenario().name() + ": " + outcome.remark();
            }
        }

        throw new BenchException("nothing could be measured; " + remark);
    }
}
