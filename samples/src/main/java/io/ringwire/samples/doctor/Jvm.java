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

import io.netty.util.ResourceLeakDetector;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The JVM that runs this command, and the flags it was started with.
 */
final class Jvm
{
    private static final int RECOMMENDED_FEATURE = 21;
    private static final int OLD_FEATURE = 17; // up to here the JVM cleans up each second,
    private static final int NEW_FEATURE = 25; // from here on only when asked
    private static final long MIB = 1024 * 1024;
    private static final String OPTIONS = "java @src/jvm/low-latency.options";
    private static final List<String> CHRONICLE_EXPORTS = List.of("jdk.internal.ref", "sun.nio.ch");
    private static final List<String> CHRONICLE_OPENS =
        List.of("java.lang", "java.lang.reflect", "java.io", "java.util");

    private final UnaryOperator<String> flags;
    private final List<String> arguments;
    private final List<String> collectors;

    /**
     * Look at a JVM.
     *
     * @param flags      gives the value of a -XX flag, or null if there is none to be read.
     * @param arguments  of its command line.
     * @param collectors it runs.
     */
    Jvm(final UnaryOperator<String> flags, final List<String> arguments, final List<String> collectors)
    {
        this.flags = flags;
        this.arguments = arguments;
        this.collectors = collectors;
    }

    /** This one. */
    static Jvm ofProcess()
    {
        return new Jvm(
            JvmFlags::value,
            ManagementFactory.getRuntimeMXBean().getInputArguments(),
            ManagementFactory.getGarbageCollectorMXBeans().stream().map(GarbageCollectorMXBean::getName).toList());
    }

    boolean wantsLargePages()
    {
        return "true".equals(flags.apply("UseLargePages"));
    }

    Room room()
    {
        return new Room("JVM, as this command was started", List.of(
            new Check("JDK", Section.JVM, this::version),
            new Check("collector", Section.JVM, this::collector),
            new Check("heap", Section.JVM, this::heap),
            new Check("heap touched", Section.JVM, this::preTouch),
            new Check("statistics file", Section.JVM, this::statisticsFile),
            new Check("safepoint interval", Section.JVM, this::safepointInterval),
            new Check("agents", Section.JVM, this::agents),
            new Check("exports", Section.JVM, Jvm::exports),
            new Check("journal's flags", Section.JVM, Jvm::journalFlags),
            new Check("Agrona's checks", Section.JVM, Jvm::agronaChecks),
            new Check("Netty's checks", Section.JVM, Jvm::nettyChecks)));
    }

    private Diagnosis version()
    {
        final String mode = System.getProperty("java.vm.info", "");
        final String found = Runtime.version() + ", " + System.getProperty("java.vm.name") + ", " + mode;
        if (mode.startsWith("interpreted"))
        {
            return Diagnosis.bad(found, "Nothing is compiled: leave -Xint and -Djava.compiler=NONE out.");
        }

        return Runtime.version().feature() >= RECOMMENDED_FEATURE ? Diagnosis.ok(found) :
            new Diagnosis(Verdict.OK, found, "JDK 21 and 25 have better collectors and start faster.");
    }

    private Diagnosis collector()
    {
        final String found = String.join(", ", collectors);
        return Diagnosis.okIf(!found.contains("G1"), found, "The engine allocates nothing per message, so choose the " +
            "one with the least barriers (-XX:+UseParallelGC) or the shortest pauses (-XX:+UseZGC).");
    }

    private Diagnosis heap() throws IOException
    {
        final long initialBytes = number("InitialHeapSize");
        final long maxBytes = number("MaxHeapSize");
        return Diagnosis.okIf(
            initialBytes == maxBytes,
            initialBytes / MIB + " MiB at first, at most " + maxBytes / MIB + " MiB",
            "A heap that grows stops the JVM: -Xms" + maxBytes / MIB + "m -Xmx" + maxBytes / MIB + "m.");
    }

    private Diagnosis preTouch() throws IOException
    {
        return Diagnosis.okIf(isSet("AlwaysPreTouch"), isSet("AlwaysPreTouch") ? "at the start" : "as it is used",
            "The first use of each page is a page fault: -XX:+AlwaysPreTouch.");
    }

