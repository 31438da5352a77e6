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
import io.ringwire.bench.compare.Targets.State;
import io.ringwire.bench.compare.Targets.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.ringwire.bench.compare.MadeUp.comparison;
import static io.ringwire.bench.compare.MadeUp.latency;
import static io.ringwire.bench.compare.MadeUp.outcome;
import static io.ringwire.bench.compare.MadeUp.rate;
import static io.ringwire.bench.compare.MadeUp.result;
import static org.assertj.core.api.Assertions.assertThat;

class TargetsTest
{
    private static final List<String> USUAL_PEERS =
        List.of("netty-spin", "netty-block", "java-websocket", "jdk", "okhttp", "jetty", "nv", "vertx");

    @Test
    void shouldJudgeReceivingByTheBestPeerThatIsNoFloor()
    {
        final List<Verdict> verdicts = Targets.of(comparison(amongPeers("receive-128", rate(2_000),
            twice("ringwire-inline-spin", rate(12_000)), twice("ringwire-inline-block", rate(8_000)),
            twice("ringwire-dedicated-block", rate(5_900)), twice("netty-spin", rate(3_000)),
            twice("floor-nio", rate(30_000)))));

        assertVerdict(verdicts.get(0), State.MET,
            "4.00 x (ringwire-inline-spin 12,000, best of 2 against netty-spin 3,000, best of 8)");
        assertVerdict(verdicts.get(1), State.MISSED,
            "0.40 x (ringwire-inline-spin 12,000, best of 2 against floor-nio 30,000)");
        assertVerdict(verdicts.get(2), State.MISSED,
            "1.97 x (ringwire-dedicated-block 5,900 against netty-spin 3,000, best of 8)");
    }

    @Test
    void shouldHoldBackWhatIsNotMetAmongAllPeers()
    {
        final Outcome ringwire = twice("ringwire-inline-spin", rate(12_000));
        final Outcome dedicated = twice("ringwire-dedicated-spin", rate(1_000));

        final List<Verdict> verdicts =
            Targets.of(comparison(result("receive-128", ringwire, dedicated, twice("jetty", rate(1_000)))));

        assertVerdict(verdicts.get(0), State.NOT_MEASURED,
            "12.00 x (ringwire-inline-spin 12,000 against jetty 1,000); not among all peers, without: " +
            "netty-spin, netty-block, java-websocket, jdk, okhttp, nv, vertx");
        assertVerdict(verdicts.get(2), State.MISSED, "1.00 x (ringwire-dedicated-spin 1,000 against jetty 1,000)");

        assertThat(receive(ringwire, new Outcome("okhttp", List.of(), "its process died")).figure())
            .endsWith("; not among all peers, without: okhttp");
        assertThat(receive(ringwire, new Outcome("nv", List.of(rate(1), rate(1)), "round 3: timed out")).state())
            .as("by the rounds that are left").isEqualTo(State.MET);
        assertThat(receive(ringwire, new Outcome("jdk", List.of(), Outcome.NOT_SUPPORTED)).state())
            .isEqualTo(State.MET);
    }

    @Test
    void shouldDecideNothingWithinTheSpread()
    {
        final Outcome wide = outcome("okhttp", rate(800), rate(1_000), rate(1_200));

        assertVerdict(receive(twice("ringwire-inline-spin", rate(5_000)), wide), State.UNDECIDED,
            "5.00 x (ringwire-inline-spin 5,000 against okhttp 1,000, best of 8); within the spread of 40%");
        assertThat(receive(twice("ringwire-inline-spin", rate(3_000)), wide).state()).isEqualTo(State.UNDECIDED);
        assertThat(receive(twice("ringwire-inline-spin", rate(5_700)), wide).state()).isEqualTo(State.MET);
        assertThat(receive(twice("ringwire-inline-spin", rate(2_300)), wide).state()).isEqualTo(State.MISSED);
        assertThat(receive(outcome("ringwire-inline-spin", rate(9_000)), wide).figure())
            .endsWith("; a single round has no spread");
    }

