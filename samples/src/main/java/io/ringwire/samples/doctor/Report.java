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
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Findings as people and as programs read them.
 */
final class Report
{
    private static final int VERDICT_WIDTH = 8;
    private static final int NAME_WIDTH = 20;
    private static final int SECTION_WIDTH = 3;
    private static final int MIN_TEXT_WIDTH = 20;
    private static final String REMARK = "-> ";
    private static final String REMARK_INDENT = "   ";

    private final ColorScheme colors;
    private final int textWidth;

    /**
     * For a terminal.
     *
     * @param colors of the terminal, if it has any.
     * @param width  in characters.
     */
    Report(final ColorScheme colors, final int width)
    {
        this.colors = colors;
        textWidth = Math.max(MIN_TEXT_WIDTH, width - 1 - VERDICT_WIDTH - NAME_WIDTH - SECTION_WIDTH);
    }

    /** A table of the findings of a room, with its title. */
    String table(final String title, final List<Finding> findings)
    {
        final StringJoiner lines = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        lines.add(styled(title, "bold"));
        String lastAdvice = "";
        for (final Finding finding : findings)
        {
            final boolean isKnown = finding.verdict() != Verdict.UNKNOWN;
            String left = ' ' + styled(padded(finding.verdict().toString(), VERDICT_WIDTH), finding.verdict().style()) +
                padded(finding.name(), NAME_WIDTH);
            String right = String.format("%" + SECTION_WIDTH + "s", finding.section().number());
            for (final String line : wrapped(isKnown ? finding.found() : finding.advice(), ""))
            {
                lines.add(left + padded(line, right.isEmpty() ? 0 : textWidth) + styled(right, "faint"));
                left = padded("", 1 + VERDICT_WIDTH + NAME_WIDTH);
                right = "";
            }

            if (isKnown && !finding.advice().isEmpty() && !finding.advice().equals(lastAdvice))
            {
                for (final String line : wrapped(REMARK + finding.advice(), REMARK_INDENT))
                {
                    lines.add(left + styled(line, "faint"));
                }
            }

            lastAdvice = finding.advice();
        }

        return lines.toString();
    }

    /**
     * Break at blanks alone, so that a command can be copied.
     */
    private List<String> wrapped(final String text, final String indent)
    {
        final List<String> lines = new ArrayList<>();
        String line = "";
        for (final String word : text.split(" "))
        {
            if (!line.isBlank() && line.length() + 1 + word.length() > textWidth)
            {
                lines.add(line);
                line = indent + word;
            }
            else
            {
                line = line.isEmpty() ? word : line + ' ' + word;
            }
        }

        lines.add(line);
        return lines;
    }

    private static String padded(final String text, final int width)
    {
        return text + " ".repeat(Math.max(0, width - text.length()));
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

    private String styled(final String text, final String style)
    {
        return colors.apply(text, Arrays.asList(Style.parse(style))).toString();
    }
}
