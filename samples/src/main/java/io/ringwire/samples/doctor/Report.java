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
package io.ringwire.samples.doctor;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.TextTable;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Findings as people and as programs read them.
 */
final class Report
{
    private static final int VERDICT_WIDTH = 9;
    private static final int NAME_WIDTH = 20;
    private static final int SECTION_WIDTH = 4;
    private static final String REMARK = "-> ";
    private static final List<IStyle> PLAIN = List.of();

    private final ColorScheme colors;
    private final int width;

    /**
     * For a terminal.
     *
     * @param colors of the terminal, if it has any.
     * @param width  in characters.
     */
    Report(final ColorScheme colors, final int width)
    {
        this.colors = colors;
        this.width = width;
    }

    /** A table of the findings of a room, with its title. */
    String table(final String title, final List<Finding> findings)
    {
        final TextTable table = TextTable.forColumns(
            colors,
            new Column(VERDICT_WIDTH, 1, Overflow.SPAN),
            new Column(NAME_WIDTH, 0, Overflow.WRAP),
            new Column(width - VERDICT_WIDTH - NAME_WIDTH - SECTION_WIDTH, 0, Overflow.WRAP),
            new Column(SECTION_WIDTH, 1, Overflow.SPAN));
        for (final Finding finding : findings)
        {
            final boolean isKnown = finding.verdict() != Verdict.UNKNOWN;
            table.addRowValues(
                styled(finding.verdict().toString(), finding.verdict().style()),
                colors.apply(finding.name(), PLAIN),
                colors.apply(isKnown ? finding.found() : finding.advice(), PLAIN),
                styled(finding.section().number(), "faint"));
            if (isKnown && !finding.advice().isEmpty())
            {
                final Text empty = colors.apply("", PLAIN);
                table.addRowValues(empty, empty, styled(REMARK + finding.advice(), "faint"), empty);
            }
        }

        return styled(title, "bold").toString() + System.lineSeparator() + table;
    }

    /** How many there are of each kind. */
    static String summary(final List<Finding> findings)
    {
        final StringJoiner counts = new StringJoiner(", ");
        for (final Verdict verdict : Verdict.values())
        {
            counts.add(findings.stream().filter((finding) -> finding.verdict() == verdict).count() + " " + verdict);
        }

        return counts + ". Numbers on the right are sections of tuning.md.";
    }

    /** A list of objects, one for each finding. */
    static String json(final List<Finding> findings)
    {
        final JsonArray array = new JsonArray();
        for (final Finding finding : findings)
        {
            final JsonObject object = new JsonObject();
            object.addProperty("name", finding.name());
            object.addProperty("found", finding.found());
            object.addProperty("verdict", finding.verdict().toString());
            object.addProperty("why", finding.advice());
            object.addProperty("section", finding.section().heading());
            array.add(object);
        }

        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(array);
    }

    private Text styled(final String text, final String style)
    {
        return colors.apply(text, Arrays.asList(Style.parse(style)));
    }
}
