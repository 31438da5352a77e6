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

import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.ScenarioResult;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A comparison as a test makes it: always the same, nothing was measured.
 */
final class Sample
{
    static final long STARTED_MS = 1_795_000_000_000L;

    private static final long ROUND_NS = 3_000_000_000L;
    private static final List<String> CLIENTS = List.of(
        "ringwire-inline-spin", "ringwire-dedicated-spin", "ringwire-inline-block", "ringwire-dedicated-block-nio",
        "ringwire-inline-spin-io_uring", "netty-spin", "netty-block", "java-websocket", "jdk", "okhttp", "jetty", "nv",
        "vertx", "floor-nio", "floor-netty");

    private final Map<String, String> environment = new LinkedHashMap<>(Map.of("cores", "2"));
    private final List<String> warnings = new ArrayList<>();
    private final List<ScenarioResult> results = new ArrayList<>();

    Comparison comparison()
    {
        return new Comparison("ringwire bench compare --profile <quick>", STARTED_MS, environment, warnings, results);
    }

    Sample warning(final String warning)
    {
        warnings.add(warning);
        return this;
    }

    Sample environment(final String name, final String value)
    {
        environment.put(name, value);
        return this;
    }

    Sample scenario(final Scenario.Figure figure, final String name, final Outcome... outcomes)
    {
        results.add(new ScenarioResult(scenario(figure, name, "What happens"), List.of(outcomes)));
        return this;
    }

    /** All that a quick profile has, with figures that could be true. */
    static Comparison realistic()
    {
        final Sample sample = new Sample()
            .environment("machine", "Intel Xeon 2.9 GHz, 2 cores, 8 GiB")
            .environment("kernel", "Linux 6.8.0-45-generic").environment("JDK", "Temurin 17.0.12+7")
            .environment("options", "-Xmx512m -XX:+UseParallelGC -XX:+AlwaysPreTouch")
            .environment("pinning", "server on core 0, clients free").environment("rounds", "5 of 3 s, 1 s warm-up")
            .warning("2 cores: a spinning client and the server take both; the control thread waits")
            .warning("the frequency governor is powersave");
        final Random random = new Random(1);
        sample.add(random, Scenario.Figure.P50, "rtt-128", "Echo of 128 bytes, one at a time", 9_000);
        sample.add(random, Scenario.Figure.P50, "rtt-16384", "Echo of 16 KiB, one at a time", 21_000);
        sample.add(random, Scenario.Figure.P99, "feed-50k", "50,000 messages a second, with bursts of 8,000", 45_000);
        sample.add(random, Scenario.Figure.RATE, "receive-128", "128 bytes as fast as they come", 0);
        sample.add(random, Scenario.Figure.RATE, "send-128", "128 bytes as fast as they go", 0);
        sample.add(random, Scenario.Figure.P50, "reconnect", "From the drop to the next greeting", 900_000);
        return sample.comparison();
    }

    static Outcome latencies(final String client, final int rounds, final long... latenciesNs)
    {
        return new Outcome(client, IntStream.range(0, rounds).mapToObj((round) ->
        {
            final Histogram histogram = new Histogram(3);
            for (final long latencyNs : latenciesNs)
            {
                histogram.recordValue(latencyNs + round);
            }

            return measurement(latenciesNs.length, 1_024, histogram);
        }).toList(), "");
    }

    static Outcome rate(final String client, final long messages)
    {
        final Measurement round = measurement(messages, Measurement.UNKNOWN, new Histogram(3));
        return new Outcome(client, List.of(round, round), "");
    }

    static Outcome leftOut(final String client, final String remark)
    {
        return new Outcome(client, List.of(), remark);
    }

    private static Measurement measurement(final long messages, final long bytes, final Histogram latencies)
    {
        return new Measurement(messages, ROUND_NS, messages, bytes, ROUND_NS / 2, 1, latencies, "epoll");
    }

    private void add(
        final Random random, final Scenario.Figure figure, final String name, final String title, final long baseNs)
    {
        final List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < CLIENTS.size(); i++)
        {
            final String client = CLIENTS.get(i);
            final double slowness = client.startsWith("floor-") ? 0.9 : 1 + i * 0.35;
            if (client.equals("vertx") && figure == Scenario.Figure.RATE)
            {
                outcomes.add(leftOut(client, "io.vertx.core.VertxException: no answer within 10 s; the server had " +
                    "closed the connection with 1009 after a message of 128 bytes"));
                continue;
            }

            final List<Measurement> rounds = new ArrayList<>();
            for (int round = 0; round < 5; round++)
            {
                rounds.add(baseNs > 0 ? skewed(random, baseNs * slowness) : measurement(
                    (long)(2.4e7 / slowness * (0.95 + random.nextDouble() / 10)), i * 100_000_000L, new Histogram(3)));
            }

            outcomes.add(new Outcome(client, rounds, client.equals("nv") ? "5 of 6 rounds: timed out once" : ""));
        }

        results.add(new ScenarioResult(scenario(figure, name, title), outcomes));
    }

    private static Measurement skewed(final Random random, final double baseNs)
    {
        final Histogram histogram = new Histogram(3);
        for (int i = 0; i < 20_000; i++)
        {
            final double tail = random.nextInt(500) == 0 ? 1 + 40 * Math.pow(random.nextDouble(), 3) : 1;
            histogram.recordValue((long)(baseNs * tail * (1 + 0.08 * Math.abs(random.nextGaussian()))));
        }

        return measurement(20_000, (long)(baseNs * 20), histogram);
    }

    private static Scenario scenario(final Scenario.Figure figure, final String name, final String title)
    {
        return new Scenario(name, title, figure, Workload.Kind.ECHO, "/echo", 128, 1, false, false, false);
    }
}