    @Test
    void shouldJudgeRoundTripsByTheirMedian()
    {
        final List<Verdict> verdicts = Targets.of(comparison(amongPeers("rtt-128", latency(1_700, 9_000),
            twice("ringwire-inline-spin", latency(1_000, 9_000)), twice("ringwire-inline-block", latency(1_800, 1)),
            twice("ringwire-dedicated-yield", latency(1_250, 9_000)), twice("netty-spin", latency(1_100, 9_000)),
            twice("jdk", latency(1_600, 9_000)), twice("floor-netty", latency(950, 9_000)),
            twice("floor-netty-block", latency(10, 9_000)))));

        assertVerdict(verdicts.get(0), State.MISSED,
            "1.05 x (ringwire-inline-spin 1.00 us against floor-netty 0.950 us)");
        assertVerdict(verdicts.get(1), State.MISSED,
            "0.63 x (ringwire-inline-spin 1.00 us against jdk 1.60 us, best of 7)");
        assertVerdict(verdicts.get(2), State.MET,
            "1.25 x (ringwire-dedicated-yield 1.25 us against ringwire-inline-spin 1.00 us, best of 2)");
    }

    @Test
    void shouldJudgeTheTailsOfOneClient()
    {
        final Outcome better = twice("ringwire-inline-spin", tail(8_000, 90_000));
        final Outcome calmer = twice("ringwire-inline-block", tail(9_000, 10_000));

        final List<Verdict> verdicts =
            Targets.of(comparison(amongPeers("open-50k", tail(10_000, 20_000), better, calmer)));

        assertThat(verdicts.get(0).state()).isEqualTo(State.MET);
        assertThat(verdicts.get(0).figure()).startsWith("0.80 x (ringwire-inline-spin ");
        assertThat(verdicts.get(1).state()).isEqualTo(State.MISSED);
        assertThat(verdicts.get(1).figure()).startsWith("4.50 x (ringwire-inline-spin ").contains(", best of 2 ");
    }

    @Test
    void shouldUseTheSpreadOfThePercentileThatIsJudged()
    {
        final Outcome uneven = outcome("ringwire-inline-spin", tail(8_000, 9_000), tail(8_000, 19_000));

        final List<Verdict> verdicts = Targets.of(comparison(amongPeers("open-50k", tail(10_000, 20_000), uneven)));

        assertThat(verdicts.get(0).state()).isEqualTo(State.MET);
        assertThat(verdicts.get(1).state()).isEqualTo(State.UNDECIDED);
    }

    @Test
    void shouldCountGarbageOfTheWorstRoundOfRingwireOnly()
    {
        final Outcome peer = outcome("jdk", garbage(100_000));
        final Outcome clean = outcome("ringwire-inline-spin", garbage(0), garbage(4));
        final Outcome dirty = outcome("ringwire-inline-spin", garbage(0), garbage(0), garbage(5));
        final Outcome unknown = outcome("ringwire-inline-block", garbage(Measurement.UNKNOWN), garbage(0));

        assertVerdict(last(comparison(result("send-128", peer, clean), result("reconnect", dirty))),
            State.MET, "0.004 at most (ringwire-inline-spin in send-128)");
        assertVerdict(last(comparison(result("send-128", peer, clean), result("capture", peer, dirty, unknown))),
            State.MISSED, "0.005 at most (ringwire-inline-spin in capture)");
        assertVerdict(last(comparison(result("send-128", clean, unknown))), State.NOT_MEASURED,
            "unknown of ringwire-inline-block in send-128; 0.004 at most (ringwire-inline-spin in send-128)");
        assertVerdict(last(comparison(result("send-128", outcome("ringwire-inline-spin", garbage(-1))))),
            State.NOT_MEASURED, "unknown of ringwire-inline-spin in send-128");
    }

