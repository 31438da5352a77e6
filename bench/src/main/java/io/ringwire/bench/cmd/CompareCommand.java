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
package io.ringwire.bench.cmd;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.compare.Comparer;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Entrant;
import io.ringwire.bench.compare.Environment;
import io.ringwire.bench.compare.Plan;
import io.ringwire.bench.compare.Profile;
import io.ringwire.bench.compare.Progress;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.Scenarios;
import io.ringwire.bench.compare.Selection;
import io.ringwire.bench.compare.ServerAddress;
import io.ringwire.bench.compare.WorkerCommand;
import io.ringwire.bench.peer.Lineup;
import io.ringwire.bench.report.ComparisonJson;
import io.ringwire.bench.report.ComparisonReport;
import io.ringwire.bench.report.TerminalTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code ringwire bench compare}: Ringwire beside other clients, each in a JVM of its own, in turn.
 */
@Command(
    name = "compare",
    description = "Compare WebSocket clients: a JVM for each, one server, rounds in turn (A B C A B C), medians and " +
        "spread, the ratio to the best of the others, and how the targets stand. Names may have * and ? in them. " +
        "Interrupted, it leaves comparison.json and the .hlog files of the scenarios that are over.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:measured; a client that failed has a remark in the tables",
            "1:nothing could be measured, the server died, or a file cannot be written: the reason in one line on " +
                "standard error",
            "2:wrong options"
        })
final class CompareCommand implements Callable<Integer>
{
    private static final int NOT_PINNED = -1;
    private static final int TERMINAL_WIDTH = 100;
    private static final double MAX_SECONDS = 3_600;
    private static final double NS_PER_S = 1e9;
    private static final long MAX_FITTED_ROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long SERVER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final String DEFAULT_CAPTURE = "shared/data/captures/coinbase.capture";
    private static final DateTimeFormatter FOLDER_NAME =
        DateTimeFormatter.ofPattern("'results/compare-'yyyyMMdd-HHmmss", Locale.ROOT);

    @Spec
    private CommandSpec spec;

    @Option(names = "--profile", paramLabel = "NAME", defaultValue = "quick", description =
        "quick: the usual clients and scenarios, within 5 minutes. full: all of --list, within 60 minutes. " +
        "Default: ${DEFAULT-VALUE}.")
    private Profile profile;

    @Option(names = "--clients", paramLabel = "NAMES", split = ",", description = "Clients, in place of the profile's.")
    private List<String> clients;

    @Option(names = "--scenarios", paramLabel = "NAMES", split = ",",
        description = "Scenarios, in place of the profile's.")
    private List<String> scenarios;

