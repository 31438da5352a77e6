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
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

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
     * Add names and what they stand for, below each other.
     *
     * @param textByName in order.
     * @return this.
     */
    public ReportPage facts(final Map<String, String> textByName)
    {
        body.append("<dl>\n");
        textByName.forEach((name, text) -> body.append("<dt>").append(Html.escape(name)).append("</dt><dd>")
            .append(Html.escape(text)).append("</dd>\n"));
        body.append("</dl>\n");
        return this;
    }

    /**
     * Add a list.
     *
     * @param lines of it.
     * @return this.
     */
    public ReportPage list(final List<String> lines)
    {
        body.append("<ul>\n");
        lines.forEach((line) -> body.append("<li>").append(Html.escape(line)).append("</li>\n"));
        body.append("</ul>\n");
        return this;
    }

    /**
     * A row of a table.
     *
     * @param style  of the mark before the name, or null.
     * @param cells  a name and numbers; or a name alone, whose remark takes the place of the numbers or, if there is
     *               none, which is the heading of the rows below it.
     * @param remark that stands below the numbers; or empty.
     */
    public record Row(LineStyle style, List<String> cells, String remark)
    {
    }

    /**
     * Add a table.
     *
     * @param headings of its columns.
     * @param rows     in order.
     * @return this.
     */
    public ReportPage table(final List<String> headings, final List<Row> rows)
    {
        body.append("<div class=\"table\"><table>\n<thead><tr>");
        headings.forEach((heading) -> body.append("<th>").append(Html.escape(heading)).append("</th>"));
        body.append("</tr></thead>\n<tbody>\n");
        rows.forEach((row) -> appendRow(row, headings.size()));
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
        return table(LATENCY_HEADINGS, IntStream.range(0, series.size()).mapToObj((i) -> new Row(
            new LineStyle(i % LineStyle.COLOURS, LineStyle.Dash.SOLID), row(series.get(i), unit), "")).toList());
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
        return picture(picture, caption, Map.of());
    }

    /**
     * Add a picture whose legend is not in it.
     *
     * @param picture     to add. Its name must be the only such name of the page.
     * @param caption     below it.
     * @param styleByName of its lines, in order.
     * @return this.
     */
    public ReportPage picture(final Picture picture, final String caption, final Map<String, LineStyle> styleByName)
    {
        body.append("<figure>\n<div class=\"picture\">").append(picture.inlineSvg()).append("</div>");
        if (!styleByName.isEmpty())
        {
            body.append("<ul class=\"legend\">\n");
            styleByName.forEach((name, style) ->
                body.append("<li>").append(style.mark()).append(Html.escape(name)).append("</li>\n"));
            body.append("</ul>");
        }

        body.append("<figcaption>").append(Html.escape(caption)).append("</figcaption></figure>\n");
        return this;
    }

    /**
     * A bar.
     *
     * @param style of it: its colour; dashes are drawn pale, dots hollow.
     * @param name  of it.
     * @param value that it is as long as, 0 or more.
     * @param min   the least of the values that stand behind it.
     * @param max   the greatest of them.
     * @param text  of the value.
     */
    public record Bar(LineStyle style, String name, double value, double min, double max, String text)
    {
    }

    /**
     * Add bars, from 0 on, the longest as long as there is room.
     *
     * @param caption below them.
     * @param bars    from top to bottom.
     * @return this.
     */
    public ReportPage bars(final String caption, final List<Bar> bars)
    {
        final double end = bars.stream().mapToDouble(Bar::max).max().orElse(0);
        body.append("<figure class=\"bars\">\n");
        for (final Bar bar : bars)
        {
            body.append("<div><span>").append(Html.escape(bar.name)).append("</span><span class=\"bar\">")
                .append(bar.style.bar(percent(bar.value, end)))
                .append("<b style=\"left:").append(percent(bar.min, end)).append(";width:")
                .append(percent(bar.max - bar.min, end)).append("\"></b></span><span>")
                .append(Html.escape(bar.text)).append("</span></div>\n");
        }

        body.append("<figcaption>").append(Html.escape(caption)).append("</figcaption></figure>\n");
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

    private void appendRow(final Row row, final int columns)
    {
        final String name = (row.style == null ? "" : row.style.mark()) + Html.escape(row.cells.get(0));
        final boolean isNameAlone = row.cells.size() == 1;
        if (isNameAlone && row.remark.isEmpty())
        {
            body.append("<tr class=\"group\"><th colspan=\"").append(columns).append("\">").append(name)
                .append("</th></tr>\n");
            return;
        }

        body.append("<tr><th>").append(name).append("</th>");
        row.cells.subList(1, row.cells.size())
            .forEach((cell) -> body.append("<td>").append(Html.escape(cell)).append("</td>"));
        if (!row.remark.isEmpty())
        {
            body.append(isNameAlone ? "" : "</tr>\n<tr class=\"more\"><th></th>")
                .append("<td class=\"remark\" colspan=\"").append(columns - 1).append("\">")
                .append(Html.escape(row.remark)).append("</td>");
        }

        body.append("</tr>\n");
    }

    private static String percent(final double value, final double end)
    {
        return String.format(Locale.ROOT, "%.2f%%", end > 0 ? Math.max(0, value) / end * 100 : 0);
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
