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
package io.ringwire.samples.operate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ErrorsCommandTest
{
    private static final String NAME = ErrorsCommandTest.class.getName();

    @TempDir
    private Path directory;

    @Test
    void shouldShowEachDistinctErrorWithItsCountAndTrace() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final Throwable often = new IllegalStateException("boom\033[2J");
            engine.fail(often);
            engine.fail(often);
            engine.fail(new IllegalArgumentException("once"));

            final OperatorRun run = OperatorRun.of("errors", "--dir", directory.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                .startsWith(engine.path() + ": pid " + ProcessHandle.current().pid() + ", alive")
                .containsPattern("\n  2 times, from 20\\S+Z to 20\\S+Z\n" +
                    "    java.lang.IllegalStateException: boom\\?\\[2J\n")
                .containsPattern("\n  1 time, at 20\\S+Z\n    java.lang.IllegalArgumentException: once\n")
                .contains("at " + NAME + ".shouldShowEachDistinctErrorWithItsCountAndTrace(");

            final OperatorRun filtered = OperatorRun.of("errors", "--dir", directory.toString(), "--filter", "once");
            assertThat(filtered.out()).contains("once").doesNotContain("boom");
        }
    }

    @Test
    void shouldPrintJsonForScripts() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            engine.fail(new IllegalStateException("boom"));
            final OperatorRun run = OperatorRun.of("errors", "--dir", engine.path().toString(), "--json");
            assertThat(run.out().lines()).hasSize(1);
            final JsonArray engines = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("engines");
            final JsonObject error = engines.get(0).getAsJsonObject().getAsJsonArray("errors").get(0).getAsJsonObject();
            assertThat(error.get("count").getAsInt()).isEqualTo(1);
            assertThat(error.get("firstMs").getAsLong()).isPositive().isEqualTo(error.get("lastMs").getAsLong());
            assertThat(error.get("error").getAsString()).isEqualTo("java.lang.IllegalStateException: boom");
            assertThat(error.get("trace").getAsString()).contains("at " + NAME);
        }
    }

    @Test
    void shouldBeContentWithNoErrorsAndNotWithNoEngine() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final OperatorRun run = OperatorRun.of("errors", "--dir", directory.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains(engine.path().toString()).contains("no errors");
        }

        final OperatorRun none = OperatorRun.of("errors", "--dir", directory.toString());
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err().lines()).singleElement().asString().contains("no engine in " + directory);
        final OperatorRun nowhere = OperatorRun.of("errors", "--dir", directory.resolve("x").toString());
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.err().lines()).singleElement().asString().contains("does not exist");
    }

    @Test
    void shouldTellABadFileAndShowTheOthers() throws Exception
    {
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            Files.write(directory.resolve("bad.counters"), new byte[200]);
            final OperatorRun run = OperatorRun.of("errors", "--dir", directory.toString());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains(engine.path().toString());
            assertThat(run.err().lines()).singleElement().asString().contains("bad.counters is not ready");
        }
    }
}
