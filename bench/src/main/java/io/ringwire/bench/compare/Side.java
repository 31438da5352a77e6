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
package io.ringwire.bench.compare;

import io.ringwire.bench.client.Summary;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * One of the two that a target compares: the best of some clients.
 *
 * @param client   its name; empty if none has the figure.
 * @param variants of which it is the best.
 * @param figure   the median of its rounds; NaN if there is none.
 * @param spread   of its rounds, as a part of the median; NaN of a single round.
 * @param text     of the figure.
 */
record Side(String client, int variants, double figure, double spread, String text)
{
    private static final Side NONE = new Side("", 0, Double.NaN, Double.NaN, "");

    /**
     * The best of some clients.
     *
     * @param standing of the scenario.
     * @param clients  which, by their names.
     * @param measure  to find the best by.
     * @return the side.
     */
    static Side best(final Standing standing, final Predicate<String> clients, final Measure measure)
    {
        final List<Side> sides = standing.summaries().keySet().stream()
            .filter(clients)
            .map((client) -> of(standing, client, 1, measure))
            .filter((side) -> !Double.isNaN(side.figure))
            .toList();
        final Comparator<Side> byFigure = Comparator.comparingDouble(Side::figure);
        return sides.stream()
            .min(measure.isMoreBetter() ? byFigure.reversed() : byFigure)
            .map((best) -> of(standing, best.client, sides.size(), measure))
            .orElse(NONE);
    }

    /**
     * The same client again, whether it is the best there or not.
     *
     * @param standing of the scenario.
     * @param measure  to look at.
     * @return the side.
     */
    Side in(final Standing standing, final Measure measure)
    {
        return of(standing, client, variants, measure);
    }

    private static Side of(
        final Standing standing, final String client, final int variants, final Measure measure)
    {
        final Summary summary = standing.summary(client);
        final double figure = summary == null ? Double.NaN : summary.median(measure.ofRound());
        if (!(figure > 0))
        {
            return NONE;
        }

        final double spread = summary.rounds() < 2 ? Double.NaN : summary.spread(measure.ofRound());
        return new Side(client, variants, figure, spread, measure.text().apply(figure));
    }

    @Override
    public String toString()
    {
        return client + ' ' + text + (variants > 1 ? ", best of " + variants : "");
    }
}
