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
import io.ringwire.bench.client.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/**
 * What Ringwire is to reach, and whether it did: ratios within one comparison, from the medians of the rounds. A target
 * that says "the best peer" is met only where all the peers of {@link Profile#QUICK} were measured. A ratio that lies
 * nearer to its limit than the rounds of a client to each other decides nothing.
 */
public final class Targets
{
    private static final String INLINE = "ringwire-inline-";
    private static final String INLINE_SPIN = "ringwire-inline-spin";
    private static final String DEDICATED = "ringwire-dedicated-";
    private static final String SPINNING_FLOOR = "floor-netty";
    private static final String HEADER_FLOOR = "floor-nio";
    private static final String EPOLL = "epoll";
    private static final double MAX_BYTES = 0.005; // from here on a table shows more than 0.00
    private static final double MAX_GROWTH = 1.2;
    private static final double PERCENT = 100;
    private static final List<String> PEERS = Profile.QUICK.clients().stream().filter(Targets::isPeer).toList();
    private static final List<String> BLOCKING_PEERS = PEERS.stream().filter(Targets::isBlockingPeer).toList();

    private final Map<String, Standing> standings = new HashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();

    private Targets(final Comparison comparison)
    {
        comparison.results().forEach((result) -> standings.put(result.scenario().name(), new Standing(result)));
        receiving();
        roundTrips();
        openLoop();
        sessions();
        sizes();
        garbage(comparison);
    }

    /**
     * Judge.
     *
     * @param comparison with or without the scenarios that the targets are about.
     * @return a verdict for each target whose scenarios were run.
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
            final Side inline = Side.best(receive, startsWith(INLINE), Measure.RATE);
            final Side peer = Side.best(receive, Targets::isPeer, Measure.RATE);
            final List<String> missing = receive.missing(PEERS);
            judge("receive-128 msg/s: best INLINE at least 4 x the best peer",
                inline, peer, Limit.atLeast(4), missing);
            judge("receive-128 msg/s: best INLINE at least 0.5 x floor-nio, which only walks frame headers",
                inline, Side.best(receive, named(HEADER_FLOOR), Measure.RATE), Limit.atLeast(0.5), List.of());
            judge("receive-128 msg/s: best DEDICATED at least 2 x the best peer",
                Side.best(receive, startsWith(DEDICATED), Measure.RATE), peer, Limit.atLeast(2), missing);
        }
    }

    private void roundTrips()
    {
        final Standing rtt = standings.get("rtt-128");
        if (rtt != null)
        {
            final Measure p50 = Measure.latency(50);
            final Side spinning = Side.best(rtt, named(INLINE_SPIN), p50);
            judge("rtt-128 p50: INLINE spinning at most 1.05 x the spinning floor-netty",
                spinning, Side.best(rtt, named(SPINNING_FLOOR), p50), Limit.atMost(1.05), List.of());
            judge("rtt-128 p50: INLINE spinning at most 0.6 x the best blocking peer",
                spinning, Side.best(rtt, Targets::isBlockingPeer, p50), Limit.atMost(0.6),
                rtt.missing(BLOCKING_PEERS));
            judge("rtt-128 p50: best DEDICATED at most 1.25 x the best INLINE",
                Side.best(rtt, startsWith(DEDICATED), p50), Side.best(rtt, startsWith(INLINE), p50),
                Limit.atMost(1.25), List.of());
        }
    }

    /**
     * The client of Ringwire that is best by p99 is judged by p99.9 too; the best peer is another one if it is.
     */
    private void openLoop()
    {
        final Standing open = standings.get("open-50k");
        if (open != null)
        {
            final Measure p99 = Measure.latency(99);
            final Measure p999 = Measure.latency(99.9);
            final Side ringwire = Side.best(open, Targets::isRingwire, p99);
            final List<String> missing = open.missing(PEERS);
            judge("open-50k p99: best Ringwire below the best peer",
                ringwire, Side.best(open, Targets::isPeer, p99), Limit.below(1), missing);
            judge("open-50k p99.9: the same Ringwire below the best peer",
                ringwire.in(open, p999), Side.best(open, Targets::isPeer, p999), Limit.below(1), missing);
        }
    }

    /**
     * The CPU time of a message with many sessions on one IO thread, of the client with the highest rate with one.
     */
    private void sessions()
    {
        final Standing one = standings.get("receive-128");
        for (final String name : List.of("receive-128x10", "receive-128x50"))
        {
            final Standing many = standings.get(name);
            if (one != null && many != null)
            {
                final Side inline = Side.best(one, startsWith(INLINE), Measure.RATE);
                judge(name + " CPU/msg: best INLINE of receive-128 at most 1.2 x its own there",
                    inline.in(many, Measure.CPU_PER_MESSAGE), inline.in(one, Measure.CPU_PER_MESSAGE),
                    Limit.atMost(MAX_GROWTH), List.of());
            }
        }
    }

