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
package io.ringwire.samples.doctor;

import io.ringwire.samples.cli.Subcommand;
import io.ringwire.stats.CountersFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code ringwire doctor}: what this machine, this JVM and an engine on it really do, and what to read about it.
 */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what this machine, this JVM and an engine on it really do: each line ok, warn, bad or " +
        "unknown, with the section of tuning.md to read. It spins for some seconds: do not run it beside an engine " +
        "that trades. To examine a JVM with other options put them into RINGWIRE_JAVA_OPTS.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = { "0:nothing is bad", "1:something is bad", "2:called wrongly" })
public final class DoctorCommand implements Subcommand
{
    private static final double MAX_SECONDS = 3_600;
    private static final double NS_PER_S = 1e9;
    private static final long MAX_SPIN_NS = TimeUnit.MILLISECONDS.toNanos(500);

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3",
        description = "How long to measure jitter; parts of a second are allowed (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--cores", paramLabel = "LIST", defaultValue = "",
        description = "Measure hiccups on each of these cores, such as 2-3,6. Default: where the scheduler puts a " +
            "thread.")
    private String cores;

    @Option(names = "--json", description = "Print a list of {name, found, verdict, why, section}.")
    private boolean asJson;

    @Option(names = "--dir", paramLabel = "D",
        description = "Folder of the engines' counters. Default: that of engines that were told none.")
    private Path directory;

    @Option(names = "--sys", paramLabel = "ROOT", defaultValue = "/",
        description = "Read proc, sys and dev below this folder, such as a copy of another machine's. Default: /.")
    private Path root;

    @Override
    public Integer call()
    {
        final int[] coreNumbers = check();
        final PrintWriter out = spec.commandLine().getOut();
        final Report report = new Report(spec.commandLine().getColorScheme(), spec.usageMessage().width());
        final List<Finding> all = new ArrayList<>();
        for (final Room room : rooms(coreNumbers))
        {
            final List<Finding> findings = room.checks().stream().map(Check::run).toList();
            all.addAll(findings);
            if (!asJson)
            {
                out.println(report.table(room.title(), findings));
                out.flush();
            }
        }

        out.println(asJson ? Report.json(all) : Report.summary(all));
        out.flush();
        return all.stream().anyMatch((finding) -> finding.verdict() == Verdict.BAD) ? 1 : 0;
    }

    private List<Room> rooms(final int[] coreNumbers)
    {
        final SystemFiles files = new SystemFiles(root);
        final Jvm jvm = Jvm.ofProcess();
        final long jitterNs = (long)(seconds * NS_PER_S);
        return List.of(
            new Cores(files).room(),
            new Clocking(files, Clocking::measureClockReadNs).room(),
            new Kernel(files, jvm.wantsLargePages()).room(),
            new Container(files, Runtime.getRuntime().maxMemory()).room(),
            new Network(files).room(),
            jvm.room(),
            new EngineRoom(Math.min(MAX_SPIN_NS, jitterNs / 4)).room(),
            new CountersFolder(directory == null ? CountersFile.defaultDirectory() : directory).room(),
            new Jitter(jitterNs, coreNumbers).room());
    }

    /**
     * The cores asked for, if everything asked for can be done.
     */
    private int[] check()
    {
        if (!(seconds > 0 && seconds <= MAX_SECONDS))
        {
            throw new ParameterException(spec.commandLine(), "--seconds=" + seconds + ": more than 0, at most 3600");
        }

        if (!Files.isDirectory(root))
        {
            throw new ParameterException(spec.commandLine(), "--sys=" + root + ": there is no such folder");
        }

        try
        {
            return CpuSet.ofList(cores).toArray();
        }
        catch (final NumberFormatException ex)
        {
            throw new ParameterException(spec.commandLine(), "--cores=" + cores + ": not a list such as 2-3,6", ex);
        }
    }
}
