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
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunnerTest
{
    private static final ServerAddress SERVER =
        new ServerAddress("127.0.0.1:1", "127.0.0.1:2", true, OptionalInt::empty);
    private static final long NOW_NS = 42; // all the time: a busy machine must not make a comparison late

    private final List<String> events = new ArrayList<>();
    private final List<ScenarioResult> results = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();
    private long limitNs = Plan.NO_LIMIT;
    private int runsDone;
    private long patienceNs; // of the last run

    @Test
    void shouldInterleaveRoundsAndBeginEachWithAnotherClient() throws Exception
    {
        run(SERVER, 3, List.of("rtt-128", "send-128"), "a", "b", "c");

        assertThat(events).containsExactly(
            "start a", "start b", "start c",
            "a", "b", "c", "b", "c", "a", "c", "a", "b",
            "a", "b", "c", "b", "c", "a", "c", "a", "b",
            "close a", "close b", "close c");
        assertThat(results).extracting((result) -> result.scenario().name()).containsExactly("rtt-128", "send-128");
        assertThat(results).allSatisfy((result) ->
        {
            assertThat(result.outcomes()).extracting(Outcome::client).containsExactly("a", "b", "c");
            assertThat(result.outcomes()).allSatisfy((outcome) ->
            {
                assertThat(outcome.rounds()).hasSize(3);
                assertThat(outcome.remark()).isEmpty();
            });
        });
        assertThat(runsDone).isEqualTo(18);
    }

    @Test
    void shouldWarmUpLongestInTheFirstRound() throws Exception
    {
        run(SERVER, 3, List.of("rtt-128-tls"), "a");

        assertThat(workloads).extracting((workload) -> workload.extent().warmupNs())
            .containsExactly(600_000_000L, 500_000_000L, 500_000_000L);
        assertThat(workloads).allSatisfy((workload) ->
        {
            assertThat(workload.uri()).isEqualTo("wss://127.0.0.1:2/echo");
            assertThat(workload.extent().durationNs()).isEqualTo(300_000_000L);
            assertThat(workload.timeoutNs()).isGreaterThan(900_000_000L);
        });
    }

    @Test
    void shouldLeaveOutWhatAClientDoesNotSupport() throws Exception
    {
        run(SERVER, 2, List.of("rtt-1k-deflate", "rtt-128"), "plain", "a");

        assertRemark(results.get(0), 0, 0, "left out: the client does not support it");
        assertRemark(results.get(0), 1, 2, "");
        assertRemark(results.get(1), 0, 2, "");
        assertThat(runsDone).isEqualTo(8);
    }

    @Test
    void shouldLeaveOutWhatTheServerLacks() throws Exception
    {
        run(new ServerAddress("h:1", "", false, OptionalInt::empty), 2, List.of("capture", "rtt-128-tls"), "a");

        assertRemark(results.get(0), 0, 0, "left out: there is no capture to play (see --capture)");
        assertRemark(results.get(1), 0, 0, "left out: the server does not listen for wss");
        assertThat(events).isEmpty();
    }

    @Test
    void shouldAskForTheNextRoundWhenOneFailed() throws Exception
    {
        run(SERVER, 3, List.of("rtt-128", "send-128"), "fails", "a");

        assertRemark(results.get(0), 0, 2, "round 2: cannot");
        assertRemark(results.get(0), 1, 3, "");
        assertRemark(results.get(1), 0, 3, "");
        assertThat(events).containsOnlyOnce("start fails");
        assertThat(runsDone).isEqualTo(12);
    }

    @Test
    void shouldLeaveAClientThatFailsAgainOutOfTheRestOfTheScenario() throws Exception
    {
        run(SERVER, 4, List.of("rtt-128", "send-128"), "fails twice", "a");

        assertRemark(results.get(0), 0, 1, "round 2: cannot; from round 3 on: cannot");
        assertRemark(results.get(0), 1, 4, "");
        assertRemark(results.get(1), 0, 4, "");
        assertThat(events.stream().filter("fails twice"::equals)).hasSize(3 + 4);
        assertThat(runsDone).isEqualTo(16);
    }

    @Test
    void shouldEndWithWhatItHasWhenTheServerDied()
    {
        final ServerAddress mortal = new ServerAddress("h:1", "", false,
            () -> workloads.size() < 2 ? OptionalInt.empty() : OptionalInt.of(137));

        assertThatThrownBy(() -> run(mortal, 3, List.of("rtt-128", "send-128"), "fails", "a"))
            .isInstanceOf(BenchException.class).hasMessage("the server died: exit code 137");
        assertThat(results).hasSize(1);
        assertThat(results.get(0).outcomes().get(1).remark())
            .isEqualTo("round 3: the server died: exit code 137");
        assertThat(runsDone).isEqualTo(6);
    }

    @Test
    void shouldNotWaitLongBehindTheLimit() throws Exception
    {
        limitNs = TimeUnit.SECONDS.toNanos(1);
        run(SERVER, 1, List.of("rtt-128"), "a");

        assertThat(workloads).allSatisfy((workload) ->
            assertThat(workload.timeoutNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(900 + 2_000)));
        assertThat(patienceNs).isEqualTo(TimeUnit.SECONDS.toNanos(3));

        limitNs = Plan.NO_LIMIT;
        run(SERVER, 1, List.of("rtt-128"), "a");

        assertThat(patienceNs).isEqualTo(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void shouldReplaceADeadWorkerInTheNextScenario() throws Exception
    {
        run(SERVER, 2, List.of("rtt-128", "send-128"), "dies", "a");

        assertRemark(results.get(0), 0, 1, "round 2: its process died");
        assertRemark(results.get(0), 1, 2, "");
        assertRemark(results.get(1), 0, 1, "round 2: its process died");
        assertThat(events.stream().filter("start dies"::equals)).hasSize(2);
        assertThat(events.stream().filter("close dies"::equals)).hasSize(2);
    }

    @Test
    void shouldLeaveOutAllButTheFirstRoundsOfAComparisonThatIsLate() throws Exception
    {
        limitNs = 3_000_000_000L; // less than the rounds that are left are planned for
        run(SERVER, 3, List.of("rtt-128", "send-128"), "a", "b");

        assertThat(results).allSatisfy((result) ->
        {
            assertRemark(result, 0, 1, "from round 2 on: left out: the comparison is behind its plan");
            assertRemark(result, 1, 1, "from round 2 on: left out: the comparison is behind its plan");
        });
        assertThat(runsDone).isEqualTo(12);
    }

    @Test
    void shouldRunNothingBehindTheLimit() throws Exception
    {
        limitNs = -1;
        run(SERVER, 3, List.of("rtt-128"), "a", "b");

        assertRemark(results.get(0), 0, 0, "left out: the comparison is behind its plan");
        assertRemark(results.get(0), 1, 0, "left out: the comparison is behind its plan");
        assertThat(runsDone).isEqualTo(6);
    }

    @Test
    void shouldSayThatAWorkerDoesNotStart() throws Exception
    {
        run(SERVER, 2, List.of("rtt-128"), "stillborn", "a");

        assertRemark(results.get(0), 0, 0, "its process cannot start");
        assertRemark(results.get(0), 1, 2, "");
    }

    private List<ScenarioResult> run(
        final ServerAddress server, final int rounds, final List<String> scenarios, final String... clients)
        throws Exception
    {
        final Plan plan = new Plan(MadeUp.entrants(clients), scenarios.stream().map(MadeUp::scenario).toList(), rounds,
            600_000_000L, 300_000_000L, limitNs);
        results.clear();
        try (Runner runner = new Runner(plan, server, this::start, new Steps(), () -> NOW_NS))
        {
            runner.run(results::add);
        }

        return results;
    }

    private static void assertRemark(
        final ScenarioResult result, final int index, final int rounds, final String remark)
    {
        assertThat(result.outcomes().get(index).rounds()).hasSize(rounds);
        assertThat(result.outcomes().get(index).remark()).isEqualTo(remark);
    }

    private Worker start(final Entrant entrant, final long startPatienceNs) throws WorkerDeathException
    {
        if (entrant.client().equals("stillborn"))
        {
            throw new WorkerDeathException("cannot start");
        }

        events.add("start " + entrant.client());
        return new FakeWorker(entrant.client());
    }

    private final class FakeWorker implements Worker
    {
        private final String name;
        private int runs;

        FakeWorker(final String name)
        {
            this.name = name;
        }

        @Override
        public boolean supports(final Workload workload)
        {
            return !(name.equals("plain") && workload.deflate());
        }

        @Override
        public Measurement run(final Workload workload, final long runPatienceNs)
            throws BenchException, WorkerDeathException
        {
            events.add(name);
            workloads.add(workload);
            patienceNs = runPatienceNs;
            runs++;
            if (runs == 2 && name.startsWith("fails") || runs == 3 && name.equals("fails twice"))
            {
                throw new BenchException("cannot");
            }

            if (runs == 2 && name.equals("dies"))
            {
                throw new WorkerDeathException("died");
            }

            return MadeUp.rate(runs);
        }

        @Override
        public void close()
        {
            events.add("close " + name);
        }
    }

    private final class Steps implements Progress
    {
        @Override
        public void onBegin(final String what, final boolean isScenario)
        {
            assertThat(Stream.of("rtt", "send", "capture")).anyMatch(what::startsWith);
        }

        @Override
        public void onDone(final int runs)
        {
            runsDone += runs;
        }

        @Override
        public void close()
        {
        }
    }
}
