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

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Summary;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Outcome;
import io.ringwire.bench.compare.Scenario;
import io.ringwire.bench.compare.ScenarioResult;
import io.ringwire.bench.compare.Standing;
import io.ringwire.bench.compare.Targets;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A comparison as JSON: all figures of all rounds, what is made of them, and how the targets stand. Each object of a
 * kind has the same names; what is unknown is null. Figures of a client are the medians of its rounds, but
 * {@code max_ns}, {@code count} and {@code gcs}, which are of all rounds together.
 */
public final class ComparisonJson
{
    private ComparisonJson()
    {
    }

    /**
     * Write a comparison.
     *
     * @param comparison to write.
     * @param writer     that takes it; it is not closed.
     * @throws IOException if the writer takes no more.
     */
    public static void write(final Comparison comparison, final Writer writer) throws IOException
    {
        final JsonObject json = new JsonObject();
        json.addProperty("command", comparison.command());
        json.addProperty("started", Instant.ofEpochMilli(comparison.startedMs()).toString());
        final JsonObject environment = new JsonObject();
        comparison.environment().forEach(environment::addProperty);
        json.add("environment", environment);
        json.add("warnings", array(comparison.warnings(), JsonPrimitive::new));
        json.add("scenarios", array(comparison.results(), ComparisonJson::scenario));
        json.add("targets", array(Targets.of(comparison), ComparisonJson::target));
        new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create().toJson(json, writer);
        writer.write('\n');
        writer.flush();
    }

    private static JsonObject target(final Targets.Verdict verdict)
    {
        final JsonObject json = new JsonObject();
        json.addProperty("target", verdict.target());
        json.addProperty("state", verdict.state().name().toLowerCase(Locale.ROOT));
        json.addProperty("figure", verdict.figure());
        return json;
    }

    private static JsonObject scenario(final ScenarioResult result)
    {
        final Scenario scenario = result.scenario();
        final Standing standing = new Standing(result);
        final JsonObject json = new JsonObject();
        json.addProperty("name", scenario.name());
        json.addProperty("title", scenario.title());
        json.addProperty("figure", scenario.figure().name().toLowerCase(Locale.ROOT));
        json.addProperty("size_bytes", scenario.sizeBytes());
        json.addProperty("sessions", scenario.sessions());
        json.addProperty("tls", scenario.tls());
        json.addProperty("deflate", scenario.deflate());
        json.addProperty("best_peer", standing.bestPeer().orElse(null));
        json.add("clients", array(result.outcomes(), (outcome) -> client(outcome, standing)));
        return json;
    }

    private static JsonObject client(final Outcome outcome, final Standing standing)
    {
        final List<Measurement> rounds = outcome.rounds();
        final Summary summary = standing.summary(outcome.client());
        final JsonObject json = new JsonObject();
        json.addProperty("client", outcome.client());
        json.addProperty("transport", summary == null ? null : summary.transport());
        json.addProperty("rounds", rounds.size());
        json.addProperty("remark", outcome.remark());
        json.add("messages_per_s", number(summary, Summary::framesPerS));
        addLatencies(json, summary);
        json.add("spread", JsonNumber.of(standing.spread(outcome.client())));
        json.add("ratio_to_best_peer", JsonNumber.of(standing.ratio(outcome.client())));
        addCosts(json, summary);
        json.add("per_round", array(rounds, ComparisonJson::round));
        return json;
    }

    private static JsonObject round(final Measurement round)
    {
        final Summary summary = new Summary(List.of(round));
        final JsonObject json = new JsonObject();
        json.addProperty("elapsed_ns", round.elapsedNs());
        json.addProperty("messages", round.messages());
        json.add("messages_per_s", JsonNumber.of(round.framesPerS()));
        addLatencies(json, summary);
        addCosts(json, summary);
        return json;
    }

    private static void addLatencies(final JsonObject json, final Summary summary)
    {
        json.add("p50_ns", latency(summary, (some) -> some.latencyNs(50)));
        json.add("p90_ns", latency(summary, (some) -> some.latencyNs(90)));
        json.add("p99_ns", latency(summary, (some) -> some.latencyNs(99)));
        json.add("p999_ns", latency(summary, (some) -> some.latencyNs(99.9)));
        json.add("p9999_ns", latency(summary, (some) -> some.latencyNs(99.99)));
        json.add("max_ns", latency(summary, Summary::maxLatencyNs));
        json.addProperty("count", summary == null ? 0 : summary.latencies().getTotalCount());
    }

    private static void addCosts(final JsonObject json, final Summary summary)
    {
        json.add("cpu_ns_per_message", number(summary, Summary::cpuNsPerMessage));
        json.add("bytes_per_message", number(summary, Summary::bytesPerMessage));
        json.addProperty("gcs", summary == null ? null : summary.gcs());
    }

    private static JsonElement latency(final Summary summary, final Function<Summary, Long> figureNs)
    {
        return summary == null || !summary.hasLatencies() ?
            JsonNull.INSTANCE : new JsonPrimitive(figureNs.apply(summary));
    }

    private static JsonElement number(final Summary summary, final ToDoubleFunction<Summary> figure)
    {
        return summary == null ? JsonNull.INSTANCE : JsonNumber.of(figure.applyAsDouble(summary));
    }

    private static <T> JsonArray array(final List<T> values, final Function<T, JsonElement> toJson)
    {
        final JsonArray array = new JsonArray();
        values.forEach((value) -> array.add(toJson.apply(value)));
        return array;
    }
}
