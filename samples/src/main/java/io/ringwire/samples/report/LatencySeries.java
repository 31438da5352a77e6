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
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The latencies of one thing: all of them in one histogram, and the percentiles of each interval. Values are taken as
 * they were recorded, none is cut off. For one thread.
 */
public final class LatencySeries
{
    private final String name;
    private final LatencyUnit recordedIn;
    private final Histogram histogram;
    private final List<LatencyInterval> intervals;

    /**
     * Make an empty series.
     *
     * @param name              as charts and tables show it.
     * @param recordedIn        the unit of the values that its histograms hold.
     * @param significantDigits that are kept of a value: 1 to 5.
     */
    public LatencySeries(final String name, final LatencyUnit recordedIn, final int significantDigits)
    {
        this(name, recordedIn, new Histogram(significantDigits), new ArrayList<>());
    }

    private LatencySeries(
        final String name,
        final LatencyUnit recordedIn,
        final Histogram histogram,
        final List<LatencyInterval> intervals)
    {
        this.name = name;
        this.recordedIn = recordedIn;
        this.histogram = histogram;
        this.intervals = intervals;
    }

    /**
     * A series of one histogram of ns.
     *
     * @param name      as charts and tables show it.
     * @param histogram to copy.
     * @return a series without intervals.
     */
    public static LatencySeries of(final String name, final AbstractHistogram histogram)
    {
        final LatencySeries series =
            new LatencySeries(name, LatencyUnit.NS, histogram.getNumberOfSignificantValueDigits());
        series.histogram.add(histogram);
        return series;
    }

    /**
     * The unit to show several series in: the one of where half of their latencies are, in the middle between the
     * fastest series and the slowest.
     *
     * @param series with a latency among them.
     * @return the unit.
     */
    public static LatencyUnit unit(final List<LatencySeries> series)
    {
        final List<Double> mediansNs = series.stream().filter((one) -> one.count() > 0)
            .map((one) -> Math.max(1, one.percentileNs(50))).sorted().toList();
        return LatencyUnit.of(Math.sqrt(mediansNs.get(0) * mediansNs.get(mediansNs.size() - 1)));
    }

    /**
     * The same series under another name.
     *
     * @param newName as charts and tables show it.
     * @return a view: what is added to one is added to both.
     */
    public LatencySeries named(final String newName)
    {
        return new LatencySeries(newName, recordedIn, histogram, intervals);
    }

    /**
     * Add an interval.
     *
     * @param interval with its start and end time set. It is copied.
     */
    public void add(final AbstractHistogram interval)
    {
        histogram.add(interval);
        intervals.add(LatencyInterval.of(interval, recordedIn));
    }

    /** {@return the name as charts and tables show it} */
    public String name()
    {
        return name;
    }

    /** {@return the intervals in the order added} */
    public List<LatencyInterval> intervals()
    {
        return Collections.unmodifiableList(intervals);
    }

    /** {@return how many latencies there are} */
    public long count()
    {
        return histogram.getTotalCount();
    }

    /** {@return the mean in ns, 0 without any latency} */
    public double meanNs()
    {
        return count() == 0 ? 0 : histogram.getMean() * recordedIn.lengthNs();
    }

    /** {@return the longest in ns, 0 without any latency} */
    public double maxNs()
    {
        return (double)histogram.getMaxValue() * recordedIn.lengthNs();
    }

    /**
     * The latency that a percentage of all does not exceed.
     *
     * @param percentile 0 to 100.
     * @return the latency in ns, 0 without any.
     */
    public double percentileNs(final double percentile)
    {
        return (double)histogram.getValueAtPercentile(percentile) * recordedIn.lengthNs();
    }
}
