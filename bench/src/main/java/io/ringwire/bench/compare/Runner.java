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
import io.ringwire.bench.client.Measurement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a plan: in each scenario a round of everybody, then the next round, each of which begins with another client.
 * One worker works at a time. A worker that died is started again for the next scenario. Owner: the thread of the
 * command.
 */
final class Runner implements AutoCloseable
{
    private final Plan plan;
    private final ServerAddress server;
    private final Worker.Starter starter;
    private final Progress progress;
    private final Map<Entrant, Worker> workers = new LinkedHashMap<>();
    private long startNs;

    Runner(final Plan plan, final ServerAddress server, final Worker.Starter starter, final Progress progress)
    {
        this.plan = plan;
        this.server = server;
        this.starter = starter;
        this.progress = progress;
    }

    /**
     * Run all of it.
     *
     * @return a result for each scenario with an outcome of each entrant, in the order of the plan.
     */
    List<ScenarioResult> run()
    {
        final List<ScenarioResult> results = new ArrayList<>();
        startNs = System.nanoTime();
        for (int i = 0; i < plan.scenarios().size(); i++)
        {
            progress.onBegin(plan.scenarios().get(i).name(), true);
            results.add(run(i));
        }

        return results;
    }

    @Override
    public void close()
    {
        workers.values().forEach(Worker::close);
        workers.clear();
    }

    private ScenarioResult run(final int scenarioIndex)
    {
        final Scenario scenario = plan.scenarios().get(scenarioIndex);
        final List<Entry> entries = plan.entrants().stream().map(Entry::new).toList();
        final String obstacle = server.obstacle(scenario);
        for (final Entry entry : entries)
        {
            if (obstacle.isEmpty())
            {
                admit(entry, scenario);
            }
            else
            {
                leaveOut(entry, 0, obstacle);
            }
        }

        for (int round = 0; round < plan.rounds(); round++)
        {
            final boolean late = round > 0 && isBehind(plan.remainingNs(scenarioIndex, round));
            for (int i = 0; i < entries.size(); i++)
            {
                final Entry entry = entries.get((i + round) % entries.size());
                if (entry.remark.isEmpty() && (late || isBehind(0)))
                {
                    leaveOut(entry, round, "left out: the comparison is behind its plan");
                }
                else if (entry.remark.isEmpty())
                {
                    progress.onBegin(scenario.name() + ' ' + entry.entrant.name(), false);
                    run(entry, scenario, round);
                }
            }
        }

        return new ScenarioResult(scenario, entries.stream().map(Entry::outcome).toList());
    }

    private boolean isBehind(final long remainingNs)
    {
        return System.nanoTime() - startNs > plan.limitNs() - remainingNs;
    }

    private void admit(final Entry entry, final Scenario scenario)
    {
        try
        {
            Worker worker = workers.get(entry.entrant);
            if (worker == null)
            {
                worker = starter.start(entry.entrant);
                workers.put(entry.entrant, worker);
            }

            if (!worker.supports(plan.workload(scenario, 0, server.authority(scenario))))
            {
                leaveOut(entry, 0, Outcome.NOT_SUPPORTED);
            }
        }
        catch (final WorkerDeathException ex)
        {
            bury(entry, 0, ex);
        }
    }

    private void run(final Entry entry, final Scenario scenario, final int round)
    {
        try
        {
            entry.measured.add(
                workers.get(entry.entrant).run(plan.workload(scenario, round, server.authority(scenario))));
            progress.onDone(1);
        }
        catch (final BenchException ex)
        {
            leaveOut(entry, round, ex.getMessage());
        }
        catch (final WorkerDeathException ex)
        {
            bury(entry, round, ex);
        }
    }

    private void bury(final Entry entry, final int round, final WorkerDeathException ex)
    {
        final Worker worker = workers.remove(entry.entrant);
        if (worker != null)
        {
            worker.close();
        }

        leaveOut(entry, round, "its process " + ex.getMessage());
    }

    private void leaveOut(final Entry entry, final int round, final String why)
    {
        entry.remark = round == 0 ? why : "round " + (round + 1) + ": " + why;
        progress.onDone(plan.rounds() - round);
    }

    /**
     * An entrant in a scenario.
     */
    private static final class Entry
    {
        private final Entrant entrant;
        private final List<Measurement> measured = new ArrayList<>();
        private String remark = "";

        Entry(final Entrant entrant)
        {
            this.entrant = entrant;
        }

        Outcome outcome()
        {
            return new Outcome(entrant.name(), List.copyOf(measured), remark);
        }
    }
}
