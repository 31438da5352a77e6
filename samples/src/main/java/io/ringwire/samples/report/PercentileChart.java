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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Latency by percentile, on HdrHistogram's axis: the distance from 50% to 90% is about that from 90% to 99%, from 99%
 * to 99.9% and so on. A curve ends at the percentile of its longest latency, 1 - 1/count: nobody has measured what
 * stands to the right of it.
 */
public final class PercentileChart
{
    /** So many curves can be told apart by their colours. */
    public static final int MAX_CURVES = LineStyle.COLOURS;

    private static final int POINTS_PER_NINE = 25;
    private static final int PLOT_WIDTH = 840;

    private PercentileChart()
    {
    }

    /**
     * A curve.
     *
     * @param inverses  1 / (1 - p) of each point's percentile p, from 1 for 0% on: 10 for 90%, 100 for 99%.
     * @param latencies of the points, in the unit asked for.
     */
    public record Curve(double[] inverses, double[] latencies)
    {
        /**
         * Take the curve of a series.
         *
         * @param series with one latency or more.
         * @param unit   of the latencies.
         * @return the curve: 25 points for each nine, one for 50%, and the longest latency at 1 - 1/count.
         */
        public static Curve of(final LatencySeries series, final LatencyUnit unit)
        {
            final double end = Math.max(2, series.count());
            final int points = (int)Math.ceil(Math.log10(end) * POINTS_PER_NINE);
            final double[] inverses = new double[points + 2];
            for (int i = 0; i < points; i++)
            {
                inverses[i] = Math.pow(10, (double)i / POINTS_PER_NINE);
            }

            inverses[points] = 2;
            inverses[points + 1] = end;
            Arrays.sort(inverses);

            final double[] latencies = new double[inverses.length];
            for (int i = 0; i < inverses.length; i++)
            {
                final boolean isLongest = i == inverses.length - 1;
                latencies[i] = unit.from(
                    isLongest ? series.maxNs() : series.percentileNs(100 - 100 / inverses[i]));
            }

            return new Curve(inverses, latencies);
        }
    }

    /**
     * A series and how its curve is drawn.
     *
     * @param series of the curve; one without a latency has none.
     * @param style  of the curve.
     */
    public record Line(LatencySeries series, LineStyle style)
    {
    }

    /**
     * Draw curves with a legend below them.
     *
     * @param title  above the chart.
     * @param series of one curve each, {@link #MAX_CURVES} at most; one without a latency has none.
     * @param unit   of the latencies.
     * @return the chart.
     * @throws IOException with one line, if this machine has no font to draw the labels with.
     */
    public static XYChart of(final String title, final List<LatencySeries> series, final LatencyUnit unit)
        throws IOException
    {
        final XYChart chart = ChartStyle.newChart(title, series.size());
        draw(chart, IntStream.range(0, series.size())
            .mapToObj((i) -> new Line(series.get(i), new LineStyle(i, LineStyle.Dash.SOLID))).toList(), unit);
        return chart;
    }

    /**
     * Draw curves for a page that has the legend of its own.
     *
     * @param title above the chart.
     * @param lines of one curve each.
     * @param unit  of the latencies.
     * @return the chart.
     * @throws IOException with one line, if this machine has no font to draw the labels with.
     */
    public static XYChart withoutLegend(final String title, final List<Line> lines, final LatencyUnit unit)
        throws IOException
    {
        final XYChart chart = ChartStyle.newChart(title, 0);
        chart.getStyler().setLegendVisible(false);
        draw(chart, lines, unit);
        return chart;
    }

    private static void draw(final XYChart chart, final List<Line> lines, final LatencyUnit unit)
    {
        double end = 10;
        double min = Double.MAX_VALUE;
        double max = 0;
        for (final Line line : lines)
        {
            if (line.series.count() > 0)
            {
                final Curve curve = Curve.of(line.series, unit);
                end = Math.max(end, curve.inverses[curve.inverses.length - 1]);
                min = Math.min(min, Arrays.stream(curve.latencies).filter((y) -> y > 0).min().orElse(min));
                max = Math.max(max, curve.latencies[curve.latencies.length - 1]);
                final double[] nines = Arrays.stream(curve.inverses).map(Math::log10).toArray();
                ChartStyle.addLine(chart, line.series.name(), nines, curve.latencies, line.style);
            }
        }

        ChartStyle.scaleLatencies(chart, unit, min, max);
        scalePercentiles(chart, Math.log10(end));
    }

    private static void scalePercentiles(final XYChart chart, final double endNines)
    {
        final XYStyler styler = chart.getStyler();
        chart.setXAxisTitle("percentile");
        styler.setXAxisMin(0.0);
        styler.setXAxisMax(endNines);
        styler.setXAxisTickMarkSpacingHint((int)(PLOT_WIDTH / endNines)); // a tick for each nine, and none between
        styler.setxAxisTickLabelsFormattingFunction(PercentileChart::label);
        chart.addAnnotation(new HalfMark(endNines));
    }

    // 0, 1, 2, 3: 0%, 90%, 99%, 99.9%
    private static String label(final double nines)
    {
        final int decimals = (int)Math.max(0, Math.ceil(nines) - 2);
        return String.format(Locale.ROOT, "%." + decimals + "f%%", 100 - Math.pow(10, 2 - nines));
    }
}
