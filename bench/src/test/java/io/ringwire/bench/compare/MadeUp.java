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

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Figures made by hand.
 */
final class MadeUp
{
    private static final long SECOND_NS = 1_000_000_000L;

    private MadeUp()
    {
    }

    static Scenario scenario(final String name)
    {
        return Scenarios.all().stream().filter((scenario) -> scenario.name().equals(name)).findFirst().orElseThrow();
    }

    /** A second with so many messages and no latencies. */
    static Measurement rate(final long messagesPerS)
    {
        return of(messagesPerS, 0, new Histogram(3));
    }

    /** A thousand latencies of which the last twenty are longer. */
    static Measurement latency(final long p50Ns, final long tailNs)
    {
        final Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(p50Ns, 980);
        histogram.recordValueWithCount(tailNs, 20);
        return of(1000, 0, histogram);
    }

    static Measurement of(final long messagesPerS, final long allocatedBytes, final Histogram latencies)
    {
        return new Measurement(
            messagesPerS + 1, SECOND_NS, messagesPerS, allocatedBytes, SECOND_NS / 2, 3, latencies, "epoll");
    }

    static Outcome outcome(final String client, final Measurement... rounds)
    {
        return new Outcome(client, Arrays.asList(rounds), "");
    }

    static ScenarioResult result(final String scenario, final Outcome... outcomes)
    {
        return new ScenarioResult(scenario(scenario), Arrays.asList(outcomes));
    }

    static Comparison comparison(final ScenarioResult... results)
    {
        return new Comparison("ringwire bench compare", 0, Map.of("kernel", "6.1"), List.of("busy"),
            Arrays.asList(results));
    }

    static List<Entrant> entrants(final String... names)
    {
        return Arrays.stream(names).map((name) -> new Entrant(name, "", List.of())).toList();
    }
}
