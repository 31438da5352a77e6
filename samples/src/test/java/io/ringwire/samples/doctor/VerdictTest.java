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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A perfect machine with one thing spoilt.
 */
@Timeout(30)
class VerdictTest
{
    private static final String CPU = "/sys/devices/system/cpu/";

    @TempDir
    private Path root;

    private MadeUpMachine machine;

    @BeforeEach
    void makePerfect()
    {
        machine = MadeUpMachine.perfect(root);
    }

    @Test
    void shouldJudgeCores() throws IOException
    {
        machine.file("/proc/self/status", "Cpus_allowed_list:\t0-7\n");
        assertFinding("cores", Verdict.BAD, "all usable", "taskset -c 0-1");
        machine.file(CPU + "isolated", "").file(CPU + "nohz_full", "(null)").file("/proc/cmdline", "quiet");
        assertFinding("cores", Verdict.OK, "8 online (0-7), all usable", "");
        assertFinding("core isolation", Verdict.WARN, "isolcpus none, nohz_full none", "isolcpus=");
        machine.file("/proc/self/status", "Cpus_allowed_list:\t0,4\n");
        assertFinding("cores", Verdict.WARN, "2 usable (0,4)", "INLINE");
        machine.file("/proc/self/status", "Cpus_allowed_list:\t4\n");
        assertFinding("cores", Verdict.BAD, "1 usable (4)", "One core");
        machine.without(CPU + "isolated").without(CPU + "nohz_full")
            .file("/proc/cmdline", "isolcpus=managed_irq,4-5 nohz_full=4");
        assertFinding("core isolation", Verdict.WARN, "isolcpus 4-5, nohz_full 4, rcu_nocbs 4", "Cores 5 ");
    }

    @Test
    void shouldJudgeSiblingsAndNodes()
    {
        machine.file(CPU + "smt/active", "1").file(CPU + "cpu0/topology/thread_siblings_list", "0,4");
        assertFinding("SMT", Verdict.WARN, "such as 0,4", "smt/control");
        machine.file("/sys/devices/system/node/online", "0-1")
            .file("/sys/devices/system/node/node0/cpulist", "0-3")
            .file("/sys/devices/system/node/node1/cpulist", "4-7");
        assertFinding("NUMA", Verdict.WARN, "node 1 has 4-7", "numactl");
        machine.file(CPU + "isolated", "2-3").file("/sys/class/net/eth0/device/numa_node", "1");
        assertFinding("NUMA", Verdict.OK, "node 0 has 0-3", "");
        assertFinding("network cards", Verdict.WARN, "node 1", "cores 4-7");
    }

    @Test
    void shouldJudgeFrequencyAndSleep() throws IOException
    {
        machine.file(CPU + "cpu3/cpufreq/scaling_governor", "powersave");
        assertFinding("governor", Verdict.WARN, "performance, powersave", "cpupower");
        assertFinding("frequency", Verdict.OK, "800 to 5100 MHz, turbo off", "");
        machine.file(CPU + "cpu0/cpuidle/state2/disable", "0");
        assertFinding("C-states", Verdict.WARN, "C6 which takes 190 us", "max_cstate=1");
        machine.latencyRequest(2_000_000_000);
        assertFinding("C-states", Verdict.WARN, "C6", "max_cstate=1");
        machine.latencyRequest(0);
        assertFinding("C-states", Verdict.OK, "cpu_dma_latency 0 us", "");
        machine.file(CPU + "cpuidle/current_driver", "none");
        assertFinding("C-states", Verdict.UNKNOWN, "", "no idle driver");
    }

    @Test
    void shouldJudgeTheClock()
    {
        final String source = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
        machine.clockReadNs(400);
        assertFinding("clock source", Verdict.WARN, "tsc (of: tsc hpet acpi_pm), System.nanoTime takes 400 ns", "dear");
        machine.file(source, "hpet");
        assertFinding("clock source", Verdict.BAD, "hpet", "echo tsc");
        machine.file(source, "kvm-clock").clockReadNs(40);
        assertFinding("clock source", Verdict.WARN, "kvm-clock", "echo tsc");
    }

    @Test
    void shouldJudgeTheKernel()
    {
        machine.file("/proc/sys/kernel/osrelease", "4.18.0-553.el8");
        assertFinding("kernel", Verdict.WARN, "4.18.0-553.el8", "newer");
        machine.file("/proc/cpuinfo", "flags\t: fpu hypervisor\n").file("/sys/class/dmi/id/sys_vendor", "Amazon EC2");
        assertFinding("hypervisor", Verdict.WARN, "virtual machine, Amazon EC2", "steal");
        machine.file("/proc/stat", "cpu  10 0 10 970 0 0 0 10 0 0\n");
        assertFinding("steal", Verdict.WARN, "1.00 %", "host");
        machine.file("/proc/stat", "cpu  10 0 10 880 0 0 0 100 0 0\n");
        assertFinding("steal", Verdict.BAD, "10.00 %", "host");
        machine.file("/proc/sys/kernel/nmi_watchdog", "1").file("/proc/sys/kernel/numa_balancing", "1");
        assertFinding("kernel noise", Verdict.WARN, "are on", "sysctl kernel.nmi_watchdog=0 kernel.numa_balancing=0");
        machine.file("/sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never");
        assertFinding("transparent pages", Verdict.WARN, "always, defrag never", "echo madvise");
    }

