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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kernel: its version, its memory, its limits, and what runs below it.
 */
final class Kernel
{
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final String MEMORY = "/proc/meminfo";
    private static final String LIMITS = "/proc/self/limits";
    private static final String UNLIMITED = "unlimited";
    private static final int OLD_MAJOR = 5;
    private static final int OLD_MINOR = 11; // SO_PREFER_BUSY_POLL
    private static final int MAX_SWAPPINESS = 10;
    private static final long MIN_FILES = 4_096;
    private static final long MIN_LOCKED_BYTES = 64L * 1024 * 1024;
    private static final int KIB_PER_MIB = 1024;
    private static final int STEAL_INDEX = 8; // in the line of /proc/stat, behind its name
    private static final double STEAL_WARN_PERCENT = 0.1;
    private static final double STEAL_BAD_PERCENT = 5;

    private final SystemFiles files;
    private final boolean wantsLargePages;

    /**
     * Look at a machine.
     *
     * @param files           of it.
     * @param wantsLargePages does this JVM ask for huge pages?
     */
    Kernel(final SystemFiles files, final boolean wantsLargePages)
    {
        this.files = files;
        this.wantsLargePages = wantsLargePages;
    }

    Room room()
    {
        return new Room("Kernel", List.of(
            new Check("kernel", Section.KERNEL, this::version),
            new Check("hypervisor", Section.MACHINE, this::hypervisor),
            new Check("steal", Section.MACHINE, this::steal),
            new Check("kernel noise", Section.KERNEL, this::noise),
            new Check("transparent pages", Section.KERNEL, this::transparentHugePages),
            new Check("huge pages", Section.KERNEL, this::hugePages),
            new Check("swap", Section.KERNEL, this::swap),
            new Check("limit of files", Section.KERNEL, this::openFiles),
            new Check("locked memory", Section.KERNEL, this::lockedMemory),
            new Check("real-time priority", Section.KERNEL, this::realTimePriority)));
    }

    private Diagnosis version() throws IOException
    {
        final String release = files.text("/proc/sys/kernel/osrelease");
        final Matcher matcher = VERSION.matcher(release);
        if (!matcher.matches())
        {
            return Diagnosis.unknown("/proc/sys/kernel/osrelease: '" + release + "' is not a version");
        }

        final int major = Integer.parseInt(matcher.group(1));
        final int minor = Integer.parseInt(matcher.group(2));
        return Diagnosis.okIf(
            major > OLD_MAJOR || major == OLD_MAJOR && minor >= OLD_MINOR,
            release,
            "Busy polling that keeps interrupts off came with 5.11, a sound io_uring with 6: use a newer kernel.");
    }

    private Diagnosis hypervisor() throws IOException
    {
        final String product = (files.textOr("/sys/class/dmi/id/sys_vendor", "") + " " +
            files.textOr("/sys/class/dmi/id/product_name", "")).trim();
        final boolean isGuest = files.exists("/sys/hypervisor/type") ||
            files.lines("/proc/cpuinfo").stream()
                .anyMatch((line) -> line.startsWith("flags") && (line + ' ').contains(" hypervisor "));
        return Diagnosis.okIf(
            !isGuest,
            (isGuest ? "virtual machine" : "no sign of one") + (product.isEmpty() ? "" : ", " + product),
            "The host may stop cores at any time: compare steal and hiccups with those of a machine of your own.");
    }

    private Diagnosis steal() throws IOException
    {
        final String[] words = files.field("/proc/stat", "cpu").split("\\s+");
        if (words.length < STEAL_INDEX)
        {
            return Diagnosis.unknown("/proc/stat does not tell of stolen time");
        }

        double total = 0;
        double stolen = 0;
        for (int i = 0; i < STEAL_INDEX; i++)
        {
            if (!words[i].matches("\\d{1,18}"))
            {
                return Diagnosis.unknown("/proc/stat: '" + words[i] + "' is not a number");
            }

            stolen = Double.parseDouble(words[i]);
            total += stolen;
        }

        final double percent = total == 0 ? 0 : 100 * stolen / total;
        final String found = String.format(Locale.ROOT, "%.2f %% of the time of all cores since boot", percent);
        final String advice = "The host gives this machine's cores to others: use dedicated cores or another host.";
        return percent >= STEAL_BAD_PERCENT ?
            Diagnosis.bad(found, advice) : Diagnosis.okIf(percent < STEAL_WARN_PERCENT, found, advice);
    }

