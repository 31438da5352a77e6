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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comparison as Markdown: the machine, how the targets stand, and a table for each scenario.
 */
final class SummaryText
{
    private final Comparison comparison;
    private final RawLogs logs;
    private final StringBuilder text = new StringBuilder();

    SummaryText(final Comparison comparison, final RawLogs logs)
    {
        this.comparison = comparison;
        this.logs = logs;
    }

    String text()
    {
        text.append("# Comparison of ").append(Instant.ofEpochMilli(comparison.startedMs())).append("\n\n");
        text.append("    ").append(comparison.command().replaceAll("\\R", " ")).append("\n\n");
        row(List.of("environment", ""));
        text.append("|---|---|\n");
        comparison.environment().forEach((name, value) -> row(List.of(name, value)));
        text.append('\n');
        comparison.warnings().forEach((warning) -> text.append("- Warning: ").append(escape(warning)).append('\n'));
        appendTargets();
        comparison.results().forEach(this::append);
        return text.toString();
    }

    private void appendTargets()
    {
        final List<Targets.Verdict> verdicts = Targets.of(comparison);
        if (!verdicts.isEmpty())
        {
            text.append("\n## Targets\n\n");
            row(List.of("target", "state", "figure"));
            text.append("|---|---|---|\n");
            verdicts.forEach((verdict) -> row(List.of(verdict.target(), verdict.state().text(), verdict.figure())));
        }
    }

    private void append(final ScenarioResult result)
    {
        final ScenarioTable table = new ScenarioTable(result);
        text.append("\n## ").append(escape(result.scenario().name())).append("\n\n")
            .append(escape(result.scenario().title())).append(". Best peer: ").append(escape(table.bestPeer()))
            .append(".\n\n");

        final List<String> headings = new ArrayList<>(table.headings());
        headings.add("raw file");
        row(headings);
        text.append("|---|").append("--:|".repeat(headings.size() - 2)).append("---|\n");
        for (final Outcome outcome : table.outcomes())
        {
            final List<String> cells = new ArrayList<>(table.cells(outcome));
            cells.add(outcome.rounds().isEmpty() ? ScenarioTable.UNKNOWN : logs.nameOf(outcome));
            row(cells);
        }

        text.append('\n');
        table.outcomes().stream().filter((outcome) -> !outcome.remark().isEmpty()).forEach((outcome) ->
            text.append("- ").append(escape(outcome.client())).append(": ").append(escape(outcome.remark()))
                .append('\n'));
    }

    private void row(final List<String> cells)
    {
        text.append(cells.stream().map(SummaryText::escape).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String escape(final String any)
    {
        return any.replaceAll("\\p{Cntrl}+", " ")
            .replaceAll("[\\\\|*_`\\[\\]]", "\\\\$0")
            .replace("&", "&amp;")
            .replace("<", "&lt;");
    }
}
