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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A comparison for a terminal.
 */
public final class ComparisonTable
{
    private static final String FORMAT = "%s%10s%10s%10s%10s%11s%13s%7s%8s%10s%7s%9s%5s  %-11s%s";
    private static final String NOTHING = "-";
    private static final double NS_PER_US = 1e3;

    private ComparisonTable()
    {
    }

    /**
     * All of it.
     *
     * @param comparison to show.
     * @return lines.
     */
    public static List<String> lines(final Comparison comparison)
    {
        final List<String> lines = new ArrayList<>();
        comparison.environment().forEach((name, value) ->
            lines.add(String.format(Locale.ROOT, "%-20s%s", name, value)));
        comparison.warnings().forEach((warning) -> lines.add("warning: " + warning));
        comparison.results().forEach((result) -> lines.addAll(lines(result)));
        final List<Targets.Verdict> verdicts = Targets.of(comparison);
        if (!verdicts.isEmpty())
        {
            lines.add("");
            lines.add("targets");
            verdicts.forEach((verdict) -> lines.add(verdict.toString()));
        }

        return lines;
    }

    /**
     * One scenario.
     *
     * @param result to show.
     * @return lines.
     */
    public static List<String> lines(final ScenarioResult result)
    {
        final int width =
            2 + result.outcomes().stream().mapToInt((outcome) -> outcome.client().length()).max().orElse(0);
        final Standings standings = new Standings(result);
        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(result.scenario().name() + ": " + result.scenario().title());
        lines.add(row(width, "", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us", "msg/s", "ratio", "spread",
            "cpu us/m", "cores", "B/msg", "gcs", "transport", "remark"));
        for (final Outcome outcome : result.outcomes())
        {
            lines.add(row(width, outcome, standings));
        }

        return lines;
    }

    private static String row(final int width, final Outcome outcome, final Standings standings)
    {
        final Summary summary = standings.summary(outcome.client());
        if (summary == null)
        {
            return row(width, outcome.client(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
                NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, outcome.remark());
        }

        final double cores = summary.median((round) -> (double)round.cpuNs() / Math.max(1, round.elapsedNs()));
        return row(
            width,
            outcome.client(),
            latency(summary, summary.latencyNs(50)),
            latency(summary, summary.latencyNs(90)),
            latency(summary, summary.latencyNs(99)),
            latency(summary, summary.latencyNs(99.9)),
            latency(summary, summary.maxLatencyNs()),
            number("%.0f", summary.framesPerS()),
            number("%.2f", standings.ratio(outcome.client())),
            number("%.0f%%", 100 * standings.spread(summary)),
            number("%.3f", summary.cpuNsPerMessage() / NS_PER_US),
            number("%.2f", cores),
            Double.isNaN(summary.bytesPerMessage()) ? "n/a" : number("%.1f", summary.bytesPerMessage()),
            Long.toString(summary.gcs()),
            summary.transport(),
            outcome.remark());
    }

    private static String row(final int width, final String client, final Object... cells)
    {
        final Object[] all = new Object[cells.length + 1];
        all[0] = client + " ".repeat(Math.max(0, width - client.length()));
        System.arraycopy(cells, 0, all, 1, cells.length);
        return String.format(Locale.ROOT, FORMAT, all).stripTrailing();
    }

    private static String latency(final Summary summary, final long latencyNs)
    {
        return summary.hasLatencies() ? number("%.1f", latencyNs / NS_PER_US) : NOTHING;
    }

    private static String number(final String format, final double value)
    {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : NOTHING;
    }
}
