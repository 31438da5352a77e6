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

import java.util.Locale;

/**
 * How a line is drawn, in a chart and beside the names in legends and tables.
 *
 * @param colour 0 to {@link #COLOURS} - 1.
 * @param dash   of the line.
 */
public record LineStyle(int colour, Dash dash)
{
    /** So many colours can be told apart. */
    public static final int COLOURS = ChartStyle.SERIES.size();

    /**
     * What a line is made of.
     */
    public enum Dash
    {
        /** One piece. */
        SOLID,
        /** Short pieces. */
        DASHED,
        /** Dots. */
        DOTTED
    }

    // A piece of the line, to stand beside a name.
    String mark()
    {
        return html("");
    }

    String bar(final String width)
    {
        return html(";width:" + width);
    }

    private String html(final String css)
    {
        return "<i class=\"" + dash.name().toLowerCase(Locale.ROOT) + "\" style=\"--mark:var(--series-" + colour + ")" +
            css + "\"></i>";
    }
}
