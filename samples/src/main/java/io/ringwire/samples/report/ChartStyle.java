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
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What all charts look like. The colours are those of a light page; {@link Picture#inlineSvg()} leaves them to the
 * style sheet of the page, which has a dark set too.
 */
final class ChartStyle
{
    static
    {
        System.setProperty("java.awt.headless", "true"); // before the first class of AWT: it would look for a screen
    }

    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x1f2933);
    static final Color FRAME = new Color(0x9aa5b1);
    static final Color GRID = new Color(0xe4e7eb);
    static final List<Color> SERIES = List.of(
        new Color(0x1f6fd1), new Color(0xd9660d), new Color(0x1c8a4c), new Color(0xc92a3b),
        new Color(0x7c4dbd), new Color(0x0f8c9c), new Color(0xc2418f), new Color(0x8a7412));

    /** Of a chart, without its legend. */
    static final int WIDTH = 960;
    static final int HEIGHT = 400;

    private static final int LEGEND_LINE_HEIGHT = 22;
    private static final int LEGEND_MARGIN_HEIGHT = 20;
    private static final double LOG_FROM_RATIO = 20; // a range wider than this is drawn on a log axis
    private static final double HEADROOM = 1.05;
    private static final double CONTENT_SIZE = 0.98; // at 1 XChart leaves the labels at both ends of an axis out
    private static final float LINE_WIDTH = 1.8f;
    private static final float WIDE_LINE_WIDTH = 4.5f;
    private static final float MITER_LIMIT = 10;
    private static final float[] DASHES = {6, 5};
    private static final float[] DOTS = {0.5f, 4};

    private ChartStyle()
    {
    }

    /**
     * Make a chart whose legend stands below it, an entry a line, so that long names have room; or beside it.
     *
     * @param title       above it.
     * @param legendLines of the legend below, or 0 if it stands beside.
     * @return the chart.
     * @throws IOException with one line, if this machine has no font to draw the labels with.
     */
    static XYChart newChart(final String title, final int legendLines) throws IOException
    {
        Fonts.require();
        final boolean isBelow = legendLines > 0;
        final XYChart chart = new XYChart(
            WIDTH, HEIGHT + (isBelow ? LEGEND_MARGIN_HEIGHT + legendLines * LEGEND_LINE_HEIGHT : 0));
        chart.setTitle(title);
        final XYStyler styler = chart.getStyler();
        final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        styler.setLocale(Locale.ROOT);
        styler.setBaseFont(font);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, 15));
        styler.setLegendFont(font);
        styler.setAxisTitleFont(font);
        styler.setAxisTickLabelsFont(font);
        styler.setChartFontColor(INK);
        styler.setAxisTickLabelsColor(INK);
        styler.setXAxisTitleColor(INK);
        styler.setYAxisTitleColor(INK);
        styler.setAxisTickMarksColor(FRAME);
        styler.setChartBackgroundColor(PAPER);
        styler.setPlotBackgroundColor(PAPER);
        styler.setPlotBorderColor(FRAME);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setLegendBackgroundColor(PAPER);
        styler.setLegendBorderColor(PAPER);
        styler.setLegendPosition(isBelow ? Styler.LegendPosition.OutsideS : Styler.LegendPosition.OutsideE);
        styler.setChartTitleBoxVisible(false);
        styler.setPlotContentSize(CONTENT_SIZE);
        styler.setChartPadding(14);
        styler.setPlotMargin(0);
        styler.setYAxisLabelAlignment(XYStyler.TextAlignment.Right);
        styler.setAntiAlias(true);
        return chart;
    }

    static void addLine(
        final XYChart chart, final String name, final double[] x, final double[] y, final int colour)
    {
        addLine(chart, name, x, y, new LineStyle(colour, LineStyle.Dash.SOLID));
    }

    static void addLine(
        final XYChart chart, final String name, final double[] x, final double[] y, final LineStyle style)
    {
        addLine(chart, name, x, y, style.colour(), switch (style.dash())
        {
            case SOLID -> stroke(LINE_WIDTH, null);
            case DASHED -> stroke(LINE_WIDTH, DASHES);
            case DOTTED -> stroke(LINE_WIDTH, DOTS);
        });
    }

    // Can be seen behind a line of the same values.
    static void addWideLine(
        final XYChart chart, final String name, final double[] x, final double[] y, final int colour)
    {
        addLine(chart, name, x, y, colour, stroke(WIDE_LINE_WIDTH, null));
    }

    private static void addLine(
        final XYChart chart,
        final String name,
        final double[] x,
        final double[] y,
        final int colour,
        final BasicStroke stroke)
    {
        final XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(SERIES.get(colour % SERIES.size()));
        series.setLineStyle(stroke);
        series.setMarker(SeriesMarkers.NONE);
    }

    private static BasicStroke stroke(final float width, final float[] dashes)
    {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, MITER_LIMIT, dashes, 0);
    }

    /**
     * Scale the axis of the latencies: by powers of ten if the range asks for it, two of which have a label, and where
     * 0 has no place and becomes a gap; else from 0.
     *
     * @param chart to scale, with all its lines.
     * @param unit  of its numbers.
     * @param min   the least number above 0.
     * @param max   the greatest, 0 if there is none.
     */
    static void scaleLatencies(final XYChart chart, final LatencyUnit unit, final double min, final double max)
    {
        final XYStyler styler = chart.getStyler();
        chart.setYAxisTitle("latency, " + unit.symbol());
        styler.setYAxisDecimalPattern("#,##0.#########");
        if (max > min * LOG_FROM_RATIO)
        {
            styler.setYAxisLogarithmic(true);
            styler.setYAxisLogarithmicDecadeOnly(true);
            final double bottom = roundNumber(min, false);
            final double top = roundNumber(max, true);
            final boolean hasTwoDecades = Math.floor(Math.log10(top)) > Math.ceil(Math.log10(bottom));
            styler.setYAxisMin(hasTwoDecades ? bottom : Math.pow(10, Math.floor(Math.log10(min))));
            styler.setYAxisMax(hasTwoDecades ? top : Math.pow(10, Math.ceil(Math.log10(max))));
            for (final XYSeries line : chart.getSeriesMap().values())
            {
                final double[] y = Arrays.stream(line.getYData()).map((latency) -> latency > 0 ? latency : Double.NaN)
                    .toArray();
                chart.updateXYSeries(line.getName(), line.getXData(), y, null);
            }
        }
        else
        {
            styler.setYAxisMin(0.0);
            styler.setYAxisMax(max == 0 ? 1 : max * HEADROOM);
        }
    }

    // 1, 2 or 5 times a power of ten, next to a value.
    private static double roundNumber(final double value, final boolean isUp)
    {
        final double decade = Math.pow(10, Math.floor(Math.log10(value)));
        double below = decade;
        for (final int step : new int[]{2, 5, 10})
        {
            if (value < step * decade)
            {
                return isUp && value > below ? step * decade : below;
            }

            below = step * decade;
        }

        return below;
    }
}
