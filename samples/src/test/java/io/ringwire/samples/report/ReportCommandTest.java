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
package io.ringwire.samples.report;

import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.StandardStreams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ReportCommandTest
{
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;
    private Path log;
    private Path page;

    @BeforeEach
    void writeLog() throws IOException
    {
        log = new LogFile().ramp("venue.rtt", 0, 50).ramp("venue.<in>", 0, 900).ramp("venue.rtt", 1, 60)
            .writeTo(directory.resolve("run.hlog"));
        page = directory.resolve("page.html");
    }

    @Test
    void shouldMakeAPageThatNeedsNothingElseAndPicturesBesideIt() throws Exception
    {
        assertThat(report(log, "-o", page, "--title", "Monday & <Tuesday>")).as(err::toString).isZero();

        assertThat(filesBesideLog()).containsExactly(
            "page-percentiles.png", "page-percentiles.svg",
            "page-timeline-venue.-in-.png", "page-timeline-venue.-in-.svg",
            "page-timeline-venue.rtt.png", "page-timeline-venue.rtt.svg",
            "page.html");

        final String html = Files.readString(page);
        final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo("Monday & <Tuesday>");
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(html).doesNotContain("://").doesNotContain("src=").doesNotContain("href").doesNotContain("@import");
        assertThat(html).contains("run.hlog: 3 intervals of 2 series", "[machine: 2 cores &amp; &lt;more&gt;]")
            .contains("ringwire report", "prefers-color-scheme: dark", "venue.&lt;in&gt;")
            .containsPattern("<td>2,000</td><td>27\\.\\d \u00b5s</td>");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(page + " and 3 charts").contains("2 series");
    }

    @Test
    void shouldCompareFiles() throws Exception
    {
        final Path other = new LogFile().ramp(null, 0, 70).writeTo(directory.resolve("other.hlog"));

        assertThat(report(log, other, "--output", page, "--no-images", "--tag", "rtt|other", "--unit", "ms"))
            .as(err::toString).isZero();

        assertThat(Files.readString(page)).contains("run:venue.rtt", "</i>other</th>", "0.0350 ms")
            .doesNotContain("&lt;in&gt;");
        assertThat(filesBesideLog()).containsExactly("other.hlog", "page.html");
    }

    @Test
    void shouldDrawMoreSeriesThanAChartHasColoursFor() throws Exception
    {
        final LogFile many = new LogFile();
        for (int i = 0; i < PercentileChart.MAX_CURVES + 1; i++)
        {
            many.interval("stage" + i, 0);
        }

        many.ramp("stage0", 1, 100).ramp("stage" + PercentileChart.MAX_CURVES, 1, 100);

        assertThat(report(many.writeTo(directory.resolve("many.hlog")), "-o", page, "--no-images"))
            .as(err::toString).isZero();

        assertThat(Files.readString(page)).contains("(1 of 2)", "(2 of 2)", "stage3</th><td>0</td><td>-</td>");
    }

    @Test
    void shouldRefuseWhatItCannotRead() throws IOException
    {
        final Path empty = Files.createFile(directory.resolve("empty.hlog"));
        assertRefused(1, "none.hlog: there is no such file", directory.resolve("none.hlog"));
        assertRefused(1, directory + " is a folder", directory);
        assertRefused(1, "empty.hlog is empty", empty);
        assertRefused(1, "has no interval, only comments", new LogFile().writeTo(empty));
    }

    @Test
    void shouldRefuseBadLinesUnlessTold() throws IOException
    {
        final Path bad = new LogFile().line("garbage").line("1,2,3,HISTFAAAA").ramp("rtt", 0, 10)
            .writeTo(directory.resolve("bad.hlog"));

        assertRefused(1, "bad.hlog:5: no interval of a histogram log: 'garbage', the first of 2 such lines", bad);

        assertThat(report(bad, "-o", page, "--no-images", "--skip-bad-lines")).as(err::toString).isZero();
        assertThat(Files.readString(page)).contains("2 bad lines; the first is ").contains("bad.hlog:5");
    }

    @Test
    void shouldRefuseOptionsThatLeaveNothing() throws IOException
    {
        assertRefused(1, "--tag=nothing is found in none of the 2 series: venue.rtt, venue.<in>",
            log, "--tag", "nothing");
        assertRefused(1, "no interval begins in the time from --from to --to", log, "--from", "100");
        assertRefused(2, "--from must be before --to", log, "--from", "2", "--to", "2");
        assertRefused(2, "--tag=a( is no regular expression: Unclosed group at 2", log, "--tag", "a(");
        assertRefused(2, "--unit", log, "--unit", "days");
        assertRefused(2, "FILE", "--tag", "a");
    }

    @Test
    void shouldRefuseAPageItCannotWrite() throws IOException
    {
        assertRefused(1, "its folder does not exist", log, "-o", directory.resolve("none").resolve("page.html"));
        assertRefused(1, "cannot be written: Is a directory", log, "-o", Files.createDirectory(page));
        assertRefused(2, "is one of the logs", log, "-o", directory.resolve(".").resolve("run.hlog"));
        assertThat(Files.readString(log)).startsWith("#[machine");
    }

    private void assertRefused(final int exitCode, final String message, final Object... args)
    {
        err.reset();
        assertThat(report(args)).as(err::toString).isEqualTo(exitCode);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).singleElement().asString()
            .startsWith("ringwire: ").contains(message);
    }

    private int report(final Object... args)
    {
        final Ringwire ringwire = new Ringwire(new StandardStreams(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)));
        return ringwire.run(
            Stream.concat(Stream.of("report"), Stream.of(args)).map(Object::toString).toArray(String[]::new));
    }

    private Stream<String> filesBesideLog() throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map((file) -> file.getFileName().toString()).filter((name) -> !name.equals("run.hlog"))
                .sorted().toList().stream();
        }
    }
}
