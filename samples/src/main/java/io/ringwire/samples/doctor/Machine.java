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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a figure must be read with: the parts of the doctor's report that tell of the machine, for other commands.
 */
public final class Machine
{
    private static final Set<String> TOLD = Set.of("cores", "core isolation", "SMT", "governor", "frequency",
        "C-states", "clock source", "kernel", "hypervisor", "transparent pages", "CPU quota");
    private static final Set<String> WARNED = Set.of("governor", "CPU quota", "CPU throttling");
    private static final int STEAL_INDEX = 7; // in the line of /proc/stat, behind its name
    private static final int MS_PER_TICK = 10;
    private static final int LOAD_INDEX = 0;

    private final SystemFiles files;
    private final List<Finding> findings;

    /**
     * Look at a machine. Takes some milliseconds, as the cost of reading the clock is measured.
     *
     * @param root {@code /}, or a folder that holds the like of /proc and /sys.
     */
    public Machine(final Path root)
    {
        files = new SystemFiles(root);
        findings = Stream.of(
            new Cores(files).room(),
            new Clocking(files, Clocking::measureClockReadNs).room(),
            new Kernel(files, false).room(),
            new Container(files, Runtime.getRuntime().maxMemory()).room())
            .flatMap((room) -> room.checks().stream())
            .map(Check::run)
            .toList();
    }

    /**
     * What it is.
     *
     * @return names and what was found, or why nothing is known, in order.
     */
    public Map<String, String> facts()
    {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", orReason(() -> files.field("/proc/cpuinfo", "model name")));
        for (final Finding finding : findings)
        {
            if (TOLD.contains(finding.name()))
            {
                facts.put(finding.name(), finding.found().isEmpty() ? finding.advice() : finding.found());
            }
        }

        facts.put("load average", orReason(() -> files.text("/proc/loadavg").split(" ")[LOAD_INDEX]));
        return facts;
    }

    /**
     * What spoils figures.
     *
     * @return a line for each finding that is not as it should be.
     */
    public List<String> warnings()
    {
        final List<String> warnings = new ArrayList<>();
        for (final Finding finding : findings)
        {
            if (WARNED.contains(finding.name()) &&
                (finding.verdict() == Verdict.WARN || finding.verdict() == Verdict.BAD))
            {
                warnings.add(finding.name() + ": " + finding.found() + ". " + finding.advice());
            }
        }

        return warnings;
    }

    /**
     * Time of all cores since boot that the host gave to others.
     *
     * @return in ms, 0 if the kernel does not tell.
     */
    public long stolenMs()
    {
        try
        {
            final String[] words = files.field("/proc/stat", "cpu").split("\\s+");
            return words.length > STEAL_INDEX ? Long.parseLong(words[STEAL_INDEX]) * MS_PER_TICK : 0;
        }
        catch (final IOException | NumberFormatException ex)
        {
            return 0;
        }
    }

    private static String orReason(final Source source)
    {
        try
        {
            return source.read();
        }
        catch (final IOException ex)
        {
            return ex.getMessage();
        }
    }

    /**
     * Reads one line.
     */
    @FunctionalInterface
    private interface Source
    {
        String read() throws IOException;
    }
}
