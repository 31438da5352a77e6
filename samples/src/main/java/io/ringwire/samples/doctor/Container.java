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
import java.util.List;
import java.util.Locale;

/**
 * What control groups leave to this process: on a cloud the first thing to look at.
 */
final class Container
{
    private static final String CPU = "cpu";
    private static final String NO_LIMIT = "max";
    private static final long NO_LIMIT_BYTES = 1L << 60; // version 1 writes a number near 2^63
    private static final long MIB = 1024 * 1024;
    private static final double HEAP_MARGIN = 1.25; // direct memory, code and stacks come on top

    private final SystemFiles files;
    private final ControlGroups groups;
    private final long maxHeapBytes;

    /**
     * Look at a machine.
     *
     * @param files        of it.
     * @param maxHeapBytes of this JVM.
     */
    Container(final SystemFiles files, final long maxHeapBytes)
    {
        this.files = files;
        this.maxHeapBytes = maxHeapBytes;
        groups = new ControlGroups(files);
    }

    Room room()
    {
        return new Room("Container", List.of(
            new Check("control groups", Section.CONTAINER, this::kind),
            new Check("CPU quota", Section.CONTAINER, this::quota),
            new Check("CPU throttling", Section.CONTAINER, this::throttling),
            new Check("cpuset", Section.CONTAINER, this::cpuset),
            new Check("memory limit", Section.CONTAINER, this::memory)));
    }

    private Diagnosis kind() throws IOException
    {
        final String version = "version " + groups.version(CPU);
        final String membership = files.text("/proc/self/cgroup");
        for (final String sign : List.of("/.dockerenv", "/run/.containerenv"))
        {
            if (files.exists(sign))
            {
                return Diagnosis.ok(version + ", in a container (" + sign + ")");
            }
        }

        return Diagnosis.ok(version + (membership.matches("(?s).*(docker|kubepods|lxc|containerd).*") ?
            ", in a container (/proc/self/cgroup)" : ", no sign of a container"));
    }

    private Diagnosis quota() throws IOException
    {
        double cores = Double.MAX_VALUE;
        if (groups.version(CPU) == 1)
        {
            for (final String path : groups.filesOf(CPU, "cpu.cfs_quota_us"))
            {
                final double quotaUs = files.number(path);
                final String periodPath = path.replace("quota", "period");
                cores = quotaUs < 0 ? cores : Math.min(cores, quotaUs / positive(periodPath, files.number(periodPath)));
            }
        }
        else
        {
            for (final String path : groups.filesOf(CPU, "cpu.max"))
            {
                final String[] words = files.text(path).split("\\s+");
                if (words.length != 2)
                {
                    throw new IOException(path + ": '" + files.text(path) + "' is not a quota and its period");
                }

                if (!words[0].equals(NO_LIMIT))
                {
                    cores = Math.min(cores, numberOf(path, words[0]) / positive(path, numberOf(path, words[1])));
                }
            }
        }

        if (cores == Double.MAX_VALUE)
        {
            return Diagnosis.ok("none");
        }

        final int usable = Cores.usable(files).count();
        return Diagnosis.okIf(
            cores >= usable,
            String.format(Locale.ROOT, "%.2f cores of %d usable ones", cores, usable),
            "When it is used up all threads stop for the rest of 100 ms: give whole cores (--cpuset-cpus, static CPU " +
            "manager) in place of a quota (--cpus).");
    }

    private Diagnosis throttling() throws IOException
    {
        final boolean first = groups.version(CPU) == 1;
        for (final String path : groups.filesOf(CPU, "cpu.stat"))
        {
            if (files.text(path).contains("nr_throttled"))
            {
                final long count = files.numberField(path, "nr_throttled");
                final long periods = files.numberField(path, "nr_periods");
                final double ms = first ?
                    files.numberField(path, "throttled_time") / 1e6 : files.numberField(path, "throttled_usec") / 1e3;
                final String found =
                    String.format(Locale.ROOT, "%,d of %,d periods, %,.0f ms in all", count, periods, ms);
                return count == 0 ? Diagnosis.ok(periods == 0 ? "never: no quota is at work" : found) : Diagnosis.bad(
                    found, "The quota has stopped this group's threads: raise it, or give whole cores.");
            }
        }

        return Diagnosis.ok("never: no quota is at work");
    }

    private Diagnosis cpuset() throws IOException
    {
        final String name = groups.version("cpuset") == 1 ? "cpuset.effective_cpus" : "cpuset.cpus.effective";
        final List<String> paths = groups.filesOf("cpuset", name);
        if (paths.isEmpty())
        {
            return Diagnosis.ok("no group limits the cores");
        }

        final CpuSet allowed = files.cpuList(paths.get(0));
        final CpuSet online = files.cpuList("/sys/devices/system/cpu/online");
        return Diagnosis.ok(allowed.equals(online) ?
            "all cores that are online (" + online + ")" : allowed + " of " + online);
    }

    private Diagnosis memory() throws IOException
    {
        final boolean first = groups.version("memory") == 1;
        long limitBytes = Long.MAX_VALUE;
        for (final String path : groups.filesOf("memory", first ? "memory.limit_in_bytes" : "memory.max"))
        {
            final String text = files.text(path);
            limitBytes = text.equals(NO_LIMIT) ? limitBytes : Math.min(limitBytes, numberOf(path, text));
        }

        final long kills = kills(first);
        final String limit = limitBytes >= NO_LIMIT_BYTES ? "none" : String.format(
            Locale.ROOT, "%,d MiB for a heap of at most %,d MiB", limitBytes / MIB, maxHeapBytes / MIB);
        if (kills > 0)
        {
            return Diagnosis.bad(limit + ", " + kills + " processes killed for want of memory",
                "The kernel has killed processes of this group: raise the limit, or lower -Xmx.");
        }

        if (limitBytes <= maxHeapBytes)
        {
            return Diagnosis.bad(limit, "The kernel kills the JVM before its heap is full: raise the limit.");
        }

        return Diagnosis.okIf(limitBytes > maxHeapBytes * HEAP_MARGIN, limit,
            "Direct memory, code and stacks come on top of the heap: raise the limit, or lower -Xmx.");
    }

    private long kills(final boolean first) throws IOException
    {
        long kills = 0;
        for (final String path : groups.filesOf("memory", first ? "memory.oom_control" : "memory.events"))
        {
            if (files.text(path).contains("oom_kill "))
            {
                kills = Math.max(kills, files.numberField(path, "oom_kill"));
            }
        }

        return kills;
    }

    private static double positive(final String path, final long number) throws IOException
    {
        if (number <= 0)
        {
            throw new IOException(path + ": " + number + " is not a period");
        }

        return number;
    }

    private static long numberOf(final String path, final String text) throws IOException
    {
        if (!text.matches("\\d{1,19}"))
        {
            throw new IOException(path + ": '" + text + "' is not a number");
        }

        return text.length() == 19 && text.compareTo("9223372036854775807") > 0 ?
            Long.MAX_VALUE : Long.parseLong(text);
    }
}
