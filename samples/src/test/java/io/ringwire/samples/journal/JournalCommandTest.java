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
package io.ringwire.samples.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.ringwire.journal.HandMadeJournal;
import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.StandardStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class JournalCommandTest
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void shouldShowATable()
    {
        record();

        assertThat(run()).isZero();

        final List<String> lines = lines(out);
        assertThat(lines).hasSize(12);
        assertThat(lines.get(0)).startsWith("time (UTC)").endsWith("text");
        assertThat(lines.get(1)).isEqualTo("-- 2026-01-31");
        assertThat(lines.get(2)).startsWith("12:00:00.000000000").contains("started").endsWith("{\"engine\":\"e\"}");
        assertThat(lines.get(5)).matches(
            "12:00:03\\.000000000 alpha +1 < inbound +text +be +16 +\\{\"price\":\"\u20ac1\"\\}");
        assertThat(lines.get(7)).matches("12:00:05\\S+ alpha +1 > outbound +binary +be +4 +00ff0180");
        assertThat(lines.get(8)).matches("12:00:06\\S+ beta +1 > outbound +ping +be +1 +70");
        assertThat(lines(err)).containsExactly(
            "ringwire: 10 records of 2 sessions, 3 lost, 0 recordings cut off, 0 segments damaged");
    }

    @Test
    void shouldCutTheTableToAWidth()
    {
        record();
        assertThat(run("--width", "60")).isZero();
        assertThat(lines(out)).allMatch((line) -> line.length() <= 100);
        assertThat(lines(out).subList(2, 12)).allMatch((line) -> line.length() <= 60);
    }

    @Test
    void shouldPrintJsonLines()
    {
        record();

        assertThat(run("--json")).isZero();

        final List<JsonObject> objects =
            lines(out).stream().map((line) -> JsonParser.parseString(line).getAsJsonObject()).toList();
        assertThat(objects).hasSize(10);
        final JsonObject inbound = objects.get(3);
        assertThat(inbound.get("timeNs").getAsLong()).isEqualTo(1_769_860_803_000_000_000L);
        assertThat(inbound.get("time").getAsString()).isEqualTo("2026-01-31T12:00:03.000000000Z");
        assertThat(inbound.get("session").getAsString()).isEqualTo("alpha");
        assertThat(inbound.get("sessionId").getAsInt()).isZero();
        assertThat(inbound.get("epoch").getAsInt()).isEqualTo(1);
        assertThat(inbound.get("kind").getAsString()).isEqualTo("inbound");
        assertThat(inbound.get("direction").getAsString()).isEqualTo("in");
        assertThat(inbound.get("opcode").getAsInt()).isEqualTo(1);
        assertThat(inbound.get("flags")).hasToString("[\"begin\",\"end\"]");
        assertThat(inbound.get("text").getAsString()).isEqualTo("{\"price\":\"\u20ac1\"}");
        assertThat(objects.get(5).get("base64").getAsString()).isEqualTo("AP8BgA==");
        assertThat(objects.get(8).get("text").getAsString()).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "10, --from=2026-01-31T12:00:00Z",
        "5, --from=2026-01-31T13:00:05+01:00",
        "5, --from=2026-01-31T12:00:05",
        "5, --from=+5s",
        "2, --from=-1s",
        "4, --to=+3s",
        "9, --to=-1000ms",
        "7, --session=beta",
        "1, --grep=pri.e",
        "0, --grep=nothing",
    })
    void shouldSelect(final int expected, final String option)
    {
        record();
        assertThat(run("--json", option)).isZero();
        assertThat(lines(out)).hasSize(expected);
    }

    @Test
    void shouldExportOnce() throws IOException
    {
        record();
        final Path file = directory.resolve("out.jsonl");

        assertThat(run("--export", file.toString())).isZero();
        assertThat(run("--json")).isZero();
        assertThat(file).hasContent(out.toString(StandardCharsets.UTF_8));

        assertThat(run("--export", file.toString())).isEqualTo(1);
        assertThat(lines(err)).last().asString().isEqualTo(
            "ringwire: --export=" + file + " exists already: name a new file");
        assertThat(run("--export", directory.resolve("none/out.jsonl").toString())).isEqualTo(1);
    }

    @Test
    void shouldFollowUntilInterrupted() throws Exception
    {
        try (HandMadeJournal journal = new HandMadeJournal(journal()))
        {
            journal.started().session(0, "alpha");
            final Thread follower = new Thread(() -> run("--follow", "--json"), "follower");
            follower.start();
            await("alpha");
            journal.inbound(0, "later");
            await("later");
            follower.interrupt();
            follower.join();
        }

        assertThat(lines(err)).last().asString().startsWith("ringwire: 3 records of 1 sessions");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws IOException
    {
        assertFailure(1, "there is no such folder");
        Files.createDirectories(journal());
        assertFailure(1, "there is no segment in it");
        record();
        assertFailure(2, "--grep=( is not a regular expression", "--grep=(");
        assertFailure(2, "'yesterday' is not a time like", "--from=yesterday");
        assertFailure(2, "'99999-01-01T00:00:00Z' is not a time like", "--to=99999-01-01T00:00:00Z");
        assertFailure(2, "--width=0 must be above zero", "--width=0");
        final Path info;
        try (Stream<Path> files = Files.walk(journal()))
        {
            info = files.filter((file) -> file.endsWith("segment.json")).findFirst().orElseThrow();
        }

        Files.writeString(info, Files.readString(info).replace("\"version\":1", "\"version\":2"));
        assertFailure(1, "is of journal version 2, this program reads version 1");
    }

    @Test
    void shouldNameTheSessionsThereAre()
    {
        record();
        assertThat(run("--session=gamma")).isEqualTo(1);
        assertThat(lines(err)).last().asString().isEqualTo("ringwire: --session=gamma is none of [alpha, beta]");
    }

    @Test
    void shouldShowWhatIsLeftOfARecordingThatWasCutOff() throws IOException
    {
        try (HandMadeJournal journal = new HandMadeJournal(journal()))
        {
            journal.started().session(0, "alpha");
        }

        try (Stream<Path> files = Files.walk(journal()))
        {
            final Path info = files.filter((file) -> file.endsWith("segment.json")).findFirst().orElseThrow();
            Files.writeString(
                info, Files.readString(info).replaceFirst("\"processStartMs\":\\d+", "\"processStartMs\":1"));
        }

        assertThat(run("--json")).isEqualTo(1);
        assertThat(lines(out)).hasSize(2);
        assertThat(lines(err)).hasSize(2).first().asString().contains("was cut off: process");
    }

    private void record()
    {
        try (HandMadeJournal journal = new HandMadeJournal(journal()))
        {
            journal.started().session(0, "alpha").session(1, "beta")
                .inbound(0, "{\"price\":\"\u20ac1\"}").inbound(1, "hello")
                .outbound(0, 2, new byte[]{0, -1, 1, -128}).outbound(1, 9, new byte[]{'p'})
                .event(1, new byte[]{1, 2, 3}).lost(3).stopped();
        }
    }

    private void assertFailure(final int exitCode, final String reason, final String... options)
    {
        err.reset();
        assertThat(run(options)).isEqualTo(exitCode);
        assertThat(lines(err)).singleElement().asString().startsWith("ringwire: ").contains(reason);
    }

    private int run(final String... options)
    {
        final StandardStreams streams = new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
        final Stream<String> args = Stream.concat(Stream.of("journal", journal().toString()), Stream.of(options));
        return new Ringwire(streams).run(args.toArray(String[]::new));
    }

    private void await(final String text)
    {
        while (!out.toString(StandardCharsets.UTF_8).contains(text))
        {
            Thread.onSpinWait();
        }
    }

    private Path journal()
    {
        return directory.resolve("journal");
    }

    private static List<String> lines(final ByteArrayOutputStream stream)
    {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