    @Option(names = "--list", description = "Print all scenarios and clients, and do nothing.")
    private boolean list;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each client in each scenario. Default: 3.")
    private Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description =
        "Length of a round; parts of a second are allowed. Rounds with bursts are rounded up to a whole number. " +
        "Default: as long as fits into the profile's time, at most 2.")
    private Double seconds;

    @Option(names = "--warmup-seconds", paramLabel = "S",
        description = "Warm-up before the first round of each client in each scenario, half a second at most before " +
            "the others. Default: 1.")
    private Double warmupSeconds;

    @Option(names = "--cpu-server", paramLabel = "CORE",
        description = "Core of the server; -1 pins it to none. Default: 0, if there are at least two.")
    private Integer serverCpu;

    @Option(names = "--cpu-client", paramLabel = "CORE", defaultValue = "-1", description =
        "Core of the clients; -1, the default, pins them to none: their compiler needs a core beside them.")
    private int clientCpu;

    @Option(names = "--spin-server", negatable = true, description =
        "The server polls its sockets, or waits: to wake it up takes longer than most of what is measured. Default: " +
        "it polls if it is pinned to a core.")
    private Boolean spinServer;

    @Option(names = "--server", paramLabel = "HOST:PORT", defaultValue = "", description =
        "Use a load server of this machine that runs already, without TLS and capture, in place of starting one.")
    private String server;

    @Option(names = "--jvm", paramLabel = "LABEL=OPTIONS", description =
        "Run each client once with these options of the JVM behind the usual ones, as CLIENT[LABEL]. Repeatable.")
    private List<String> jvms = new ArrayList<>();

    @Option(names = "--capture", paramLabel = "FILE",
        description = "The capture to play. Default: " + DEFAULT_CAPTURE + " beside the project, if it is there.")
    private Path captureFile;

    @Option(names = "--out", paramLabel = "DIR",
        description = "Folder for what the comparison leaves. Default: results/compare-DATE-TIME.")
    private Path directory;

    @Option(names = "--json", description = "Print the comparison as one JSON document in place of tables.")
    private boolean json;

    @Override
    public Integer call()
    {
        try
        {
            if (list)
            {
                printList();
            }
            else
            {
                compare();
            }

            return CommandLine.ExitCode.OK;
        }
        catch (final BenchException | IOException ex)
        {
            error(ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void compare() throws BenchException, IOException
    {
        checkOptions();
        final Plan plan = plan();
        checkJvms(plan);
        final Path folder = makeFolder();
        final Environment environment = new Environment(
            plan, cpuOfServer(), clientCpu, server.isEmpty() ? capture() : null);
        error(String.format(Locale.ROOT,
            "%d clients, %d scenarios, %d rounds of %.1f s: about %d s", plan.entrants().size(),
            plan.scenarios().size(), plan.rounds(), plan.durationNs() / NS_PER_S,
            TimeUnit.NANOSECONDS.toSeconds(plan.plannedNs())));
        environment.warnings().forEach((warning) -> error("warning: " + warning));
        final Comparison comparison = run(plan, new Comparer(plan, environment, folder), folder);
        if (json)
        {
            ComparisonJson.write(comparison, spec.commandLine().getOut());
        }
        else
        {
            TerminalTable.lines(comparison).forEach(this::out);
        }

        error("writing the report, which takes some seconds");
        ComparisonReport.write(comparison, folder);
        error("wrote " + folder);
    }

    /**
     * Before the measurement, not behind it: what cannot be written is found here. Two comparisons that begin in the
     * same second have folders of their own.
     */
    private Path makeFolder() throws BenchException
    {
        final String name = LocalDateTime.now().format(FOLDER_NAME);
        Path folder = directory == null ? Path.of(name) : directory;
        for (int i = 2; directory == null && Files.exists(folder); i++)
        {
            folder = Path.of(name + '-' + i);
        }

        if (Files.exists(folder.resolve(ComparisonReport.JSON_FILE)))
        {
            throw new BenchException(
                "--out " + folder + ": has a comparison already: name another folder, or remove it");
        }

        try
        {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "try", null));
            return folder;
        }
        catch (final IOException ex)
        {
            throw new BenchException("--out " + folder + ": cannot be written (" + ex + ')', ex);
        }
    }

    private Comparison run(final Plan plan, final Comparer comparer, final Path folder)
        throws BenchException, IOException
    {
        if (!server.isEmpty())
        {
            final ServerAddress address = new ServerAddress(server, "", false, OptionalInt::empty);
            return run(plan, comparer, folder, address, List.of());
        }

        final Path capture = capture();
        final List<String> args = new ArrayList<>(List.of("echo", "--tls"));
        if (spinServer != null ? spinServer : cpuOfServer() != NOT_PINNED)
        {
            args.add("--spin");
        }

        if (capture != null)
        {
            args.addAll(List.of("--capture", capture.toString()));
        }

        try (ServerProcess process =
            ServerProcess.start(cpuOfServer(), SERVER_TIMEOUT_NS, args.toArray(String[]::new)))
        {
            final ServerAddress address =
                new ServerAddress(
                    process.authority(), process.tlsAuthority(), capture != null, process::exitCode);
            return run(plan, comparer, folder, address, List.of("--ca", process.caFile().toString()));
        }
    }

    private Comparison run(
        final Plan plan,
        final Comparer comparer,
        final Path folder,
        final ServerAddress address,
        final List<String> workOptions)
        throws BenchException, IOException
    {
        try (Progress progress = Progress.isTerminal() ?
            Progress.ofBar(plan.runs(), System.err, TERMINAL_WIDTH) : Progress.ofLines(plan.runs(), this::error))
        {
            return comparer.run(command(), address, clientCpu, BenchCommand.class, workOptions, progress,
                (comparison) -> ComparisonReport.writeLast(comparison, folder));
        }
    }

    private Plan plan() throws BenchException
    {
        final List<Scenario> chosen = new ArrayList<>();
        final List<Scenario> all = Scenarios.all();
        final List<String> names = all.stream().map(Scenario::name).toList();
        final List<String> wanted = scenarios == null ? profile.scenarios() : scenarios;
        for (final String name : Selection.of("--scenarios", names, wanted))
        {
            chosen.add(all.get(names.indexOf(name)));
        }

        final long warmupNs = toNs(warmupSeconds == null ? profile.warmupS() : warmupSeconds);
        final int roundCount = rounds == null ? profile.rounds() : rounds;
        return seconds != null ?
            new Plan(entrants(), chosen, roundCount, warmupNs, toNs(seconds), Plan.NO_LIMIT) :
            Plan.fit(entrants(), chosen, roundCount, warmupNs, toNs(profile.plannedS()), MAX_FITTED_ROUND_NS,
                toNs(profile.limitS()));
    }

    private List<Entrant> entrants() throws BenchException
    {
        final List<String> names = clients != null ? Selection.of("--clients", Lineup.names(), clients) :
            profile.clients().stream().flatMap((name) -> Selection.matching(Lineup.names(), name).stream()).toList();
        final List<Entrant> entrants = new ArrayList<>();
        for (final String name : names)
        {
            if (jvms.isEmpty())
            {
                entrants.add(new Entrant(name, "", List.of()));
            }

            for (final String jvm : jvms)
            {
                final int at = jvm.indexOf('=');
                entrants.add(new Entrant(name, jvm.substring(0, at), words(jvm.substring(at + 1))));
            }
        }

        return entrants;
    }

    private static List<String> words(final String text)
    {
        return Arrays.stream(text.split("\\s+")).filter((word) -> !word.isEmpty()).toList();
    }

    private void checkOptions() throws BenchException
    {
        RunCommand.checkAtLeast("--rounds", rounds == null ? 1 : rounds, 1);
        checkSeconds("--seconds", seconds, Double.MIN_VALUE);
        checkSeconds("--warmup-seconds", warmupSeconds, 0);
        checkCore("--cpu-server", cpuOfServer());
        checkCore("--cpu-client", clientCpu);
        if (server.isEmpty() && clientCpu != NOT_PINNED && clientCpu == cpuOfServer())
        {
            throw new BenchException("--cpu-client " + clientCpu +
                ": this core is the server's (--cpu-server): name another one, or -1 for none");
        }

        if (!server.matches("|[^\\s/]+:\\d{1,5}"))
        {
            throw new BenchException("--server " + server + ": it must be HOST:PORT");
        }

        for (final String jvm : jvms)
        {
            if (!jvm.matches("[\\w.+-]+=.*"))
            {
                throw new BenchException("--jvm " + jvm + ": it must be LABEL=OPTIONS, such as zgc=-XX:+UseZGC");
            }

            final String label = jvm.substring(0, jvm.indexOf('=') + 1);
            if (jvms.stream().filter((other) -> other.startsWith(label)).count() > 1)
            {
                throw new BenchException("--jvm " + label + ": two sets of options have this label");
            }
        }

        if (captureFile != null && !Files.isReadable(captureFile))
        {
            throw new BenchException("--capture " + captureFile + ": there is no such file, or it cannot be read");
        }
    }

    /**
     * Each label once, before anything is measured.
     */
    private static void checkJvms(final Plan plan) throws BenchException
    {
        final Set<String> checked = new HashSet<>();
        for (final Entrant entrant : plan.entrants())
        {
            if (!entrant.label().isEmpty() && checked.add(entrant.label()))
            {
                WorkerCommand.check(entrant);
            }
        }
    }

    private static void checkSeconds(final String name, final Double value, final double min) throws BenchException
    {
        if (value != null && !(value >= min && value <= MAX_SECONDS))
        {
            throw new BenchException(name + ' ' + value + " must be " + (min > 0 ? "more than 0" : "0 or more") +
                " and at most " + (int)MAX_SECONDS);
        }
    }

    private static void checkCore(final String name, final int cpu) throws BenchException
    {
        final int cores = Runtime.getRuntime().availableProcessors();
        if (cpu < NOT_PINNED || cpu >= cores)
        {
            throw new BenchException(name + ' ' + cpu + " is none of the cores 0 to " + (cores - 1));
        }
    }

    private int cpuOfServer()
    {
        final boolean several = Runtime.getRuntime().availableProcessors() > 1;
        return serverCpu != null ? serverCpu : several ? 0 : NOT_PINNED;
    }

    /**
     * The capture asked for, or the one beside the project.
     */
    private Path capture()
    {
        if (captureFile != null)
        {
            return captureFile;
        }

        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent())
        {
            final Path file = dir.resolve(DEFAULT_CAPTURE);
            if (Files.isReadable(file))
            {
                return file;
            }
        }

        return null;
    }

    private void printList()
    {
        out("scenarios");
        Scenarios.all().forEach((scenario) ->
            out(String.format(Locale.ROOT, "  %-20s %s", scenario.name(), scenario.title())));
        out("clients");
        Lineup.names().forEach((name) -> out("  " + name));
    }

    private String command()
    {
        return "ringwire " + spec.root().commandLine().getParseResult().originalArgs().stream()
            .map((arg) -> arg.matches("[\\w./:=+,-]+") ? arg : "'" + arg + "'")
            .collect(Collectors.joining(" "));
    }

    private static long toNs(final double value)
    {
        return (long)(value * NS_PER_S);
    }

    private void out(final String line)
    {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void error(final String line)
    {
        spec.commandLine().getErr().println("ringwire bench: " + line);
        spec.commandLine().getErr().flush();
    }
}
