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
package io.ringwire.bench.cmd;

import io.ringwire.bench.client.Summary;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Figures for people.
 */
final class Table
{
    private static final double NS_PER_US = 1e3;

    private Table()
    {
    }

    static void print(final Consumer<String> out, final Map<String, Summary> summaryByName)
    {
        out.accept(String.format(Locale.ROOT, "%-10s%10s%10s%10s%10s%11s%13s%9s%5s",
            "", "p50 us", "p90 us", "p99 us", "p99.9 us", "max us", "msg/s", "B/msg", "gcs"));
        summaryByName.forEach((name, summary) -> out.accept(row(name, summary)));
    }

    private static String row(final String name, final Summary summary)
    {
        return String.format(Locale.ROOT, "%-10s%10s%10s%10s%10s%11s%13.0f%9.1f%5d",
            name,
            latency(summary, summary.latencyNs(50)),
            latency(summary, summary.latencyNs(90)),
            latency(summary, summary.latencyNs(99)),
            latency(summary, summary.latencyNs(99.9)),
            latency(summary, summary.maxLatencyNs()),
            summary.framesPerS(),
            summary.bytesPerMessage(),
            summary.gcs());
    }

    private static String latency(final Summary summary, final long latencyNs)
    {
        return summary.hasLatencies() ? String.format(Locale.ROOT, "%.1f", latencyNs / NS_PER_US) : "-";
    }
}
