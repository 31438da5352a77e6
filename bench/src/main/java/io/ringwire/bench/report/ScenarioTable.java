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

import io.ringwire.bench.client.Summary;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.ScenarioResult;
import io.ringwire.bench.compare.Standing;
import io.ringwire.samples.report.LatencyUnit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The table of a scenario: a row for each client, Ringwire first, then the peers, the floors last, each as in the
 * lineup. There are no columns of latencies if nobody has any. Immutable.
 */
public final class ScenarioTable
{
    /** What stands for a figure that is not known. */
    public static final String UNKNOWN = "-";

    private static final List<Column> LATENCIES = List.of(
        new Column("p50 us", (summary) -> summary.latencyNs(50)),
        new Column("p90 us", (summary) -> summary.latencyNs(90)),
        new Column("p99 us", (summary) -> summary.latencyNs(99)),
        new Column("p99.9 us", (summary) -> summary.latencyNs(99.9)),
        new Column("max us", Summary::maxLatencyNs));
    private static final double PERCENT = 100;

    private final ScenarioResult result;
    private final Standing standing;
    private final boolean hasLatencies;

    /**
     * Make a table.
     *
     * @param result of the scenario.
     */
    public ScenarioTable(final ScenarioResult result)
    {
        this.result = result;
        standing = new Standing(result);
        hasLatencies = result.outcomes().stream()
            .anyMatch((outcome) -> !outcome.rounds().isEmpty() && new Summary(outcome.rounds()).hasLatencies());
    }

    /** {@return the order of the rows} */
    public List<Outcome> outcomes()
    {
        return result.outcomes().stream()
            .sorted(Comparator.comparing((outcome) -> Standing.group(outcome.client()))).toList();
    }

    /** {@return has any client latencies?} */
    public boolean hasLatencies()
    {
        return hasLatencies;
    }

    /** {@return who is best} */
    public Standing standing()
    {
        return standing;
    }

    /** {@return the headings of the columns, with their units} */
    public List<String> headings()
    {
        final List<String> headings = new ArrayList<>(List.of("client"));
        if (hasLatencies)
        {
            LATENCIES.forEach((column) -> headings.add(column.heading));
        }

        headings.addAll(List.of("msg/s", standing.ratioHeading(), "spread", "CPU us/msg", "B/msg", "GCs"));
        return headings;
    }

    /**
     * A row.
     *
     * @param outcome of a client that has a round.
     * @return a cell for each heading.
     */
    public List<String> cells(final Outcome outcome)
    {
        final Summary summary = new Summary(outcome.rounds());
        final List<String> cells = new ArrayList<>(List.of(outcome.client()));
        if (hasLatencies)
        {
            LATENCIES.forEach((column) -> cells.add(
                summary.hasLatencies() ? LatencyUnit.US.number(column.figureNs.applyAsDouble(summary)) : UNKNOWN));
        }

        final double cpuNs = summary.cpuNsPerMessage();
        cells.add(text("%,.0f", summary.framesPerS()));
        cells.add(text("%.2f", standing.ratio(outcome)));
        cells.add(text("%.0f%%", standing.spread(outcome) * PERCENT));
        cells.add(Double.isFinite(cpuNs) ? LatencyUnit.US.number(cpuNs) : UNKNOWN);
        cells.add(text("%,.2f", summary.bytesPerMessage()));
        cells.add(Long.toString(summary.gcs()));
        return cells;
    }

    /** {@return who the best peer is and its figure, or that there is none} */
    public String bestPeer()
    {
        final boolean isRate = result.scenario().figure() == Scenario.Figure.RATE;
        return standing.bestPeer().map((outcome) -> outcome.client() + ", " + (isRate ?
            figureText(outcome) + ' ' + standing.figureName() :
            standing.figureName() + ' ' + figureText(outcome))).orElse("none has been measured");
    }

    /**
     * The figure that decides.
     *
     * @param outcome of a client.
     * @return a number of messages a second, or a latency with its unit.
     */
    public String figureText(final Outcome outcome)
    {
        final double figure = standing.figure(outcome);
        return switch (result.scenario().figure())
        {
            case RATE -> text("%,.0f", figure);
            case P50, P99 -> Double.isNaN(figure) ? UNKNOWN : LatencyUnit.of(figure).text(figure);
        };
    }

    private static String text(final String format, final double value)
    {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : UNKNOWN;
    }

    private record Column(String heading, ToDoubleFunction<Summary> figureNs)
    {
    }
}
