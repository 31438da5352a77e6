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
package io.ringwire.bench.cmd;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.hop.CarrierKind;
import io.ringwire.bench.hop.HopBench;
import io.ringwire.bench.hop.HopFigures;
import io.ringwire.config.BufferPolicy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * {@code ringwire bench hop}: what it costs to hand a message from one thread to another, by the engine's ring and by
 * other carriers.
 */
@Command(
    name = "hop",
    description = "Hand messages from one thread to another, by the engine's ring and by other carriers.",
    footer =
    {
        "%nOne way: from before the message is put in until the other thread has read all of it. Round trip: there " +
            "and back, through two carriers. Stream: a message, as fast as they go. Rounds take turns, each carrier " +
            "in a new JVM; figures are medians of the rounds, spread is (max - min) / median of the round trip.",
        "%n--json prints one object: bench, rounds, messages, memory, yields and, with the name of the carrier " +
            "and the size and '_' before each, one_way_ns, one_way_p99_ns, round_trip_ns, round_trip_spread, " +
            "stream_ns, bytes_per_hop, null if the message does not fit; with 'ratio_' and the size and '_' before " +
            "each, one_way, round_trip and stream of the engine's ring over the best that several consumers could " +
            "share."
    },
    mixinStandardHelpOptions = true)
final class HopCommand implements Callable<Integer>
{
    private static final int BUSY_THREADS = 2;
    private static final int MIN_SIZE_BYTES = 8;
    private static final int MIN_MEMORY = 64 * 1024;
    private static final int MEMORY_PER_MESSAGE = 8; // what the most modest of the carriers takes

    @Spec
    private CommandSpec spec;

    @Option(
        names = "--size", split = ",", defaultValue = "32,128,1024,8192",
        description = "Bytes in a message, several with commas between (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(
        names = "--messages", defaultValue = "100000",
        description = "Round trips of a round, behind half as many of warm-up; a stream has 16 times as many " +
            "(${DEFAULT-VALUE}).")
    private long messages;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of all carriers in turn (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
        names = "--carrier", split = ",",
        description = "Only these of descriptors, slots-256, slots-2k, slots-16k, one-to-one and byte-buf.")
    private List<String> carriers;

    @Option(names = "--memory", description = "Bytes of memory of each carrier, a power of two: as in the engine.")
    private int memoryLength = new BufferPolicy().arenaLength();

