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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code ringwire report} says of some logs: which series there are, what they are called and which charts show
 * them.
 */
final class Report
{
    private static final String EXTENSION = ".hlog";
    private static final String NO_ZERO = "Latencies of 0 have no place on an axis of powers of ten.";

    private final List<LatencyLog> logs;
    private final LatencyUnit unit;
    private final List<LatencySeries> seriesBeforeTag = new ArrayList<>();
    private final List<LatencySeries> series;
    private final Map<LatencySeries, LatencyLog> logBySeries = new HashMap<>();
    private final List<Picture> pictures = new ArrayList<>();

    /**
     * Name and choose the series.
     *
     * @param logs that have been read.
     * @param tag  which of their series to show: those in whose name it is found.
     * @param unit of all latencies, or null for the one that fits each chart and number.
     */
    Report(final List<LatencyLog> logs, final Pattern tag, final LatencyUnit unit)
    {
        this.logs = logs;
        this.unit = unit;
        for (final LatencyLog log : logs)
        {
            for (final LatencySeries tagged : log.series())
            {
                final LatencySeries named = tagged.named(seriesName(log, tagged.name()));
                seriesBeforeTag.add(named);
                logBySeries.put(named, log);
            }
        }

        series = seriesBeforeTag.stream().filter((named) -> tag.matcher(named.name()).find()).toList();
    }

    List<LatencySeries> seriesBeforeTag()
    {
        return seriesBeforeTag;
    }

    List<LatencySeries> series()
    {
        return series;
    }

    long intervals()
    {
        return series.stream().mapToLong((named) -> named.intervals().size()).sum();
    }

    String names()
    {
        return logs.stream().map(this::fileName).collect(Collectors.joining(", "));
    }

    /** The charts that {@link #writeTo} has put on the page. */
    List<Picture> pictures()
    {
        return pictures;
    }

    void writeTo(final ReportPage page) throws IOException
    {
        logs.forEach((log) -> addFile(page, log));
        page.heading("Latencies").latencies(series, unit);
        addPercentiles(page);
        addTimelines(page);
    }

    // Files of one name in several folders go by their paths.
    private String fileName(final LatencyLog log)
    {
        final Path name = log.file().getFileName();
        final long alike = logs.stream().filter((other) -> name.equals(other.file().getFileName())).count();
        final String text = (alike == 1 ? name : log.file()).toString();
        return text.endsWith(EXTENSION) ? text.substring(0, text.length() - EXTENSION.length()) : text;
    }

    private String seriesName(final LatencyLog log, final String tag)
    {
        if (tag.equals(LatencyLog.UNTAGGED))
        {
            return fileName(log);
        }

        return logs.size() == 1 ? tag : fileName(log) + ":" + tag;
    }

    private static void addFile(final ReportPage page, final LatencyLog log)
    {
        page.fact("File", log.file() + ": " + String.format(Locale.ROOT, "%,d", log.intervals()) + " intervals of " +
            log.series().size() + " series, the first at " + Instant.ofEpochMilli(log.firstStartMs()));
        if (log.badLines() > 0)
        {
            page.fact("Left out", log.badLines() + " bad lines; the first is " + log.firstBadLine());
        }

        if (!log.comments().isEmpty())
        {
            final List<String> comments = new ArrayList<>(log.comments());
            if (log.commentsLeftOut() > 0)
            {
                comments.add("... and " + log.commentsLeftOut() + " lines more in the file");
            }

            page.details("What the file says of itself", comments);
        }
    }

    private void addPercentiles(final ReportPage page) throws IOException
    {
        page.heading("By percentile");
        final int charts = (series.size() + PercentileChart.MAX_CURVES - 1) / PercentileChart.MAX_CURVES;
        for (int i = 0; i < charts; i++)
        {
            final int start = i * PercentileChart.MAX_CURVES;
            final List<LatencySeries> curves =
                series.subList(start, Math.min(series.size(), start + PercentileChart.MAX_CURVES));
            if (curves.stream().anyMatch((curve) -> curve.count() > 0))
            {
                final String number = charts == 1 ? "" : " (" + (i + 1) + " of " + charts + ")";
                add(page, charts == 1 ? "percentiles" : "percentiles-" + (i + 1),
                    PercentileChart.of("Latency by percentile" + number, curves, unitOf(curves)),
                    "A curve ends where its longest latency stands, at 1 - 1/count.", curves);
            }
        }
    }

    private void addTimelines(final ReportPage page) throws IOException
    {
        page.heading("Over time");
        final FileNames names = new FileNames();
        for (final LatencySeries line : series)
        {
            if (line.count() > 0)
            {
                final long originMs = logBySeries.get(line).firstStartMs();
                add(page, names.of("timeline-" + line.name()), TimelineChart.of(line, unitOf(List.of(line)), originMs),
                    timelineCaption(line, originMs), List.of(line));
            }
        }
    }

    private void add(
        final ReportPage page,
        final String name,
        final XYChart chart,
        final String caption,
        final List<LatencySeries> shown)
        throws IOException
    {
        final boolean hasGaps = chart.getStyler().isYAxisLogarithmic() &&
            shown.stream().anyMatch((one) -> one.count() > 0 && one.percentileNs(0) == 0);
        final Picture picture = new Picture(name, chart);
        pictures.add(picture);
        page.picture(picture, caption + (hasGaps ? " " + NO_ZERO : ""));
    }

    private static String timelineCaption(final LatencySeries line, final long originMs)
    {
        final LatencyInterval first = line.intervals().get(0);
        final double lengthNs = (first.endMs() - first.startMs()) * 1e6;
        final String length = LatencyUnit.of(lengthNs).text(lengthNs);
        final int intervals = TimelineChart.intervalsPerPiece(line);
        return (intervals == 1 ? "A step is one interval of about " + length :
            "A step is the worst of " + intervals + " intervals of about " + length + ", each line by itself") +
            "; 0 is " + Instant.ofEpochMilli(originMs) + ".";
    }

    private LatencyUnit unitOf(final List<LatencySeries> shown)
    {
        return unit == null ? LatencySeries.unit(shown) : unit;
    }
}
