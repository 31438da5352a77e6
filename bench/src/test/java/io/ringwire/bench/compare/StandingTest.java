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
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class StandingTest
{
    @Test
    void shouldDivideLatenciesByTheLeastOfThePeers()
    {
        final Outcome ringwire = latencies("ringwire-inline-spin", 500, 600, 700);
        final Outcome slow = latencies("okhttp", 2_000);
        final Outcome fast = latencies("netty-spin", 1_200);
        final Outcome floor = latencies("floor-nio", 300);

        final Standing standing = standing(Scenario.Figure.P50, ringwire, slow, fast, floor);

        assertThat(standing.bestPeer()).contains(fast.client());
        assertThat(standing.ratio(ringwire.client())).isCloseTo(0.5, within(0.001));
        assertThat(standing.ratio(fast.client())).isEqualTo(1);
        assertThat(standing.ratio(slow.client())).isGreaterThan(1);
        assertThat(standing.ratio(floor.client())).isCloseTo(0.25, within(0.001));
        assertThat(standing.spread(ringwire.client())).isCloseTo(1.0 / 3, within(0.001));
        assertThat(standing.spread(slow.client())).isNaN();
        assertThat(standing.ratioHeading()).isEqualTo("p50 / best peer");
    }

    @Test
    void shouldDivideRatesByTheMostOfThePeers()
    {
        final Outcome ringwire = rates("ringwire-inline-spin", 8e6);
        final Outcome fast = rates("okhttp", 2e6);

        final Standing standing =
            standing(Scenario.Figure.RATE, ringwire, rates("jdk", 1e6), fast, rates("floor-netty", 1e8));

        assertThat(standing.bestPeer()).contains(fast.client());
        assertThat(standing.ratio(ringwire.client())).isCloseTo(4, within(0.001));
        assertThat(standing.ratioHeading()).isEqualTo("msg/s / best peer");
    }

    @Test
    void shouldKnowNothingWithoutFiguresOrPeers()
    {
        final Outcome leftOut = new Outcome("jdk", List.of(), "no io_uring");
        final Outcome silent = latencies("okhttp");
        final Outcome ringwire = latencies("ringwire-inline-spin", 500);

        final Standing standing = standing(Scenario.Figure.P99, ringwire, leftOut, silent);

        assertThat(standing.bestPeer()).isEmpty();
        assertThat(standing.ratio(ringwire.client())).isNaN();
        assertThat(standing.figure(ringwire.client())).isEqualTo(500);
        assertThat(standing.figure(leftOut.client())).isNaN();
        assertThat(standing.figure(silent.client())).isNaN();
        assertThat(standing.spread(silent.client())).isNaN();
    }

    @Test
    void shouldNameThoseWhosePlaceIsNotKnown()
    {
        final Standing standing = standing(Scenario.Figure.P50, latencies("jdk[a]", 500, 600), latencies("nv", 700),
            new Outcome("jdk[b]", latencies("jdk[b]", 500).rounds(), "round 2: timed out"),
            new Outcome("vertx", List.of(), Outcome.NOT_SUPPORTED), latencies("okhttp"));

        assertThat(standing.missing(List.of("okhttp", "nv", "jetty", "jdk", "vertx")))
            .containsExactly("okhttp", "jetty");
    }

    private static Standing standing(final Scenario.Figure figure, final Outcome... outcomes)
    {
        return new Standing(new ScenarioResult(
            new Scenario("a", "A.", figure, Workload.Kind.ECHO, "/echo", 128, 1, false, false, false),
            List.of(outcomes)));
    }

    private static Outcome latencies(final String client, final long... latenciesNs)
    {
        final List<Measurement> rounds = LongStream.of(latenciesNs.length == 0 ? new long[]{-1} : latenciesNs)
            .mapToObj((latencyNs) ->
            {
                final Histogram latencies = new Histogram(3);
                if (latencyNs >= 0)
                {
                    latencies.recordValue(latencyNs);
                }

                return new Measurement(1, 1, 1, 0, 0, 0, latencies, "epoll");
            }).toList();
        return new Outcome(client, rounds, "");
    }

    private static Outcome rates(final String client, final double... ratesPerS)
    {
        return new Outcome(client, DoubleStream.of(ratesPerS).mapToObj((rate) -> new Measurement(
            (long)rate + 1, 1_000_000_000, (long)rate, 0, 0, 0, new Histogram(3), "epoll")).toList(), "");
    }
}
