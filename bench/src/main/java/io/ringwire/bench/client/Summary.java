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
package io.ringwire.bench.client;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The rounds of one client as one: the median of each figure over the rounds, and how far they lie apart.
 */
public final class Summary
{
    private static final int SIGNIFICANT_DIGITS = 3;

    private final List<Measurement> rounds;
    private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);

    /**
     * Sum up.
     *
     * @param rounds at least one.
     */
    public Summary(final List<Measurement> rounds)
    {
        this.rounds = List.copyOf(rounds);
        rounds.forEach((round) -> latencies.add(round.latencies()));
    }

    /**
     * The rounds.
     *
     * @return how many.
     */
    public int rounds()
    {
        return rounds.size();
    }

    /**
     * The transport in use.
     *
     * @return its name.
     */
    public String transport()
    {
        return rounds.get(0).transport();
    }

    /**
     * Messages of a round.
     *
     * @return of the first.
     */
    public long frames()
    {
        return rounds.get(0).frames();
    }

    /**
     * The rate.
     *
     * @return messages a second, the median of the rounds.
     */
    public double framesPerS()
    {
        return median(Measurement::framesPerS);
    }

    /**
     * Does the workload have latencies?
     *
     * @return true if any was recorded.
     */
    public boolean hasLatencies()
    {
        return latencies.getTotalCount() > 0;
    }

    /**
     * All latencies of all rounds.
     *
     * @return in ns; not to be changed.
     */
    public Histogram latencies()
    {
        return latencies;
    }

    /**
     * A latency.
     *
     * @param percentile 0 to 100.
     * @return in ns, the median of the rounds.
     */
    public long latencyNs(final double percentile)
    {
        return (long)median((round) -> round.latencies().getValueAtPercentile(percentile));
    }

    /**
     * The longest latency.
     *
     * @return in ns, of all rounds.
     */
    public long maxLatencyNs()
    {
        return latencies.getMaxValue();
    }

    /**
     * Garbage.
     *
     * @return heap bytes a message, the median of the rounds; NaN if it is unknown.
     */
    public double bytesPerMessage()
    {
        return median(Measurement::bytesPerMessage);
    }

    /**
     * CPU time.
     *
     * @return ns a message, of all cores, the median of the rounds.
     */
    public double cpuNsPerMessage()
    {
        return median(Measurement::cpuNsPerMessage);
    }

    /**
     * Collections.
     *
     * @return of all rounds.
     */
    public long gcs()
    {
        return rounds.stream().mapToLong(Measurement::gcs).sum();
    }

    /**
     * The median of a figure: the higher one of the two in the middle if there are two.
     *
     * @param figure of a round.
     * @return its median.
     */
    public double median(final ToDoubleFunction<Measurement> figure)
    {
        return rounds.stream().mapToDouble(figure).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    /**
     * How far the rounds lie apart.
     *
     * @param figure of a round.
     * @return the largest less the smallest, as a part of the median; 0 for a single round.
     */
    public double spread(final ToDoubleFunction<Measurement> figure)
    {
        final double min = rounds.stream().mapToDouble(figure).min().orElseThrow();
        final double max = rounds.stream().mapToDouble(figure).max().orElseThrow();
        return (max - min) / median(figure);
    }
}
