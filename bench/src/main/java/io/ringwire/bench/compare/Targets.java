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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What Ringwire is to reach, and whether it did: ratios within one comparison, from the medians of the rounds.
 */
public final class Targets
{
    private static final String INLINE = "ringwire-inline-";
    private static final String INLINE_SPIN = "ringwire-inline-spin";
    private static final String DEDICATED = "ringwire-dedicated-";
    private static final String SPINNING_FLOOR = "floor-netty";
    private static final String EPOLL = "epoll";
    private static final double MAX_BYTES = 0.05; // what a table shows as 0.0

    private final Map<String, Standings> standings = new HashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    private Targets(final Comparison comparison)
    {
        comparison.results().forEach((result) -> standings.put(result.scenario().name(), new Standings(result)));
        receiving();
        roundTrips();
        openLoop();
        sessions();
        garbage(comparison);
    }

    /**
     * Judge.
     *
     * @param comparison with or without the scenarios that the targets are about.
     * @return a verdict for each target whose scenario was run.
     */
    public static List<Verdict> of(final Comparison comparison)
    {
        return List.copyOf(new Targets(comparison).verdicts);
    }

    private void receiving()
    {
        final Standings receive = standings.get("receive-128");
        if (receive != null)
        {
            atLeast("receive-128: best INLINE at least 4 x the best peer", 4,
                receive.best(startsWith(INLINE)), receive.best(Entrant::isPeer));
            atLeast("receive-128: best DEDICATED at least 2 x the best peer", 2,
                receive.best(startsWith(DEDICATED)), receive.best(Entrant::isPeer));
        }
    }

    private void roundTrips()
    {
        final Standings rtt = standings.get("rtt-128");
        if (rtt != null)
        {
            final OptionalDouble spinning = rtt.best(named(INLINE_SPIN));
            atMost("rtt-128 p50: INLINE spinning at most 1.05 x the spinning floor-netty", 1.05,
                spinning, rtt.best(named(SPINNING_FLOOR)));
            atMost("rtt-128 p50: INLINE spinning at most 0.6 x the best blocking peer", 0.6,
                spinning, rtt.best(Targets::isBlockingPeer));
            atMost("rtt-128 p50: best DEDICATED at most 1.25 x the best INLINE", 1.25,
                rtt.best(startsWith(DEDICATED)), rtt.best(startsWith(INLINE)));
        }
    }

    private void openLoop()
    {
        final Standings open = standings.get("open-50k");
        if (open != null)
        {
            lowest("open-50k p99: the lowest of all clients", open, 99);
            lowest("open-50k p99.9: the lowest of all clients", open, 99.9);
        }
    }

    private void sessions()
    {
        final Standings one = standings.get("receive-128");
        final Standings fifty = standings.get("receive-128x50");
        if (one != null && fifty != null)
        {
            atMost("receive-128x50: time per message at most 1.2 x that of one session, INLINE", 1.2,
                one.best(startsWith(INLINE)), fifty.best(startsWith(INLINE)));
        }
    }

    /**
     * Connecting makes garbage, and so do other transports and TLS: they are not meant.
     */
    private void garbage(final Comparison comparison)
    {
        double most = Double.NaN;
        String where = "";
        for (final ScenarioResult result : comparison.results())
        {
            final Scenario scenario = result.scenario();
            if (scenario.tls() || scenario.name().equals("reconnect"))
            {
                continue;
            }

            for (final Map.Entry<String, Summary> entry : standings.get(scenario.name()).summaries().entrySet())
            {
                final Summary summary = entry.getValue();
                if (Entrant.isRingwire(entry.getKey()) && summary.transport().equals(EPOLL) &&
                    !(summary.bytesPerMessage() <= most))
                {
                    most = summary.bytesPerMessage();
                    where = " (" + entry.getKey() + " in " + scenario.name() + ')';
                }
            }
        }

        if (!where.isEmpty())
        {
            verdicts.add(new Verdict("0 bytes a message, ws over epoll, every scenario but reconnect",
                most <= MAX_BYTES ? State.MET : State.MISSED, number("%.2f", most) + " bytes at most" + where));
        }
    }

    private void lowest(final String target, final Standings open, final double percentile)
    {
        final ToDoubleFunction<Predicate<String>> best = (clients) -> open.summaries().entrySet().stream()
            .filter((entry) -> clients.test(entry.getKey()))
            .mapToDouble((entry) -> entry.getValue().latencyNs(percentile))
            .min()
            .orElse(Double.NaN);
        judge(target, best.applyAsDouble(Entrant::isRingwire), best.applyAsDouble(Entrant::isPeer),
            (ratio) -> ratio < 1);
    }

    private void atLeast(final String target, final double limit, final OptionalDouble own, final OptionalDouble other)
    {
        judge(target, own.orElse(Double.NaN), other.orElse(Double.NaN), (ratio) -> ratio >= limit);
    }

    private void atMost(final String target, final double limit, final OptionalDouble own, final OptionalDouble other)
    {
        judge(target, own.orElse(Double.NaN), other.orElse(Double.NaN), (ratio) -> ratio <= limit);
    }

    private void judge(final String target, final double own, final double other, final Predicate<Double> isMet)
    {
        final double ratio = own / other;
        verdicts.add(Double.isNaN(ratio) ?
            new Verdict(target, State.NOT_MEASURED, "one of the two is missing") :
            new Verdict(target, isMet.test(ratio) ? State.MET : State.MISSED,
                number("%.2f x", ratio) + " (" + figure(own) + " against " + figure(other) + ')'));
    }

    private static Predicate<String> startsWith(final String prefix)
    {
        return (client) -> client.startsWith(prefix);
    }

    /** With any JVM. */
    private static Predicate<String> named(final String name)
    {
        return (client) -> client.equals(name) || client.startsWith(name + '[');
    }

    private static boolean isBlockingPeer(final String client)
    {
        return Entrant.isPeer(client) && !client.contains("-spin") && !client.contains("-yield");
    }

    private static String figure(final double value)
    {
        return number("%.0f", value);
    }

    private static String number(final String format, final double value)
    {
        return String.format(Locale.ROOT, format, value);
    }

    /**
     * How a target stands.
     */
    public enum State
    {
        /** Reached. */
        MET,

        /** Not reached. */
        MISSED,

        /** A client that it is about has no figures. */
        NOT_MEASURED
    }

    /**
     * One target.
     *
     * @param target in words.
     * @param state  of it.
     * @param figure reached; latencies in ns, rates in messages a second.
     */
    public record Verdict(String target, State state, String figure)
    {
        @Override
        public String toString()
        {
            return String.format(Locale.ROOT, "%-14s%s: %s",
                state.name().toLowerCase(Locale.ROOT).replace('_', ' '), target, figure);
        }
    }
}
