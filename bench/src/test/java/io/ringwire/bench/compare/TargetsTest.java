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

import io.ringwire.bench.compare.Targets.State;
import io.ringwire.bench.compare.Targets.Verdict;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.ringwire.bench.compare.MadeUp.comparison;
import static io.ringwire.bench.compare.MadeUp.latency;
import static io.ringwire.bench.compare.MadeUp.outcome;
import static io.ringwire.bench.compare.MadeUp.rate;
import static io.ringwire.bench.compare.MadeUp.result;
import static org.assertj.core.api.Assertions.assertThat;

class TargetsTest
{
    @Test
    void shouldJudgeReceivingByTheBestPeerThatIsNoFloor()
    {
        final List<Verdict> verdicts = Targets.of(comparison(result("receive-128",
            outcome("ringwire-inline-spin", rate(12_000)), outcome("ringwire-inline-block", rate(8_000)),
            outcome("ringwire-dedicated-block", rate(5_900)), outcome("okhttp", rate(2_000)),
            outcome("netty-spin", rate(3_000)), outcome("floor-nio", rate(90_000)))));

        assertVerdict(verdicts.get(0), State.MET, "4.00 x (ringwire-inline-spin 12,000 against netty-spin 3,000)");
        assertVerdict(verdicts.get(1), State.MISSED,
            "1.97 x (ringwire-dedicated-block 5,900 against netty-spin 3,000)");
    }

    @Test
    void shouldJudgeRoundTripsByTheirMedian()
    {
        final List<Verdict> verdicts = Targets.of(comparison(result("rtt-128",
            outcome("ringwire-inline-spin", latency(1_000, 9_000)), outcome("ringwire-inline-block", latency(1_800, 1)),
            outcome("ringwire-dedicated-yield", latency(1_250, 9_000)), outcome("netty-spin", latency(1_100, 9_000)),
            outcome("jdk", latency(1_600, 9_000)), outcome("floor-netty", latency(950, 9_000)),
            outcome("floor-netty-block", latency(10, 9_000)))));

        assertVerdict(verdicts.get(0), State.MISSED,
            "1.05 x (ringwire-inline-spin 1.00 us against floor-netty 0.950 us)");
        assertVerdict(verdicts.get(1), State.MISSED,
            "0.63 x (ringwire-inline-spin 1.00 us against jdk 1.60 us)");
        assertVerdict(verdicts.get(2), State.MET,
            "1.25 x (ringwire-dedicated-yield 1.25 us against ringwire-inline-spin 1.00 us)");
    }

    @Test
    void shouldWantTheLowestTails()
    {
        final List<Verdict> verdicts = Targets.of(comparison(result("open-50k",
            outcome("ringwire-inline-spin", latency(1_000, 8_000)),
            outcome("ringwire-inline-block", latency(1_000, 9_000)), outcome("netty-spin", latency(500, 8_500)))));

        assertVerdict(verdicts.get(0), State.MET,
            "0.94 x (ringwire-inline-spin 8.00 us against netty-spin 8.50 us)");
        assertThat(verdicts.get(1).state()).isEqualTo(State.MET);
    }

    @Test
    void shouldCountGarbageOfRingwireOnly()
    {
        final Outcome peer = outcome("jdk", MadeUp.of(100, 100_000, new Histogram(3)));
        final Outcome clean = outcome("ringwire-inline-spin", MadeUp.of(100, 4, new Histogram(3)));
        final Outcome dirty = outcome("ringwire-inline-spin", MadeUp.of(100, 200, new Histogram(3)));

        assertVerdict(last(comparison(result("send-128", peer, clean), result("reconnect", dirty))),
            State.MET, "0.04 at most (ringwire-inline-spin in send-128)");
        assertVerdict(last(comparison(result("send-128", peer, clean), result("capture", peer, dirty))),
            State.MISSED, "2.00 at most (ringwire-inline-spin in capture)");
    }

    @Test
    void shouldJudgeManySessions()
    {
        final Verdict verdict = Targets.of(comparison(
            result("receive-128", outcome("ringwire-inline-spin", rate(1_000))),
            result("receive-128x50", outcome("ringwire-inline-spin", rate(900))))).get(2);

        assertVerdict(verdict, State.MET, "0.90 x (ringwire-inline-spin 900 against ringwire-inline-spin 1,000)");
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
