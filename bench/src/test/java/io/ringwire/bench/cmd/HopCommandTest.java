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

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command for a moment: what it prints, not how fast the carriers are.
 */
class HopCommandTest
{
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void shouldCompareCarriers()
    {
        final JsonObject json = BenchRun.of("hop", "--carrier", "descriptors,slots-256", "--size", "32,1024",
            "--messages", "64", "--rounds", "1", "--json").json();

        for (final String name : List.of("one_way_ns", "one_way_p99_ns", "round_trip_ns", "stream_ns"))
        {
            assertThat(json.get("descriptors_32_" + name).getAsDouble()).as(name).isPositive();
            assertThat(json.get("descriptors_1024_" + name).getAsDouble()).as(name).isPositive();
            assertThat(json.get("slots-256_32_" + name).getAsDouble()).as(name).isPositive();
            assertThat(json.get("slots-256_1024_" + name).isJsonNull()).as("it does not fit").isTrue();
        }

        assertThat(json.get("ratio_32_one_way").getAsDouble()).isPositive();
        assertThat(json.get("ratio_1024_one_way").isJsonNull()).isTrue();
    }

    @Test
    void shouldNameWhatIsWrong()
    {
        assertThat(BenchRun.of("hop", "--rounds", "0").failure()).contains("--rounds 0");
        assertThat(BenchRun.of("hop", "--size", "7").failure()).contains("--size 7");
        assertThat(BenchRun.of("hop", "--memory", "100000").failure()).contains("--memory 100000");
        assertThat(BenchRun.of("hop", "--carrier", "pigeon").failure()).contains("'pigeon'").contains("one-to-one");
    }
}
