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

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All files of a comparison.
 */
public final class ComparisonReport
{
    /** Has all figures. */
    public static final String JSON_FILE = "comparison.json";

    /** Has the machine, the command and the warnings, a line each. */
    public static final String ENVIRONMENT_FILE = "environment.txt";

    /** Has the tables in Markdown. */
    public static final String SUMMARY_FILE = "summary.md";

    /** Has tables and charts, and needs no other file. */
    public static final String PAGE_FILE = "index.html";

    private ComparisonReport()
    {
    }

    /**
     * Write the files, over those of their names. The page comes last: it alone needs a font.
     *
     * @param comparison to write of.
     * @param directory  that takes them, made if it is missing.
     * @throws IOException if a file cannot be written, or if this machine has no font to draw charts with.
     */
    public static void write(final Comparison comparison, final Path directory) throws IOException
    {
        Files.createDirectories(directory);
        try (Writer writer = Files.newBufferedWriter(directory.resolve(JSON_FILE)))
        {
            ComparisonJson.write(comparison, writer);
        }

        final RawLogs logs = new RawLogs(comparison);
        logs.write(directory);
        Files.write(directory.resolve(ENVIRONMENT_FILE), environment(comparison));
        Files.writeString(directory.resolve(SUMMARY_FILE), new SummaryText(comparison, logs).text());
        Files.writeString(directory.resolve(PAGE_FILE), new ComparisonPage(comparison).html());
    }

    private static List<String> environment(final Comparison comparison)
    {
        final List<String> lines = new ArrayList<>();
        lines.add("command: " + comparison.command());
        lines.add("started: " + Instant.ofEpochMilli(comparison.startedMs()));
        comparison.environment().forEach((name, value) -> lines.add(name + ": " + value));
        comparison.warnings().forEach((warning) -> lines.add("warning: " + warning));
        lines.replaceAll((line) -> line.replaceAll("\\R", " "));
        return lines;
    }
}
