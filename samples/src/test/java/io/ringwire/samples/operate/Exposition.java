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
package io.ringwire.samples.operate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A strict reader of Prometheus' text exposition format 0.0.4: HELP and TYPE once before the samples of a family, all
 * of which stand together; names, labels, escapes and values as the format has them; no sample twice.
 */
final class Exposition
{
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.+)\\})? (\\S+)");
    private static final Pattern LABEL =
        Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\"\\\\n])*)\"(,|$)");
    private static final Pattern VALUE = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private String family;

    private Exposition()
    {
    }

    static Exposition parse(final String text)
    {
        assertThat(text).endsWith("\n").doesNotContain("\r");
        final Exposition exposition = new Exposition();
        final String[] lines = text.split("\n");
        for (int i = 0; i < lines.length; i++)
        {
            final Matcher help = HELP.matcher(lines[i]);
            if (help.matches())
            {
                final Matcher type = TYPE.matcher(lines[++i]);
                assertThat(type.matches()).as(lines[i]).isTrue();
                assertThat(type.group(1)).isEqualTo(help.group(1));
                exposition.family = type.group(1);
                assertThat(exposition.types.put(type.group(1), type.group(2))).as("a family twice").isNull();
                assertThat(lines[i + 1]).startsWith(exposition.family);
            }
            else
            {
                exposition.sample(lines[i]);
            }
        }

        return exposition;
    }

    String type(final String name)
    {
        return types.get(name);
    }

    /**
     * Look a sample up.
     *
     * @param name   of its family.
     * @param labels names and values in turn, all there are.
     * @return its value, or null if there is none.
     */
    Double value(final String name, final String... labels)
    {
        final Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2)
        {
            map.put(labels[i], labels[i + 1]);
        }

        return samples.get(name + map);
    }

    private void sample(final String line)
    {
        final Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).as("a sample outside of its family: " + line).isEqualTo(family);
        assertThat(VALUE.matcher(sample.group(3)).matches()).as(line).isTrue();
        assertThat(family.endsWith("_total")).as(line).isEqualTo(types.get(family).equals("counter"));
        final Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null)
        {
            final Matcher label = LABEL.matcher(sample.group(2));
            int end = 0;
            while (label.find())
            {
                assertThat(labels.put(label.group(1), unescaped(label.group(2)))).as("a label twice: " + line).isNull();
                end = label.end();
            }

            assertThat(end).as(line).isEqualTo(sample.group(2).length());
        }

        assertThat(samples.put(family + labels, Double.valueOf(sample.group(3)))).as("twice: " + line).isNull();
    }

    private static String unescaped(final String value)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++)
        {
            final char c = value.charAt(i);
            if (c == '\\')
            {
                final char escaped = value.charAt(++i);
                text.append(escaped == 'n' ? '\n' : escaped);
            }
            else
            {
                text.append(c);
            }
        }

        return text.toString();
    }
}
