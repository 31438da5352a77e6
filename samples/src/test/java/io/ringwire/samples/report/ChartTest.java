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

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.w3c.dom.Document;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Timeout(30)
class ChartTest
{
    @Test
    void shouldPutKnownPercentilesOnTheCurve()
    {
        final PercentileChart.Curve curve = PercentileChart.Curve.of(ramp("rtt", 100_000, 10), LatencyUnit.US);

        assertThat(latencyAt(curve, 1)).isCloseTo(0.01, within(0.001));
        assertThat(latencyAt(curve, 2)).isCloseTo(500, within(0.5));
        assertThat(latencyAt(curve, 10)).isCloseTo(900, within(0.9));
        assertThat(latencyAt(curve, 100)).isCloseTo(990, within(1.0));
        assertThat(latencyAt(curve, 1_000)).isCloseTo(999, within(1.0));
        assertThat(latencyAt(curve, 100_000)).isCloseTo(1_000, within(1.0));
        assertThat(curve.inverses()).isSorted();
        assertThat(curve.latencies()).isSorted();
        assertThat(curve.inverses()[curve.inverses().length - 1]).isEqualTo(100_000);
    }

    @Test
    void shouldNotCutOffALatencyOfAnHour() throws Exception
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(800, 9_999);
        histogram.recordValue(3_600_000_000_000L);
        final LatencySeries series = LatencySeries.of("stalled", histogram);

        final XYChart chart = PercentileChart.of("one hour", List.of(series), LatencyUnit.MS);

