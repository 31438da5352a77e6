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

import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Workload;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who does what for how long.
 *
 * @param entrants   in the order of the results.
 * @param scenarios  in order.
 * @param rounds     of each client in each scenario.
 * @param warmupNs   before the first round of a client in a scenario.
 * @param durationNs of a round; rounds with bursts are {@link #BURST_PERIOD_NS} long or a multiple.
 * @param limitNs    for all of it from the first run on: rounds that cannot be over by then are left out, but for the
 *                   first of each scenario, which is left out when the time is over.
 */
public record Plan(
    List<Entrant> entrants, List<Scenario> scenarios, int rounds, long warmupNs, long durationNs, long limitNs)
{
    /** Time from burst to burst of an open loop: a round begins and ends in the middle between two. */
    public static final long BURST_PERIOD_NS = TimeUnit.SECONDS.toNanos(1);

    /** As long as it takes. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private static final long MIN_DURATION_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_LATER_WARMUP_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long START_SERVER_NS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final long START_WORKER_NS = TimeUnit.MILLISECONDS.toNanos(900);
    private static final long CONNECT_NS = TimeUnit.MILLISECONDS.toNanos(100); // engine or client, threads, shutdown
    private static final long BREAK_DOWN_NS = TimeUnit.SECONDS.toNanos(10); // a cold JVM too, on a busy machine
    private static final long MIN_BREAK_DOWN_NS = TimeUnit.SECONDS.toNanos(2); // of a run that ends behind the limit

    /**
     * Make a plan whose rounds are as long as a time for all of it allows.
     *
     * @param entrants  in the order of the results.
     * @param scenarios in order.
     * @param rounds    of each client in each scenario.
     * @param warmupNs  before the first round of a client in a scenario.
     * @param totalNs   for all of it.
     * @param maxNs     length of a round that is long enough.
     * @param limitNs   of the plan.
     * @return the plan; its rounds are never shorter than 100 ms, so it may take longer than asked.
     */
    public static Plan fit(
        final List<Entrant> entrants,
        final List<Scenario> scenarios,
        final int rounds,
        final long warmupNs,
        final long totalNs,
        final long maxNs,
        final long limitNs)
    {
        Plan plan = new Plan(entrants, scenarios, rounds, warmupNs, maxNs, limitNs);
        while (plan.plannedNs() > totalNs && plan.durationNs > MIN_DURATION_NS)
        {
            final long shorterNs = Math.max(MIN_DURATION_NS, plan.durationNs - MIN_DURATION_NS);
            plan = new Plan(entrants, scenarios, rounds, warmupNs, shorterNs, limitNs);
        }

        return plan;
    }

    /**
     * How long all of it takes, if nobody fails.
     *
     * @return in ns, with the start of all processes.
     */
    public long plannedNs()
    {
        return START_SERVER_NS + entrants.size() * START_WORKER_NS + remainingNs(0, 0);
    }

    /**
     * How long the runs take that are left.
     *
     * @param scenarioIndex of the scenario that is run.
     * @param round         of it that comes next.
     * @return in ns.
     */
    public long remainingNs(final int scenarioIndex, final int round)
    {
        long runsNs = 0;
        for (int i = scenarioIndex; i < scenarios.size(); i++)
        {
            for (int j = i == scenarioIndex ? round : 0; j < rounds; j++)
            {
                final Extent extent = extent(scenarios.get(i), j);
                runsNs += extent.warmupNs() + extent.durationNs() + CONNECT_NS;
            }
        }

        return entrants.size() * runsNs;
    }

    /**
     * How many runs there are.
     *
     * @return of all clients in all scenarios and rounds.
     */
    public int runs()
    {
        return entrants.size() * scenarios.size() * rounds;
    }

    /**
     * How long a run is.
     *
     * @param scenario of it.
     * @param round    0 for the first, whose warm-up is longer.
     * @return the extent; of an open loop whole periods, from the middle between two bursts to the middle.
     */
    public Extent extent(final Scenario scenario, final int round)
    {
        final long warmNs = round == 0 ? warmupNs : Math.min(warmupNs, MAX_LATER_WARMUP_NS);
        if (scenario.figure() == Scenario.Figure.P99)
        {
            final long periods = (durationNs + BURST_PERIOD_NS - 1) / BURST_PERIOD_NS;
            final long warmPeriods = warmNs / BURST_PERIOD_NS;
            return Extent.ofTime(warmPeriods * BURST_PERIOD_NS + BURST_PERIOD_NS / 2, periods * BURST_PERIOD_NS);
        }

        return Extent.ofTime(warmNs, durationNs);
    }

    /**
     * The work of a run.
     *
     * @param scenario  of it.
     * @param round     of it.
     * @param authority of the server.
     * @param leftNs    of the time for all.
     * @return the workload, with some seconds more to connect before it has failed: fewer if little time is left.
     */
    public Workload workload(final Scenario scenario, final int round, final String authority, final long leftNs)
    {
        final Extent extent = extent(scenario, round);
        final long runNs = extent.warmupNs() + extent.durationNs();
        final long breakDownNs = Math.max(MIN_BREAK_DOWN_NS, Math.min(BREAK_DOWN_NS, leftNs - runNs));
        return scenario.workload(authority, extent, runNs + breakDownNs);
    }
}
