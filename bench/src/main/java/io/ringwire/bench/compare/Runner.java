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
import io.ringwire.bench.client.Workload;
import org.agrona.concurrent.NanoClock;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plan: in each scenario a round of everybody, then the next round, each of which begins with another client.
 * One worker works at a time. A client that failed is asked for the next round all the same; it is left out of the rest
 * of a scenario when it fails again, or when its worker dies, which is started again for the next scenario. Owner: the
 * thread of the command.
 */
final class Runner implements AutoCloseable
{
    private static final int MAX_FAILURES = 2;
    private static final long MAX_PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long MIN_PATIENCE_NS = TimeUnit.SECONDS.toNanos(3); // behind the limit of the plan

    private final Plan plan;
    private final ServerAddress server;
    private final Worker.Starter starter;
    private final Progress progress;
    private final NanoClock clock;
    private final Map<Entrant, Worker> workers = new LinkedHashMap<>();
    private long startNs;
    private OptionalInt serverExitCode = OptionalInt.empty(); // looked at when something fails, and between scenarios

    /**
     * @param clock by which the comparison is late.
     */
    Runner(
        final Plan plan,
        final ServerAddress server,
        final Worker.Starter starter,
        final Progress progress,
        final NanoClock clock)
    {
        this.plan = plan;
        this.clock = clock;
        this.server = server;
        this.starter = starter;
        this.progress = progress;
    }

    /**
     * Takes the results.
     */
    @FunctionalInterface
    interface Sink
    {
        /**
         * A scenario is over.
         *
         * @param result of it, with an outcome of each entrant.
         * @throws IOException that ends the run.
         */
        void onResult(ScenarioResult result) throws IOException;
    }

    /**
     * Run all of it.
     *
     * @param sink for the result of each scenario, in the order of the plan.
     * @throws BenchException if the server died; the sink has what was measured before.
     * @throws IOException    of the sink.
     */
    void run(final Sink sink) throws BenchException, IOException
    {
        startNs = clock.nanoTime();
        for (int i = 0; i < plan.scenarios().size(); i++)
        {
            progress.onBegin(plan.scenarios().get(i).name(), true);
            sink.onResult(run(i));
            lookAtServer();
            if (serverExitCode.isPresent())
            {
                throw new BenchException(serverDeath());
            }
        }
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
                if (!isBehind(0))
                {
                    admit(entry, scenario);
                }
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
                if (!entry.leftOut && serverExitCode.isPresent())
                {
                    leaveOut(entry, round, serverDeath());
                }
                else if (!entry.leftOut && (late || isBehind(0)))
                {
                    leaveOut(entry, round, "left out: the comparison is behind its plan");
                }
                else if (!entry.leftOut)
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
        return leftNs() < remainingNs;
    }

    private long leftNs()
    {
        return plan.limitNs() - (clock.nanoTime() - startNs);
    }

    /** How long to wait for an answer behind its time: near the end of all not so long that it comes much later. */
    private long patienceNs(final long timeoutNs)
    {
        return Math.max(MIN_PATIENCE_NS, Math.min(MAX_PATIENCE_NS, leftNs() - timeoutNs));
    }

    private void lookAtServer()
    {
        serverExitCode = server.exitCode().get();
    }

    private String serverDeath()
    {
        return "the server died: exit code " + serverExitCode.orElseThrow();
    }

    private void admit(final Entry entry, final Scenario scenario)
    {
        try
        {
            Worker worker = workers.get(entry.entrant);
            if (worker == null)
            {
                worker = starter.start(entry.entrant, patienceNs(0));
                workers.put(entry.entrant, worker);
            }

            if (!worker.supports(plan.workload(scenario, 0, server.authority(scenario), leftNs())))
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
        final Workload workload = plan.workload(scenario, round, server.authority(scenario), leftNs());
        try
        {
            entry.measured.add(workers.get(entry.entrant).run(workload, patienceNs(workload.timeoutNs())));
            progress.onDone(1);
        }
        catch (final BenchException ex)
        {
            lookAtServer();
            entry.failures++;
            if (entry.failures == MAX_FAILURES)
            {
                leaveOut(entry, round, ex.getMessage());
            }
            else
            {
                entry.remarks.add("round " + (round + 1) + ": " + ex.getMessage());
                progress.onDone(1);
            }
        }
        catch (final WorkerDeathException ex)
        {
            bury(entry, round, ex);
        }
    }

    private void bury(final Entry entry, final int round, final WorkerDeathException ex)
    {
        lookAtServer();
        final Worker worker = workers.remove(entry.entrant);
        if (worker != null)
        {
            worker.close();
        }

        leaveOut(entry, round, "its process " + ex.getMessage());
    }

    /**
     * From a round on, which has failed or is not run.
     */
    private void leaveOut(final Entry entry, final int round, final String why)
    {
        final boolean isLast = round == plan.rounds() - 1;
        final String rounds = isLast ? "round " + plan.rounds() : "from round " + (round + 1) + " on";
        entry.remarks.add(round == 0 ? why : rounds + ": " + why);
        entry.leftOut = true;
        progress.onDone(plan.rounds() - round);
    }

    /**
     * An entrant in a scenario.
     */
    private static final class Entry
    {
        private final Entrant entrant;
        private final List<Measurement> measured = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private int failures;
        private boolean leftOut;

        Entry(final Entrant entrant)
        {
            this.entrant = entrant;
        }

        Outcome outcome()
        {
            return new Outcome(entrant.name(), List.copyOf(measured), String.join("; ", remarks));
        }
    }
}
