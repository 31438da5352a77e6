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
package io.ringwire.samples.report;

import io.ringwire.samples.cli.DurationOption;
import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * {@code ringwire report}: interval logs as a page of charts.
 */
@Command(
    name = "report",
    description =
        "Makes one page of charts from HdrHistogram interval logs, those of an engine or of any other program.%n%n" +
        "The page has a table, curves by percentile and, for each tag of each file, percentiles over time. It needs " +
        "no other file and no net, and can be sent around. The charts also stand beside it as SVG and PNG files, " +
        "PAGE-percentiles.svg and so on. Files of these names are written over. What is shown is what was recorded: " +
        "no value is cut off, no interval left out.%n%n" +
        "A line that is no interval, like the last one of a program that was killed, is told with its number, and " +
        "no page is made, unless --skip-bad-lines is given: then the page tells it.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:the page was made",
            "1:a file cannot be read or written, or has nothing to show: the reason in one line on standard error",
            "2:wrong options"
        })
public final class ReportCommand implements Subcommand
{
    private static final int NAMED_SERIES = 8;

    @ParentCommand
    private Ringwire ringwire;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs to show, each of which gets its own curves.")
    private List<Path> files;

    @Option(
        names = { "-o", "--output" },
        paramLabel = "PAGE",
        description = "Where to write the page. Default: ${DEFAULT-VALUE}.")
    private Path output = Path.of("report.html");

    @Option(names = "--title", description = "The title of the page. Default: the names of the files.")
    private String title;

    @Option(
        names = "--tag",
        paramLabel = "REGEX",
        description = "Show only series in whose name REGEX is found. A series is named by its tag, with more than " +
            "one file by FILE:TAG.")
    private String tag = "";

    @Option(
        names = "--from",
        paramLabel = "TIME",
        converter = DurationOption.Seconds.class,
        description = "Leave out intervals that begin earlier than this after the first of their file, in seconds or " +
            "with a unit: 90s, 2m.")
    private Duration from = Duration.ZERO;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        converter = DurationOption.Seconds.class,
        description = "Leave out intervals that begin at this or later after the first of their file.")
    private Duration to = Duration.ofMillis(Long.MAX_VALUE);

    @Option(
        names = "--unit",
        paramLabel = "UNIT",
        description = "Show all latencies in ns, us, ms or s. Default: what fits each chart and each number of the " +
            "table.")
    private LatencyUnit unit;

    @Option(
        names = "--recorded-in",
        paramLabel = "UNIT",
        description = "The unit that the files were recorded in; they do not tell. Default: ns.")
    private LatencyUnit recordedIn = LatencyUnit.NS;

    @Option(names = "--skip-bad-lines", description = "Make the page without the lines that are no interval.")
    private boolean skipBadLines;

    @Option(names = "--no-images", description = "Write the page alone, without the SVG and PNG files beside it.")
    private boolean noImages;

    @Override
    public Integer call() throws IOException
    {
        checkOptions();
        final List<LatencyLog> logs = new ArrayList<>();
        for (final Path file : files)
        {
            logs.add(read(file));
        }

        final Report report = new Report(logs, pattern(), unit);
        if (report.series().isEmpty())
        {
            throw new IOException(nothingLeft(report));
        }

        final ReportPage page = new ReportPage(title == null ? report.names() : title)
            .fact("Made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .fact("Command", command());
        report.writeTo(page);
        write(page, report.pictures());
        ringwire.streams().err().println(
            "wrote " + output + (noImages ? "" : " and " + report.pictures().size() + " charts beside it") +
            ": " + report.series().size() + " series, " + report.intervals() + " intervals");
        return ExitCode.OK;
    }

    private void checkOptions()
    {
        if (from.compareTo(to) >= 0)
        {
            throw wrong("--from must be before --to: nothing lies between " + from.toMillis() + " ms and " +
                to.toMillis() + " ms");
        }

        for (final Path file : files)
        {
            if (file.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize()))
            {
                throw wrong("--output=" + output + " is one of the logs: give the page another name");
            }
        }
    }

    private Pattern pattern()
    {
        try
        {
            return Pattern.compile(tag);
        }
        catch (final PatternSyntaxException ex)
        {
            throw wrong("--tag=" + tag + " is no regular expression: " + ex.getDescription() + " at " + ex.getIndex());
        }
    }

    private String command()
    {
        return "ringwire " + spec.root().commandLine().getParseResult().originalArgs().stream()
            .map((arg) -> arg.matches("[\\w./:=+,-]+") ? arg : "'" + arg + "'")
            .collect(Collectors.joining(" "));
    }

    private ParameterException wrong(final String message)
    {
        return new ParameterException(spec.commandLine(), message);
    }

    private LatencyLog read(final Path file) throws IOException
    {
        final LatencyLog log = LatencyLog.read(
            file, new LatencyLog.Selection(from.toMillis(), to.toMillis(), recordedIn));
        if (log.badLines() > 0 && !skipBadLines)
        {
            throw new IOException(log.firstBadLine() +
                (log.badLines() == 1 ? "" : ", the first of " + log.badLines() + " such lines") +
                ": mend the file, or leave them out with --skip-bad-lines");
        }

        return log;
    }

    private String nothingLeft(final Report report)
    {
        final List<String> names = report.seriesBeforeTag().stream().map(LatencySeries::name).toList();
        if (names.isEmpty())
        {
            return "no interval begins in the time from --from to --to" +
                (skipBadLines ? ", or all lines are bad" : "");
        }

        return "--tag=" + tag + " is found in none of the " + names.size() + " series: " +
            String.join(", ", names.subList(0, Math.min(NAMED_SERIES, names.size()))) +
            (names.size() > NAMED_SERIES ? ", ..." : "");
    }

    private void write(final ReportPage page, final List<Picture> pictures) throws IOException
    {
        write(output, page.html().getBytes(StandardCharsets.UTF_8));
        if (!noImages)
        {
            final String stem = output.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            for (final Picture picture : pictures)
            {
                final String name = stem + "-" + picture.name();
                write(output.resolveSibling(name + ".svg"), picture.svg().getBytes(StandardCharsets.UTF_8));
                write(output.resolveSibling(name + ".png"), picture.png());
            }
        }
    }

    private static void write(final Path path, final byte[] bytes) throws IOException
    {
        try
        {
            Files.write(path, bytes);
        }
        catch (final NoSuchFileException ex)
        {
            throw new IOException(path + " cannot be written: its folder does not exist", ex);
        }
        catch (final AccessDeniedException ex)
        {
            throw new IOException(path + " cannot be written: no permission", ex);
        }
        catch (final FileSystemException ex)
        {
            throw new IOException(path + " cannot be written: " + ex.getReason(), ex);
        }
    }
}
