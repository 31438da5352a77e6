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
import io.ringwire.api.SessionLatency;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ThreadingMode;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The log of interval histograms, read back by the library it is made for.
 */
class LatencyLogTest extends SystemTest
{
    private static final long MS = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void shouldHoldEachIntervalOfEachStageUnderItsTag() throws IOException
    {
        final Path path = folder.resolve("latency.hlog");
        final long launchMs = System.currentTimeMillis();
        launch(context(path));
        final RawConnection connection = connectLive(config().name("md, \u20ac 1-2").messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                clock.advanceMs(5);
                handler.onMessage(s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
            }));
        for (int interval = 0; interval < 3; interval++)
        {
            for (int i = 0; i <= interval; i++)
            {
                connection.writeText(interval + "-" + i);
                untilHandlerSaw("text " + interval + "-" + i);
            }

            clock.advanceMs(1_000);
            pump.settle();
        }

        clock.advanceMs(1_000); // an interval in which nothing happens
        pump.settle();
        connection.writeText("at last");
        untilHandlerSaw("text at last");
        final SessionLatency latency = session.latency();
        engine.close();

        final Map<String, List<Histogram>> logged = read(path);
        final String name = "md%2C%20%E2%82%AC%201-2-";
        assertThat(logged).containsOnlyKeys(
            name + "read-to-decoded", name + "decoded-to-handler", name + "read-to-handler", name + "handler",
            name + "connect-tcp", name + "connect-upgrade", name + "connect-resolve", name + "connect-total");
        assertThat(logged.get(name + "handler").stream().map(Histogram::getTotalCount)).containsExactly(1L, 2L, 3L, 1L);
        assertThat(count(logged, name + "handler")).isEqualTo(latency.handler().count());
        assertThat(count(logged, name + "read-to-handler")).isEqualTo(latency.readToHandler().count());
        assertThat(count(logged, name + "connect-total")).isEqualTo(latency.connect().total().count());
        final Histogram second = logged.get(name + "handler").get(1);
        assertThat(second.getMaxValue()).isEqualTo(latency.handler().max());
        assertThat(second.getStartTimeStamp()).isBetween(launchMs + 1_000, System.currentTimeMillis() + 1_010);
        assertThat(second.getEndTimeStamp() - second.getStartTimeStamp()).isBetween(1_005L, 1_015L);
        assertThat(path).content()
            .startsWith("#[Ringwire ").contains("INVOKER").contains(Runtime.version().toString())
            .contains("#[StartTime: ", "#[BaseTime: ");
    }

    @Test
    void shouldHoldAllThatWasRecordedWhenTheEngineIsClosed() throws IOException
    {
        final Path path = folder.resolve("latency.hlog");
        launch(context(ThreadingMode.DEDICATED).observation(
            new ObservationPolicy().intervalNs(MS).latencyLog(path)));
        final RawConnection connection = connectLive(config().name("s"));
        for (int i = 0; i < 100; i++)
        {
            connection.writeText("x" + i);
            session.intervalLatency(); // a reader takes nothing from the log
        }

        pump.until("all delivered", () -> handler.count("text ") == 100);
        engine.close();
        assertThat(count(read(path), "s-read-to-handler")).isEqualTo(100);
        assertThat(count(read(path), "s-handler")).isEqualTo(100);
        assertThat(session.latency().handler().count()).isEqualTo(100);
    }

    @Test
    void shouldHoldWhatAHandlerRecordsThatIsHeldForIntervalsBehindTheEnd() throws IOException
    {
        final Path path = folder.resolve("latency.hlog");
        final CountDownLatch held = new CountDownLatch(1);
        launch(context(ThreadingMode.DEDICATED).observation(
            new ObservationPolicy().intervalNs(MS).latencyLog(path)));
        final RawConnection connection = connectLive(config().name("s").messageHandler(new HeldHandler(held, handler)));
        connection.writeText("x");
        connection.writeText("y");
        pump.until("received", () -> session.metrics().messagesReceived() == 2);
        session.abort();
        final long intervalsNs = System.nanoTime() + 20 * MS;
        pump.until("intervals", () -> session.state().isTerminal() && System.nanoTime() - intervalsNs > 0);
        held.countDown();
        untilHandlerSaw("text y");
        untilHandlerSaw("state CLOSED");
        engine.close();
        assertThat(count(read(path), "s-handler")).isEqualTo(session.latency().handler().count()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAFileThatExists() throws IOException
    {
        final Path path = Files.writeString(folder.resolve("old.hlog"), "precious");
        assertRefused(path, "exists: name a file that does not exist yet");
        assertThat(path).hasContent("precious");
    }

    @Test
    void shouldRefuseAFileInNoFolder()
    {
        assertRefused(folder.resolve("none").resolve("new.hlog"), "folder that does not exist");
    }

    @Test
    void shouldRefuseAFileThatCannotBeMade() throws IOException
    {
        assertRefused(Files.writeString(folder.resolve("file"), "").resolve("new.hlog"), "cannot be written");
    }

    private EngineContext context(final Path path)
    {
        return context(ThreadingMode.INVOKER).observation(new ObservationPolicy().latencyLog(path));
    }

    private void assertRefused(final Path path, final String complaint)
    {
        final EngineContext context = context(path);
        assertThatThrownBy(() -> Engine.launch(context)).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("observation.latencyLog=" + path).hasMessageContaining(complaint);
    }

    private static long count(final Map<String, List<Histogram>> logged, final String tag)
    {
        return logged.get(tag).stream().mapToLong(Histogram::getTotalCount).sum();
    }

    private static Map<String, List<Histogram>> read(final Path path) throws FileNotFoundException
    {
        final Map<String, List<Histogram>> byTag = new TreeMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(path.toFile()))
        {
            for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null;
                next = reader.nextIntervalHistogram())
            {
                byTag.computeIfAbsent(next.getTag(), (tag) -> new ArrayList<>()).add((Histogram)next);
            }
        }

        return byTag;
    }
}
