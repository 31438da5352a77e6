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
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
     * @throws IOException if a file cannot be written, of which the message tells path and reason; or if this machine
     *                     has no font to draw charts with.
     */
    public static void write(final Comparison comparison, final Path directory) throws IOException
    {
        Files.createDirectories(directory);
        writeJson(comparison, directory);
        final RawLogs logs = new RawLogs(comparison);
        logs.write(directory, comparison.results());
        write(directory.resolve(ENVIRONMENT_FILE), environment(comparison));
        write(directory.resolve(SUMMARY_FILE), new SummaryText(comparison, logs).text());
        write(directory.resolve(PAGE_FILE), new ComparisonPage(comparison).html());
    }

    /**
     * Write what costs little of a comparison that goes on: all figures, and the logs of its last scenario.
     *
     * @param comparison to write of, with a scenario more than the last time.
     * @param directory  that takes the files.
     * @throws IOException if a file cannot be written; the message tells path and reason.
     */
    public static void writeLast(final Comparison comparison, final Path directory) throws IOException
    {
        writeJson(comparison, directory);
        final int last = comparison.results().size() - 1;
        new RawLogs(comparison).write(directory, comparison.results().subList(last, last + 1));
    }

    /**
     * The failure to write a file, with its name, which the one of a full disk has not got.
     */
    static IOException failure(final Path file, final IOException ex)
    {
        final String reason = ex instanceof AccessDeniedException ? "permission denied" :
            ex instanceof FileSystemException named && named.getReason() != null ? named.getReason() :
            ex instanceof FileSystemException ? ex.getClass().getSimpleName() : ex.getMessage();
        return new IOException("cannot write " + file + ": " + reason, ex);
    }

    private static void writeJson(final Comparison comparison, final Path directory) throws IOException
    {
        final StringWriter json = new StringWriter();
        ComparisonJson.write(comparison, json);
        write(directory.resolve(JSON_FILE), json.toString());
    }

    /**
     * At once, so that what an earlier scenario left is not lost with a file that is half written.
     */
    private static void write(final Path file, final String text) throws IOException
    {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        try
        {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (final IOException ex)
        {
            throw failure(file, ex);
        }
    }

    private static String environment(final Comparison comparison)
    {
        final List<String> lines = new ArrayList<>();
        lines.add("command: " + comparison.command());
        lines.add("started: " + Instant.ofEpochMilli(comparison.startedMs()));
        comparison.environment().forEach((name, value) -> lines.add(name + ": " + value));
        comparison.warnings().forEach((warning) -> lines.add("warning: " + warning));
        lines.replaceAll((line) -> line.replaceAll("\\R", " "));
        return String.join("\n", lines) + '\n';
    }
}
