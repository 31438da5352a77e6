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
package io.ringwire.bench.report;

import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.ScenarioResult;
import io.ringwire.samples.report.FileNames;
import io.ringwire.stats.LatencyLog;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The latencies as they were recorded: an HdrHistogram log for each scenario and client that has any, with an interval
 * for each round, in ns. For one thread.
 */
final class RawLogs
{
    private final Comparison comparison;
    private final Map<Outcome, String> nameByOutcome = new IdentityHashMap<>();

    RawLogs(final Comparison comparison)
    {
        this.comparison = comparison;
        final FileNames names = new FileNames();
        for (final ScenarioResult result : comparison.results())
        {
            for (final Outcome outcome : result.outcomes())
            {
                if (outcome.rounds().stream().anyMatch((round) -> round.latencies().getTotalCount() > 0))
                {
                    nameByOutcome.put(
                        outcome, names.of(result.scenario().name() + '-' + outcome.client()) + ".hlog");
                }
            }
        }
    }

    /** The name of the file that has all figures of a client. */
    String nameOf(final Outcome outcome)
    {
        return nameByOutcome.getOrDefault(outcome, ComparisonReport.JSON_FILE);
    }

    /**
     * Write the logs of some scenarios.
     */
    void write(final Path directory, final List<ScenarioResult> results) throws IOException
    {
        for (final ScenarioResult result : results)
        {
            for (final Outcome outcome : result.outcomes())
            {
                if (nameByOutcome.containsKey(outcome))
                {
                    write(result.scenario(), outcome, directory.resolve(nameOf(outcome)));
                }
            }
        }
    }

    private void write(final Scenario scenario, final Outcome outcome, final Path file) throws IOException
    {
        final List<String> comments = new ArrayList<>();
        comments.add("scenario " + scenario.name() + ": " + scenario.title());
        comments.add("client " + outcome.client());
        comments.add("command " + comparison.command());
        comments.add("an interval is a round, in ns; a round without a time of its own follows the one before it");
        comments.replaceAll((comment) -> comment.replaceAll("\\p{Cntrl}", " "));

        final long startedMs = comparison.startedMs();
        try (LatencyLog log = new LatencyLog(Files.newOutputStream(file), startedMs, comments))
        {
            final String tag = outcome.client().replaceAll("[\\s,\\p{Cntrl}]", "_");
            long nextStartMs = startedMs;
            for (final Measurement round : outcome.rounds())
            {
                final Histogram latencies = round.latencies().copy();
                final boolean hasTime = latencies.getStartTimeStamp() >= startedMs &&
                    latencies.getEndTimeStamp() >= latencies.getStartTimeStamp();
                final long startMs = hasTime ? latencies.getStartTimeStamp() : nextStartMs;
                final long endMs = hasTime ? latencies.getEndTimeStamp() :
                    startMs + Math.max(1, TimeUnit.NANOSECONDS.toMillis(round.elapsedNs()));
                log.add(tag, latencies, startMs, endMs);
                nextStartMs = endMs;
            }

            log.flush();
        }
        catch (final IOException ex)
        {
            throw ComparisonReport.failure(file, ex);
        }
    }
}
