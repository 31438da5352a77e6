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

import io.ringwire.stats.CounterType;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Counters as lines for people: a block for each engine, within it one for each session and agent.
 */
final class StatTable
{
    private static final int MIN_NAME_LENGTH = 24;

    private final boolean zeros;
    private final Rates rates;

    /**
     * Make a table.
     *
     * @param zeros show counts that are 0?
     * @param rates up to date with each scrape that is shown.
     */
    StatTable(final boolean zeros, final Rates rates)
    {
        this.zeros = zeros;
        this.rates = rates;
    }

    /**
     * Write the lines; those that start a block start with no blank.
     *
     * @param scrape to be shown.
     * @return the lines.
     */
    List<String> lines(final Scrape scrape)
    {
        final int nameLength = scrape.engines().stream()
            .flatMap((engine) -> engine.counters().stream())
            .mapToInt((counter) -> counter.label().name().length())
            .reduce(MIN_NAME_LENGTH, Math::max);
        final List<String> lines = new ArrayList<>();
        for (final EngineReading engine : scrape.engines())
        {
            lines.add(Wording.printable(engine.heading(scrape.timeMs())));
            if (engine.counters().isEmpty())
            {
                lines.add("  no counters that match");
            }

            String owner = null;
            for (final CounterReading counter : engine.counters())
            {
                if (!counter.owner().equals(owner))
                {
                    owner = counter.owner();
                    lines.add("  " + oneLine(owner));
                }

                if (zeros || counter.type() != CounterType.COUNT || counter.value() != 0)
                {
                    lines.add(line(counter, scrape.timeMs(), nameLength, rates.perSecond(engine, counter)));
                }
            }
        }

        if (scrape.isEmpty())
        {
            lines.add(scrape.emptyLine());
        }

        return lines;
    }

    private static String line(
        final CounterReading counter, final long nowMs, final int nameLength, final Double perSecond)
    {
        final String name = oneLine(counter.type().withoutUnit(counter.label().name()));
        final String rate = perSecond == null ? "" : String.format(Locale.ROOT, " %,16.1f/s", perSecond);
        return String.format(
            Locale.ROOT, "    %-" + nameLength + "s %20s%s", name, Wording.value(counter, nowMs), rate);
    }

    private static String oneLine(final String text)
    {
        return Wording.printable(text).replaceAll("[\n\t]", "?");
    }
}
