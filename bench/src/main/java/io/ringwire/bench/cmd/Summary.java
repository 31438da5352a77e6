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

import io.ringwire.bench.client.Measurement;
import org.HdrHistogram.Histogram;

import java.util.List;

/**
 * The rounds of one client taken together: latencies of all of them, the median of their rates.
 */
final class Summary
{
    private static final int SIGNIFICANT_DIGITS = 3;

    private final List<Measurement> rounds;
    private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);

    Summary(final List<Measurement> rounds)
    {
        this.rounds = rounds;
        rounds.forEach((round) -> latencies.add(round.latencies()));
    }

    String transport()
    {
        return rounds.get(0).transport();
    }

    long frames()
    {
        return rounds.get(0).frames();
    }

    double framesPerS()
    {
        return rounds.stream().mapToDouble(Measurement::framesPerS).sorted().skip(rounds.size() / 2).findFirst()
            .orElseThrow();
    }

    boolean hasLatencies()
    {
        return latencies.getTotalCount() > 0;
    }

    long latencyNs(final double percentile)
    {
        return latencies.getValueAtPercentile(percentile);
    }

    long maxLatencyNs()
    {
        return latencies.getMaxValue();
    }

    double bytesPerMessage()
    {
        return (double)rounds.stream().mapToLong(Measurement::allocatedBytes).sum() /
            rounds.stream().mapToLong(Measurement::messages).sum();
    }

    long gcs()
    {
        return rounds.stream().mapToLong(Measurement::gcs).sum();
    }

    /**
     * Put the fields that all clients have.
     *
     * @param line   to put them into.
     * @param prefix of their names.
     */
    void putInto(final JsonLine line, final String prefix)
    {
        if (hasLatencies())
        {
            line.put(prefix + "p50_ns", latencyNs(50))
                .put(prefix + "p90_ns", latencyNs(90))
                .put(prefix + "p99_ns", latencyNs(99))
                .put(prefix + "p999_ns", latencyNs(99.9))
                .put(prefix + "max_ns", maxLatencyNs());
        }

        line.put(prefix + "bytes_per_message", bytesPerMessage()).put(prefix + "gcs", gcs());
    }
}
