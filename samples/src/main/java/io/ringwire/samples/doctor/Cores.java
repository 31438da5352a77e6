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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which cores there are, which this process may use, and which are kept free for spinning threads.
 */
final class Cores
{
    private static final String ONLINE = "/sys/devices/system/cpu/online";
    private static final String STATUS = "/proc/self/status";
    private static final String BOOT = "/proc/cmdline";
    private static final Set<String> ISOLATION_FLAGS = Set.of("domain", "nohz", "managed_irq");
    private static final int COMFORTABLE_CORES = 4; // IO, handler, control with the JVM's own threads, kernel

    private final SystemFiles files;

    Cores(final SystemFiles files)
    {
        this.files = files;
    }

    Room room()
    {
        return new Room("Cores", List.of(
            new Check("cores", Section.CORES, this::cores),
            new Check("core isolation", Section.PINNING, this::isolation),
            new Check("SMT", Section.PINNING, this::smt),
            new Check("NUMA", Section.PINNING, this::numa)));
    }

    /** Those that the mask of this process has. */
    static CpuSet usable(final SystemFiles files) throws IOException
    {
        final String list = files.field(STATUS, "Cpus_allowed_list");
        try
        {
            return CpuSet.ofList(list);
        }
        catch (final NumberFormatException ex)
        {
            throw new IOException(STATUS + ": " + ex.getMessage(), ex);
        }
    }

    /** Those that no thread runs on unless pinned. */
    static CpuSet isolated(final SystemFiles files) throws IOException
    {
        final String path = "/sys/devices/system/cpu/isolated";
        return files.exists(path) ? files.cpuList(path) : ofBoot(files, "isolcpus");
    }

    private static CpuSet ofBoot(final SystemFiles files, final String parameter) throws IOException
    {
        for (final String word : files.text(BOOT).split("\\s+"))
        {
            if (word.startsWith(parameter + "="))
            {
                final String list = Arrays.stream(word.substring(parameter.length() + 1).split(","))
                    .filter((part) -> !ISOLATION_FLAGS.contains(part))
                    .collect(Collectors.joining(","));
                try
                {
                    return CpuSet.ofList(list);
                }
                catch (final NumberFormatException ex)
                {
                    throw new IOException(BOOT + ": " + parameter + ": " + ex.getMessage(), ex);
                }
            }
        }

        return CpuSet.none();
    }

    private Diagnosis cores() throws IOException
    {
        final CpuSet online = files.cpuList(ONLINE);
        final CpuSet usable = usable(files);
        final CpuSet isolated = isolated(files);
        final String found = online.count() + " online (" + online + "), " +
            (usable.equals(online) ? "all usable" : usable.count() + " usable (" + usable + ")");
        if (!isolated.isEmpty() && !usable.and(isolated).isEmpty() && usable.count() > 1)
        {
            return Diagnosis.bad(found, "The JVM may run on the isolated cores " + usable.and(isolated) +
                ", where nothing balances its threads: start it with taskset -c " + usable.without(isolated) + ".");
        }

        final int count = usable.or(isolated).count();
        if (count < 2)
        {
            return Diagnosis.bad(found, "One core runs the engine, the JVM and the kernel: give it two, or more.");
        }

        return Diagnosis.okIf(count >= COMFORTABLE_CORES, found, "Two spinning threads leave " + (count - 2) +
            " for control thread, JIT and collector: use threadingMode INLINE, or idleMode BLOCK.");
    }

    private Diagnosis isolation() throws IOException
    {
        final CpuSet isolated = isolated(files);
        final String ticklessPath = "/sys/devices/system/cpu/nohz_full";
        final CpuSet tickless = files.exists(ticklessPath) ? files.cpuList(ticklessPath) : ofBoot(files, "nohz_full");
        final CpuSet offloaded = ofBoot(files, "rcu_nocbs").or(tickless); // nohz_full implies the offload
        final String found = "isolcpus " + isolated + ", nohz_full " + tickless + ", rcu_nocbs " + offloaded;
        if (isolated.isEmpty())
        {
            return Diagnosis.warn(found, "Any thread may take a spinning thread's core: boot with " +
                "isolcpus=domain,managed_irq,LIST nohz_full=LIST rcu_nocbs=LIST and pin the engine there.");
        }

        return Diagnosis.okIf(isolated.without(tickless).isEmpty(), found, "Cores " + isolated.without(tickless) +
            " are stopped by the scheduler's tick up to 1000 times a second: boot with nohz_full=" + isolated + ".");
    }

    private Diagnosis smt() throws IOException
    {
        if (files.number("/sys/devices/system/cpu/smt/active") == 0)
        {
            return Diagnosis.ok("off");
        }

        final String path = "/sys/devices/system/cpu/cpu0/topology/thread_siblings_list";
        final String example = files.exists(path) ? ", such as " + files.cpuList(path) : "";
        return Diagnosis.warn("on: two threads share a core" + example, "Leave the sibling of each spinning thread " +
            "idle, or echo off > /sys/devices/system/cpu/smt/control.");
    }

    private Diagnosis numa() throws IOException
    {
        final CpuSet nodes = files.cpuList("/sys/devices/system/node/online");
        if (nodes.count() <= 1)
        {
            return Diagnosis.ok("one node");
        }

        final StringBuilder found = new StringBuilder();
        final CpuSet usable = usable(files).or(isolated(files));
        int nodesUsed = 0;
        for (final int node : nodes.toArray())
        {
            final CpuSet cpus = files.cpuList("/sys/devices/system/node/node" + node + "/cpulist");
            nodesUsed += cpus.and(usable).isEmpty() ? 0 : 1;
            found.append(found.isEmpty() ? "" : "; ").append("node ").append(node).append(" has ").append(cpus);
        }

        return Diagnosis.okIf(nodesUsed <= 1, found.toString(), "Keep threads, memory and network card on one node: " +
            "numactl --cpunodebind=N --membind=N java ...");
    }
}
