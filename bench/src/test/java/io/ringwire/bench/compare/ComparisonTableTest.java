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

import io.ringwire.bench.client.Measurement;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.ringwire.bench.compare.MadeUp.outcome;
import static io.ringwire.bench.compare.MadeUp.rate;
import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTableTest
{
    @Test
    void shouldShowMediansRatioSpreadAndCost()
    {
        final List<String> lines = ComparisonTable.lines(MadeUp.result("receive-128",
            outcome("ringwire-inline-spin", rate(4_000), rate(6_000), rate(5_000)),
            outcome("jdk", rate(2_000)), outcome("floor-nio", rate(9_000)),
            new Outcome("nv", List.of(), "left out: it cannot")));

        assertThat(lines.get(1)).startsWith("receive-128: 128-byte messages");
        assertThat(cells(lines.get(2))).contains("p50", "p99.9", "msg/s", "ratio", "spread", "cores", "B/msg", "gcs");
        assertThat(cells(lines.get(3))).containsExactly(
            "ringwire-inline-spin", "-", "-", "-", "-", "-", "5000", "2.50", "40%", "100.000", "0.50", "0.0", "9",
            "epoll");
        assertThat(cells(lines.get(4))).contains("2000", "1.00", "0%");
        assertThat(cells(lines.get(5))).contains("9000", "4.50");
        assertThat(lines.get(6)).startsWith("nv ").endsWith("left out: it cannot");
    }

    @Test
    void shouldShowLatenciesAndThatGarbageIsUnknown()
    {
        final Histogram latencies = new Histogram(3);
        latencies.recordValue(2_000);
        final List<String> lines = ComparisonTable.lines(
            MadeUp.result("rtt-128", outcome("jdk", MadeUp.of(1_000, Measurement.UNKNOWN, latencies))));

        assertThat(cells(lines.get(3))).containsSubsequence("jdk", "2.0", "2.0", "2.0", "2.0", "2.0", "1000", "1.00")
            .contains("n/a");
    }

    @Test
    void shouldShowTheEnvironmentWarningsAndTargets()
    {
        final List<String> lines = ComparisonTable.lines(MadeUp.comparison(
            MadeUp.result("receive-128", outcome("ringwire-inline-spin", rate(8)), outcome("jdk", rate(4)))));

        assertThat(lines).contains("warning: busy", "targets");
        assertThat(lines.get(0)).startsWith("kernel").endsWith("6.1");
        assertThat(lines).anyMatch((line) -> line.startsWith("missed") && line.contains("2.00 x"));
    }

    @Test
    void shouldTellProgressInLines()
    {
        final List<String> lines = new ArrayList<>();
        try (Progress progress = Progress.ofLines(6, lines::add))
        {
            progress.onBegin("rtt-128", true);
            progress.onBegin("rtt-128 jdk", false);
            progress.onDone(3);
            progress.onBegin("send-128", true);
        }

        assertThat(lines).containsExactly("rtt-128: 0 of 6 runs done, 0 s", "send-128: 3 of 6 runs done, 0 s");
    }

    private static String[] cells(final String line)
    {
        return line.trim().split("\\s+");
    }
}
