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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short soak by default. The profile {@code soak} makes it full with its properties {@value #MESSAGES} and
 * {@value #MINUTES}.
 */
class SoakCommandTest
{
    private static final String MESSAGES = "soak.messages";
    private static final String MINUTES = "soak.minutes";
    private static final int TIMEOUT_S = 1800; // of the full ones

    @Test
    @Timeout(value = TIMEOUT_S, unit = TimeUnit.SECONDS)
    void shouldHold()
    {
        final BenchRun run = BenchRun.of("soak", "--mode", "dedicated", "--deflate",
            "--messages", System.getProperty(MESSAGES, "2000"), "--minutes", System.getProperty(MINUTES, "0.02"));

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out().lines()).hasSize(10).allMatch((line) -> line.startsWith("held "));
        assertThat(run.out().lines().limit(2))
            .allMatch((line) -> line.contains("received in order") && line.contains("of 64 MiB"));
    }

    @Test
    void shouldNameWhatIsWrong()
    {
        assertThat(BenchRun.of("soak", "--messages", "0").failure()).contains("--messages 0");
        assertThat(BenchRun.of("soak", "--messages", "3000000000").failure()).contains("--messages 3000000000");
        assertThat(BenchRun.of("soak", "--minutes", "0").failure()).contains("--minutes 0");
        assertThat(BenchRun.of("soak", "naps").exitCode()).isNotZero();
    }
}
