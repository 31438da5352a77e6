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

import io.ringwire.Engine;
import io.ringwire.api.EventLog;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TlsPolicy;
import io.ringwire.config.TlsProvider;
import io.ringwire.config.Transport;
import io.ringwire.io.TransportFactory;
import io.ringwire.thread.CpuAffinity;
import io.ringwire.tls.TlsContexts;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an engine gets here: its transport, its TLS, and cores to spin on and pin itself to. All of it is tried out.
 */
final class EngineRoom
{
    private static final double SPINNING_PERCENT = 90;
    private static final int MAX_WAITS = 20; // for locks and safepoints of the JVM
    private static final String IO_THREAD = "ringwire-io";
    private static final EventLog SILENT_LOG = (level, source, message, cause) ->
    {
    };

    private final long spinNs;

    /**
     * Try an engine out.
     *
     * @param spinNs how long one spins.
     */
    EngineRoom(final long spinNs)
    {
        this.spinNs = spinNs;
    }

    Room room()
    {
        return new Room("Engine", List.of(
            new Check("transport", Section.TRANSPORT, EngineRoom::transport),
            new Check("TLS", Section.TLS, EngineRoom::tls),
            new Check("busy-wait", Section.IDLE, this::busyWait),
            new Check("pinning", Section.PINNING, EngineRoom::pinning)));
    }

    private static Diagnosis transport()
    {
        final TransportFactory loaded;
        try
        {
            loaded = TransportFactory.load(new EngineContext().transport());
        }
        catch (final ConfigurationException ex)
        {
            return Diagnosis.bad(ex.getMessage(), "No engine starts: leave ringwire.transport out.");
        }

        final StringBuilder found = new StringBuilder(loaded.explanation().split(" because")[0]);
        String lastReason = ""; // of both native transports if native code is switched off
        for (final Transport other : List.of(Transport.EPOLL, Transport.IO_URING, Transport.NIO))
        {
            final String reason = TransportFactory.unavailability(other);
            if (other != loaded.transport())
            {
                found.append("; ").append(other).append(reason == null ? " loads too" : " does not load: " +
                    (reason.equals(lastReason) ? "for the same reason" : reason));
                lastReason = reason == null ? lastReason : reason;
            }
        }

        return Diagnosis.okIf(loaded.transport() == Transport.EPOLL, found.toString(), "EPOLL makes no garbage: run " +
            "on Linux x86_64 with netty-transport-native-epoll on the class path.");
    }

    private static Diagnosis tls()
    {
        final TlsProvider wanted = new TlsPolicy().provider();
        final String reason = TlsContexts.unavailability(TlsProvider.BORINGSSL);
        if (reason != null)
        {
            final String found = "JDK; BORINGSSL does not load: " + reason;
            return wanted == TlsProvider.BORINGSSL ?
                Diagnosis.bad(found, "No session with TLS connects: leave ringwire.tls.provider out.") :
                Diagnosis.warn(found, "The JDK's engine makes garbage with each message: put " +
                    "netty-tcnative-boringssl-static for this platform on the class path.");
        }

        return wanted == TlsProvider.JDK ?
            Diagnosis.warn("JDK, asked for; BORINGSSL loads too", "The JDK's engine makes garbage with each message: " +
                "leave ringwire.tls.provider out.") :
            Diagnosis.ok(
                "BORINGSSL, " + (wanted == TlsProvider.AUTO ? "chosen by AUTO" : "asked for") + "; JDK loads too");
    }

    /**
     * Does a thread that is told to spin get a core for itself?
     */
    private Diagnosis busyWait() throws InterruptedException
    {
        final AtomicReference<Throwable> error = new AtomicReference<>();
        final EngineContext context = new EngineContext()
            .threadingMode(ThreadingMode.DEDICATED)
            .idleMode(IdleMode.SPIN)
            .observation(new ObservationPolicy().enabled(false).latencyLog(null))
            .journal(new JournalPolicy().directory(null))
            .eventLog(SILENT_LOG)
            .errorHandler(error::set);
        try (Engine engine = Engine.launch(context))
        {
            final Diagnosis diagnosis = measure(engine.threads());
            return error.get() == null ? diagnosis : Diagnosis.bad("the engine failed: " + error.get(), "");
        }
        catch (final ConfigurationException ex)
        {
            return ex.getMessage().startsWith("idleMode=SPIN") ?
                Diagnosis.warn("refused: " + ex.getMessage(), "Give the process more cores, or do as it says.") :
                Diagnosis.bad("refused: " + ex.getMessage(), "No engine starts here: do as it says.");
        }
    }

    private Diagnosis measure(final List<Thread> threads) throws InterruptedException
    {
        final ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        if (!bean.isThreadCpuTimeSupported() || !bean.isThreadCpuTimeEnabled())
        {
            return Diagnosis.unknown("this JVM does not tell the CPU time of threads");
        }

        final Thread io = threads.stream().filter((thread) -> thread.getName().equals(IO_THREAD)).findFirst()
            .orElseThrow(() -> new IllegalStateException("no thread " + IO_THREAD));
        final ContextSwitches before = switchesOf(io);
        final long cpuNs = bean.getThreadCpuTime(idOf(io));
        final long startNs = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(spinNs);
        final double percent = 100.0 * (bean.getThreadCpuTime(idOf(io)) - cpuNs) / (System.nanoTime() - startNs);
        final ContextSwitches after = switchesOf(io);
        String found = String.format(Locale.ROOT, "the IO thread told to SPIN got %.0f %% of a core", percent);
        if (before != null && after != null)
        {
            final ContextSwitches switches = after.since(before);
            found += String.format(Locale.ROOT,
                ", slept %,d times, had its core taken %,d times", switches.waits(), switches.preemptions());
            if (switches.waits() > Math.max(MAX_WAITS, TimeUnit.NANOSECONDS.toMillis(spinNs)))
            {
                return Diagnosis.bad(found, "It waits in the kernel in place of spinning: report this as a bug.");
            }
        }

        return Diagnosis.okIf(percent >= SPINNING_PERCENT, found,
            "Something else runs on the core of a spinning thread: isolate cores and pin the engine to them.");
    }

    private static ContextSwitches switchesOf(final Thread thread)
    {
        try
        {
            return ContextSwitches.of(new SystemFiles(Path.of("/")), thread.getName());
        }
        catch (final IOException ex)
        {
            return null; // not on Linux
        }
    }

    /**
     * Pins a thread of its own to the last core it may use.
     */
    private static Diagnosis pinning() throws Exception
    {
        if (CpuAffinity.allowedCpus().equals("unknown"))
        {
            return Diagnosis.unknown("this kernel does not tell on which cores a thread may run: no pinning here");
        }

        final int[] allowed = CpuSet.ofList(CpuAffinity.allowedCpus()).toArray();
        final int cpu = allowed[allowed.length - 1];
        try
        {
            final String readBack = OwnThread.run("pinning", () ->
            {
                CpuAffinity.pin(cpu);
                return CpuAffinity.allowedCpus();
            });
            return Diagnosis.ok("a thread pinned itself to core " + cpu + " and read back " + readBack);
        }
        catch (final IllegalStateException ex)
        {
            return Diagnosis.bad(ex.getMessage(), "No engine with ioCpu or handlerCpu starts: install taskset " +
                "(util-linux), and let the container use sched_setaffinity.");
        }
    }

    @SuppressWarnings("deprecation") // threadId() came with JDK 19, the floor is 17
    private static long idOf(final Thread thread)
    {
        return thread.getId();
    }
}
