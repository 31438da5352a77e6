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

import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Summary;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Where the clients of a scenario stand, by the figure that decides it. A client is asked for by its name; what it has
 * not got is NaN.
 */
public final class Standing
{
    private final ScenarioResult result;
    private final Scenario.Figure figure;
    private final Map<String, Summary> summaryByClient = new LinkedHashMap<>();
    private final Optional<String> bestPeer;

    /**
     * Sum up the rounds of all clients, and look for the best peer.
     *
     * @param result of the scenario.
     */
    public Standing(final ScenarioResult result)
    {
        this.result = result;
        figure = result.scenario().figure();
        for (final Outcome outcome : result.outcomes())
        {
            if (!outcome.rounds().isEmpty())
            {
                summaryByClient.put(outcome.client(), new Summary(outcome.rounds()));
            }
        }

        bestPeer = best((client) -> Group.of(client) == Group.PEER);
    }

    /**
     * What was measured.
     *
     * @return a summary for each client that has a round, in the order of the results.
     */
    public Map<String, Summary> summaries()
    {
        return summaryByClient;
    }

    /**
     * What was measured of a client.
     *
     * @param client its name.
     * @return the summary, null if the client has no round.
     */
    public Summary summary(final String client)
    {
        return summaryByClient.get(client);
    }

    /**
     * The peer that the others are measured by.
     *
     * @return its name; empty if no peer has the figure.
     */
    public Optional<String> bestPeer()
    {
        return bestPeer;
    }

    /**
     * The best of some clients in the figure that decides.
     *
     * @param clients which, by their names.
     * @return the name of the best; empty if none of them has the figure.
     */
    public Optional<String> best(final Predicate<String> clients)
    {
        final Comparator<String> byFigure = Comparator.comparingDouble(this::figure);
        return summaryByClient.keySet().stream()
            .filter((client) -> clients.test(client) && !Double.isNaN(figure(client)))
            .min(figure == Scenario.Figure.RATE ? byFigure.reversed() : byFigure);
    }

    /**
     * Those whose place is not known: with any JVM they did not take part or have no figure. A client that does not
     * support the scenario has no place in it.
     *
     * @param clients names as the lineup has them.
     * @return the names, in their order.
     */
    public List<String> missing(final List<String> clients)
    {
        return clients.stream().filter((client) ->
        {
            final List<Outcome> outcomes = result.outcomes().stream()
                .filter((outcome) -> Entrant.clientOf(outcome.client()).equals(client)).toList();
            return outcomes.isEmpty() || !outcomes.stream().allMatch(this::isKnown);
        }).toList();
    }

    /**
     * The length of a message.
     *
     * @return in bytes.
     */
    public int sizeBytes()
    {
        return result.scenario().sizeBytes();
    }

    /**
     * The figure that decides.
     *
     * @param client its name.
     * @return ns, or messages a second, the median of the rounds; NaN if there is none.
     */
    public double figure(final String client)
    {
        final Summary summary = summaryByClient.get(client);
        final double median = summary == null ? Double.NaN : summary.median(figureOfRound());
        return median > 0 ? median : Double.NaN;
    }

    /**
     * How far the rounds lie apart in the figure that decides.
     *
     * @param client its name.
     * @return the largest less the smallest, as a part of the median; NaN of a single round.
     */
    public double spread(final String client)
    {
        final Summary summary = summaryByClient.get(client);
        return Double.isNaN(figure(client)) || summary.rounds() < 2 ? Double.NaN : summary.spread(figureOfRound());
    }

    /**
     * The figure divided by that of the best peer. Of a rate, more than 1 is better than the best peer; of a latency,
     * less than 1 is.
     *
     * @param client its name.
     * @return the quotient; NaN if there is no peer or no figure.
     */
    public double ratio(final String client)
    {
        return figure(client) / bestPeer.map(this::figure).orElse(Double.NaN);
    }

    /**
     * What {@link #ratio(String)} is, for the heading of a table.
     *
     * @return a few words.
     */
    public String ratioHeading()
    {
        return figureName() + " / best peer";
    }

    /**
     * The name of the figure, for the heading of a table.
     *
     * @return p50, p99 or msg/s.
     */
    public String figureName()
    {
        return switch (figure)
        {
            case P50 -> "p50";
            case P99 -> "p99";
            case RATE -> "msg/s";
        };
    }

    private boolean isKnown(final Outcome outcome)
    {
        return outcome.remark().equals(Outcome.NOT_SUPPORTED) || !Double.isNaN(figure(outcome.client()));
    }

    /** What decides, of one round. */
    ToDoubleFunction<Measurement> figureOfRound()
    {
        return switch (figure)
        {
            case P50 -> (round) -> round.latencies().getValueAtPercentile(50);
            case P99 -> (round) -> round.latencies().getValueAtPercentile(99);
            case RATE -> Measurement::framesPerS;
        };
    }
}