    @Option(names = "--timeout", defaultValue = "60", description = "Seconds for a carrier's round (${DEFAULT-VALUE}).")
    private long timeoutS;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call()
    {
        try
        {
            check();
            final List<CarrierKind> kinds = carriers == null ?
                List.of(CarrierKind.values()) : carriers.stream().map(CarrierKind::of).toList();
            final boolean yields = Runtime.getRuntime().availableProcessors() < BUSY_THREADS;
            warn(yields);
            final HopBench bench = new HopBench(kinds, sizes);
            for (int round = 0; round < rounds; round++)
            {
                bench.round(messages, memoryLength, yields, TimeUnit.SECONDS.toNanos(timeoutS));
            }

            report(kinds, bench, yields);
            return CommandLine.ExitCode.OK;
        }
        catch (final BenchException | IllegalArgumentException ex)
        {
            error(ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void check() throws BenchException
    {
        RunCommand.checkAtLeast("--messages", messages, 1);
        RunCommand.checkAtLeast("--rounds", rounds, 1);
        RunCommand.checkAtLeast("--timeout", timeoutS, 1);
        RunCommand.checkAtLeast("--memory", memoryLength, MIN_MEMORY);
        if (Integer.bitCount(memoryLength) != 1)
        {
            throw new BenchException("--memory " + memoryLength + " must be a power of two");
        }

        for (final int sizeBytes : sizes)
        {
            if (sizeBytes < MIN_SIZE_BYTES || sizeBytes > memoryLength / MEMORY_PER_MESSAGE - MIN_SIZE_BYTES)
            {
                throw new BenchException("--size " + sizeBytes + " is not within " + MIN_SIZE_BYTES + " and an " +
                    "eighth of --memory " + memoryLength);
            }
        }
    }

    private void warn(final boolean yields)
    {
        final int cores = Runtime.getRuntime().availableProcessors();
        final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (yields)
        {
            error("warning: " + BUSY_THREADS + " threads share " + cores +
                " core and yield it to each other: the figures show the scheduler");
        }
        else if (load > cores - BUSY_THREADS + 1)
        {
            error(String.format(Locale.ROOT,
                "warning: %d threads spin on %d cores that others use too (load average %.1f): figures will be high",
                BUSY_THREADS, cores, load));
        }
    }

    private void report(final List<CarrierKind> kinds, final HopBench bench, final boolean yields)
    {
        if (json)
        {
            out(json(kinds, bench, yields));
            return;
        }

        out("hop: " + messages + " messages, " + rounds + " rounds, " + memoryLength + " bytes of memory, " +
            (yields ? "yielding" : "spinning"));
        for (final int sizeBytes : sizes)
        {
            out("");
            out(String.format(Locale.ROOT, "%-14s%12s%14s%15s%9s%12s%9s",
                sizeBytes + " B", "one way ns", "p99 one way", "round trip ns", "spread", "stream ns", "B/hop"));
            for (final CarrierKind kind : kinds)
            {
                out(row(bench, kind, sizeBytes));
            }

            out(String.format(Locale.ROOT, "descriptors over the best for several consumers: " +
                "one way %.2f, round trip %.2f, stream %.2f",
                bench.ratioToBest(sizeBytes, HopFigures::oneWayNs),
                bench.ratioToBest(sizeBytes, HopFigures::roundTripNs),
                bench.ratioToBest(sizeBytes, HopFigures::streamNs)));
        }
    }

    private static String row(final HopBench bench, final CarrierKind kind, final int sizeBytes)
    {
        return String.format(Locale.ROOT, "%-14s%12s%14s%15s%9s%12s%9s",
            kind.title(),
            figure("%.0f", bench.median(kind, sizeBytes, HopFigures::oneWayNs)),
            figure("%.0f", bench.median(kind, sizeBytes, HopFigures::oneWayP99Ns)),
            figure("%.0f", bench.median(kind, sizeBytes, HopFigures::roundTripNs)),
            figure("%.2f", bench.spread(kind, sizeBytes, HopFigures::roundTripNs)),
            figure("%.1f", bench.median(kind, sizeBytes, HopFigures::streamNs)),
            figure("%.1f", bench.median(kind, sizeBytes, HopFigures::bytesPerHop)));
    }

    private static String figure(final String format, final double value)
    {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private String json(final List<CarrierKind> kinds, final HopBench bench, final boolean yields)
    {
        final JsonLine line = new JsonLine()
            .put("bench", spec.name())
            .put("rounds", rounds)
            .put("messages", messages)
            .put("memory", memoryLength)
            .put("yields", Boolean.toString(yields));
        for (final int sizeBytes : sizes)
        {
            for (final CarrierKind kind : kinds)
            {
                final String prefix = kind.title() + '_' + sizeBytes + '_';
                line.put(prefix + "one_way_ns", bench.median(kind, sizeBytes, HopFigures::oneWayNs))
                    .put(prefix + "one_way_p99_ns", bench.median(kind, sizeBytes, HopFigures::oneWayP99Ns))
                    .put(prefix + "round_trip_ns", bench.median(kind, sizeBytes, HopFigures::roundTripNs))
                    .put(prefix + "round_trip_spread", bench.spread(kind, sizeBytes, HopFigures::roundTripNs))
                    .put(prefix + "stream_ns", bench.median(kind, sizeBytes, HopFigures::streamNs))
                    .put(prefix + "bytes_per_hop", bench.median(kind, sizeBytes, HopFigures::bytesPerHop));
            }

            putRatio(line, bench, sizeBytes, "one_way", HopFigures::oneWayNs);
            putRatio(line, bench, sizeBytes, "round_trip", HopFigures::roundTripNs);
            putRatio(line, bench, sizeBytes, "stream", HopFigures::streamNs);
        }

        return line.toString();
    }

    private static void putRatio(
        final JsonLine line,
        final HopBench bench,
        final int sizeBytes,
        final String name,
        final ToDoubleFunction<HopFigures> figure)
    {
        line.put("ratio_" + sizeBytes + '_' + name, bench.ratioToBest(sizeBytes, figure));
    }

    private void out(final String line)
    {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void error(final String line)
    {
        spec.commandLine().getErr().println("ringwire bench: " + line);
        spec.commandLine().getErr().flush();
    }
}
