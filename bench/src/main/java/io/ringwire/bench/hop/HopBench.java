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
package io.ringwire.bench.hop;

import io.ringwire.bench.child.ChildJvm;
import io.ringwire.bench.client.BenchException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Rounds of all carriers in turn, each round in a new JVM for each carrier: what the machine does meanwhile falls on
 * all of them, and so do the whims of a compiler. Owner: the calling thread.
 */
public final class HopBench
{
    private static final List<String> HEAP = List.of("-XX:+UseParallelGC", "-Xms256m", "-Xmx256m");

    private final List<CarrierKind> kinds;
    private final List<Integer> lengths;
    private final Map<List<Object>, List<HopFigures>> roundsByCase = new HashMap<>();

    /**
     * Prepare.
     *
     * @param kinds   of carriers.
     * @param lengths of messages in bytes.
     */
    public HopBench(final List<CarrierKind> kinds, final List<Integer> lengths)
    {
        this.kinds = List.copyOf(kinds);
        this.lengths = List.copyOf(lengths);
    }

    /**
     * Measure one round more.
     *
     * @param messages     of each figure.
     * @param memoryLength of each carrier in bytes.
     * @param yields       true if a thread that waits gives its core away.
     * @param timeoutNs    for each carrier.
     * @throws BenchException if a JVM fails.
     */
    public void round(final long messages, final int memoryLength, final boolean yields, final long timeoutNs)
        throws BenchException
    {
        for (final CarrierKind kind : kinds)
        {
            final List<String> arguments = new ArrayList<>(List.of(
                kind.title(), Integer.toString(memoryLength), Long.toString(messages), Boolean.toString(yields)));
            lengths.stream().filter(kind::carries).forEach((length) -> arguments.add(length.toString()));
            final List<String> others = new ArrayList<>();
            final int exitCode = ChildJvm.run(HEAP, HopWorker.class, arguments, timeoutNs, (line) ->
            {
                final String[] words = line.split(" ");
                if (words[0].equals(HopWorker.RESULT))
                {
                    rounds(kind, Integer.parseInt(words[1])).add(HopFigures.parse(words, 2));
                }
                else
                {
                    others.add(line);
                }
            });
            if (exitCode != 0)
            {
                throw new BenchException("the carrier " + kind.title() + " " +
                    (exitCode == ChildJvm.TIMED_OUT ? "timed out" : "failed: " + String.join(" / ", others)));
            }
        }
    }

    /**
     * A figure of the rounds so far.
     *
     * @param kind   of carrier.
     * @param length of messages in bytes.
     * @param figure to take.
     * @return the median of the rounds, the higher of the two in the middle; NaN if the message does not fit.
     */
    public double median(final CarrierKind kind, final int length, final ToDoubleFunction<HopFigures> figure)
    {
        final List<HopFigures> rounds = rounds(kind, length);
        return rounds.stream().mapToDouble(figure).sorted().skip(rounds.size() / 2).findFirst().orElse(Double.NaN);
    }

    /**
     * How far the rounds lie apart.
     *
     * @param kind   of carrier.
     * @param length of messages in bytes.
     * @param figure to take.
     * @return the largest less the smallest, as a part of the median.
     */
    public double spread(final CarrierKind kind, final int length, final ToDoubleFunction<HopFigures> figure)
    {
        final double[] sorted = rounds(kind, length).stream().mapToDouble(figure).sorted().toArray();
        return sorted.length == 0 ? Double.NaN :
            (sorted[sorted.length - 1] - sorted[0]) / median(kind, length, figure);
    }

    /**
     * The engine's ring against the best of the other carriers that several consumers could share.
     *
     * @param length of messages in bytes.
     * @param figure to compare.
     * @return above 1 if the engine's takes longer; NaN if one of them was not measured.
     */
    public double ratioToBest(final int length, final ToDoubleFunction<HopFigures> figure)
    {
        final double best = others()
            .mapToDouble((kind) -> median(kind, length, figure))
            .filter((value) -> !Double.isNaN(value))
            .min()
            .orElse(Double.NaN);
        return median(CarrierKind.DESCRIPTORS, length, figure) / best;
    }

    private Stream<CarrierKind> others()
    {
        return kinds.stream().filter((kind) -> kind.isSharable() && kind != CarrierKind.DESCRIPTORS);
    }

    private List<HopFigures> rounds(final CarrierKind kind, final int length)
    {
        return roundsByCase.computeIfAbsent(List.of(kind, length), (key) -> new ArrayList<>());
    }
}
