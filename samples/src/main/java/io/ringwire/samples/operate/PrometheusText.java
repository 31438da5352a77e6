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

import io.ringwire.api.SessionState;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scrape in version 0.0.4 of Prometheus' text exposition format: times and durations in seconds, a state as a series
 * for each name it may have.
 */
final class PrometheusText
{
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "ringwire_";
    private static final int MS_DIGITS = 3;
    private static final int NS_DIGITS = 9;

    private final Map<String, Family> families = new TreeMap<>();

    private PrometheusText()
    {
    }

    static String of(final Scrape scrape)
    {
        final PrometheusText text = new PrometheusText();
        text.add("unreadable_files", "gauge", "Counters files that could not be read.", "",
            Integer.toString(scrape.complaints().size()));
        scrape.engines().forEach(text::add);
        return text.render();
    }

    private void add(final EngineReading engine)
    {
        final String labels = label("pid", Long.toString(engine.pid())) + ',' +
            label("file", String.valueOf(engine.file().getFileName()));
        add("engine_up", "gauge", "1 while the process of the engine is there.", labels, engine.alive() ? "1" : "0");
        add("engine_start_time_seconds", "gauge", "Start of the engine, since 1970.",
            labels, scaled(engine.startMs(), MS_DIGITS));
        add("engine_activity_timestamp_seconds", "gauge", "Last sign of life of the engine, since 1970.",
            labels, scaled(engine.activityMs(), MS_DIGITS));
        for (final CounterReading counter : engine.counters())
        {
            add(counter, labels(engine, counter));
        }
    }

    private void add(final CounterReading counter, final String labels)
    {
        final String label = counter.label().name();
        final String name = counter.type().withoutUnit(label);
        final long value = counter.value();
        switch (counter.type())
        {
            case COUNT -> add(name + "_total", "counter", label + ".", labels, Long.toString(value));
            case GAUGE -> add(name, "gauge", label + ".", labels, Long.toString(value));
            case DURATION_NS ->
                add(name + "_seconds", "gauge", label + ", in seconds.", labels, scaled(value, NS_DIGITS));
            case TIME_MS -> add(name + "_timestamp_seconds", "gauge",
                label + ", in seconds since 1970; 0 if never.", labels, scaled(value, MS_DIGITS));
            case STATE -> addStates(counter, name, labels);
            default -> throw new IllegalStateException("type " + counter.type());
        }
    }

    private void addStates(final CounterReading counter, final String name, final String labels)
    {
        for (final SessionState state : SessionState.values())
        {
            add(name, "gauge", "1 for the " + counter.label().name() + " it is in, 0 for the others.",
                labels + ',' + label("state", state.name()),
                counter.value() == state.ordinal() ? "1" : "0");
        }
    }

    private void add(
        final String name, final String type, final String help, final String labels, final String value)
    {
        final String fullName = PREFIX + name.replaceAll("[^a-zA-Z0-9_]", "_");
        families.computeIfAbsent(fullName, (key) -> new Family(type, help, new LinkedHashMap<>()))
            .samples().put(labels, value);
    }

    private String render()
    {
        final StringBuilder text = new StringBuilder();
        families.forEach((name, family) ->
        {
            text.append("# HELP ").append(name).append(' ').append(escaped(family.help())).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
            family.samples().forEach((labels, value) -> text
                .append(name).append(labels.isEmpty() ? "" : '{' + labels + '}')
                .append(' ').append(value).append('\n'));
        });
        return text.toString();
    }

    private static String labels(final EngineReading engine, final CounterReading counter)
    {
        final StringBuilder labels = new StringBuilder(label("pid", Long.toString(engine.pid())));
        if (counter.label().session() != null)
        {
            labels.append(',').append(label("session", counter.label().session()));
            labels.append(',').append(label("session_id", Integer.toString(counter.sessionId())));
        }
        else if (counter.label().agent() != null)
        {
            labels.append(',').append(label("agent", counter.label().agent()));
        }

        return labels.append(',').append(label("file", String.valueOf(engine.file().getFileName()))).toString();
    }

    private static String label(final String name, final String value)
    {
        return name + "=\"" + escaped(value).replace("\"", "\\\"") + '"';
    }

    private static String escaped(final String text)
    {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String scaled(final long value, final int digits)
    {
        return value == 0 ? "0" : BigDecimal.valueOf(value, digits).stripTrailingZeros().toPlainString();
    }

    /** The samples of one name, by their labels: a sample that is there twice would spoil the whole scrape. */
    private record Family(String type, String help, Map<String, String> samples)
    {
    }
}