    /**
     * The CPU time of a message divided by its length, of the client with the highest rate at 32 bytes: it must not
     * grow to 1 KiB. It falls as long as a message costs more than its bytes.
     */
    private void sizes()
    {
        final Standing small = standings.get("receive-32");
        final Standing large = standings.get("receive-1k");
        if (small != null && large != null)
        {
            final Side inline = Side.best(small, startsWith(INLINE), Measure.RATE);
            judge("receive-1k CPU/byte: best INLINE of receive-32 at most 1.2 x its own there",
                inline.in(large, Measure.cpuPerByte(large.sizeBytes())),
                inline.in(small, Measure.cpuPerByte(small.sizeBytes())), Limit.atMost(MAX_GROWTH), List.of());
        }
    }

    /**
     * The round with the most decides. Connecting makes garbage, and so do other transports and TLS: they are not
     * meant.
     */
    private void garbage(final Comparison comparison)
    {
        double most = Double.NEGATIVE_INFINITY;
        String where = "";
        String unknown = "";
        for (final ScenarioResult result : comparison.results())
        {
            for (final Outcome outcome : result.outcomes())
            {
                if (!mustBeFreeOfGarbage(result.scenario(), outcome))
                {
                    continue;
                }

                final String place = outcome.client() + " in " + result.scenario().name();
                for (final Measurement round : outcome.rounds())
                {
                    final double bytes = round.bytesPerMessage();
                    unknown = Double.isNaN(bytes) ? place : unknown;
                    where = bytes > most ? place : where;
                    most = bytes > most ? bytes : most;
                }
            }
        }

        final String target =
            "B/msg: 0 (below 0.005 in each round) of Ringwire, ws over epoll, every scenario run but reconnect";
        final String figure = where.isEmpty() ? "" : number("%.3f at most", most) + " (" + where + ')';
        if (most >= MAX_BYTES)
        {
            verdicts.add(new Verdict(target, State.MISSED, figure));
        }
        else if (!unknown.isEmpty())
        {
            verdicts.add(new Verdict(target, State.NOT_MEASURED,
                "unknown of " + unknown + (figure.isEmpty() ? "" : "; " + figure)));
        }
        else if (!where.isEmpty())
        {
            verdicts.add(new Verdict(target, State.MET, figure));
        }
    }

    private static boolean mustBeFreeOfGarbage(final Scenario scenario, final Outcome outcome)
    {
        return !scenario.tls() && scenario.kind() != Workload.Kind.RECONNECT && isRingwire(outcome.client()) &&
            !outcome.rounds().isEmpty() && outcome.rounds().get(0).transport().equals(EPOLL);
    }

    private void judge(
        final String target, final Side own, final Side other, final Limit limit, final List<String> missing)
    {
        final double ratio = own.figure() / other.figure();
        if (Double.isNaN(ratio))
        {
            verdicts.add(new Verdict(target, State.NOT_MEASURED, Double.isNaN(own.figure()) ?
                "no figure of Ringwire's client" : "no figure to compare with"));
            return;
        }

        final String figure = number("%.2f x", ratio) + " (" + own + " against " + other + ')';
        final double spread = Math.max(own.spread(), other.spread());
        if (!(Math.abs(ratio / limit.value - 1) >= spread))
        {
            verdicts.add(new Verdict(target, State.UNDECIDED, figure + (Double.isNaN(spread) ?
                "; a single round has no spread" : number("; within the spread of %.0f%%", spread * PERCENT))));
        }
        else if (!limit.isMet.test(ratio))
        {
            verdicts.add(new Verdict(target, State.MISSED, figure));
        }
        else if (!missing.isEmpty())
        {
            verdicts.add(new Verdict(target, State.NOT_MEASURED,
                figure + "; not among all peers, without: " + String.join(", ", missing)));
        }
        else
        {
            verdicts.add(new Verdict(target, State.MET, figure));
        }
    }

    private static Predicate<String> startsWith(final String prefix)
    {
        return (client) -> client.startsWith(prefix);
    }

    /** With any JVM. */
    private static Predicate<String> named(final String name)
    {
        return (client) -> Entrant.clientOf(client).equals(name);
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
     * Where a ratio must lie.
     */
    private record Limit(double value, DoublePredicate isMet)
    {
        static Limit atLeast(final double value)
        {
            return new Limit(value, (ratio) -> ratio >= value);
        }

        static Limit atMost(final double value)
        {
            return new Limit(value, (ratio) -> ratio <= value);
        }

        static Limit below(final double value)
        {
            return new Limit(value, (ratio) -> ratio < value);
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

        /** The ratio is nearer to the limit than the rounds lie apart, or there is a single round. */
        UNDECIDED,

        /**
         * A client that it is about has no figures; or it is reached against some of the peers, and others have no
         * figure or did not take part.
         */
        NOT_MEASURED;

        /**
         * For a reader.
         *
         * @return its name in words.
         */
        public String text()
        {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One target.
     *
     * @param target scenario, figure, clients and limit in words.
     * @param state  of it.
     * @param figure reached, with the names and figures of the two clients compared, of how many each is the best, and
     *               what keeps it from being decided.
     */
    public record Verdict(String target, State state, String figure)
    {
        @Override
        public String toString()
        {
            return String.format(Locale.ROOT, "%-14s%s: %s", state.text(), target, figure);
        }
    }
}
