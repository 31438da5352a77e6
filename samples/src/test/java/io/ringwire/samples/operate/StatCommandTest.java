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
package io.ringwire.samples.operate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.ringwire.api.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class StatCommandTest
{
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String SESSION = MadeUpEngine.SESSION;

    @TempDir
    private Path directory;

    @Test
    void shouldShowATableForPeople() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final OperatorRun run = stat();

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines().toList()).satisfiesExactly(
                (line) -> assertThat(line).matches("\\Q" + engine.path() + "\\E: pid " + PID +
                    ", alive, started 20\\S+Z, last active \\d+\\.\\ds ago"),
                (line) -> assertThat(line).isEqualTo("  engine"),
                (line) -> assertThat(line).matches("    errors {20,}2"),
                (line) -> assertThat(line).isEqualTo("  agent ringwire-io"),
                (line) -> assertThat(line).matches("    cpu {20,}3"),
                (line) -> assertThat(line).isEqualTo("  session de\"ri\\bit?ü #7"),
                (line) -> assertThat(line).matches("    state {20,}LIVE"),
                (line) -> assertThat(line).matches("    messages-received +1,234,567"),
                (line) -> assertThat(line).matches("    rtt-p50 {20,}1,234.5 us"),
                (line) -> assertThat(line).matches("    last-receive {20,}\\d+\\.\\ds ago"),
                (line) -> assertThat(line).isEqualTo("  session quiet #8"),
                (line) -> assertThat(line).matches("    last-receive {20,}never"));
        }
    }

    @Test
    void shouldShowAllEnginesRunningAndDead() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory); MadeUpEngine other = new MadeUpEngine(directory))
        {
            final Path dead = write("engine-99999999-0.counters", engine.dead());

            assertThat(stat().out())
                .contains(engine.path() + ": pid " + PID + ", alive")
                .contains(other.path() + ": pid " + PID + ", alive")
                .contains(dead + ": pid 99999999, dead");
            final OperatorRun one = OperatorRun.of("stat", "--dir", dead.toString(), "--filter", "cpu");
            assertThat(one.exitCode()).isZero();
            assertThat(one.out().lines()).hasSize(3);
        }
    }

    @Test
    void shouldFilterByTheLabel() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            assertThat(stat("--filter", "^last-receive-ms session=q.*t$").out().lines().skip(1))
                .hasSize(2).last().asString().contains("never");
            final OperatorRun none = stat("--filter", "no such counter");
            assertThat(none.exitCode()).isZero();
            assertThat(none.out()).contains(engine.path().toString()).contains("no counters that match");
        }
    }

    @Test
    void shouldLeaveOutCountsAtZeroIfToldTo() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            engine.received().set(0);
            assertThat(stat("--filter", "session").out()).contains("messages-received");
            assertThat(stat("--filter", "session", "--no-zeros").out())
                .contains("state", "never").doesNotContain("messages-received");
        }
    }

    @Test
    void shouldPrintJsonForScripts() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final OperatorRun run = stat("--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().lines()).hasSize(1);
            final JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
            assertThat(json.get("timeMs").getAsLong()).isPositive();
            final JsonObject only = json.getAsJsonArray("engines").get(0).getAsJsonObject();
            assertThat(only.get("file").getAsString()).isEqualTo(engine.path().toString());
            assertThat(only.get("pid").getAsString()).isEqualTo(PID);
            assertThat(only.get("alive").getAsBoolean()).isTrue();
            assertThat(only.get("activityMs").getAsLong()).isGreaterThanOrEqualTo(only.get("startMs").getAsLong());

            final Map<String, JsonObject> counters = new HashMap<>();
            for (final JsonElement counter : only.getAsJsonArray("counters"))
            {
                counters.put(counter.getAsJsonObject().get("name").getAsString(), counter.getAsJsonObject());
            }

            assertThat(counters.get("messages-received")).hasToString(
                "{\"name\":\"messages-received\",\"type\":\"COUNT\",\"value\":1234567," +
                    "\"session\":\"de\\\"ri\\\\bit\\nü\",\"sessionId\":7}");
            assertThat(counters.get("cpu")).hasToString(
                "{\"name\":\"cpu\",\"type\":\"GAUGE\",\"value\":3,\"agent\":\"ringwire-io\"}");
            assertThat(counters.get("errors")).hasToString("{\"name\":\"errors\",\"type\":\"COUNT\",\"value\":2}");
            assertThat(counters.get("state").get("state").getAsString()).isEqualTo("LIVE");
        }
    }

    @Test
    void shouldPrintPrometheusTextThatAStrictReaderTakes() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            write("engine-99999999-0.counters", engine.dead());
            final OperatorRun run = stat("--prometheus");
            assertThat(run.exitCode()).as(run.err()).isZero();
            final Exposition exposition = Exposition.parse(run.out());
            final String file = engine.path().getFileName().toString();

            assertThat(exposition.type("ringwire_messages_received_total")).isEqualTo("counter");
            assertThat(exposition.value("ringwire_messages_received_total",
                "pid", PID, "session", SESSION, "session_id", "7", "file", file)).isEqualTo(1_234_567);
            assertThat(exposition.value("ringwire_rtt_p50_seconds",
                "pid", PID, "session", SESSION, "session_id", "7", "file", file)).isEqualTo(0.0012345);
            assertThat(exposition.value("ringwire_last_receive_timestamp_seconds",
                "pid", PID, "session", "quiet", "session_id", "8", "file", file)).isZero();
            assertThat(exposition.value("ringwire_cpu", "pid", PID, "agent", "ringwire-io", "file", file))
                .isEqualTo(3);
            assertThat(exposition.value("ringwire_errors_total", "pid", PID, "file", file)).isEqualTo(2);
            for (final SessionState state : SessionState.values())
            {
                assertThat(exposition.value("ringwire_state", "pid", PID, "session", SESSION, "session_id", "7",
                    "file", file, "state", state.name())).isEqualTo(state == SessionState.LIVE ? 1 : 0);
            }

            assertThat(exposition.value("ringwire_engine_up", "pid", PID, "file", file)).isEqualTo(1);
            assertThat(exposition.value(
                "ringwire_engine_up", "pid", "99999999", "file", "engine-99999999-0.counters")).isZero();
            assertThat(exposition.value("ringwire_unreadable_files")).isZero();
        }
    }

    @Test
    void shouldShowTheOthersWhenOneFileIsBad() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final Path bad = write("engine-1-0.counters", new byte[0]);
            for (final String format : List.of("--json", "--prometheus", "--filter=."))
            {
                final OperatorRun run = stat(format);
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.err().lines()).singleElement().asString().contains(bad.toString(), "0 bytes");
                assertThat(run.out()).contains("engine-" + PID);
            }

            assertThat(Exposition.parse(stat("--prometheus").out()).value("ringwire_unreadable_files")).isEqualTo(1);
            assertThat(engine.path()).exists();
        }
    }

    @Test
    void shouldComplainInOneLine() throws Exception
    {
        final byte[] good;
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            good = engine.dead();
        }

        assertComplaint("does not exist", "--dir", directory.resolve("nowhere").toString());
        assertComplaint("no engine in " + directory, "--dir", directory.toString());
        assertComplaint("'[a' is not a regular expression: Unclosed character class", "--filter", "[a");
        assertComplaint("--serve=70000 is no port", "--serve", "70000");
        assertComplaint("'x' is not an int", "--serve", "x");
        assertComplaint("mutually exclusive", "--json", "--prometheus");
        assertComplaint("--watch goes with", "--prometheus", "--watch");
        assertComplaint("--watch=0ms is too short", "--watch", "0");
        assertComplaint("is not a duration", "--watch", "soon");

        final byte[] otherVersion = good.clone();
        otherVersion[4] = 77;
        assertComplaint("is of version 77", "--dir", write("version", otherVersion).toString());
        assertComplaint("is cut off", "--dir", write("cut", Arrays.copyOf(good, 5_000)).toString());
        assertComplaint("it has 0 bytes", "--dir", write("empty", new byte[0]).toString());
        assertComplaint("not a counters file: it starts with 0x", "--dir",
            write("garbage", "[garbage]".repeat(99).getBytes()).toString());
        assertComplaint("not a counters file", "--dir", "/dev/null");
    }

    private Path write(final String name, final byte[] bytes) throws IOException
    {
        return Files.write(directory.resolve(name), bytes);
    }

    private OperatorRun stat(final String... options)
    {
        final String[] args = new String[options.length + 3];
        args[0] = "stat";
        args[1] = "--dir";
        args[2] = directory.toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return OperatorRun.of(args);
    }

    private static void assertComplaint(final String part, final String... options) throws Exception
    {
        final String[] args = new String[options.length + 1];
        args[0] = "stat";
        System.arraycopy(options, 0, args, 1, options.length);
        final OperatorRun run = OperatorRun.of(args);
        assertThat(run.exitCode()).as(part).isPositive();
        assertThat(run.out()).as(part).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().startsWith("ringwire: ").contains(part);
    }
}
