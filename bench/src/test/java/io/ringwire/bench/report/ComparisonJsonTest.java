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

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.ringwire.bench.compare.Comparison;
import io.ringwire.bench.compare.Scenario;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ComparisonJsonTest
{
    private static final String ODD = "a \"b\"\n<c> \\ \u2028";

    @Test
    void shouldWriteTheFiguresOfAllRounds() throws IOException
    {
        final JsonObject json = json(new Sample().environment(ODD, ODD).warning(ODD)
            .scenario(Scenario.Figure.P50, "rtt", Sample.latencies("ringwire-inline-spin", 3, 1_000, 1_000),
                Sample.latencies("okhttp", 3, 2_000, 4_000))
            .comparison());

        assertThat(json.get("command").getAsString()).isEqualTo("ringwire bench compare --profile <quick>");
        assertThat(json.get("started").getAsString()).isEqualTo("2026-11-18T11:06:40Z");
        assertThat(json.getAsJsonObject("environment").get(ODD).getAsString()).isEqualTo(ODD);
        assertThat(json.getAsJsonArray("warnings").get(0).getAsString()).isEqualTo(ODD);

        final JsonObject scenario = scenario(json);
        assertThat(scenario.get("figure").getAsString()).isEqualTo("p50");
        assertThat(scenario.get("best_peer").getAsString()).isEqualTo("okhttp");
        final JsonObject client = client(scenario, 0);
        assertThat(client.keySet()).containsExactly(
            "client", "transport", "rounds", "remark", "messages_per_s", "p50_ns", "p90_ns", "p99_ns", "p999_ns",
            "p9999_ns", "max_ns", "count", "spread", "ratio_to_best_peer", "cpu_ns_per_message", "bytes_per_message",
            "gcs", "per_round");
        assertThat(client.get("p50_ns").getAsLong()).isEqualTo(1_001);
        assertThat(client.get("max_ns").getAsLong()).isEqualTo(1_002);
        assertThat(client.get("count").getAsLong()).isEqualTo(6);
        assertThat(client.get("spread").getAsDouble()).isCloseTo(0.002, within(0.0005));
        assertThat(client.get("ratio_to_best_peer").getAsDouble()).isCloseTo(0.5, within(0.001));
        assertThat(client.get("bytes_per_message").getAsDouble()).isEqualTo(512);
        assertThat(client.get("gcs").getAsLong()).isEqualTo(3);
        assertThat(client.getAsJsonArray("per_round")).hasSize(3);
        assertThat(client.getAsJsonArray("per_round").get(2).getAsJsonObject().get("p50_ns").getAsLong())
            .isEqualTo(1_002);
    }

    @Test
    void shouldWriteNullForWhatIsUnknown() throws IOException
    {
        final JsonObject scenario = scenario(json(new Sample().scenario(
            Scenario.Figure.P99, "rtt", Sample.latencies("ringwire-inline-spin", 1), Sample.leftOut("floor-nio", "no"),
            Sample.rate("ringwire-dedicated-spin", 10)).comparison()));

        assertThat(scenario.get("best_peer").isJsonNull()).isTrue();
        for (final String name : List.of("p50_ns", "max_ns", "spread", "ratio_to_best_peer", "cpu_ns_per_message"))
        {
            assertThat(client(scenario, 0).get(name).isJsonNull()).as(name).isTrue();
            assertThat(client(scenario, 1).get(name).isJsonNull()).as(name).isTrue();
        }

        assertThat(client(scenario, 1).get("transport").isJsonNull()).isTrue();
        assertThat(client(scenario, 1).get("remark").getAsString()).isEqualTo("no");
        assertThat(client(scenario, 1).get("rounds").getAsInt()).isZero();
        assertThat(client(scenario, 2).get("bytes_per_message").isJsonNull()).isTrue();
        assertThat(client(scenario, 2).get("messages_per_s").getAsDouble()).isEqualTo(3);
    }

    @Test
    void shouldWriteHowTheTargetsStand() throws IOException
    {
        final JsonObject json = json(new Sample().scenario(Scenario.Figure.RATE, "receive-128",
            Sample.rate("ringwire-inline-spin", 30_000), Sample.rate("jdk", 3_000)).comparison());

        assertThat(json.keySet())
            .containsExactly("command", "started", "environment", "warnings", "scenarios", "targets");
        final JsonObject target = json.getAsJsonArray("targets").get(0).getAsJsonObject();
        assertThat(target.keySet()).containsExactly("target", "state", "figure");
        assertThat(target.get("target").getAsString())
            .isEqualTo("receive-128 msg/s: best INLINE at least 4 x the best peer");
        assertThat(target.get("state").getAsString()).isEqualTo("not_measured");
        assertThat(target.get("figure").getAsString())
            .startsWith("10.00 x (ringwire-inline-spin 10,000 against jdk 1,000); not among all peers, without: ");
        assertThat(json(new Sample().comparison()).getAsJsonArray("targets")).isEmpty();
    }

    @Test
    void shouldWriteNumbersAsJsonHasThem()
    {
        assertThat(JsonNumber.of(1.23456)).hasToString("1.235");
        assertThat(JsonNumber.of(0)).hasToString("0.000");
        assertThat(JsonNumber.of(1e12)).hasToString("1000000000000.000");
        assertThat(JsonNumber.of(Double.NaN).isJsonNull()).isTrue();
        assertThat(JsonNumber.of(Double.NEGATIVE_INFINITY).isJsonNull()).isTrue();
    }

    private static JsonObject json(final Comparison comparison) throws IOException
    {
        final StringWriter writer = new StringWriter();
        ComparisonJson.write(comparison, writer);
        return JsonParser.parseString(writer.toString()).getAsJsonObject();
    }

    private static JsonObject scenario(final JsonObject json)
    {
        return json.getAsJsonArray("scenarios").get(0).getAsJsonObject();
    }

    private static JsonObject client(final JsonObject scenario, final int number)
    {
        return scenario.getAsJsonArray("clients").get(number).getAsJsonObject();
    }
}
