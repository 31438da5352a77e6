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

import io.ringwire.bench.client.Workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Was it the client that was measured, or the server? The floors, which only step over frame headers, take and send
 * what the server can give and take; a client that comes near to the best of them may have waited for the server.
 */
final class Headroom
{
    private static final double ENOUGH = 1.25;

    private Headroom()
    {
    }

    /**
     * Look for clients that came near to the server's rate.
     *
     * @param results of scenarios with or without the floor.
     * @return a line for each scenario that has such a client, and one for those with TLS or compression and no floor.
     */
    static List<String> warnings(final List<ScenarioResult> results)
    {
        final List<String> warnings = new ArrayList<>();
        for (final ScenarioResult result : results)
        {
            final Workload.Kind kind = result.scenario().kind();
            if (result.scenario().figure() == Scenario.Figure.RATE &&
                (kind == Workload.Kind.RECEIVE || kind == Workload.Kind.SEND))
            {
                warning(result).ifPresent(warnings::add);
            }
        }

        final List<String> unknown = results.stream()
            .filter(Headroom::lacksFloor).map((result) -> result.scenario().name()).toList();
        if (!unknown.isEmpty())
        {
            warnings.add(
                String.join(", ", unknown) + ": no floor: whether the server was the limit is not known");
        }

        return warnings;
    }

    private static boolean lacksFloor(final ScenarioResult result)
    {
        final Scenario scenario = result.scenario();
        final List<String> clients = List.copyOf(new Standing(result).summaries().keySet());
        return (scenario.deflate() || scenario.tls()) && !clients.isEmpty() &&
            clients.stream().noneMatch((client) -> Group.of(client) == Group.FLOOR);
    }

    private static Optional<String> warning(final ScenarioResult result)
    {
        final Standing standing = new Standing(result);
        final Optional<String> floor = standing.best((client) -> Group.of(client) == Group.FLOOR);
        final Optional<String> fastest = standing.best((client) -> Group.of(client) != Group.FLOOR);
        if (floor.isEmpty() || fastest.isEmpty())
        {
            return Optional.empty();
        }

        final double ratio = standing.figure(floor.get()) / standing.figure(fastest.get());
        return ratio >= ENOUGH ? Optional.empty() : Optional.of(String.format(
            Locale.ROOT,
            "%s: the server gave %s no more than %.2f x the rate of %s (%.2f x is enough): it may be the server that " +
            "was measured",
            result.scenario().name(), floor.get(), ratio, fastest.get(), ENOUGH));
    }
}
