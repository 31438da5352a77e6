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
import org.agrona.concurrent.SystemNanoClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a comparison with a process for each client.
 */
public final class Comparer
{
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
     * Takes what is measured so far, so that it is not lost with the rest.
     */
    @FunctionalInterface
    public interface Sink
    {
        /**
         * A scenario is over.
         *
         * @param comparison of all scenarios up to it.
         * @throws IOException that ends the comparison.
         */
        void onScenario(Comparison comparison) throws IOException;
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
     * @param sink      for what is measured so far.
     * @return all that was measured.
     * @throws BenchException if nothing was, or if the server died.
     * @throws IOException    if the folder cannot be made, or of the sink.
     */
    public Comparison run(
        final String command,
        final ServerAddress server,
        final int clientCpu,
        final Class<?> mainClass,
        final List<String> options,
        final Progress progress,
        final Sink sink) throws BenchException, IOException
    {
        Files.createDirectories(logs);
        final long startedMs = System.currentTimeMillis();
        final Worker.Starter starter = (entrant, patienceNs) ->
        {
            final List<String> args = new ArrayList<>(List.of("work"));
            args.addAll(options);
            args.add(entrant.client());
            return WorkerProcess.start(
                WorkerCommand.of(entrant, clientCpu, mainClass, args),
                logs.resolve(entrant.name() + ".log"),
                patienceNs);
        };
        final List<ScenarioResult> results = new ArrayList<>();
        try (Runner runner = new Runner(plan, server, starter, progress, SystemNanoClock.INSTANCE))
        {
            runner.run((result) ->
            {
                results.add(result);
                sink.onScenario(comparison(command, startedMs, results));
            });
        }

        environment.end();
        final Comparison comparison = comparison(command, startedMs, results);
        checkNotEmpty(comparison);
        return comparison;
    }

    private Comparison comparison(final String command, final long startedMs, final List<ScenarioResult> results)
    {
        final List<String> warnings = new ArrayList<>(environment.warnings());
        if (results.size() < plan.scenarios().size())
        {
            warnings.add("not finished: " + results.size() + " of " + plan.scenarios().size() + " scenarios");
        }

        warnings.addAll(Headroom.warnings(results));
        warnings.addAll(Soundness.warnings(results));
        return new Comparison(command, startedMs, environment.facts(), warnings, List.copyOf(results));
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
