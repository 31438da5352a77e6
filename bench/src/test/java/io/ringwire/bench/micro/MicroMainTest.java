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
package io.ringwire.bench.micro;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main class of the jar, with nothing on its command line but what makes it short.
 */
class MicroMainTest
{
    private static final int TIMEOUT_S = 60;

    @Test
    @Timeout(value = TIMEOUT_S, unit = TimeUnit.SECONDS)
    void shouldRunABenchmarkAndCountItsGarbage() throws IOException, InterruptedException
    {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djmh.ignoreLock=true", // of the machine: nothing is measured that another run could spoil
            "-cp", System.getProperty("java.class.path"),
            MicroMain.class.getName(),
            "MessageRingBenchmark.messageRing", "-p", "length=32", "-f", "1", "-wi", "0", "-i", "1", "-r", "20ms")
            .redirectErrorStream(true)
            .start();
        try
        {
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output)
                .contains("# Added: -prof gc")
                .contains("agrona.disable.bounds.checks=true")
                .contains("gc.alloc.rate.norm")
                .containsPattern("MessageRingBenchmark\\.messageRing +32 +avgt");
        }
        finally
        {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void shouldNotAddTheProfilerTwice()
    {
        assertThat(MicroMain.withGcProfiler(new String[]{"-prof", "gc"})).containsExactly("-prof", "gc");
        assertThat(MicroMain.withGcProfiler(new String[]{"-prof", "gc:churn=true"})).hasSize(2);
        assertThat(MicroMain.withGcProfiler(new String[]{"Ring", "-prof", "stack"}))
            .containsExactly("Ring", "-prof", "stack", "-prof", "gc");
        assertThat(MicroMain.withGcProfiler(new String[]{"-l"})).containsExactly("-l", "-prof", "gc");
    }
}
