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
import io.ringwire.bench.compare.Group;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.ScenarioResult;
import io.ringwire.bench.compare.Standing;
import io.ringwire.samples.report.LatencyUnit;

import java.util.ArrayList;
import java.util.Collections;
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
        hasLatencies = standing.summaries().values().stream().anyMatch(Summary::hasLatencies);
    }

    /** {@return the order of the rows} */
    public List<Outcome> outcomes()
    {
        return result.outcomes().stream()
            .sorted(Comparator.comparing((outcome) -> Group.of(outcome.client()))).toList();
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

        headings.addAll(List.of("msg/s", standing.ratioHeading(), "spread", "CPU us/msg", "cores", "B/msg", "GCs",
            "transport"));
        return headings;
    }

    /**
     * A row.
     *
     * @param outcome of a client.
     * @return a cell for each heading; all but the first are unknown if the client has no round.
     */
    public List<String> cells(final Outcome outcome)
    {
        final Summary summary = standing.summary(outcome.client());
        final List<String> cells = new ArrayList<>(List.of(outcome.client()));
        if (summary == null)
        {
            cells.addAll(Collections.nCopies(headings().size() - 1, UNKNOWN));
            return cells;
        }

        if (hasLatencies)
        {
            LATENCIES.forEach((column) -> cells.add(
                summary.hasLatencies() ? LatencyUnit.US.number(column.figureNs.applyAsDouble(summary)) : UNKNOWN));
        }

        final double cpuNs = summary.cpuNsPerMessage();
        cells.add(text("%,.0f", summary.framesPerS()));
        cells.add(text("%.2f", standing.ratio(outcome.client())));
        cells.add(text("%.0f%%", standing.spread(outcome.client()) * PERCENT));
        cells.add(Double.isFinite(cpuNs) ? LatencyUnit.US.number(cpuNs) : UNKNOWN);
        cells.add(text("%.2f", summary.median((round) -> (double)round.cpuNs() / round.elapsedNs())));
        cells.add(text("%,.2f", summary.bytesPerMessage()));
        cells.add(Long.toString(summary.gcs()));
        cells.add(summary.transport());
        return cells;
    }

    /** {@return who the best peer is, its figure, and what the ratio to it says; or that there is none} */
    public String bestPeer()
    {
        final boolean isRate = result.scenario().figure() == Scenario.Figure.RATE;
        return standing.bestPeer().map((client) -> client + ", " +
            (isRate ? figureText(client) + ' ' + standing.figureName() :
            standing.figureName() + ' ' + figureText(client)) +
            "; " + standing.ratioHeading() + ": " + (isRate ? "more" : "less") + " than 1 is better")
            .orElse("none has been measured");
    }

    /**
     * The figure that decides.
     *
     * @param client its name.
     * @return a number of messages a second, or a latency in us.
     */
    public String figureText(final String client)
    {
        final double figure = standing.figure(client);
        return switch (result.scenario().figure())
        {
            case RATE -> text("%,.0f", figure);
            case P50, P99 -> Double.isNaN(figure) ? UNKNOWN : LatencyUnit.US.number(figure) + " us";
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
