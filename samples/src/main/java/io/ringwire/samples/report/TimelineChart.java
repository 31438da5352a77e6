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

import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Percentiles of each interval over time. An interval is a flat piece of line from its start to its end; where nothing
 * was recorded there is a gap. Where there are more intervals than the chart has room for, a piece shows the worst of
 * several, each line by itself, so that no peak is lost.
 */
public final class TimelineChart
{
    private static final int MAX_PIECES = 400;
    private static final double TIME_MARGIN = 1.003;

    private TimelineChart()
    {
    }

    /**
     * How many intervals a piece of line shows.
     *
     * @param series to draw.
     * @return 1 or more.
     */
    public static int intervalsPerPiece(final LatencySeries series)
    {
        return Math.max(1, (series.intervals().size() + MAX_PIECES - 1) / MAX_PIECES);
    }

    /**
     * The pieces that are drawn.
     *
     * @param series to draw.
     * @return its intervals by time, the worst of {@link #intervalsPerPiece(LatencySeries)} each.
     */
    public static List<LatencyInterval> pieces(final LatencySeries series)
    {
        final int intervalsPerPiece = intervalsPerPiece(series);
        final List<LatencyInterval> intervals = new ArrayList<>(series.intervals());
        intervals.sort(Comparator.comparingLong(LatencyInterval::startMs));
        final List<LatencyInterval> pieces = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i += intervalsPerPiece)
        {
            pieces.add(intervals.subList(i, Math.min(i + intervalsPerPiece, intervals.size())).stream()
                .reduce(LatencyInterval::worst)
                .orElseThrow());
        }

        return pieces;
    }

    /**
     * Draw a series.
     *
     * @param series    with an interval that is not empty.
     * @param unit      of the latencies.
     * @param originMs  where the time axis begins, in ms since 1970.
     * @return the chart.
     * @throws IOException with one line, if this machine has no font to draw the labels with.
     */
    public static XYChart of(final LatencySeries series, final LatencyUnit unit, final long originMs)
        throws IOException
    {
        final XYChart chart = ChartStyle.newChart(series.name(), 0);
        final List<LatencyInterval> pieces = pieces(series);
        final double spanS = pieces.stream().mapToLong(LatencyInterval::endMs).max().orElseThrow() / 1e3 -
            originMs / 1e3;
        final TimeUnit timeUnit = TimeUnit.of(spanS);
        final Lines lines = new Lines(pieces, originMs, timeUnit.lengthS);

        ChartStyle.addWideLine(chart, "max", lines.times(), lines.latencies(LatencyInterval::maxNs, unit), 3);
        ChartStyle.addLine(chart, "p99.9", lines.times(), lines.latencies(LatencyInterval::p999Ns, unit), 1);
        ChartStyle.addLine(chart, "p99", lines.times(), lines.latencies(LatencyInterval::p99Ns, unit), 2);
        ChartStyle.addLine(chart, "p50", lines.times(), lines.latencies(LatencyInterval::p50Ns, unit), 0);

        final double minNs = pieces.stream()
            .flatMapToDouble((piece) -> DoubleStream.of(piece.p50Ns(), piece.p99Ns(), piece.p999Ns(), piece.maxNs()))
            .filter((ns) -> ns > 0).min().orElse(1);
        final double maxNs = pieces.stream().mapToDouble(LatencyInterval::maxNs).max().orElse(0);
        ChartStyle.scaleLatencies(chart, unit, unit.from(minNs), unit.from(maxNs));

        final XYStyler styler = chart.getStyler();
        chart.setXAxisTitle("elapsed, " + timeUnit.symbol);
        styler.setXAxisDecimalPattern("#,##0.###");
        styler.setXAxisMin((pieces.get(0).startMs() - originMs) / 1e3 / timeUnit.lengthS);
        // With equally spaced numbers, bounds included, XChart puts the ticks at every nth of them: 0, 7, 14.
        styler.setXAxisMax(spanS / timeUnit.lengthS * TIME_MARGIN);
        return chart;
    }

    private enum TimeUnit
    {
        SECONDS("s", 1), MINUTES("min", 60), HOURS("h", 3600);

        private static final double MAX_NUMBER = 300;

        private final String symbol;
        private final double lengthS;

        TimeUnit(final String symbol, final double lengthS)
        {
            this.symbol = symbol;
            this.lengthS = lengthS;
        }

        static TimeUnit of(final double spanS)
        {
            return spanS <= MAX_NUMBER ? SECONDS : spanS <= MAX_NUMBER * MINUTES.lengthS ? MINUTES : HOURS;
        }
    }

    // Three points for each piece: its start, its end, and none, so that a piece is not joined to one behind a gap.
    private record Lines(List<LatencyInterval> pieces, long originMs, double timeLengthS)
    {
        private static final int POINTS = 3;

        double[] times()
        {
            final double[] times = new double[pieces.size() * POINTS];
            for (int i = 0; i < pieces.size(); i++)
            {
                times[i * POINTS] = time(pieces.get(i).startMs());
                times[i * POINTS + 1] = time(pieces.get(i).endMs());
                times[i * POINTS + 2] = times[i * POINTS + 1];
            }

            return times;
        }

        double[] latencies(final ToDoubleFunction<LatencyInterval> figureNs, final LatencyUnit unit)
        {
            final double[] latencies = new double[pieces.size() * POINTS];
            for (int i = 0; i < pieces.size(); i++)
            {
                final LatencyInterval piece = pieces.get(i);
                final double latency = piece.count() == 0 ? Double.NaN : unit.from(figureNs.applyAsDouble(piece));
                latencies[i * POINTS] = latency;
                latencies[i * POINTS + 1] = latency;
                latencies[i * POINTS + 2] = isJoined(i) ? latency : Double.NaN;
            }

            return latencies;
        }

        private double time(final long timeMs)
        {
            return (timeMs - originMs) / 1e3 / timeLengthS;
        }

        private boolean isJoined(final int i)
        {
            return i + 1 < pieces.size() && pieces.get(i + 1).count() > 0 &&
                pieces.get(i + 1).startMs() - pieces.get(i).endMs() <= pieces.get(i).endMs() - pieces.get(i).startMs();
        }
    }
}
