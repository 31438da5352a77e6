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

import io.ringwire.bench.client.Measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Were the rounds what they are taken for? A client that becomes better from round to round was still warming up, and
 * the latencies of an open loop are those of the messages that came: the ones still on their way are missing.
 */
final class Soundness
{
    private static final int MIN_ROUNDS = 3;
    private static final double MAX_GAIN = 1.25;
    private static final double MIN_RECEIVED = 0.99;
    private static final double NS_PER_S = 1e9;
    private static final double MS_PER_S = 1e3;
    private static final Pattern OPEN_LOOP = Pattern.compile(".*[?&]rate=(\\d+)&.*burst=(\\d+)&every=(\\d+).*");

    private Soundness()
    {
    }

    /**
     * Look for rounds that are not.
     *
     * @param results of scenarios.
     * @return a line for each finding.
     */
    static List<String> warnings(final List<ScenarioResult> results)
    {
        final List<String> warnings = new ArrayList<>();
        for (final ScenarioResult result : results)
        {
            final ToDoubleFunction<Measurement> figure = new Standing(result).figureOfRound();
            for (final Outcome outcome : result.outcomes())
            {
                final String name = result.scenario().name() + ' ' + outcome.client() + ": ";
                final double[] figures = outcome.rounds().stream().mapToDouble(figure).toArray();
                if (isWarmingUp(figures, result.scenario().figure() == Scenario.Figure.RATE))
                {
                    warnings.add(String.format(Locale.ROOT,
                        "%seach round was better than the one before (%,.0f to %,.0f%s): it was still warming up", name,
                        figures[0], figures[figures.length - 1],
                        result.scenario().figure() == Scenario.Figure.RATE ? " msg/s" : " ns"));
                }

                addShortfalls(name, result.scenario(), outcome, warnings);
            }
        }

        return warnings;
    }

    private static boolean isWarmingUp(final double[] figures, final boolean moreIsBetter)
    {
        for (int i = 1; i < figures.length; i++)
        {
            if (moreIsBetter ? figures[i] <= figures[i - 1] : figures[i] >= figures[i - 1])
            {
                return false;
            }
        }

        if (figures.length < MIN_ROUNDS)
        {
            return false;
        }

        final double gain = figures[figures.length - 1] / figures[0];
        return (moreIsBetter ? gain : 1 / gain) > MAX_GAIN;
    }

    private static void addShortfalls(
        final String name, final Scenario scenario, final Outcome outcome, final List<String> warnings)
    {
        final Matcher matcher = OPEN_LOOP.matcher(scenario.path());
        if (!matcher.matches())
        {
            return;
        }

        final double duePerS = Long.parseLong(matcher.group(1)) +
            Long.parseLong(matcher.group(2)) * MS_PER_S / Long.parseLong(matcher.group(3));
        for (final Measurement round : outcome.rounds())
        {
            final double due = duePerS * round.elapsedNs() / NS_PER_S;
            if (round.messages() < MIN_RECEIVED * due)
            {
                warnings.add(String.format(Locale.ROOT,
                    "%sa round received %,d of %,.0f messages due: the latencies of the others are missing", name,
                    round.messages(), due));
            }
        }
    }
}
