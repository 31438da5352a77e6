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

import io.ringwire.samples.doctor.Machine;
import io.ringwire.samples.exchange.Capture;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a comparison runs: what its figures must be read with, and what a reader must be warned of.
 */
public final class Environment
{
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/\\\\]*)\\.jar");
    private static final List<String> LIBRARIES = List.of("ringwire-engine", "netty-codec-http", "Java-WebSocket",
        "okhttp-jvm", "jetty-websocket-jetty-client", "nv-websocket-client", "vertx-core", "disruptor", "agrona");
    private static final double HIGH_LOAD_PER_CORE = 0.5;
    private static final long MIN_STOLEN_MS = 20;
    private static final double NS_PER_S = 1e9;

    private final Machine machine = new Machine(Path.of("/"));
    private final Map<String, String> facts = new LinkedHashMap<>(machine.facts());
    private final List<String> warnings = new ArrayList<>(machine.warnings());
    private final long startNs = System.nanoTime();
    private final long stolenMs = machine.stolenMs();

    /**
     * Look around, before the comparison.
     *
     * @param plan      to be run.
     * @param serverCpu that the server is pinned to, or -1.
     * @param clientCpu that workers are pinned to, or -1.
     * @param capture   that the server plays, or null.
     */
    public Environment(final Plan plan, final int serverCpu, final int clientCpu, final Path capture)
    {
        final String commit = commit(projectFolder());
        if (!commit.isEmpty())
        {
            facts.put("commit", commit);
        }

        if (capture != null && plan.scenarios().stream().anyMatch(
            (scenario) -> scenario.path().equals(Scenarios.CAPTURE_PATH)))
        {
            facts.put("capture", capture(capture));
        }

        facts.put("JDK", System.getProperty("java.vendor") + ' ' + System.getProperty("java.runtime.version"));
        final Map<String, String> optionsByLabel = new LinkedHashMap<>();
        for (final Entrant entrant : plan.entrants())
        {
            optionsByLabel.putIfAbsent(entrant.label(), String.join(" ", WorkerCommand.options(entrant)));
        }

        optionsByLabel.forEach((label, options) ->
            facts.put("JVM options" + (label.isEmpty() ? "" : '[' + label + ']'), options));
        facts.put("libraries", libraries(System.getProperty("java.class.path")));
        facts.put("pinning", "server " + pinning(serverCpu) + ", clients " + pinning(clientCpu));
        facts.put("rounds", plan.rounds() + " of " + seconds(plan.durationNs()) + " s, of open loops a whole number " +
            "of seconds; " + seconds(plan.warmupNs()) + " s of warm-up before the first");
        warnOfLoad();
        warnOfCrowd(plan);
    }

    /**
     * What is known.
     *
     * @return names and values, in order.
     */
    public Map<String, String> facts()
    {
        return facts;
    }

    /**
     * What a reader must know.
     *
     * @return lines; those about the run itself only behind {@link #end()}.
     */
    public List<String> warnings()
    {
        return warnings;
    }

    /** The comparison is over: add what happened meanwhile. */
    public void end()
    {
        final long elapsedNs = System.nanoTime() - startNs;
        facts.put("took", seconds(elapsedNs) + " s");
        final long lostMs = machine.stolenMs() - stolenMs;
        if (lostMs >= MIN_STOLEN_MS)
        {
            final double percent = 100.0 * lostMs /
                (TimeUnit.NANOSECONDS.toMillis(elapsedNs) * Runtime.getRuntime().availableProcessors());
            warnings.add(String.format(Locale.ROOT,
                "the host took %d ms of core time away during the run (%.2f %%): long latencies may be its", lostMs,
                percent));
        }
    }

    /**
     * The versions that the names of jars tell.
     */
    static String libraries(final String classPath)
    {
        final Map<String, String> versionByName = new LinkedHashMap<>();
        for (final String entry : classPath.split(File.pathSeparator))
        {
            final Matcher matcher = JAR.matcher(entry.substring(entry.lastIndexOf(File.separatorChar) + 1));
            if (matcher.matches())
            {
                versionByName.putIfAbsent(matcher.group(1), matcher.group(2));
            }
        }

        final String told = LIBRARIES.stream()
            .filter(versionByName::containsKey)
            .map((name) -> name + ' ' + versionByName.get(name))
            .collect(Collectors.joining(", "));
        return told.isEmpty() ? "the class path does not tell" : told;
    }

    /**
     * Spinning threads and the server that have no cores of their own.
     *
     * @return a line, empty if there are cores enough.
     */
    static String crowd(final List<Entrant> entrants, final int cores)
    {
        final String crowded = entrants.stream()
            .filter((entrant) -> entrant.busyThreads() > 0 && entrant.busyThreads() + 1 > cores)
            .map(Entrant::client)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
        return crowded.isEmpty() ? "" :
            "the spinning threads of " + crowded + " and the server share " + cores +
            " core(s): their latencies show the scheduler";
    }

    /**
     * What git knows of a folder.
     *
     * @return the short name of the commit, with '+changes' if a file of it was changed; empty without git.
     */
    static String commit(final Path folder)
    {
        try
        {
            final Process git = new ProcessBuilder("git", "describe", "--always", "--exclude=*", "--dirty=+changes")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
            final String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? answer : "";
        }
        catch (final IOException ex)
        {
            return ""; // there is no git
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /**
     * The folder that this class was loaded from, or that holds its jar.
     */
    private static Path projectFolder()
    {
        try
        {
            final Path source = Path.of(Environment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isDirectory(source) ? source : source.getParent();
        }
        catch (final URISyntaxException ex)
        {
            throw new IllegalStateException("a class loader names files by URIs", ex);
        }
    }

    private static String capture(final Path file)
    {
        try
        {
            return file.getFileName() + ", " + Capture.read(file).messages().size() + " messages";
        }
        catch (final IOException ex)
        {
            return file.getFileName() + ", which cannot be read: " + ex.getMessage(); // the server says it too
        }
    }

    private void warnOfLoad()
    {
        final int cores = Runtime.getRuntime().availableProcessors();
        final String load = facts.get("load average");
        if (load.matches("\\d+\\.\\d+") && Double.parseDouble(load) > HIGH_LOAD_PER_CORE * cores)
        {
            warnings.add(
                "load average " + load + " on " + cores + " core(s) at the start: something else runs, or did");
        }
    }

    private void warnOfCrowd(final Plan plan)
    {
        final String crowd = crowd(plan.entrants(), Runtime.getRuntime().availableProcessors());
        if (!crowd.isEmpty())
        {
            warnings.add(crowd);
        }
    }

    private static String pinning(final int cpu)
    {
        return cpu < 0 ? "free" : "on core " + cpu;
    }

    private static String seconds(final long ns)
    {
        return String.format(Locale.ROOT, "%.1f", ns / NS_PER_S);
    }
}