    @Test
    void shouldJudgeMemoryAndLimits()
    {
        machine.file("/proc/meminfo", "SwapTotal: 2097148 kB\nHugePages_Total: 0\nHugePages_Free: 0\n");
        assertFinding("swap", Verdict.OK, "swappiness 0", "");
        machine.file("/proc/sys/vm/swappiness", "60");
        assertFinding("swap", Verdict.WARN, "2047 MiB, swappiness 60", "swapoff");
        machine.file("/proc/self/status", "VmSwap: 4096 kB\n");
        assertFinding("swap", Verdict.BAD, "4 MiB swapped out", "swapoff");
        machine.file("/proc/self/limits", "Max open files 1024 4096 files\nMax locked memory 65536 65536 bytes\n");
        assertFinding("limit of files", Verdict.WARN, "1,024", "ulimit -n");
        assertFinding("real-time priority", Verdict.UNKNOWN, "", "Max realtime priority");
        assertThat(machine.findings(true))
            .anySatisfy((finding) -> assertThat(finding.toString()).contains("huge pages", "nr_hugepages"))
            .anySatisfy((finding) -> assertThat(finding.toString()).contains("locked memory", "ulimit -l"));
    }

    @Test
    void shouldJudgeTheNetwork()
    {
        machine.file("/proc/sys/net/core/rmem_max", "212992");
        assertFinding("socket buffers", Verdict.WARN, "rmem_max 212,992", "sysctl");
        machine.file("/proc/sys/net/ipv4/tcp_slow_start_after_idle", "1")
            .file("/proc/sys/net/ipv4/tcp_low_latency", "0");
        assertFinding("TCP", Verdict.WARN, "tcp_low_latency 0 (without effect", "tcp_slow_start_after_idle=0");
        machine.file("/proc/irq/25/smp_affinity_list", "0-7");
        assertFinding("interrupts", Verdict.WARN, "2 lines, served by cores 0-7", "1 may stop isolated cores 2-7 (25)");
        machine.file("/sys/class/net/eth0/queues/rx-0/rps_cpus", "fc");
        assertFinding("packet steering", Verdict.WARN, "cores 2-7", "rps_cpus");
        machine.file("/sys/class/net/eth0/operstate", "down");
        assertFinding("network cards", Verdict.UNKNOWN, "", "no card");
    }

    @Test
    void shouldJudgeAContainerOfVersion2()
    {
        final String group = "/sys/fs/cgroup/user.slice/";
        machine.file("/.dockerenv", "").file(group + "cpu.max", "150000 100000");
        assertFinding("control groups", Verdict.OK, "version 2, in a container (/.dockerenv)", "");
        assertFinding("CPU quota", Verdict.WARN, "1.50 cores of 2 usable ones", "--cpuset-cpus");
        machine.file(group + "trader.service/cpu.stat", "nr_periods 1000\nnr_throttled 70\nthrottled_usec 2500000\n");
        assertFinding("CPU throttling", Verdict.BAD, "70 of 1,000 periods, 2,500 ms", "quota");
        machine.file(group + "memory.max", "1073741824");
        assertFinding("memory limit", Verdict.BAD, "1,024 MiB for a heap of at most 1,024 MiB", "raise");
        machine.file(group + "memory.max", "1200000000");
        assertFinding("memory limit", Verdict.WARN, "1,144 MiB", "-Xmx");
        machine.file(group + "memory.max", "4294967296");
        assertFinding("memory limit", Verdict.OK, "4,096 MiB", "");
        machine.file(group + "trader.service/memory.events", "oom 3\noom_kill 2\n");
        assertFinding("memory limit", Verdict.BAD, "2 processes killed", "raise");
        machine.file(group + "trader.service/cpuset.cpus.effective", "0-1");
        assertFinding("cpuset", Verdict.OK, "0-1 of 0-7", "");
    }

    @Test
    void shouldJudgeAContainerOfVersion1()
    {
        final String cpu = "/sys/fs/cgroup/cpu,cpuacct/";
        machine.file("/proc/self/cgroup", """
            5:cpuset:/docker/1f
            4:memory:/docker/1f
            3:cpu,cpuacct:/docker/1f
            0::/system.slice
            """)
            .file(cpu + "cpu.cfs_quota_us", "-1").file(cpu + "cpu.cfs_period_us", "100000")
            .file(cpu + "cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_time 12000000\n")
            .file("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712")
            .file("/sys/fs/cgroup/memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n")
            .file("/sys/fs/cgroup/cpuset/cpuset.effective_cpus", "0-7");
        assertFinding("control groups", Verdict.OK, "version 1, in a container (/proc/self/cgroup)", "");
        assertFinding("CPU quota", Verdict.OK, "none", "");
        assertFinding("CPU throttling", Verdict.BAD, "4 of 10 periods, 12 ms", "quota");
        assertFinding("memory limit", Verdict.OK, "none", "");
        assertFinding("cpuset", Verdict.OK, "all cores that are online (0-7)", "");
        machine.file(cpu + "docker/1f/cpu.cfs_quota_us", "50000").file(cpu + "docker/1f/cpu.cfs_period_us", "100000")
            .file("/sys/fs/cgroup/memory/docker/1f/memory.limit_in_bytes", "536870912");
        assertFinding("CPU quota", Verdict.WARN, "0.50 cores", "whole cores");
        assertFinding("memory limit", Verdict.BAD, "512 MiB", "raise");
    }

    private void assertFinding(final String name, final Verdict verdict, final String found, final String advice)
    {
        final Finding finding = machine.finding(name);
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(verdict);
        assertThat(finding.found()).contains(found);
        assertThat(finding.advice()).contains(advice);
        assertThat(finding.advice().isEmpty()).as(finding.toString()).isEqualTo(verdict == Verdict.OK);
    }
}
