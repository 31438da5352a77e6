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

/**
 * What the kernel does with packets, and on which cores.
 */
final class Network
{
    private static final String CORE = "/proc/sys/net/core/";
    private static final String IPV4 = "/proc/sys/net/ipv4/";
    private static final String CARDS = "/sys/class/net/";
    private static final String INTERRUPTS = "/proc/irq/";
    private static final long MIN_BUFFER_BYTES = 1024 * 1024;

    private final SystemFiles files;

    Network(final SystemFiles files)
    {
        this.files = files;
    }

    Room room()
    {
        return new Room("Network", List.of(
            new Check("busy polling", Section.NETWORK, this::busyPolling),
            new Check("socket buffers", Section.NETWORK, this::socketBuffers),
            new Check("TCP", Section.NETWORK, this::tcp),
            new Check("network cards", Section.NETWORK, this::cards),
            new Check("interrupts", Section.NETWORK, this::interrupts),
            new Check("packet steering", Section.NETWORK, this::steering)));
    }

    private Diagnosis busyPolling() throws IOException
    {
        final long pollUs = files.number(CORE + "busy_poll");
        final long readUs = files.number(CORE + "busy_read");
        return Diagnosis.ok("busy_poll " + pollUs + " us, busy_read " + readUs + " us" +
            (readUs == 0 ? "; a session may ask for its own (SocketPolicy.busyPollNs)" : ""));
    }

    private Diagnosis socketBuffers() throws IOException
    {
        final long receive = files.number(CORE + "rmem_max");
        final long send = files.number(CORE + "wmem_max");
        return Diagnosis.okIf(
            Math.min(receive, send) >= MIN_BUFFER_BYTES,
            String.format(Locale.ROOT, "rmem_max %,d, wmem_max %,d bytes", receive, send),
            "A SocketPolicy cannot ask for more: sysctl net.core.rmem_max=4194304 net.core.wmem_max=4194304.");
    }

    private Diagnosis tcp() throws IOException
    {
        final String lowLatency = files.textOr(IPV4 + "tcp_low_latency", "");
        final long slowStart = files.number(IPV4 + "tcp_slow_start_after_idle");
        return Diagnosis.okIf(
            slowStart == 0,
            "tcp_slow_start_after_idle " + slowStart +
            (lowLatency.isEmpty() ? "" : ", tcp_low_latency " + lowLatency + " (without effect since 4.14)"),
            "An order behind a pause starts with a small window: sysctl net.ipv4.tcp_slow_start_after_idle=0.");
    }

    private Diagnosis cards() throws IOException
    {
        final List<String> found = new ArrayList<>();
        String advice = "";
        for (final String card : cardNames())
        {
            final String path = CARDS + card;
            final String speed = files.textOr(path + "/speed", "");
            final String node = files.textOr(path + "/device/numa_node", "-1");
            final long queues = files.names(path + "/queues").stream().filter((name) -> name.startsWith("rx-")).count();
            found.add(card + " (" + files.linkNameOr(path + "/device/driver", "driver not told") +
                (speed.matches("\\d+") ? ", " + speed + " Mb/s" : "") + ", " + queues +
                (queues == 1 ? " queue" : " queues") + (node.equals("-1") ? "" : ", node " + node) + ")");
            final String cpulist = "/sys/devices/system/node/node" + node + "/cpulist";
            if (node.matches("\\d+") && files.exists(cpulist))
            {
                final CpuSet near = files.cpuList(cpulist);
                final CpuSet ours = Cores.usable(files).or(Cores.isolated(files));
                advice = near.and(ours).isEmpty() ? "Packets of " + card +
                    " cross to another node: run the engine on cores " + near + '.' : advice;
            }
        }

        return found.isEmpty() ? Diagnosis.unknown("no card of its own is up in " + CARDS) :
            Diagnosis.okIf(advice.isEmpty(), String.join("; ", found), advice);
    }

    private List<String> cardNames() throws IOException
    {
        return files.names(CARDS).stream()
            .filter((card) -> files.exists(CARDS + card + "/device") &&
                files.textOr(CARDS + card + "/operstate", "down").equals("up"))
            .toList();
    }

    private Diagnosis interrupts() throws IOException
    {
        final CpuSet isolated = Cores.isolated(files);
        CpuSet served = CpuSet.none();
        final List<String> offenders = new ArrayList<>();
        int count = 0;
        for (final String number : files.names(INTERRUPTS))
        {
            final String path = INTERRUPTS + number + "/smp_affinity_list";
            if (number.matches("\\d+") && files.exists(path))
            {
                final CpuSet cpus = files.cpuList(path);
                served = served.or(cpus);
                count++;
                if (!cpus.and(isolated).isEmpty())
                {
                    offenders.add(number);
                }
            }
        }

        final String found = count + " lines, served by cores " + served +
            (isolated.isEmpty() ? "; no core is isolated from them" : "");
        return Diagnosis.okIf(offenders.isEmpty(), found, offenders.size() + " may stop isolated cores " + isolated +
            " (" + String.join(" ", offenders.subList(0, Math.min(8, offenders.size()))) +
            "): boot with irqaffinity=LIST, or write the other cores to /proc/irq/N/smp_affinity_list.");
    }

    private Diagnosis steering() throws IOException
    {
        final CpuSet isolated = Cores.isolated(files);
        CpuSet steered = CpuSet.none();
        for (final String card : cardNames())
        {
            final String path = CARDS + card + "/queues/";
            for (final String queue : files.names(path))
            {
                if (queue.startsWith("rx-") && files.exists(path + queue + "/rps_cpus"))
                {
                    steered = steered.or(files.cpuMask(path + queue + "/rps_cpus"));
                }
            }
        }

        return Diagnosis.okIf(
            steered.and(isolated).isEmpty(),
            steered.isEmpty() ? "RPS off" : "RPS sends packets to cores " + steered,
            "It gives the kernel's work to isolated cores: echo 0 > " + CARDS + "CARD/queues/rx-N/rps_cpus.");
    }
}
