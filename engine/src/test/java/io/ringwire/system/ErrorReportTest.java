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

import io.ringwire.config.EngineContext;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.stats.CountersFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is told of errors and of what happens rarely.
 */
class ErrorReportTest extends SystemTest
{
    private static final int ERROR_LOG_LENGTH = 16 * 1024;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldCountKeepAndTellEveryError(final ThreadingMode mode) throws IOException
    {
        launch(observed(mode));
        connectFailing("a");
        pump.until("two errors", () -> errors.size() == 2);
        errors.clear();
        final List<String> kept = new ArrayList<>();
        final CountersFileReader reader = CountersFileReader.open(engine.countersFile());
        assertThat(reader.errors((count, firstMs, lastMs, text) -> kept.add(count + " " + text.lines().findFirst()
            .orElse("")))).isEqualTo(1);
        assertThat(kept).containsExactly("2 java.lang.IllegalStateException: handler a");
        assertThat(engine.errors((count, firstMs, lastMs, text) -> assertThat(count).isEqualTo(2))).isEqualTo(1);
        assertThat(errorCount()).isEqualTo(2);
        assertThat(events).filteredOn((event) -> event.startsWith("ERROR")).containsExactly(
            "ERROR engine: java.lang.IllegalStateException: handler a",
            "ERROR engine: java.lang.IllegalStateException: handler a");
    }

    @Test
    void shouldSayThatTheErrorLogIsFull()
    {
        final EngineContext context = observed(ThreadingMode.INVOKER);
        context.observation().errorLogLength(ERROR_LOG_LENGTH);
        launch(context);
        connectFailing("x".repeat(ERROR_LOG_LENGTH));
        pump.until("two errors", () -> errors.size() == 2);
        errors.clear();
        assertThat(engine.errors((count, firstMs, lastMs, text) -> {})).isZero();
        assertThat(errorCount()).isEqualTo(2);
        assertThat(events).anyMatch((event) -> event.endsWith(" (the error log is full: it is told here alone)"));
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldGoOnWhenErrorHandlerAndEventLogThrow(final ThreadingMode mode)
    {
        launch(observed(mode)
            .errorHandler((error) ->
            {
                throw new IllegalStateException("error handler");
            })
            .eventLog((level, source, message, cause) ->
            {
                events.add(level + " " + source + ": " + message);
                throw new AssertionError("event log");
            }));
        final RawConnection connection = connectFailing("a");
        pump.until("told", () -> events.stream().filter((event) -> event.endsWith("error handler")).count() == 2);
        assertThat(events).contains(
            "ERROR engine: the error handler failed: java.lang.IllegalStateException: error handler");
        assertThat(send("alive")).isPositive();
        assertThat(connection.readFrame().text()).isEqualTo("alive");
    }

    @Test
    void shouldTellOfTheLifeOfEngineAndSession()
    {
        launch(observed(ThreadingMode.INVOKER));
        assertThat(events).singleElement().asString()
            .startsWith("INFO engine: launched: Engine{INVOKER").endsWith(", counters in " + engine.countersFile());
        final RawConnection connection = connectLive(config().name("venue"));
        connection.close();
        passBackoff();
        acceptLive();
        session.abort();
        untilHandlerSaw("state CLOSED");
        engine.close();
        assertThat(events).hasSize(6);
        assertThat(events.get(1)).isEqualTo("INFO venue: connected, epoch 1");
        assertThat(events.get(2)).startsWith("WARNING venue: connection lost: ").contains("attempt ");
        assertThat(events.get(3)).isEqualTo("INFO venue: connected, epoch 2");
        assertThat(events.get(4)).startsWith("INFO venue: closed: ");
        assertThat(events.get(5)).isEqualTo("INFO engine: closed");
    }

    private EngineContext observed(final ThreadingMode mode)
    {
        return context(mode).observation(new ObservationPolicy().directory(directory));
    }

    /**
     * A handler that throws at each of the two messages it is given, from the same place.
     */
    private RawConnection connectFailing(final String text)
    {
        final RawConnection connection = connectLive(config().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                throw new IllegalStateException("handler " + text);
            }));
        connection.writeText("1");
        connection.writeText("2");
        return connection;
    }

    private long errorCount()
    {
        final long[] found = { -1 };
        engine.counters().forEach((value, id, label) -> found[0] = label.equals("errors engine") ? value : found[0]);
        return found[0];
    }
}
