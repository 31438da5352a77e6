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
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Where the clients of a scenario stand, by the figure that decides it. What a client has not got is NaN.
 */
public final class Standing
{
    /**
     * What a client is to the others.
     */
    public enum Group
    {
        /** A client of this library. */
        RINGWIRE,

        /** Any other client: what Ringwire is compared with. */
        PEER,

        /** No client, but what nobody can be much faster than: it moves the bytes and does nothing with them. */
        FLOOR
    }

    private static final String RINGWIRE_PREFIX = "ringwire-";
    private static final String FLOOR_PREFIX = "floor-";

    private final Scenario.Figure figure;
    private final Optional<Outcome> bestPeer;

    /**
     * Look for the best peer.
     *
     * @param result of the scenario.
     */
    public Standing(final ScenarioResult result)
    {
        figure = result.scenario().figure();
        final List<Outcome> peers = result.outcomes().stream()
            .filter((outcome) -> group(outcome.client()) == Group.PEER && !Double.isNaN(figure(outcome))).toList();
        final Comparator<Outcome> byFigure = Comparator.comparingDouble(this::figure);
        bestPeer = figure == Scenario.Figure.RATE ? peers.stream().max(byFigure) : peers.stream().min(byFigure);
    }

    /**
     * The group of a client.
     *
     * @param client its name.
     * @return the group.
     */
    public static Group group(final String client)
    {
        return client.startsWith(RINGWIRE_PREFIX) ? Group.RINGWIRE :
            client.startsWith(FLOOR_PREFIX) ? Group.FLOOR : Group.PEER;
    }

    /**
     * The peer that the others are measured by.
     *
     * @return its outcome; empty if no peer has the figure.
     */
    public Optional<Outcome> bestPeer()
    {
        return bestPeer;
    }

    /**
     * The figure that decides.
     *
     * @param outcome of a client.
     * @return ns, or messages a second, the median of the rounds; NaN if there is none.
     */
    public double figure(final Outcome outcome)
    {
        final double median =
            outcome.rounds().isEmpty() ? Double.NaN : new Summary(outcome.rounds()).median(figureOfRound());
        return median > 0 ? median : Double.NaN;
    }

    /**
     * How far the rounds lie apart in the figure that decides.
     *
     * @param outcome of a client.
     * @return the largest less the smallest, as a part of the median; NaN if there is none.
     */
    public double spread(final Outcome outcome)
    {
        return Double.isNaN(figure(outcome)) ? Double.NaN : new Summary(outcome.rounds()).spread(figureOfRound());
    }

    /**
     * The figure divided by that of the best peer. Of a rate, more than 1 is better than the best peer; of a latency,
     * less than 1 is.
     *
     * @param outcome of a client.
     * @return the quotient; NaN if there is no peer or no figure.
     */
    public double ratio(final Outcome outcome)
    {
        return figure(outcome) / bestPeer.map(this::figure).orElse(Double.NaN);
    }

    /**
     * What {@link #ratio(Outcome)} is, for the heading of a table.
     *
     * @return a few words.
     */
    public String ratioHeading()
    {
        return figureName() + " / best peer (" + (figure == Scenario.Figure.RATE ? ">" : "<") + " 1 is better)";
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

    private ToDoubleFunction<Measurement> figureOfRound()
    {
        return switch (figure)
        {
            case P50 -> (round) -> round.latencies().getValueAtPercentile(50);
            case P99 -> (round) -> round.latencies().getValueAtPercentile(99);
            case RATE -> Measurement::framesPerS;
        };
    }
}