    private Diagnosis noise() throws IOException
    {
        final String folder = "/proc/sys/kernel/";
        final List<String> offered = // a kernel without the feature has no such file
            Stream.of("nmi_watchdog", "numa_balancing").filter((name) -> files.exists(folder + name)).toList();
        final List<String> on = new ArrayList<>();
        for (final String name : offered)
        {
            if (files.number(folder + name) != 0)
            {
                on.add("kernel." + name);
            }
        }

        if (!files.exists(folder))
        {
            return Diagnosis.unknown(folder + ": there is no such folder");
        }

        return on.isEmpty() ?
            Diagnosis.ok(offered.isEmpty() ? "neither NMI watchdog nor NUMA balancing" :
                String.join(" and ", offered) + (offered.size() == 1 ? " is off" : " are off")) :
            Diagnosis.warn(String.join(" and ", on) + (on.size() == 1 ? " is on" : " are on"),
                "It interrupts spinning threads: sysctl " + String.join("=0 ", on) + "=0.");
    }

    private Diagnosis transparentHugePages() throws IOException
    {
        final String path = "/sys/kernel/mm/transparent_hugepage/";
        final String enabled = chosen(path + "enabled");
        return Diagnosis.okIf(
            !enabled.equals("always"),
            enabled + ", defrag " + chosen(path + "defrag"),
            "The kernel may stop a thread to put pages together: echo madvise > " + path + "enabled.");
    }

    private String chosen(final String path) throws IOException
    {
        final String text = files.text(path);
        final Matcher matcher = CHOSEN.matcher(text);
        if (!matcher.find())
        {
            throw new IOException(path + ": '" + text + "' names no choice");
        }

        return matcher.group(1);
    }

    private Diagnosis hugePages() throws IOException
    {
        final long total = files.numberField(MEMORY, "HugePages_Total");
        final long free = files.numberField(MEMORY, "HugePages_Free");
        final String found = total + " reserved, " + free + " free; this JVM " +
            (wantsLargePages ? "asks for them" : "does not ask for them (-XX:+UseLargePages)");
        return Diagnosis.okIf(!wantsLargePages || total > 0, found, "The JVM asks and gets none: " +
            "sysctl vm.nr_hugepages=N before it starts.");
    }

    private Diagnosis swap() throws IOException
    {
        final long totalKib = files.numberField(MEMORY, "SwapTotal");
        if (totalKib == 0)
        {
            return Diagnosis.ok("none");
        }

        final long swappiness = files.number("/proc/sys/vm/swappiness");
        final long swappedKib = files.numberField("/proc/self/status", "VmSwap");
        final String found = totalKib / KIB_PER_MIB + " MiB, swappiness " + swappiness + ", of this process " +
            swappedKib / KIB_PER_MIB + " MiB swapped out";
        final String advice = "A page that is out costs a read from the disk: swapoff -a, or sysctl vm.swappiness=0.";
        return swappedKib > 0 ?
            Diagnosis.bad(found, advice) : Diagnosis.okIf(swappiness <= MAX_SWAPPINESS, found, advice);
    }

    private Diagnosis openFiles() throws IOException
    {
        final long limit = softLimit("Max open files");
        return Diagnosis.okIf(limit >= MIN_FILES, describe(limit, 1, ""),
            "Each connection takes one: ulimit -n 65536, or LimitNOFILE of systemd.");
    }

    private Diagnosis lockedMemory() throws IOException
    {
        final long limit = softLimit("Max locked memory");
        return Diagnosis.okIf(
            limit >= MIN_LOCKED_BYTES || !wantsLargePages,
            describe(limit, 1024, " KiB"),
            "Huge pages are locked memory: ulimit -l unlimited, or LimitMEMLOCK of systemd.");
    }

    private Diagnosis realTimePriority() throws IOException
    {
        return Diagnosis.ok("limit " + softLimit("Max realtime priority") + "; the engine asks for none");
    }

    private static String describe(final long limit, final long divisor, final String unit)
    {
        return limit == Long.MAX_VALUE ? UNLIMITED : String.format(Locale.ROOT, "%,d%s", limit / divisor, unit);
    }

    private long softLimit(final String name) throws IOException
    {
        final String value = files.field(LIMITS, name).split("\\s+")[0];
        return value.equals(UNLIMITED) ? Long.MAX_VALUE : files.numberField(LIMITS, name);
    }
}
