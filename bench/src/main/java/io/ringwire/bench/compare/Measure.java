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
package io.ringwire.bench.compare;

import io.ringwire.bench.client.Measurement;
import io.ringwire.samples.report.LatencyUnit;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * What a target is judged by.
 *
 * @param ofRound      its value in a round; 0 or less, or NaN, if the round has none.
 * @param isMoreBetter false if less is.
 * @param text         of a value, with its unit if it has any.
 */
record Measure(ToDoubleFunction<Measurement> ofRound, boolean isMoreBetter, DoubleFunction<String> text)
{
    /** Messages a second. */
    static final Measure RATE = new Measure(Measurement::framesPerS, true, (rate) -> text("%,.0f", rate));

    /** CPU time of a message, of all cores of the client. */
    static final Measure CPU_PER_MESSAGE =
        new Measure(Measurement::cpuNsPerMessage, false, (cpuNs) -> text("%.1f ns", cpuNs));

    static Measure latency(final double percentile)
    {
        return new Measure(
            (round) -> round.latencies().getValueAtPercentile(percentile),
            false,
            (latencyNs) -> LatencyUnit.US.number(latencyNs) + " us");
    }

    static Measure cpuPerByte(final int sizeBytes)
    {
        return new Measure(
            (round) -> round.cpuNsPerMessage() / sizeBytes, false, (cpuNs) -> text("%.3f ns/byte", cpuNs));
    }

    private static String text(final String format, final double value)
    {
        return String.format(Locale.ROOT, format, value);
    }
}
