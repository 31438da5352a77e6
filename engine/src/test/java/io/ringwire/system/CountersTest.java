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
package io.ringwire.system;

import io.ringwire.Engine;
import io.ringwire.api.Session;
import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.stats.CountersFile;
import io.ringwire.stats.CountersFileReader;
import io.ringwire.thread.AgentThread;
import io.ringwire.thread.CpuAffinity;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What another process sees of an engine.
 */
class CountersTest extends SystemTest
{
    private static final long INTERVAL_MS = 2;
    private static final int CHURN = Integer.getInteger("churn", 200); // sessions; thousands on demand
    private static final int NO_SUCH_CPU = 4095;

    private final List<CountersFileReader> readers = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void unmap()
    {
        readers.forEach(CountersFileReader::close);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldShowWhatASessionDoes(final ThreadingMode mode) throws IOException
    {
        launch(observed(mode));
        final RawConnection connection = connectLive(config().name("venue"));
        final CountersReader counters = reader().counters();
        connection.writeText("hello");
        untilHandlerSaw("text hello");
        assertThat(send("order")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("order");
        until(counters, "frames-received session=venue", 1);
        until(counters, "messages-received session=venue", 1);
        until(counters, "messages-delivered session=venue", 1);
        until(counters, "bytes-received session=venue", 7);
        until(counters, "frames-sent session=venue", 1);
        until(counters, "connects session=venue", 1);
        until(counters, "reconnects session=venue", 0);
        until(counters, "state session=venue", SessionState.LIVE.ordinal());
        until(counters, "epoch session=venue", 1);
        until(counters, "sessions engine", 1);
        until(counters, "errors engine", 0);
        until(counters, "command-queue-refusals engine", 0);
        pump.until("a moment of the last receive", () ->
        {
            tick();
            return System.currentTimeMillis() - values(counters).get("last-receive-ms session=venue") < 10_000;
        });
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = "INVOKER", mode = EnumSource.Mode.EXCLUDE)
    void shouldShowThePercentilesOfTheLastIntervalAndLeaveThemToTheUser(final ThreadingMode mode) throws IOException
    {
        launch(observed(mode));
        final RawConnection connection = connectLive(config().name("venue"));
        final CountersReader counters = reader().counters();
        final int[] sent = { 0 };
        pump.until("percentiles", () ->
        {
            if (handler.count("text ") == sent[0])
            {
                connection.writeText("x");
                sent[0]++;
            }

            return values(counters).get("read-to-handler-p99-ns session=venue") > 0;
        });
        pump.until("all", () -> session.latency().readToHandler().count() == sent[0]);
        assertThat(session.intervalLatency().readToHandler().count()).isEqualTo(sent[0]);
        until(counters, "read-to-handler-p99-ns session=venue", 0);
        assertThat(session.latency().readToHandler().count()).isEqualTo(sent[0]);
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldShowItsAgents(final ThreadingMode mode) throws IOException
    {
        launch(observed(mode));
        connectLive(config());
        final CountersReader counters = reader().counters();
        for (final String agent : agents(mode))
        {
            assertThat(values(counters)).containsKey("slow-cycles agent=" + agent);
            pump.until(agent + " is measured: " + values(counters), () ->
            {
                final Map<String, Long> values = values(counters);
                return values.get("cpu agent=" + agent) >= -1 &&
                    (values.get("max-cycle-ns agent=" + agent) > 0 || mode == ThreadingMode.INVOKER);
            });
        }

        assertThat(values(counters).keySet().stream().filter((label) -> label.startsWith("cpu "))).hasSize(
            agents(mode).size());
    }

    @Test
    void shouldShowTheCoreThatItsThreadIsPinnedTo()
    {
        final String allowed = CpuAffinity.allowedCpus();
        assumeTrue(!allowed.equals("unknown"), "the kernel does not tell");
        final int cpu = Integer.parseInt(allowed.split("[-,]")[0]);
        launch(observed(ThreadingMode.DEDICATED).ioCpu(cpu));
        assertThat(values(engine.counters())).containsEntry("cpu agent=ringwire-io", (long)cpu);
    }

    @Test
    void shouldCountASlowCycle()
    {
        final EngineContext context = observed(ThreadingMode.DEDICATED);
        context.observation().slowCycleNs(TimeUnit.MILLISECONDS.toNanos(20));
        launch(context);
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> holdMs(30)));
        final long before = values(engine.counters()).get("slow-cycles agent=ringwire-handler-0");
        connection.writeText("x");
        pump.until("counted", () -> // this one: a busy machine may have made another cycle slow, but not as slow
        {
            final Map<String, Long> values = values(engine.counters());
            return values.get("slow-cycles agent=ringwire-handler-0") > before &&
                values.get("max-cycle-ns agent=ringwire-handler-0") >= TimeUnit.MILLISECONDS.toNanos(30);
        });
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldKeepTheMetricsOfASessionWhoseRoomIsAnothers(final ThreadingMode mode)
    {
        launch(observed(mode));
        final RawConnection firstConnection = connectLive(config().name("first"));
        final Session first = session;
        firstConnection.writeText("a");
        firstConnection.writeText("b");
        pump.until("two", () -> handler.count("text ") == 2);
        first.abort();
        untilGone("first");

        final RawConnection secondConnection = connectLive(config().name("second"));
        secondConnection.writeText("c");
        pump.until("three", () -> handler.count("text ") == 3);
        assertThat(first.metrics().messagesReceived()).isEqualTo(2);
        assertThat(first.metrics().messagesDelivered()).isEqualTo(2);
        assertThat(first.metrics().connects()).isEqualTo(1);
        assertThat(session.metrics().messagesReceived()).isEqualTo(1);
        engine.close();
        assertThat(first.metrics().messagesReceived()).isEqualTo(2);
        assertThat(session.metrics().messagesReceived()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INVOKER"})
    void shouldHaveRoomForAnyNumberOfSessionsOneAfterTheOther(final ThreadingMode mode)
    {
        launch(observed(mode).maxSessions(2));
        final BufferPolicy small =
            new BufferPolicy().ringCapacity(16).arenaLength(64 * 1024).readBufferLength(4096);
        for (int i = 0; i < CHURN; i++)
        {
            session = engine.connect(config().name("churn").maxMessageLength(1024).buffers(small));
            session.abort();
            untilGone("churn");
        }

        assertThat(events).noneMatch((event) -> event.startsWith("WARNING"));
    }

    @Test
    void shouldKeepTwoEnginesOfOneProcessApart() throws IOException
    {
        launch(observed(ThreadingMode.INVOKER));
        try (Engine other = Engine.launch(observed(ThreadingMode.INVOKER)))
        {
            assertThat(CountersFileReader.list(directory))
                .containsExactlyInAnyOrder(engine.countersFile(), other.countersFile());
            connectLive(config().name("venue"));
            assertThat(values(engine.counters())).containsKey("state session=venue");
            assertThat(values(other.counters())).doesNotContainKey("state session=venue");
        }

        assertThat(CountersFileReader.list(directory)).containsExactly(engine.countersFile());
        engine.close();
        assertThat(CountersFileReader.list(directory)).isEmpty();
    }

    @Test
    void shouldSayThatItIsAlive() throws IOException
    {
        launch(observed(ThreadingMode.DEDICATED));
        final CountersFileReader reader = reader();
        assertThat(reader.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(reader.isAlive()).isTrue();
        final long first = reader.activityMs();
        pump.until("active", () -> reader.activityMs() > first);
    }

    @Test
    void shouldRefuseAFolderThatCannotBeUsed() throws IOException
    {
        final Path file = Files.writeString(directory.resolve("file"), "");
        final EngineContext context =
            context(ThreadingMode.INVOKER).observation(new ObservationPolicy().directory(file));
        assertThatThrownBy(() -> Engine.launch(context))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("observation.directory=" + file + " cannot be used: ")
            .message().hasLineCount(1);
    }

    @Test
    void shouldCountInMemoryWhereTheDefaultFolderCannotBeUsed() throws IOException
    {
        final String user = System.getProperty("user.name");
        System.setProperty("user.name", "counters-test-" + ProcessHandle.current().pid());
        final Path taken = Files.writeString(CountersFile.defaultDirectory(), "in the way");
        try
        {
            launch();
            assertThat(engine.countersFile()).isNull();
            assertThat(values(engine.counters())).containsEntry("errors engine", 0L);
            assertThat(events).filteredOn((event) -> event.startsWith("WARNING")).singleElement().asString()
                .contains(taken.toString()).contains("the counters are in memory");
        }
        finally
        {
            System.setProperty("user.name", user);
            Files.delete(taken);
        }
    }

    @Test
    void shouldMakeNoFileWhenItIsToldNotTo() throws IOException
    {
        final EngineContext context = observed(ThreadingMode.INVOKER);
        context.observation().enabled(false);
        launch(context);
        connectLive(config().name("venue"));
        assertThat(engine.countersFile()).isNull();
        assertThat(values(engine.counters())).containsEntry("connects session=venue", 1L);
        assertThat(CountersFileReader.list(directory)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INVOKER"})
    void shouldLeaveNoFileBehindWhenItCannotBeLaunched(final ThreadingMode mode) throws IOException
    {
        final Path log = directory.resolve("latency.hlog");
        final EngineContext context = observed(mode).ioCpu(NO_SUCH_CPU).journal(
            new JournalPolicy().directory(directory.resolve("journal")));
        context.observation().latencyLog(log);
        assertThatThrownBy(() -> Engine.launch(context)).isInstanceOf(ConfigurationException.class);
        assertThat(CountersFileReader.list(directory)).isEmpty();
        assertThat(log).doesNotExist();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread instanceof AgentThread);
        errors.clear();
        launch(context(mode).observation(new ObservationPolicy().directory(directory).latencyLog(log)));
    }

    private CountersFileReader reader() throws IOException
    {
        final CountersFileReader reader = CountersFileReader.open(engine.countersFile());
        readers.add(reader);
        return reader;
    }

    private EngineContext observed(final ThreadingMode mode)
    {
        return context(mode).observation(new ObservationPolicy()
            .directory(directory).intervalNs(TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS)));
    }

    private void untilGone(final String name)
    {
        pump.until("the counters of " + name + " are gone", () ->
            values(engine.counters()).keySet().stream().noneMatch((label) -> label.endsWith(" session=" + name)));
    }

    private void until(final CountersReader counters, final String label, final long value)
    {
        pump.until(label + " is " + value + " in " + values(counters), () ->
        {
            tick();
            final Long current = values(counters).get(label);
            return current != null && current == value;
        });
    }

    private void tick()
    {
        clock.advanceMs(1);
    }

    private static List<String> agents(final ThreadingMode mode)
    {
        return switch (mode)
        {
            case DEDICATED -> List.of("ringwire-control", "ringwire-io", "ringwire-handler-0");
            case SHARED, INLINE -> List.of("ringwire-control", "ringwire-io+handler");
            default -> List.of("ringwire-invoked");
        };
    }

    private static void holdMs(final long holdMs)
    {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(holdMs))
        {
            Thread.onSpinWait();
        }
    }

    private static Map<String, Long> values(final CountersReader counters)
    {
        final Map<String, Long> values = new HashMap<>();
        counters.forEach((value, id, label) -> values.put(label, value));
        return values;
    }
}
