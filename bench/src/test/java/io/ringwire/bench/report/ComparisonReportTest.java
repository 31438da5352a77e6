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
package io.ringwire.bench.report;

import com.google.gson.JsonParser;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.samples.report.LatencyLog;
import io.ringwire.samples.report.LatencySeries;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class ComparisonReportTest
{
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final String ODD_CLIENT = "../peer <b>&|[zgc, 4 g]";

    @TempDir
    private Path folder;

    private Path directory;

    @BeforeEach
    void nameAFolderThatDoesNotExist()
    {
        directory = folder.resolve("made").resolve("here");
    }

    @Test
    void shouldWriteFilesThatCanBeReadBack() throws Exception
    {
        ComparisonReport.write(comparison(), directory);

        assertThat(names()).containsExactly(
            "comparison.json", "environment.txt", "index.html", "rtt-a-1-..-peer-b-zgc-4-g-.hlog",
            "rtt-a-1-ringwire-Inline-spin-2.hlog", "rtt-a-1-ringwire-inline-spin.hlog", "summary.md");
        assertThat(JsonParser.parseString(read("comparison.json")).isJsonObject()).isTrue();
        assertThat(Files.readAllLines(directory.resolve("environment.txt"))).containsExactly(
            "command: ringwire bench compare --profile <quick>", "started: 2026-11-18T11:06:40Z", "cores: 2",
            "<os>: two lines", "warning: only <2> cores");
        assertLogs();
        assertSummary();
        assertPage();
    }

    @Test
    void shouldWriteWithoutScenariosAndOverFilesOfTheSameNames() throws IOException
    {
        ComparisonReport.write(new Sample().comparison(), directory);
        ComparisonReport.write(new Sample().comparison(), directory);

        assertThat(names()).containsExactly("comparison.json", "environment.txt", "index.html", "summary.md");
    }

    @Test
    void shouldWriteWhatCostsLittleOfTheLastScenarioAndNameWhatItCannotWrite() throws IOException
    {
        final Path log = directory.resolve("rtt-jdk.hlog");
        final Comparison comparison = new Sample()
            .scenario(Scenario.Figure.P50, "before", Sample.latencies("jdk", 1, 5_000))
            .scenario(Scenario.Figure.P50, "rtt", Sample.latencies("jdk", 1, 5_000)).comparison();
        Files.createDirectories(directory);

        ComparisonReport.writeLast(comparison, directory);

        assertThat(names()).containsExactly("comparison.json", "rtt-jdk.hlog");
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Files.delete(log);
        Files.createSymbolicLink(log, full);
        assertThatThrownBy(() -> ComparisonReport.writeLast(comparison, directory))
            .isInstanceOf(IOException.class).hasMessage("cannot write " + log + ": No space left on device");
    }

    @Test
    void shouldLeaveOutColumnsThatNobodyHas()
    {
        final Comparison comparison =
            new Sample().scenario(Scenario.Figure.RATE, "send", Sample.rate("jdk", 3_000)).comparison();

        final ScenarioTable table = new ScenarioTable(comparison.results().get(0));

        assertThat(table.headings()).containsExactly(
            "client", "msg/s", "msg/s / best peer", "spread", "CPU us/msg", "cores", "B/msg", "GCs", "transport");
        assertThat(table.cells(comparison.results().get(0).outcomes().get(0)))
            .containsExactly("jdk", "1,000", "1.00", "0%", "500", "0.50", "-", "2", "epoll");
        assertThat(table.bestPeer()).isEqualTo("jdk, 1,000 msg/s; msg/s / best peer: more than 1 is better");
    }

    private static Comparison comparison()
    {
        return new Sample().environment("<os>", "two\nlines").warning("only <2> cores")
            .scenario(Scenario.Figure.P50, "rtt/a-1",
                Sample.latencies("floor-nio", 1),
                Sample.latencies(ODD_CLIENT, 1, 1_500, HOUR_NS),
                Sample.leftOut("jdk", "no <tls>"),
                Sample.latencies("ringwire-inline-spin", 3, 5_000, 6_000),
                Sample.latencies("ringwire-Inline spin", 1, 5_000))
            .scenario(Scenario.Figure.RATE, "send",
                Sample.rate("ringwire-inline-spin", 9_000), Sample.leftOut(ODD_CLIENT, "refused"))
            .scenario(Scenario.Figure.RATE, "receive-128",
                Sample.rate("ringwire-inline-spin", 9_000), Sample.rate(ODD_CLIENT, 3_000))
            .comparison();
    }

    private void assertLogs() throws IOException
    {
        final Path file = directory.resolve("rtt-a-1-ringwire-inline-spin.hlog");
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile()))
        {
            for (int round = 0; round < 3; round++)
            {
                final Histogram interval = (Histogram)reader.nextIntervalHistogram();
                assertThat(interval.getTag()).isEqualTo("ringwire-inline-spin");
                assertThat(interval.getTotalCount()).isEqualTo(2);
                assertThat(interval.getStartTimeStamp()).isEqualTo(Sample.STARTED_MS + round * 3_000L);
                assertThat(interval.getEndTimeStamp()).isEqualTo(Sample.STARTED_MS + (round + 1) * 3_000L);
            }

            assertThat(reader.nextIntervalHistogram()).isNull();
        }

        final LatencyLog log =
            LatencyLog.read(directory.resolve("rtt-a-1-..-peer-b-zgc-4-g-.hlog"), LatencyLog.Selection.ALL);
        assertThat(log.badLines()).isZero();
        final LatencySeries series = log.series().get(0);
        assertThat(series.name()).isEqualTo("../peer_<b>&|[zgc__4_g]");
        assertThat(series.maxNs()).isGreaterThanOrEqualTo(HOUR_NS);
    }

    private void assertSummary() throws IOException
    {
        final List<String> lines = read("summary.md").lines().toList();
        assertThat(lines).contains("- Warning: only &lt;2> cores", "## rtt/a-1", "- jdk: no &lt;tls>");
        assertThat(lines).filteredOn((line) -> line.startsWith("| ../peer &lt;b>&amp;\\|\\[zgc, 4 g\\] | 1.50 |"))
            .singleElement().asString().contains("| 1.00 |").endsWith("| rtt-a-1-..-peer-b-zgc-4-g-.hlog |");
        assertThat(lines).filteredOn((line) -> line.startsWith("| jdk | - |")).hasSize(1);
        assertThat(lines.indexOf("## Targets")).isBetween(0, lines.indexOf("## rtt/a-1"));
        assertThat(lines).contains("| target | state | figure |", "| receive-128 msg/s: best INLINE at least 4 x the " +
            "best peer | missed | 3.00 x (ringwire-inline-spin 3,000 against ../peer &lt;b>&amp;\\|\\[zgc, 4 g\\] " +
            "1,000) |");
        final List<String> table = lines.subList(lines.indexOf("## rtt/a-1"), lines.indexOf("## send")).stream()
            .filter((line) -> line.startsWith("|")).toList();
        assertThat(table).hasSize(7)
            .allMatch((line) -> line.replace("\\|", "").chars().filter((c) -> c == '|').count() == 16);
    }

    private void assertPage() throws Exception
    {
        final String html = read("index.html");
        assertThat(html).doesNotContain("://").doesNotContain("src=").doesNotContain("href").doesNotContain("@import");
        assertThat(html).doesNotContain("<b>&").doesNotContain("NaN");
        final Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("table").item(0).getTextContent())
            .contains("missed: 3.00 x (ringwire-inline-spin 3,000 against " + ODD_CLIENT + " 1,000)");
        final Element table = (Element)document.getElementsByTagName("table").item(1);
        assertThat(table.getTextContent()).contains("Ringwire", "Peers", ODD_CLIENT, "no <tls>", "Floors")
            .contains("p50 / best peer");
        assertThat(document.getDocumentElement().getTextContent())
            .contains("only <2> cores", "Best peer: none has been measured.", "3,000");
    }

    private String read(final String name) throws IOException
    {
        return Files.readString(directory.resolve(name));
    }

    private List<String> names() throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.map((file) -> file.getFileName().toString()).sorted(String.CASE_INSENSITIVE_ORDER).toList();
        }
    }
}
