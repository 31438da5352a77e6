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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * A folder with the like of /proc, /sys and /dev, and the findings of all probes that read files.
 */
final class MadeUpMachine
{
    static final long HEAP_BYTES = 1024L * 1024 * 1024;
    private static final String CPU = "/sys/devices/system/cpu/";

    private final Path root;
    private long clockReadNs = 25;

    MadeUpMachine(final Path root)
    {
        this.root = root;
    }

    /** Eight cores of which six are isolated, on metal, with everything as tuning.md wants it. */
    static MadeUpMachine perfect(final Path root)
    {
        final MadeUpMachine machine = new MadeUpMachine(root)
            .file("/proc/cmdline", "quiet isolcpus=domain,managed_irq,2-7 nohz_full=2-7 rcu_nocbs=2-7")
            .file("/proc/self/status", "Name:\tjava\nVmSwap:\t0 kB\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n")
            .file("/proc/self/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            65536                65536                files
                Max locked memory         unlimited            unlimited            bytes
                Max realtime priority     99                   99
                """)
            .file("/proc/self/cgroup", "0::/user.slice/trader.service\n")
            .file("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu tsc constant_tsc nonstop_tsc\n")
            .file("/proc/stat", "cpu  100 0 100 9800 0 0 0 0 0 0\ncpu0 1 0 1 1 0 0 0 0 0 0\n")
            .file("/proc/meminfo", "MemTotal: 1 kB\nSwapTotal: 0 kB\nHugePages_Total: 512\nHugePages_Free: 512\n")
            .file("/proc/sys/kernel/osrelease", "6.8.0-45-lowlatency")
            .file("/proc/sys/kernel/nmi_watchdog", "0")
            .file("/proc/sys/kernel/numa_balancing", "0")
            .file("/proc/sys/vm/swappiness", "0")
            .file("/proc/sys/net/core/busy_poll", "50")
            .file("/proc/sys/net/core/busy_read", "50")
            .file("/proc/sys/net/core/rmem_max", "16777216")
            .file("/proc/sys/net/core/wmem_max", "16777216")
            .file("/proc/sys/net/ipv4/tcp_slow_start_after_idle", "0")
            .file("/proc/irq/24/smp_affinity_list", "0-1")
            .file("/proc/irq/25/smp_affinity_list", "0")
            .file("/proc/irq/default_smp_affinity", "03")
            .file(CPU + "online", "0-7")
            .file(CPU + "isolated", "2-7")
            .file(CPU + "nohz_full", "2-7")
            .file(CPU + "smt/active", "0")
            .file("/sys/devices/system/node/online", "0")
            .file("/sys/devices/system/node/node0/cpulist", "0-7")
            .file("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never")
            .file("/sys/kernel/mm/transparent_hugepage/defrag", "always defer defer+madvise madvise [never]")
            .file("/sys/class/dmi/id/sys_vendor", "Supermicro")
            .file("/sys/class/dmi/id/product_name", "AS-1115HS")
            .file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc")
            .file("/sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet acpi_pm")
            .file("/sys/class/net/eth0/operstate", "up")
            .file("/sys/class/net/eth0/speed", "25000")
            .file("/sys/class/net/eth0/device/numa_node", "0")
            .file("/sys/class/net/eth0/queues/rx-0/rps_cpus", "00,00000000")
            .file("/sys/class/net/lo/operstate", "unknown");
        return machine.frequencies().controlGroups();
    }

    private MadeUpMachine frequencies()
    {
        for (int cpu = 0; cpu < 8; cpu++)
        {
            file(CPU + "cpu" + cpu + "/cpufreq/scaling_governor", "performance");
        }

        return file(CPU + "cpu0/cpufreq/scaling_driver", "intel_pstate")
            .file(CPU + "cpu0/cpufreq/cpuinfo_min_freq", "800000")
            .file(CPU + "cpu0/cpufreq/cpuinfo_max_freq", "5100000")
            .file(CPU + "intel_pstate/no_turbo", "1")
            .file(CPU + "cpuidle/current_driver", "intel_idle")
            .file(CPU + "cpu0/cpuidle/state0/name", "POLL")
            .file(CPU + "cpu0/cpuidle/state0/latency", "0")
            .file(CPU + "cpu0/cpuidle/state0/disable", "0")
            .file(CPU + "cpu0/cpuidle/state1/name", "C1")
            .file(CPU + "cpu0/cpuidle/state1/latency", "1")
            .file(CPU + "cpu0/cpuidle/state1/disable", "0")
            .file(CPU + "cpu0/cpuidle/state2/name", "C6")
            .file(CPU + "cpu0/cpuidle/state2/latency", "190")
            .file(CPU + "cpu0/cpuidle/state2/disable", "1");
    }

    private MadeUpMachine controlGroups()
    {
        final String group = "/sys/fs/cgroup/user.slice/trader.service/";
        return file("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu memory")
            .file("/sys/fs/cgroup/user.slice/cpu.max", "max 100000")
            .file(group + "cpu.max", "max 100000")
            .file(group + "cpu.stat", "usage_usec 1\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n")
            .file(group + "cpuset.cpus.effective", "0-7")
            .file(group + "memory.max", "max")
            .file(group + "memory.events", "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\n");
    }

    MadeUpMachine file(final String path, final String text)
    {
        return file(path, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    MadeUpMachine file(final String path, final byte[] bytes)
    {
        try
        {
            final Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** What programs that hold /dev/cpu_dma_latency open ask for. */
    MadeUpMachine latencyRequest(final int us)
    {
        return file("/dev/cpu_dma_latency",
            ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(us).array());
    }

    MadeUpMachine without(final String path) throws IOException
    {
        Files.delete(root.resolve(path.substring(1)));
        return this;
    }

    MadeUpMachine clockReadNs(final long ns)
    {
        clockReadNs = ns;
        return this;
    }

    List<Path> files() throws IOException
    {
        try (Stream<Path> paths = Files.walk(root))
        {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    List<Finding> findings()
    {
        return findings(false);
    }

    List<Finding> findings(final boolean wantsLargePages)
    {
        final SystemFiles files = new SystemFiles(root);
        return Stream.of(
            new Cores(files).room(),
            new Clocking(files, () -> clockReadNs).room(),
            new Kernel(files, wantsLargePages).room(),
            new Container(files, HEAP_BYTES).room(),
            new Network(files).room())
            .flatMap((room) -> room.checks().stream())
            .map(Check::run)
            .toList();
    }

    Finding finding(final String name)
    {
        return findings().stream().filter((finding) -> finding.name().equals(name)).findFirst()
            .orElseThrow(() -> new NoSuchElementException(name));
    }
}
