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

import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.ScenarioResult;
import io.ringwire.bench.compare.Targets;

import java.util.ArrayList;
import java.util.List;

/**
 * A comparison for a terminal.
 */
public final class TerminalTable
{
    private static final String GAP = "  ";
    private static final int NAME_WIDTH = 20;

    private TerminalTable()
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
        comparison.environment().forEach((name, value) -> lines.add(left(name, NAME_WIDTH) + value));
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
     * @return lines: its title, the best peer, the headings, and a row for each client.
     */
    public static List<String> lines(final ScenarioResult result)
    {
        final ScenarioTable table = new ScenarioTable(result);
        final List<String> headings = table.headings();
        final List<List<String>> rows = new ArrayList<>(List.of(headings));
        for (final Outcome outcome : table.outcomes())
        {
            final List<String> row = new ArrayList<>(table.cells(outcome));
            row.add(outcome.remark());
            rows.add(row);
        }

        final List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(result.scenario().name() + ": " + result.scenario().title());
        lines.add("best peer: " + table.bestPeer());
        final int[] widths = widths(rows, headings.size());
        rows.forEach((row) -> lines.add(line(row, widths)));
        return lines;
    }

    private static int[] widths(final List<List<String>> rows, final int columns)
    {
        final int[] widths = new int[columns];
        rows.forEach((row) ->
        {
            for (int i = 0; i < columns; i++)
            {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return widths;
    }

    private static String line(final List<String> cells, final int[] widths)
    {
        final StringBuilder line = new StringBuilder(left(cells.get(0), widths[0]));
        for (int i = 1; i < cells.size(); i++)
        {
            final String cell = cells.get(i);
            final int width = i < widths.length ? widths[i] : cell.length(); // a remark is the last and has no column
            line.append(GAP).append(" ".repeat(width - cell.length())).append(cell);
        }

        return line.toString().stripTrailing();
    }

    private static String left(final String text, final int width)
    {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
