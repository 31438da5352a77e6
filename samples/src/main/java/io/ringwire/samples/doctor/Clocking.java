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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * How fast cores run, how deep they sleep, and what the time costs.
 */
final class Clocking
{
    private static final String CPU = "/sys/devices/system/cpu/";
    private static final String CLOCK = "/sys/devices/system/clocksource/clocksource0/";
    private static final Set<String> CORE_CLOCKS = Set.of("tsc", "arch_sys_counter");
    private static final Set<String> GUEST_CLOCKS = Set.of("kvm-clock", "hyperv_clocksource_tsc_page");
    private static final String GUEST_IDLE_DRIVER = "haltpoll";
    private static final Set<String> NO_DRIVERS = Set.of("none", "");
    private static final int CHEAP_READ_NS = 100; // a system call takes longer
    private static final int SHALLOW_LATENCY_US = 2; // polling and C1
    private static final int KHZ_PER_MHZ = 1_000;

    private final SystemFiles files;
    private final LongSupplier clockReadNs;

    /**
     * Look at a machine.
     *
     * @param files       of it.
     * @param clockReadNs what a call of System.nanoTime takes.
     */
    Clocking(final SystemFiles files, final LongSupplier clockReadNs)
    {
        this.files = files;
        this.clockReadNs = clockReadNs;
    }

    Room room()
    {
        return new Room("Frequency, sleep and time", List.of(
            new Check("governor", Section.MACHINE, this::governor),
            new Check("frequency", Section.MACHINE, this::frequency),
            new Check("C-states", Section.MACHINE, this::sleepStates),
            new Check("clock source", Section.MACHINE, this::clockSource)));
    }

    /**
     * What a call of System.nanoTime takes in this JVM: the least of some tries.
     */
    static long measureClockReadNs()
    {
        final int calls = 20_000;
        final int tries = 10;
        long bestNs = Long.MAX_VALUE;
        long last = 0;
        for (int i = 0; i < tries; i++)
        {
            final long startNs = System.nanoTime();
            for (int j = 0; j < calls; j++)
            {
                last = System.nanoTime();
            }

            bestNs = Math.min(bestNs, (last - startNs) / calls);
        }

        return bestNs;
    }

    private Diagnosis governor() throws IOException
    {
        final Set<String> governors = new TreeSet<>();
        for (final int cpu : files.cpuList(CPU + "online").toArray())
        {
            final String path = CPU + "cpu" + cpu + "/cpufreq/scaling_governor";
            if (files.exists(path))
            {
                governors.add(files.text(path));
            }
        }

        return governors.isEmpty() ? noFrequencies() : Diagnosis.okIf(
            governors.equals(Set.of("performance")),
            String.join(", ", governors),
            "Cores slow down when idle and take time to speed up: cpupower frequency-set -g performance.");
    }

    private Diagnosis frequency() throws IOException
    {
        final String policy = CPU + "cpu0/cpufreq/";
        if (!files.exists(policy + "scaling_driver"))
        {
            return noFrequencies();
        }

        final String turbo;
        if (files.exists(CPU + "intel_pstate/no_turbo"))
        {
            turbo = files.number(CPU + "intel_pstate/no_turbo") == 0 ? "on" : "off";
        }
        else if (files.exists(CPU + "cpufreq/boost"))
        {
            turbo = files.number(CPU + "cpufreq/boost") == 0 ? "off" : "on";
        }
        else
        {
            turbo = "not told";
        }

        return Diagnosis.ok(files.text(policy + "scaling_driver") + ", " +
            files.number(policy + "cpuinfo_min_freq") / KHZ_PER_MHZ + " to " +
            files.number(policy + "cpuinfo_max_freq") / KHZ_PER_MHZ + " MHz, turbo " + turbo);
    }

    private static Diagnosis noFrequencies()
    {
        return Diagnosis.unknown("no cpufreq in " + CPU + ": the hypervisor or the firmware decides");
    }

    private Diagnosis sleepStates() throws IOException
    {
        final String driver = files.textOr(CPU + "cpuidle/current_driver", "none");
        final String request = latencyRequest();
        if (NO_DRIVERS.contains(driver) || !files.exists(CPU + "cpu0/cpuidle"))
        {
            return Diagnosis.unknown(
                "no idle driver (" + driver + "): hypervisor or firmware decide how deep cores sleep" + request);
        }

        if (driver.equals(GUEST_IDLE_DRIVER))
        {
            return Diagnosis.unknown(driver + ": a guest that polls before it halts; how deep the core sleeps then " +
                "is the host's affair");
        }

        String deepest = "none";
        long deepestUs = 0;
        for (final String state : files.names(CPU + "cpu0/cpuidle"))
        {
            final String path = CPU + "cpu0/cpuidle/" + state + "/";
            final long latencyUs = files.number(path + "latency");
            if (files.textOr(path + "disable", "0").equals("0") && latencyUs >= deepestUs)
            {
                deepest = files.text(path + "name");
                deepestUs = latencyUs;
            }
        }

        return Diagnosis.okIf(
            deepestUs <= SHALLOW_LATENCY_US || request.contains(" 0 us"),
            driver + ", deepest enabled " + deepest + " which takes " + deepestUs + " us to leave" + request,
            "A core that waits sleeps: spin, or boot with intel_idle.max_cstate=1 processor.max_cstate=1, or hold " +
            "/dev/cpu_dma_latency open with 0 written to it.");
    }

    /**
     * What programs that hold the device open ask of all cores: four bytes, in microseconds.
     */
    private String latencyRequest()
    {
        try
        {
            final byte[] bytes = files.bytes("/dev/cpu_dma_latency", Integer.BYTES);
            final int us = bytes.length < Integer.BYTES ? Integer.MAX_VALUE : ByteBuffer.wrap(bytes)
                .order(ByteOrder.nativeOrder()).getInt();
            return us < 1_000_000 ? ", cpu_dma_latency " + us + " us" : "";
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    private Diagnosis clockSource() throws IOException
    {
        final String source = files.text(CLOCK + "current_clocksource");
        final String available = files.textOr(CLOCK + "available_clocksource", "not told");
        final long costNs = clockReadNs.getAsLong();
        final String found =
            String.format(Locale.ROOT, "%s (of: %s), System.nanoTime takes %d ns", source, available, costNs);
        final String advice = available.contains("tsc") ?
            "echo tsc > " + CLOCK + "current_clocksource, and boot with clocksource=tsc if it helps." :
            "Each message reads the clock: dmesg | grep -i -e tsc -e clocksource says why the kernel gave tsc up.";
        if (CORE_CLOCKS.contains(source))
        {
            return Diagnosis.okIf(costNs < CHEAP_READ_NS, found, "A read this dear is not one of the core's counter: " +
                "a tracer, an emulator or a busy core slows it.");
        }

        return GUEST_CLOCKS.contains(source) && costNs < CHEAP_READ_NS ?
            Diagnosis.warn(found, advice) : Diagnosis.bad(found, advice);
    }
}
