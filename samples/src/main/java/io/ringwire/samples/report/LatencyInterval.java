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
package io.ringwire.samples.report;

import org.HdrHistogram.AbstractHistogram;

/**
 * What is kept of one interval of a series.
 *
 * @param startMs when it began, in ms since 1970.
 * @param endMs   when it ended, in ms since 1970.
 * @param count   of the latencies recorded in it; without any, the rest is 0.
 * @param p50Ns   the latency that half of them do not exceed, in ns.
 * @param p99Ns   the latency that 99% of them do not exceed, in ns.
 * @param p999Ns  the latency that 99.9% of them do not exceed, in ns.
 * @param maxNs   the longest, in ns.
 */
public record LatencyInterval(
    long startMs, long endMs, long count, double p50Ns, double p99Ns, double p999Ns, double maxNs)
{
    static LatencyInterval of(final AbstractHistogram histogram, final LatencyUnit recordedIn)
    {
        final long count = histogram.getTotalCount();
        final double lengthNs = count == 0 ? 0 : recordedIn.lengthNs();
        return new LatencyInterval(
            histogram.getStartTimeStamp(),
            histogram.getEndTimeStamp(),
            count,
            histogram.getValueAtPercentile(50) * lengthNs,
            histogram.getValueAtPercentile(99) * lengthNs,
            histogram.getValueAtPercentile(99.9) * lengthNs,
            histogram.getMaxValue() * lengthNs);
    }

    /**
     * The longest of both for each figure: what a chart shows where it has no room for both, so that no peak is lost.
     *
     * @param later the interval behind this one.
     * @return an interval that spans both.
     */
    LatencyInterval worst(final LatencyInterval later)
    {
        return new LatencyInterval(
            startMs,
            Math.max(endMs, later.endMs),
            count + later.count,
            Math.max(p50Ns, later.p50Ns),
            Math.max(p99Ns, later.p99Ns),
            Math.max(p999Ns, later.p999Ns),
            Math.max(maxNs, later.maxNs));
    }
}