    @Test
    void shouldJudgeTheCostOfManySessions()
    {
        final List<Verdict> verdicts = Targets.of(comparison(
            result("receive-128", twice("ringwire-inline-spin", rate(1_000_000)),
                twice("ringwire-inline-block", rate(900_000))),
            result("receive-128x10", twice("ringwire-inline-spin", rate(900_000))),
            result("receive-128x50", twice("ringwire-inline-spin", rate(800_000)),
                twice("ringwire-inline-block", rate(2_000_000)))));

        assertVerdict(verdicts.get(3), State.MET,
            "1.11 x (ringwire-inline-spin 555.6 ns, best of 2 against ringwire-inline-spin 500.0 ns, best of 2)");
        assertVerdict(verdicts.get(4), State.MISSED,
            "1.25 x (ringwire-inline-spin 625.0 ns, best of 2 against ringwire-inline-spin 500.0 ns, best of 2)");
    }

    @Test
    void shouldJudgeTheCostOfAByte()
    {
        final Outcome small = twice("ringwire-inline-spin", rate(10_000_000));

        final Verdict flat = Targets.of(comparison(
            result("receive-32", small), result("receive-1k", twice("ringwire-inline-spin", rate(312_500))))).get(0);
        final Verdict grown = Targets.of(comparison(
            result("receive-32", small), result("receive-1k", twice("ringwire-inline-spin", rate(250_000))))).get(0);

        assertVerdict(flat, State.MET,
            "1.00 x (ringwire-inline-spin 1.563 ns/byte against ringwire-inline-spin 1.563 ns/byte)");
        assertVerdict(grown, State.MISSED,
            "1.25 x (ringwire-inline-spin 1.953 ns/byte against ringwire-inline-spin 1.563 ns/byte)");
    }

    @Test
    void shouldSayWhatIsMissing()
    {
        final List<Verdict> verdicts = Targets.of(comparison(
            result("receive-128", outcome("ringwire-inline-spin", rate(12_000)), outcome("jdk"))));

        assertThat(verdicts.get(0).state()).isEqualTo(State.NOT_MEASURED);
        assertThat(verdicts.get(0)).asString().startsWith("not measured  receive-128");
        assertThat(Targets.of(comparison(result("rtt-32", outcome("jdk", latency(1, 1)))))).isEmpty();
    }

    private static Outcome twice(final String client, final Measurement round)
    {
        return outcome(client, round, round);
    }

    /** Those given, and the usual peers that are not among them. */
    private static ScenarioResult amongPeers(
        final String scenario, final Measurement roundOfPeers, final Outcome... outcomes)
    {
        final List<Outcome> all = new ArrayList<>(List.of(outcomes));
        USUAL_PEERS.stream()
            .filter((peer) -> all.stream().noneMatch((outcome) -> outcome.client().equals(peer)))
            .toList().forEach((peer) -> all.add(twice(peer, roundOfPeers)));
        return result(scenario, all.toArray(Outcome[]::new));
    }

    private static Verdict receive(final Outcome... outcomes)
    {
        return Targets.of(comparison(amongPeers("receive-128", rate(100), outcomes))).get(0);
    }

    /** A thousand latencies, with a p99 and a p99.9. */
    private static Measurement tail(final long p99Ns, final long p999Ns)
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(1_000, 980);
        histogram.recordValueWithCount(p99Ns, 15);
        histogram.recordValueWithCount(p999Ns, 5);
        return MadeUp.of(1_000, 0, histogram);
    }

    /** A thousand messages. */
    private static Measurement garbage(final long allocatedBytes)
    {
        return MadeUp.of(1_000, allocatedBytes, new Histogram(3));
    }

    private static Verdict last(final Comparison comparison)
    {
        final List<Verdict> verdicts = Targets.of(comparison);
        return verdicts.get(verdicts.size() - 1);
    }

    private static void assertVerdict(final Verdict verdict, final State state, final String figure)
    {
        assertThat(verdict.state()).as(verdict.toString()).isEqualTo(state);
        assertThat(verdict.figure()).isEqualTo(figure);
    }
}
