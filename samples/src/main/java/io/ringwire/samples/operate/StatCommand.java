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
package io.ringwire.samples.operate;

import io.ringwire.samples.cli.DurationOption;
import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.Subcommand;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows the counters of running and dead engines, from outside their processes.
 */
@Command(
    name = "stat",
    description =
        "Shows the counters of engines, running or dead, from outside their processes and at no cost to them.%n%n" +
        "A block for each counters file: the process of the engine, whether it is there, its start and its last sign " +
        "of life; below it what it counts as a whole, for each of its agents (threads) and for each session. Times " +
        "are UTC, a moment is shown by its age, a duration in us, a state by its name.%n",
    footer =
    {
        "%n--json prints one object, with --watch one a line:",
        "  {\"timeMs\":T, \"engines\":[{\"file\":PATH, \"pid\":N, \"alive\":BOOL, \"startMs\":T,",
        "    \"activityMs\":T, \"counters\":[{\"name\":TEXT, \"type\":TYPE, \"value\":N,",
        "    \"state\":TEXT, \"session\":TEXT, \"sessionId\":N, \"agent\":TEXT}]}]}",
        "T is in ms since 1970. TYPE is COUNT (grows from zero), GAUGE, DURATION_NS, TIME_MS (since 1970, 0 for " +
            "never) or STATE (of a session; \"state\" is its name, only there). A counter of a session has " +
            "\"session\" and \"sessionId\", one of an agent \"agent\", one of the engine neither.%n",
        "Prometheus' names are those of the counters: messages-received of a session is " +
            "ringwire_messages_received_total{pid=,session=,session_id=,file=}, rtt-p50-ns is " +
            "ringwire_rtt_p50_seconds, last-receive-ms is ringwire_last_receive_timestamp_seconds; state has a " +
            "series for each state, at 1 for the one it is in. ringwire_engine_up is 0 for a dead engine."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:shown; a watch ends so when its output is closed",
            "1:there is no engine, or a file could not be read, each told in one line on standard error",
            "2:wrong options"
        })
public final class StatCommand implements Subcommand
{
    private static final int MAX_PORT = 65_535;
    private static final Duration MIN_INTERVAL = Duration.ofMillis(10);

    @ParentCommand
    private Ringwire ringwire;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CountersOptions options;

    @Option(
        names = "--watch",
        paramLabel = "TIME",
        arity = "0..1",
        fallbackValue = "1s",
        converter = DurationOption.Seconds.class,
        description = "Look again and again, in seconds or with a unit: 500ms, 1s, 2m; 1s if none is said. On a " +
            "terminal the table is refreshed in place; it shows how much a count grew per second since the last " +
            "look. Engines may come and go. Ends at an interrupt (Ctrl-C) or when the output is closed.")
    private Duration interval;

    @Option(names = {"-z", "--no-zeros"}, description = "Leave counts that are zero out of the table.")
    private boolean noZeros;

    @ArgGroup
    private Format format = new Format();

    private PrintStream out;
    private PrintStream err;

    @Override
    public Integer call() throws IOException
    {
        checkOptions();
        options.check();
        out = new PrintStream(ringwire.streams().out(), false, StandardCharsets.UTF_8);
        err = ringwire.streams().err();
        try
        {
            if (format.port != null)
            {
                return serve();
            }

            return interval == null ? once() : watch();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private void checkOptions()
    {
        if (format.port != null && (format.port < 0 || format.port > MAX_PORT))
        {
            throw new ParameterException(
                spec.commandLine(), "--serve=" + format.port + " is no port: 1 to " + MAX_PORT + ", or 0 for any");
        }

        if (interval != null && (format.prometheus || format.port != null))
        {
            throw new ParameterException(spec.commandLine(),
                "--watch goes with the table or --json: with Prometheus it is the scraper that looks again");
        }

        if (interval != null && interval.compareTo(MIN_INTERVAL) < 0)
        {
            throw new ParameterException(spec.commandLine(),
                "--watch=" + interval.toMillis() + "ms is too short: at least " + MIN_INTERVAL.toMillis() + "ms");
        }
    }

    private int once() throws IOException
    {
        final Scrape scrape = options.scrapeAny();
        if (format.json)
        {
            out.println(ScrapeJson.counters(scrape));
        }
        else if (format.prometheus)
        {
            out.print(PrometheusText.of(scrape));
        }
        else
        {
            new StatTable(!noZeros, new Rates()).lines(scrape).forEach(out::println);
        }

        out.flush();
        CountersOptions.complain(scrape.complaints(), err);
        return exitCode(scrape);
    }

    private int watch() throws InterruptedException
    {
        final boolean inPlace = !format.json && spec.commandLine().getColorScheme().ansi().enabled();
        final Screen screen = new Screen(out);
        final Rates rates = new Rates();
        final StatTable table = new StatTable(!noZeros, rates);
        long nextNs = System.nanoTime();
        Scrape scrape;
        do
        {
            scrape = options.scrape();
            final long nowNs = System.nanoTime();
            rates.update(scrape, nowNs);
            if (inPlace)
            {
                screen.measure().show(frame(scrape, table));
            }
            else
            {
                append(scrape, table);
            }

            nextNs = Math.max(nextNs + interval.toNanos(), nowNs);
            TimeUnit.NANOSECONDS.sleep(nextNs - System.nanoTime());
        }
        while (!out.checkError());
        return exitCode(scrape);
    }

    private List<String> frame(final Scrape scrape, final StatTable table)
    {
        final List<String> lines = new ArrayList<>();
        lines.add(Wording.time(scrape.timeMs()) + ", every " + interval.toMillis() + " ms");
        lines.addAll(table.lines(scrape));
        scrape.complaints().forEach((complaint) -> lines.add(Wording.printable(complaint)));
        return lines;
    }

    private void append(final Scrape scrape, final StatTable table)
    {
        if (format.json)
        {
            out.println(ScrapeJson.counters(scrape));
        }
        else
        {
            out.println(Wording.time(scrape.timeMs()));
            table.lines(scrape).forEach(out::println);
            out.println();
        }

        out.flush();
        options.complainOfLasting(scrape.complaints(), err);
    }

    private int serve() throws IOException, InterruptedException
    {
        try (MetricsServer server = MetricsServer.launch(format.port, this::exposition))
        {
            out.println(server.uri());
            out.flush();
            new CountDownLatch(1).await(); // until the process is interrupted
        }

        return ExitCode.OK;
    }

    private String exposition()
    {
        final Scrape scrape = options.scrape();
        options.complainOfLasting(scrape.complaints(), err);
        return PrometheusText.of(scrape);
    }

    private static int exitCode(final Scrape scrape)
    {
        return scrape.complaints().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** What is written: a table, or one of these. */
    private static final class Format
    {
        @Option(names = "--json", description = "Print JSON, for scripts; see below.")
        private boolean json;

        @Option(
            names = "--prometheus",
            description = "Print one scrape in Prometheus' text exposition format, version 0.0.4.")
        private boolean prometheus;

        @Option(
            names = "--serve",
            paramLabel = "PORT",
            description = "Serve such scrapes at http://127.0.0.1:PORT/metrics, printed on standard output, until " +
                "interrupted; 0 takes any free port.")
        private Integer port;
    }
}
