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
package io.ringwire.samples.demo;

import io.ringwire.samples.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class DemoCommandTest
{
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = { "dedicated", "shared", "inline" })
    void shouldRunInEachModeAndPrintItsTable(final String mode)
    {
        assertThat(demo("--seconds", "1", "--rate", "200", "--md-rate", "2000", "--mode", mode)).as(err::toString)
            .isZero();

        assertThat(out.toString())
            .contains("request RTT", "socket read to handler", "heartbeat RTT", "bytes per message", "refused 0")
            .containsPattern("p50 +p90 +p99 +p99\\.9 +max")
            .containsPattern("1 s +[\\d,]+ messages/s +in flight [\\d,]+ +ring [\\d,]+");
    }

    @Test
    void shouldReceiveEveryMessageOfRealTraffic()
    {
        final String file = Captures.file("coinbase.capture").toString();

        assertThat(demo("--seconds", "2", "--capture", file)).as(err::toString).isZero();

        assertThat(out.toString()).contains("capture: 9,946 of 9,946 messages reached the handler, 0 differ");
    }

    @Test
    void shouldRefuseWhatItCannotRun()
    {
        assertThat(demo("--mode", "invoker")).isEqualTo(2);
        assertThat(err.toString()).contains("invoker");
        assertThat(demo("--seconds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds=0");
    }

    private int demo(final String... arguments)
    {
        return new CommandLine(new DemoCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    }
}
