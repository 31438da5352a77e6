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

import io.ringwire.bench.client.Summary;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * Who did how well in one scenario.
 */
public final class Standings
{
    private static final double MEDIAN = 50;
    private static final double TAIL = 99;

    private final Scenario scenario;
    private final Map<String, Summary> summaryByClient = new LinkedHashMap<>();

    /**
     * Rank.
     *
     * @param result with the outcomes.
     */
    public Standings(final ScenarioResult result)
    {
        scenario = result.scenario();
        for (final Outcome outcome : result.outcomes())
        {
            if (!outcome.rounds().isEmpty())
            {
                summaryByClient.put(outcome.client(), new Summary(outcome.rounds()));
            }
        }
    }

    /**
     * What was measured of a client.
     *
     * @param client its name.
     * @return the summary, null if nothing was measured.
     */
    public Summary summary(final String client)
    {
        return summaryByClient.get(client);
    }

    /**
     * What was measured.
     *
     * @return a summary for each client that has one, in the order of the results.
     */
    public Map<String, Summary> summaries()
    {
        return summaryByClient;
    }

    /**
     * The figure that decides.
     *
     * @param summary of a client.
     * @return ns, or messages a second.
     */
    public double figure(final Summary summary)
    {
        return switch (scenario.figure())
        {
            case P50 -> summary.latencyNs(MEDIAN);
            case P99 -> summary.latencyNs(TAIL);
            case RATE -> summary.framesPerS();
        };
    }

    /**
     * The best figure of some clients.
     *
     * @param clients which, by their names.
     * @return the figure, empty if none of them was measured.
     */
    public OptionalDouble best(final Predicate<String> clients)
    {
        final DoubleStream figures = summaryByClient.entrySet().stream()
            .filter((entry) -> clients.test(entry.getKey()))
            .mapToDouble((entry) -> figure(entry.getValue()));
        return scenario.figure() == Scenario.Figure.RATE ? figures.max() : figures.min();
    }

    /**
     * A client's figure as a multiple of the best peer's: below 1 is better of a latency, above 1 of a rate.
     *
     * @param client its name.
     * @return the ratio, NaN if one of the two was not measured.
     */
    public double ratio(final String client)
    {
        final Summary summary = summaryByClient.get(client);
        final OptionalDouble best = best(Entrant::isPeer);
        return summary == null || best.isEmpty() ? Double.NaN : figure(summary) / best.getAsDouble();
    }

    /**
     * How far the rounds of a client lie apart in the figure that decides.
     *
     * @param summary of the client.
     * @return the largest less the smallest, as a part of the median.
     */
    public double spread(final Summary summary)
    {
        return switch (scenario.figure())
        {
            case P50 -> summary.spread((round) -> round.latencies().getValueAtPercentile(MEDIAN));
            case P99 -> summary.spread((round) -> round.latencies().getValueAtPercentile(TAIL));
            case RATE -> summary.spread((round) -> round.framesPerS());
        };
    }
}
