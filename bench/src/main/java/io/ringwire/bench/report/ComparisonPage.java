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
import io.ringwire.bench.client.Summary;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Group;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.ScenarioResult;
import io.ringwire.bench.compare.Targets;
import io.ringwire.samples.report.LatencySeries;
import io.ringwire.samples.report.LineStyle;
import io.ringwire.samples.report.PercentileChart;
import io.ringwire.samples.report.Picture;
import io.ringwire.samples.report.ReportPage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A comparison as a page that needs nothing but itself. A client is drawn alike in all charts: Ringwire's in one piece,
 * the peers' in dashes, the floors in dots. For one thread.
 */
final class ComparisonPage
{
    private static final List<String> METHOD = List.of(
        "The server is a process of its own, and so is each client. One client works at a time, and rounds take " +
            "turns, A B C A B C, so that what else the machine does falls on all.",
        "A figure is the median of the client's rounds; max and GCs are of all rounds together. Spread is the " +
            "distance from the least round to the greatest, as a part of the median, of the figure that decides.",
        "Echo: from before the send to the handler, one message at a time. Feed at a rate: from when the message was " +
            "due to the handler, so that a stall counts for all that waited. No latency is cut off.",
        "The ratio is the client's figure divided by that of the best client that is not Ringwire: of a latency less " +
            "than 1 is better, of a rate more than 1. Floors move the bytes and do not read WebSocket: no peers.",
        "A target is undecided if its ratio is nearer to its limit than the rounds of either client to each other. " +
            "It is met against the best peer only if all the usual peers have a figure.",
        "B/msg are heap bytes of all threads of the client's process, CPU the time of all its cores.");
    private static final Map<Group, String> TITLE_BY_GROUP = new EnumMap<>(Map.of(
        Group.RINGWIRE, "Ringwire",
        Group.PEER, "Peers",
        Group.FLOOR, "Floors: no WebSocket, no peers"));
    private static final Map<Group, LineStyle.Dash> DASH_BY_GROUP = new EnumMap<>(Map.of(
        Group.RINGWIRE, LineStyle.Dash.SOLID,
        Group.PEER, LineStyle.Dash.DASHED,
        Group.FLOOR, LineStyle.Dash.DOTTED));

    private final Comparison comparison;
    private final Map<String, Integer> placeByClient = new HashMap<>();

    ComparisonPage(final Comparison comparison)
    {
        this.comparison = comparison;
        final Map<Group, Integer> sizeByGroup = new EnumMap<>(Group.class);
        for (final ScenarioResult result : comparison.results())
        {
            for (final Outcome outcome : result.outcomes())
            {
                placeByClient.computeIfAbsent(outcome.client(), (client) ->
                    sizeByGroup.merge(Group.of(client), 1, Integer::sum) - 1);
            }
        }
    }

    String html() throws IOException
    {
        final ReportPage page = new ReportPage("Comparison of WebSocket clients");
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Started", Instant.ofEpochMilli(comparison.startedMs()).toString());
        facts.put("Command", comparison.command());
        page.facts(facts);
        if (!comparison.warnings().isEmpty())
        {
            page.heading("Warnings").list(comparison.warnings());
        }

        page.heading("Method").list(METHOD);
        page.heading("Environment").facts(comparison.environment());
        appendTargets(page);
        int number = 0;
        for (final ScenarioResult result : comparison.results())
        {
            number++;
            append(page, result, "scenario" + number);
        }

        return page.html();
    }

    private void appendTargets(final ReportPage page)
    {
        final List<Targets.Verdict> verdicts = Targets.of(comparison);
        if (!verdicts.isEmpty())
        {
            page.heading("Targets").table(List.of("target", "how it stands"), verdicts.stream()
                .map((verdict) -> new ReportPage.Row(
                    null, List.of(verdict.target()), verdict.state().text() + ": " + verdict.figure()))
                .toList());
        }
    }

    private void append(final ReportPage page, final ScenarioResult result, final String pictureName)
        throws IOException
    {
        final Scenario scenario = result.scenario();
        final ScenarioTable table = new ScenarioTable(result);
        page.heading(scenario.name() + ": " + scenario.title());
        page.paragraph("Best peer: " + table.bestPeer() + ".");
        if (scenario.figure() == Scenario.Figure.RATE)
        {
            page.bars("Messages a second: median of the rounds, and from the least round to the greatest.",
                bars(table));
        }
        else
        {
            appendCharts(page, table, pictureName);
        }

        page.table(table.headings(), rows(table));
    }

    private List<ReportPage.Bar> bars(final ScenarioTable table)
    {
        final List<ReportPage.Bar> bars = new ArrayList<>();
        for (final Outcome outcome : table.outcomes())
        {
            final double rate = table.standing().figure(outcome.client());
            if (!Double.isNaN(rate))
            {
                final List<Measurement> rounds = outcome.rounds();
                final ToDoubleFunction<Measurement> figure = Measurement::framesPerS;
                bars.add(new ReportPage.Bar(
                    style(outcome.client()), outcome.client(), rate,
                    rounds.stream().mapToDouble(figure).min().orElse(rate),
                    rounds.stream().mapToDouble(figure).max().orElse(rate),
                    table.figureText(outcome.client())));
            }
        }

        return bars;
    }

    private void appendCharts(final ReportPage page, final ScenarioTable table, final String pictureName)
        throws IOException
    {
        final Map<Integer, List<PercentileChart.Line>> linesByChart = new TreeMap<>();
        for (final Outcome outcome : table.outcomes())
        {
            final Summary summary = table.standing().summary(outcome.client());
            if (summary != null && summary.hasLatencies())
            {
                // As many as there are colours of each group: the others get a chart of their own.
                final int chart = placeByClient.get(outcome.client()) / LineStyle.COLOURS;
                linesByChart.computeIfAbsent(chart, (key) -> new ArrayList<>()).add(new PercentileChart.Line(
                    LatencySeries.of(outcome.client(), summary.latencies()), style(outcome.client())));
            }
        }

        for (final Map.Entry<Integer, List<PercentileChart.Line>> chart : linesByChart.entrySet())
        {
            final List<PercentileChart.Line> lines = chart.getValue();
            final Map<String, LineStyle> styleByName = new LinkedHashMap<>();
            lines.forEach((line) -> styleByName.put(line.series().name(), line.style()));
            page.picture(
                new Picture(pictureName + '-' + chart.getKey(), PercentileChart.withoutLegend(
                    "Latency by percentile", lines, LatencySeries.unit(lines.stream()
                        .map(PercentileChart.Line::series).toList()))),
                "All rounds together. A curve ends where its longest latency stands, at 1 - 1/count.",
                styleByName);
        }
    }

    private List<ReportPage.Row> rows(final ScenarioTable table)
    {
        final List<ReportPage.Row> rows = new ArrayList<>();
        Group last = null;
        for (final Outcome outcome : table.outcomes())
        {
            final Group group = Group.of(outcome.client());
            if (group != last)
            {
                rows.add(new ReportPage.Row(null, List.of(TITLE_BY_GROUP.get(group)), ""));
                last = group;
            }

            final LineStyle style = style(outcome.client());
            rows.add(outcome.rounds().isEmpty() ?
                new ReportPage.Row(style, List.of(outcome.client()), outcome.remark()) :
                new ReportPage.Row(style, table.cells(outcome), outcome.remark()));
        }

        return rows;
    }

    private LineStyle style(final String client)
    {
        return new LineStyle(
            placeByClient.get(client) % LineStyle.COLOURS, DASH_BY_GROUP.get(Group.of(client)));
    }
}
