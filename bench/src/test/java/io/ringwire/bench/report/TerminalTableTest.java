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

import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Scenario;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTableTest
{
    @Test
    void shouldShowEnvironmentWarningsTablesAndTargets()
    {
        final Comparison comparison = new Sample().warning("busy")
            .scenario(Scenario.Figure.RATE, "receive-128",
                Sample.rate("ringwire-inline-spin", 24_000), Sample.rate("jdk", 6_000),
                Sample.rate("floor-nio", 60_000), Sample.leftOut("nv", "left out: it cannot"))
            .comparison();

        final List<String> lines = TerminalTable.lines(comparison);

        assertThat(lines).startsWith("cores               2", "warning: busy", "", "receive-128: What happens",
            "best peer: jdk, 2,000 msg/s; msg/s / best peer: more than 1 is better");
        assertThat(lines.get(5)).startsWith("client ").contains("  msg/s / best peer  ").endsWith("  transport");
        assertThat(cells(lines.get(6))).containsExactly(
            "ringwire-inline-spin", "8,000", "4.00", "0%", "62.5", "0.50", "-", "2", "epoll");
        assertThat(cells(lines.get(7))).startsWith("jdk", "2,000", "1.00");
        assertThat(lines.get(8)).startsWith("nv ").endsWith("  left out: it cannot");
        assertThat(cells(lines.get(9))).startsWith("floor-nio");
        assertThat(lines.subList(5, 8)).extracting(String::length).containsOnly(lines.get(5).length());
        assertThat(lines).contains("targets", "not measured  receive-128 msg/s: best INLINE at least 4 x the best " +
            "peer: 4.00 x (ringwire-inline-spin 8,000 against jdk 2,000); not among all peers, without: netty-spin, " +
            "netty-block, java-websocket, okhttp, jetty, nv, vertx");
    }

    private static String[] cells(final String line)
    {
        return line.split("\\s+");
    }
}