    private Diagnosis statisticsFile() throws IOException
    {
        final boolean isShared = isSet("UsePerfData") && !isSet("PerfDisableSharedMem");
        return Diagnosis.okIf(!isShared, isShared ? "written to the disk" : "none on the disk",
            "The JVM writes it at safepoints and waits for the disk: -XX:-UsePerfData.");
    }

    private Diagnosis safepointInterval()
    {
        final int feature = Runtime.version().feature();
        String intervalMs = flags.apply("GuaranteedSafepointInterval");
        if (intervalMs == null && feature > OLD_FEATURE && feature < NEW_FEATURE)
        {
            return Diagnosis.unknown("this JVM does not tell GuaranteedSafepointInterval: add " +
                "-XX:+UnlockDiagnosticVMOptions to see it");
        }

        if (intervalMs == null) // locked, so that nobody has changed it
        {
            intervalMs = feature <= OLD_FEATURE ? "1000" : "0";
        }

        return Diagnosis.okIf("0".equals(intervalMs), intervalMs + " ms",
            "All threads may be stopped so often for cleaning up: " +
            "-XX:+UnlockDiagnosticVMOptions -XX:GuaranteedSafepointInterval=0.");
    }

    private Diagnosis agents()
    {
        final List<String> agents = new ArrayList<>();
        for (final String argument : arguments)
        {
            if (argument.startsWith("-agentlib:") || argument.startsWith("-javaagent:") ||
                argument.startsWith("-agentpath:"))
            {
                agents.add(argument.split("=", 2)[0]);
            }
        }

        return Diagnosis.okIf(agents.isEmpty(), agents.isEmpty() ? "none" : String.join(" ", agents),
            "Agents may change compiled code and stop threads: leave them out when it counts.");
    }

    private static Diagnosis exports()
    {
        return Object.class.getModule().isExported("jdk.internal.misc", Agent.class.getModule()) ?
            Diagnosis.ok("jdk.internal.misc is there for Agrona") :
            Diagnosis.bad("jdk.internal.misc is closed", "No engine starts: " +
                "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED.");
    }

    private static Diagnosis journalFlags()
    {
        final Module base = Object.class.getModule();
        final Module ours = Jvm.class.getModule();
        final List<String> closed = new ArrayList<>();
        CHRONICLE_EXPORTS.stream().filter((name) -> !base.isExported(name, ours)).forEach(closed::add);
        CHRONICLE_OPENS.stream().filter((name) -> !base.isOpen(name, ours)).forEach(closed::add);
        return Diagnosis.okIf(closed.isEmpty(),
            closed.isEmpty() ? "all packages are open to Chronicle" :
                "closed to Chronicle: " + String.join(" ", closed),
            "No journal can be written or read: " + OPTIONS + ".");
    }

    private static Diagnosis agronaChecks()
    {
        return Diagnosis.okIf(!UnsafeBuffer.SHOULD_BOUNDS_CHECK,
            UnsafeBuffer.SHOULD_BOUNDS_CHECK ? "bounds are checked" : "bounds are not checked",
            "A branch for each access: -Dagrona.disable.bounds.checks=true once your code was tested with them on.");
    }

    private static Diagnosis nettyChecks()
    {
        final List<String> flags = new ArrayList<>();
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.DISABLED)
        {
            flags.add("-Dio.netty.leakDetection.level=disabled");
        }

        for (final String name : List.of("io.netty.buffer.checkBounds", "io.netty.buffer.checkAccessible"))
        {
            if (!"false".equals(System.getProperty(name)))
            {
                flags.add("-D" + name + "=false");
            }
        }

        return Diagnosis.okIf(flags.isEmpty(),
            "leak detection " + ResourceLeakDetector.getLevel().name().toLowerCase(Locale.ROOT) +
            (flags.isEmpty() ? ", no checks" : ""),
            "They cost garbage and branches: " + String.join(" ", flags) + ".");
    }

    private boolean isSet(final String flag) throws IOException
    {
        return "true".equals(value(flag));
    }

    private long number(final String flag) throws IOException
    {
        final String value = value(flag);
        if (!value.matches("\\d{1,18}"))
        {
            throw new IOException("-XX flag " + flag + ": '" + value + "' is not a number");
        }

        return Long.parseLong(value);
    }

    private String value(final String flag) throws IOException
    {
        final String value = flags.apply(flag);
        if (value == null)
        {
            throw new IOException("this JVM has no readable flag " + flag);
        }

        return value;
    }
}