        final double[] latencies = chart.getSeriesMap().get("stalled").getYData();
        assertThat(latencies[latencies.length - 1]).isCloseTo(3_600_000, within(3_600.0));
        assertThat(chart.getStyler().isYAxisLogarithmic()).isTrue();
        assertThat(chart.getStyler().getYAxisMax()).isGreaterThanOrEqualTo(3_600_000);
        assertPictured(chart);
    }

    @Test
    void shouldDrawWhatHasNoRange() throws Exception
    {
        final Histogram zeroes = new Histogram(3);
        zeroes.recordValue(0);
        final Histogram alike = new Histogram(3);
        alike.recordValueWithCount(5_000, 10);

        assertDrawn(PercentileChart.of("0", List.of(LatencySeries.of("zero", zeroes)), LatencyUnit.NS));
        assertDrawn(PercentileChart.of("1", List.of(LatencySeries.of("alike", alike)), LatencyUnit.US));
        assertDrawn(PercentileChart.of(
            "2", List.of(LatencySeries.of("zero", zeroes), LatencySeries.of("alike", alike)), LatencyUnit.US));
    }

    @Test
    void shouldLeaveZeroOutOfAnAxisOfPowersOfTen() throws Exception
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(0, 10);
        histogram.recordValueWithCount(7, 80);
        histogram.recordValueWithCount(9_000, 10);
        final Histogram zeroes = new Histogram(3);
        zeroes.recordValue(0);

        final XYChart chart = PercentileChart.of(
            "0", List.of(LatencySeries.of("some", histogram), LatencySeries.of("all", zeroes)), LatencyUnit.NS);

        assertThat(chart.getStyler().isYAxisLogarithmic()).isTrue();
        assertThat(chart.getSeriesMap().get("some").getYData()).contains(Double.NaN, 7).doesNotContain(0);
        assertThat(chart.getSeriesMap().get("all").getYData()).containsOnly(Double.NaN);
        assertDrawn(chart);
    }

    @Test
    void shouldScaleToRoundNumbersAndDrawDashes() throws Exception
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(700, 99);
        histogram.recordValue(130_000);
        final LatencySeries series = LatencySeries.of("peer", histogram);

        final XYChart chart = PercentileChart.withoutLegend("dashes", List.of(
            new PercentileChart.Line(series, new LineStyle(1, LineStyle.Dash.DASHED)),
            new PercentileChart.Line(series.named("floor"), new LineStyle(7, LineStyle.Dash.DOTTED))), LatencyUnit.NS);

        assertThat(chart.getStyler().getYAxisMin()).isEqualTo(500);
        assertThat(chart.getStyler().getYAxisMax()).isEqualTo(200_000);
        assertThat(assertDrawn(chart).svg()).containsPattern("polyline[^>]*stroke-dasharray:6");
    }

    @Test
    void shouldDrawEachIntervalAsAStepAndNothingWhereNothingWasRecorded() throws Exception
    {
        final LatencySeries series = new LatencySeries("rtt", LatencyUnit.NS, 3);
        series.add(interval(0, 1_000, 2_000));
        series.add(interval(1));
        series.add(interval(2, 4_000));
        series.add(interval(3, 8_000));

        final XYChart chart = TimelineChart.of(series, LatencyUnit.US, LogFile.START_MS);

        final XYSeries longest = chart.getSeriesMap().get("max");
        assertThat(longest.getXData()).containsExactly(0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4);
        assertThat(longest.getYData()).containsExactly(new double[]{
            2, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 4, 4, 4, 8, 8, Double.NaN}, within(0.01));
        assertThat(chart.getSeriesMap().get("p50").getYData()[0]).isCloseTo(1, within(0.01));
        assertPictured(chart);
    }

    @Test
    void shouldLoseNoPeakWhereThereAreMoreIntervalsThanRoom()
    {
        final LatencySeries series = new LatencySeries("rtt", LatencyUnit.NS, 3);
        IntStream.range(0, 3_601).forEach((i) -> series.add(interval(i, i == 1_234 ? 5_000_000 : 1_000)));

        final List<LatencyInterval> pieces = TimelineChart.pieces(series);

        assertThat(TimelineChart.intervalsPerPiece(series)).isEqualTo(10);
        assertThat(pieces).hasSize(361);
        assertThat(pieces).filteredOn((piece) -> piece.maxNs() > 2_000).singleElement()
            .satisfies((piece) -> assertThat(piece.startMs()).isEqualTo(LogFile.START_MS + 1_230_000));
        assertThat(pieces).extracting(LatencyInterval::count).startsWith(10L).endsWith(1L);
    }

    @Test
    void shouldWriteNumbersWithTheirUnit()
    {
        assertThat(LatencyUnit.of(999)).isEqualTo(LatencyUnit.NS);
        assertThat(LatencyUnit.of(1_000)).isEqualTo(LatencyUnit.US);
        assertThat(LatencyUnit.of(2e9)).isEqualTo(LatencyUnit.S);
        assertThat(LatencyUnit.US.text(1_234)).isEqualTo("1.23 \u00b5s");
        assertThat(LatencyUnit.US.text(58_000)).isEqualTo("58.0 \u00b5s");
        assertThat(LatencyUnit.NS.text(1_234_567)).isEqualTo("1,234,567 ns");
        assertThat(LatencyUnit.S.text(210)).isEqualTo("0.000000210 s");
        assertThat(LatencyUnit.MS.text(0)).isEqualTo("0 ms");
    }

    private static Picture assertDrawn(final XYChart chart) throws Exception
    {
        final Picture picture = new Picture("picture", chart);
        final Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(picture.svg().getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("polyline").getLength()).isPositive();
        assertThat(picture.svg()).doesNotContain("NaN").doesNotContain("\u221e").doesNotContain("DOCTYPE");
        return picture;
    }

    private static void assertPictured(final XYChart chart) throws Exception
    {
        final BufferedImage png = ImageIO.read(new ByteArrayInputStream(assertDrawn(chart).png()));
        assertThat(png.getWidth()).isEqualTo(2 * chart.getWidth());
        assertThat(png.getHeight()).isEqualTo(2 * chart.getHeight());
        final int colour = chart.getSeriesMap().values().iterator().next().getLineColor().getRGB();
        assertThat(IntStream.range(0, png.getWidth() * png.getHeight())
            .filter((i) -> png.getRGB(i % png.getWidth(), i / png.getWidth()) == colour)
            .count()).as("dots of the first line").isGreaterThan(100);
    }

    private static double latencyAt(final PercentileChart.Curve curve, final double inverse)
    {
        final int point = IntStream.range(0, curve.inverses().length)
            .filter((i) -> Math.abs(curve.inverses()[i] / inverse - 1) < 1e-9).findFirst().orElseThrow();
        return curve.latencies()[point];
    }

    private static LatencySeries ramp(final String name, final int count, final long stepNs)
    {
        final Histogram histogram = new Histogram(3);
        IntStream.rangeClosed(1, count).forEach((i) -> histogram.recordValue(i * stepNs));
        return LatencySeries.of(name, histogram);
    }

    private static Histogram interval(final int number, final long... latenciesNs)
    {
        final Histogram histogram = new Histogram(3);
        histogram.setStartTimeStamp(LogFile.START_MS + number * LogFile.INTERVAL_MS);
        histogram.setEndTimeStamp(LogFile.START_MS + (number + 1) * LogFile.INTERVAL_MS);
        for (final long latencyNs : latenciesNs)
        {
            histogram.recordValue(latencyNs);
        }

        return histogram;
    }
}
