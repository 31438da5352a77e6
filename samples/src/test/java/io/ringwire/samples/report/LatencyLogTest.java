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

import org.HdrHistogram.DoubleHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Timeout(20)
class LatencyLogTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldReadASeriesForEachTag() throws IOException
    {
        final LatencyLog log = read(new LogFile()
            .ramp("a.rtt", 0, 100).ramp("b.rtt", 0, 1_000).ramp("a.rtt", 1, 100).interval("b.rtt", 1));

        assertThat(log.series()).extracting(LatencySeries::name).containsExactly("a.rtt", "b.rtt");
        assertThat(log.series()).extracting(LatencySeries::count).containsExactly(2_000L, 1_000L);
        assertThat(log.intervals()).isEqualTo(4);
        assertThat(log.firstStartMs()).isEqualTo(LogFile.START_MS);
        assertThat(log.comments()).first().isEqualTo("[machine: 2 cores & <more>]");

        final LatencySeries first = log.series().get(0);
        assertThat(first.percentileNs(50)).isCloseTo(50_000, within(50.0));
        assertThat(first.percentileNs(99)).isCloseTo(99_000, within(99.0));
        assertThat(first.maxNs()).isCloseTo(100_000, within(100.0));
        assertThat(first.meanNs()).isCloseTo(50_050, within(50.0));
        assertThat(first.intervals().get(1).startMs()).isEqualTo(LogFile.START_MS + LogFile.INTERVAL_MS);
        assertThat(first.intervals().get(1).p99Ns()).isCloseTo(99_000, within(99.0));
        assertThat(log.series().get(1).intervals().get(1).count()).isZero();
    }

    @Test
    void shouldReadTimesFromTheStartOfAProgramAndLineEndsOfAnySystem() throws IOException
    {
        final Histogram histogram = new Histogram(2);
        histogram.recordValueWithCount(800, 5);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputIntervalHistogram(0.127, 1.134, histogram);
        writer.outputBaseTime(LogFile.START_MS);
        writer.outputIntervalHistogram(1.134, 2.133, histogram);
        final String text = bytes.toString(StandardCharsets.UTF_8).replace("\n", "\r\n\r\n");
        final Path file = Files.writeString(directory.resolve("other.hlog"), text);

        final LatencyLog log = LatencyLog.read(file, LatencyLog.Selection.ALL);

        assertThat(log.firstBadLine()).isEmpty();
        assertThat(log.series()).singleElement().extracting(LatencySeries::name).isEqualTo(LatencyLog.UNTAGGED);
        assertThat(log.series().get(0).intervals()).extracting(LatencyInterval::startMs)
            .containsExactly(127L, LogFile.START_MS + 1_134);
        assertThat(log.series().get(0).count()).isEqualTo(10);
    }

    @Test
    void shouldReadTagsOneBehindTheOther() throws IOException
    {
        final LatencyLog log = read(new LogFile().ramp("a", 4, 10).ramp("a", 5, 10).ramp("b", 0, 10));

        assertThat(log.series()).extracting(LatencySeries::count).containsExactly(2_000L, 1_000L);
        assertThat(log.firstStartMs()).isEqualTo(LogFile.START_MS);
    }

    @Test
    void shouldTakeValuesInTheUnitTheyWereRecordedIn() throws IOException
    {
        final Path file = new LogFile().ramp(null, 0, 1).writeTo(directory.resolve("us.hlog"));

        final LatencyLog log = LatencyLog.read(file, new LatencyLog.Selection(0, Long.MAX_VALUE, LatencyUnit.US));

        assertThat(log.series().get(0).maxNs()).isEqualTo(1_000_000);
        assertThat(log.series().get(0).intervals().get(0).p50Ns()).isEqualTo(500_000);
    }

    @Test
    void shouldLeaveOutIntervalsOfOtherTimes() throws IOException
    {
        final LogFile file = new LogFile();
        for (int i = 0; i < 10; i++)
        {
            file.ramp("rtt", i, 100);
        }

        final LatencyLog log = LatencyLog.read(
            file.writeTo(directory.resolve("run.hlog")), new LatencyLog.Selection(3_000, 5_000, LatencyUnit.NS));

        assertThat(log.series().get(0).intervals()).extracting(LatencyInterval::startMs)
            .containsExactly(LogFile.START_MS + 3_000, LogFile.START_MS + 4_000);
        assertThat(log.intervals()).isEqualTo(10);
    }

    @Test
    void shouldNameTheFirstBadLineAndCountTheOthers() throws IOException
    {
        final String good = new LogFile().ramp("rtt", 0, 100).text();
        final String torn = good.substring(0, good.length() - 30);
        final Path file = Files.writeString(
            directory.resolve("bad.hlog"), good + "oops\u0007, this is a log line of something else entirely\n" + torn);

        final LatencyLog log = LatencyLog.read(file, LatencyLog.Selection.ALL);

        assertThat(log.badLines()).isEqualTo(2);
        assertThat(log.firstBadLine())
            .isEqualTo(file + ":6: no interval of a histogram log: 'oops?, this is a log line of something e...'");
        assertThat(log.series().get(0).count()).isEqualTo(1_000);
    }

    @Test
    void shouldNoticeAChangedLetter() throws IOException
    {
        final String text = new LogFile().ramp("rtt", 0, 100).text();
        for (int i = text.length() - 50; i < text.length() - 10; i += 10)
        {
            final StringBuilder changed = new StringBuilder(text);
            changed.setCharAt(i, text.charAt(i) == 'A' ? 'B' : 'A');
            final Path file = Files.writeString(directory.resolve("changed.hlog"), changed);

            assertThat(LatencyLog.read(file, LatencyLog.Selection.ALL).badLines()).as("letter " + i).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseHistogramsOfDoubles() throws IOException
    {
        final Path file = directory.resolve("double.hlog");
        final DoubleHistogram histogram = new DoubleHistogram(3);
        histogram.recordValue(1.5);
        new HistogramLogWriter(file.toFile()).outputIntervalHistogram(0, 1, histogram);

        assertThat(LatencyLog.read(file, LatencyLog.Selection.ALL).badLines()).isEqualTo(1);
    }

    private LatencyLog read(final LogFile file) throws IOException
    {
        return LatencyLog.read(file.writeTo(directory.resolve("run.hlog")), LatencyLog.Selection.ALL);
    }
}
