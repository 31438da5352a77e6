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

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.peer.Lineup;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlanTest
{
    private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long PLANNED_NS = TimeUnit.SECONDS.toNanos(Profile.QUICK.plannedS());
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(Profile.QUICK.limitS());
    private static final long WARMUP_NS = (long)(Profile.QUICK.warmupS() * 1e9);

    @Test
    void shouldFitTheQuickProfileIntoFiveMinutesWithAllItsClients() throws BenchException
    {
        final List<String> names = Scenarios.all().stream().map(Scenario::name).toList();
        final List<Scenario> scenarios = Selection.of("--scenarios", names, Profile.QUICK.scenarios()).stream()
            .map(MadeUp::scenario).toList();
        final Plan plan = Plan.fit(MadeUp.entrants(Profile.QUICK.clients().toArray(String[]::new)), scenarios,
            Profile.QUICK.rounds(), WARMUP_NS, PLANNED_NS, ROUND_NS, LIMIT_NS);

        assertThat(plan.entrants()).hasSize(14);
        assertThat(plan.runs()).isEqualTo(14 * 5 * 3);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(plan.plannedNs())).isBetween(200L, 290L);
        assertThat(TimeUnit.NANOSECONDS.toMillis(plan.durationNs())).isGreaterThanOrEqualTo(200);
        assertThat(plan.limitNs()).isEqualTo(LIMIT_NS).isLessThan(TimeUnit.MINUTES.toNanos(5));
    }

    @Test
    void shouldFitTheFullProfileIntoAnHour()
    {
        final Plan plan = Plan.fit(
            MadeUp.entrants(Lineup.names().toArray(String[]::new)), Scenarios.all(), Profile.FULL.rounds(),
            (long)(Profile.FULL.warmupS() * 1e9), TimeUnit.SECONDS.toNanos(Profile.FULL.plannedS()), ROUND_NS,
            TimeUnit.SECONDS.toNanos(Profile.FULL.limitS()));

        assertThat(TimeUnit.NANOSECONDS.toMinutes(plan.plannedNs())).isBetween(45L, 56L);
        assertThat(TimeUnit.NANOSECONDS.toMillis(plan.durationNs())).isGreaterThanOrEqualTo(300);
    }

    @Test
    void shouldNotStretchAShortComparison()
    {
        final Plan plan = Plan.fit(MadeUp.entrants("a"), List.of(MadeUp.scenario("rtt-128")), 3, WARMUP_NS,
            PLANNED_NS, ROUND_NS, LIMIT_NS);

        assertThat(plan.durationNs()).isEqualTo(ROUND_NS);
    }

    @Test
    void shouldHaveWholeBurstsInARound()
    {
        final Plan plan = new Plan(MadeUp.entrants("a"), List.of(), 3, WARMUP_NS, 1_100_000_000L, Plan.NO_LIMIT);

        assertThat(plan.extent(MadeUp.scenario("open-50k"), 0).durationNs()).isEqualTo(2_000_000_000L);
        assertThat(plan.extent(MadeUp.scenario("open-50k"), 0).warmupNs()).isEqualTo(1_500_000_000L);
        assertThat(plan.extent(MadeUp.scenario("open-50k"), 1).warmupNs()).isEqualTo(500_000_000L);
        assertThat(plan.extent(MadeUp.scenario("rtt-128"), 1).durationNs()).isEqualTo(1_100_000_000L);
    }

    @Test
    void shouldHaveTheScenariosThatReportsAreMadeOf()
    {
        final List<String> names = Scenarios.all().stream().map(Scenario::name).toList();

        assertThat(names).contains("rtt-32", "rtt-128", "rtt-1k", "rtt-16k", "open-10k", "open-50k", "receive-128",
            "receive-1k", "send-128", "send-1k", "capture", "reconnect", "receive-128x10", "receive-128x50",
            "rtt-128x10", "rtt-128x50", "receive-128-deflate", "rtt-1k-deflate", "rtt-128-tls", "receive-1k-tls",
            "receive-32");
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void shouldPickByPatternAndNameWhatIsUnknown() throws BenchException
    {
        final List<String> names = List.of("rtt-32", "rtt-128", "send-128", "rtt-1k");

        assertThat(Selection.of("--x", names, List.of("send-128", "rtt-*"))).containsExactly(
            "send-128", "rtt-32", "rtt-128", "rtt-1k");
        assertThat(Selection.of("--x", names, List.of("rtt-?2", "rtt-32"))).containsExactly("rtt-32");
        assertThat(Selection.matching(names, "rtt.128")).isEmpty();
        assertThatThrownBy(() -> Selection.of("--x", names, List.of("rtt-*", "ping")))
            .isInstanceOf(BenchException.class).hasMessageStartingWith("--x: 'ping' is none of rtt-32, ");
    }
}
