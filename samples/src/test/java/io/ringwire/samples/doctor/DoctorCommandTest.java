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
package io.ringwire.samples.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class DoctorCommandTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldGiveEachLineOfThisMachineAVerdict()
    {
        final int exitCode = doctor("--seconds", "0.2", "--json");

        final JsonArray lines = JsonParser.parseString(out.toString()).getAsJsonArray();
        final List<String> names = new ArrayList<>();
        boolean anyBad = false;
        for (final JsonElement element : lines)
        {
            final JsonObject line = element.getAsJsonObject();
            assertThat(line.keySet()).containsExactly("name", "found", "verdict", "why", "section");
            assertThat(line.get("verdict").getAsString()).isIn("ok", "warn", "bad", "unknown");
            assertThat(line.get("found").getAsString() + line.get("why").getAsString()).as(line.toString())
                .isNotEmpty().doesNotContain("the probe failed");
            names.add(line.get("name").getAsString());
            anyBad |= line.get("verdict").getAsString().equals("bad");
        }

        assertThat(names).doesNotHaveDuplicates()
            .contains("cores", "clock source", "CPU quota", "transport", "TLS", "busy-wait", "pinning", "hiccups");
        assertThat(exitCode).isEqualTo(anyBad ? 1 : 0);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintATableOfAnotherMachine()
    {
        MadeUpMachine.perfect(directory);

        assertThat(doctor("--seconds", "0.01", "--sys", directory.toString(), "--dir", directory.toString(),
            "--cores", "0")).isIn(0, 1);

        assertThat(out.toString())
            .contains("isolcpus 2-7", "intel_pstate", "hiccups, core 0", "Numbers on the right are sections of")
            .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "--seconds=0", "--seconds=NaN", "--seconds=x", "--sys=/no/such/folder", "--cores=x" })
    void shouldRefuseWhatItCannotDo(final String option)
    {
        assertThat(doctor(option)).isEqualTo(2);
        assertThat(err.toString()).contains(option.split("=")[1]).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    private int doctor(final String... arguments)
    {
        return new CommandLine(new DoctorCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    }
}
