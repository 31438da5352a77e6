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
import com.google.gson.JsonParser;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call of the command with what it printed.
 *
 * @param exitCode of the call.
 * @param out      what went to the standard output.
 * @param err      what went to the standard error.
 */
record BenchRun(int exitCode, String out, String err)
{
    static BenchRun of(final String... args)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = new CommandLine(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true) // as the whole command line does
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
        return new BenchRun(exitCode, out.toString(), err.toString());
    }

    /**
     * The one line of JSON of a run that went well.
     */
    JsonObject json()
    {
        assertThat(exitCode).as(err).isZero();
        assertThat(out.lines()).hasSize(1);
        return JsonParser.parseString(out).getAsJsonObject();
    }

    /**
     * The one line that says why a run failed.
     */
    String failure()
    {
        assertThat(exitCode).as(out).isNotZero();
        assertThat(out).isEmpty();
        assertThat(err.lines()).as(err).hasSize(1);
        return err.strip();
    }
}
