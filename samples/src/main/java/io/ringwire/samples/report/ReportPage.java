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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A page that is built from top to bottom and needs nothing but itself: no file beside it, no script, no net. It is
 * both HTML and XML, and light or dark as its reader's screen is. For one thread.
 */
public final class ReportPage
{
    private static final String STYLE_RESOURCE = "report.css";
    private static final List<String> LATENCY_HEADINGS =
        List.of("", "count", "mean", "p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final int OPEN_LINES = 12;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /**
     * Begin a page.
     *
     * @param title of the page.
     */
    public ReportPage(final String title)
    {
        this.title = title;
        body.append("<h1>").append(Html.escape(title)).append("</h1>\n");
    }

    /**
     * Add a heading.
     *
     * @param text of it.
     * @return this.
     */
    public ReportPage heading(final String text)
    {
        body.append("<h2>").append(Html.escape(text)).append("</h2>\n");
        return this;
    }

    /**
     * Add a line that names something and tells what it is.
     *
     * @param name of the thing.
     * @param text to tell.
     * @return this.
     */
    public ReportPage fact(final String name, final String text)
    {
        body.append("<p class=\"fact\"><b>").append(Html.escape(name)).append("</b> ")
            .append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * Add a paragraph.
     *
     * @param text of it.
     * @return this.
     */
    public ReportPage paragraph(final String text)
    {
        body.append("<p>").append(Html.escape(text)).append("</p>\n");
        return this;
    }

    /**
     * Add lines that the reader can fold away; more than a dozen are folded to begin with.
     *
     * @param summary what they are.
     * @param lines   as they are.
     * @return this.
     */
    public ReportPage details(final String summary, final List<String> lines)
    {
        body.append(lines.size() > OPEN_LINES ? "<details>" : "<details open=\"open\">")
            .append("<summary>").append(Html.escape(summary)).append("</summary>\n<pre>")
            .append(Html.escape(String.join("\n", lines))).append("</pre></details>\n");
        return this;
    }

    /**
     * Add a table.
     *
     * @param headings of its columns.
     * @param rows     of as many cells: the first is a name, the others are numbers.
     * @return this.
     */
    public ReportPage table(final List<String> headings, final List<List<String>> rows)
    {
        body.append("<div class=\"table\"><table>\n<thead><tr>");
        headings.forEach((heading) -> body.append("<th>").append(Html.escape(heading)).append("</th>"));
        body.append("</tr></thead>\n<tbody>\n");
        rows.forEach((row) -> appendRow("", row));
        body.append("</tbody></table></div>\n");
        return this;
    }

    /**
     * Add the table of some series: count, mean, percentiles and the longest latency of each. The colours are those of
     * their curves in a {@link PercentileChart} of the same series.
     *
     * @param series of a row each.
     * @param unit   of all latencies, or null for the one that fits each.
     * @return this.
     */
    public ReportPage latencies(final List<LatencySeries> series, final LatencyUnit unit)
    {
        body.append("<div class=\"table\"><table>\n<thead><tr>");
        LATENCY_HEADINGS.forEach((heading) -> body.append("<th>").append(heading).append("</th>"));
        body.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < series.size(); i++)
        {
            final int colour = i % PercentileChart.MAX_CURVES;
            appendRow("<i style=\"background:var(--series-" + colour + ")\"></i>", row(series.get(i), unit));
        }

        body.append("</tbody></table></div>\n");
        return this;
    }

    /**
     * Add a picture.
     *
     * @param picture to add. Its name must be the only such name of the page.
     * @param caption below it.
     * @return this.
     */
    public ReportPage picture(final Picture picture, final String caption)
    {
        body.append("<figure>\n").append(picture.inlineSvg()).append("<figcaption>").append(Html.escape(caption))
            .append("</figcaption></figure>\n");
        return this;
    }

    /** {@return the page} */
    public String html()
    {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n" +
            "<meta http-equiv=\"Content-Security-Policy\" " +
            "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n" +
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n" +
            "<meta name=\"color-scheme\" content=\"light dark\"/>\n" +
            "<title>" + Html.escape(title) + "</title>\n<style>\n" + style() + "</style>\n</head>\n<body>\n" +
            body + "</body>\n</html>\n";
    }

    private void appendRow(final String mark, final List<String> cells)
    {
        body.append("<tr><th>").append(mark).append(Html.escape(cells.get(0))).append("</th>");
        cells.subList(1, cells.size())
            .forEach((cell) -> body.append("<td>").append(Html.escape(cell)).append("</td>"));
        body.append("</tr>\n");
    }

    private static List<String> row(final LatencySeries series, final LatencyUnit unit)
    {
        final DoubleFunction<String> text =
            (ns) -> series.count() == 0 ? "-" : (unit == null ? LatencyUnit.of(ns) : unit).text(ns);
        final List<String> row = new ArrayList<>();
        row.add(series.name());
        row.add(String.format(Locale.ROOT, "%,d", series.count()));
        row.add(text.apply(series.meanNs()));
        for (final double percentile : new double[]{50, 90, 99, 99.9, 99.99})
        {
            row.add(text.apply(series.percentileNs(percentile)));
        }

        row.add(text.apply(series.maxNs()));
        return row;
    }

    private static String style()
    {
        try (InputStream in = ReportPage.class.getResourceAsStream(STYLE_RESOURCE))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("no " + STYLE_RESOURCE + " on the class path", ex);
        }
    }
}
