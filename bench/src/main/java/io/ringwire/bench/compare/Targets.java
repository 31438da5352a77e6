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
import io.ringwire.bench.client.Workload;
import io.ringwire.samples.report.LatencyUnit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

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

    private final Map<String, Standing> standings = new HashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    private Targets(final Comparison comparison)
    {
        comparison.results().forEach((result) -> standings.put(result.scenario().name(), new Standing(result)));
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
        final Standing receive = standings.get("receive-128");
        if (receive != null)
        {
            final Side peer = rate(receive, Targets::isPeer);
            judge("receive-128 msg/s: best INLINE at least 4 x the best peer",
                rate(receive, startsWith(INLINE)), peer, (ratio) -> ratio >= 4);
            judge("receive-128 msg/s: best DEDICATED at least 2 x the best peer",
                rate(receive, startsWith(DEDICATED)), peer, (ratio) -> ratio >= 2);
        }
    }

    private void roundTrips()
    {
        final Standing rtt = standings.get("rtt-128");
        if (rtt != null)
        {
            final Side spinning = latency(rtt, 50, named(INLINE_SPIN));
            judge("rtt-128 p50: INLINE spinning at most 1.05 x the spinning floor-netty",
                spinning, latency(rtt, 50, named(SPINNING_FLOOR)), (ratio) -> ratio <= 1.05);
            judge("rtt-128 p50: INLINE spinning at most 0.6 x the best blocking peer",
                spinning, latency(rtt, 50, Targets::isBlockingPeer), (ratio) -> ratio <= 0.6);
            judge("rtt-128 p50: best DEDICATED at most 1.25 x the best INLINE",
                latency(rtt, 50, startsWith(DEDICATED)), latency(rtt, 50, startsWith(INLINE)),
                (ratio) -> ratio <= 1.25);
        }
    }

    private void openLoop()
    {
        final Standing open = standings.get("open-50k");
        if (open != null)
        {
            judge("open-50k p99: best Ringwire below the best peer",
                latency(open, 99, Targets::isRingwire), latency(open, 99, Targets::isPeer), (ratio) -> ratio < 1);
            judge("open-50k p99.9: best Ringwire below the best peer",
                latency(open, 99.9, Targets::isRingwire), latency(open, 99.9, Targets::isPeer), (ratio) -> ratio < 1);
        }
    }

    private void sessions()
    {
        final Standing one = standings.get("receive-128");
        final Standing fifty = standings.get("receive-128x50");
        if (one != null && fifty != null)
        {
            judge("receive-128x50 msg/s: best INLINE at least 1 / 1.2 x the best INLINE of receive-128",
                rate(fifty, startsWith(INLINE)), rate(one, startsWith(INLINE)), (ratio) -> ratio >= 1 / 1.2);
        }
    }

    /**
     * Connecting makes garbage, and so do other transports and TLS: they are not meant.
     */
    private void garbage(final Comparison comparison)
    {
        double most = 0; // unknown once one is
        String where = "";
        for (final ScenarioResult result : comparison.results())
        {
            final Scenario scenario = result.scenario();
            if (scenario.tls() || scenario.kind() == Workload.Kind.RECONNECT)
            {
                continue;
            }

            for (final Map.Entry<String, Summary> entry : standings.get(scenario.name()).summaries().entrySet())
            {
                final Summary summary = entry.getValue();
                if (isRingwire(entry.getKey()) && summary.transport().equals(EPOLL) &&
                    !Double.isNaN(most) && !(summary.bytesPerMessage() < most))
                {
                    most = summary.bytesPerMessage();
                    where = " (" + entry.getKey() + " in " + scenario.name() + ')';
                }
            }
        }

        if (!where.isEmpty())
        {
            verdicts.add(new Verdict("B/msg: 0 of Ringwire, ws over epoll, every scenario but reconnect",
                most <= MAX_BYTES ? State.MET : State.MISSED, number("%.2f", most) + " at most" + where));
        }
    }

    private void judge(final String target, final Side own, final Side other, final DoublePredicate isMet)
    {
        final double ratio = own.figure / other.figure;
        verdicts.add(Double.isNaN(ratio) ?
            new Verdict(target, State.NOT_MEASURED, Double.isNaN(own.figure) ?
                "no figure of Ringwire's client" : "no figure to compare with") :
            new Verdict(target, isMet.test(ratio) ? State.MET : State.MISSED,
                number("%.2f x", ratio) + " (" + own + " against " + other + ')'));
    }

    private static Side rate(final Standing standing, final Predicate<String> clients)
    {
        return standing.best(clients)
            .map((client) -> new Side(client, standing.figure(client), number("%,.0f", standing.figure(client))))
            .orElse(Side.NONE);
    }

    private static Side latency(final Standing standing, final double percentile, final Predicate<String> clients)
    {
        return standing.summaries().entrySet().stream()
            .filter((entry) -> clients.test(entry.getKey()) && entry.getValue().hasLatencies())
            .map((entry) -> Side.of(entry.getKey(), entry.getValue().latencyNs(percentile)))
            .min(Comparator.comparingDouble(Side::figure))
            .orElse(Side.NONE);
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

    private static boolean isRingwire(final String client)
    {
        return Group.of(client) == Group.RINGWIRE;
    }

    private static boolean isPeer(final String client)
    {
        return Group.of(client) == Group.PEER;
    }

    private static boolean isBlockingPeer(final String client)
    {
        return isPeer(client) && !client.contains("-spin") && !client.contains("-yield");
    }

    private static String number(final String format, final double value)
    {
        return String.format(Locale.ROOT, format, value);
    }

    /**
     * One of the two that are compared: a rate, or a latency in ns.
     */
    private record Side(String client, double figure, String text)
    {
        private static final Side NONE = new Side("", Double.NaN, "");

        static Side of(final String client, final long latencyNs)
        {
            return new Side(client, latencyNs, LatencyUnit.US.number(latencyNs) + " us");
        }

        @Override
        public String toString()
        {
            return client + ' ' + text;
        }
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
     * @param target scenario, figure, clients and limit in words.
     * @param state  of it.
     * @param figure reached, with the names and figures of the two clients compared.
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
