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
package io.ringwire.bench.stress;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs all jcstress tests in quick mode, with one compilation mode for both actors. A long run is
 * {@code org.openjdk.jcstress.Main} without arguments but the JVM flag below. Needs as many cores as a test has actors:
 * jcstress passes over what it has too few for, and counts it neither as planned nor as failed.
 */
@Tag("slow")
class StressTest
{
    private static final String JVM_FLAG = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final int TIMEOUT_S = 600; // for one that is stuck: some 60 s of its own on two free cores
    private static final String PASSED_OVER = "No scheduling is possible";
    private static final Pattern LAST_RESULTS = Pattern.compile(
        "(?s).*\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\).*");

    @Test
    @Timeout(value = TIMEOUT_S + 30, unit = TimeUnit.SECONDS)
    void shouldSeeNoForbiddenOutcome() throws IOException, InterruptedException
    {
        final Path directory = Files.createDirectories(Path.of("target", "jcstress").toAbsolutePath());
        final Path log = directory.resolve("jcstress.log");
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"),
            "org.openjdk.jcstress.Main",
            "-m", "quick",
            "-sc", "false",
            "-r", directory.toString(),
            "-jvmArgs", JVM_FLAG)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

        final boolean ended;
        try
        {
            ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
        }
        finally
        {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        final String output = Files.readString(log);
        assertThat(ended).as("ended within " + TIMEOUT_S + " s:\n" + output).isTrue();

        assertThat(output).as("a test was passed over: this machine has fewer cores than it has actors")
            .doesNotContain(PASSED_OVER);

        final Matcher results = LAST_RESULTS.matcher(output);
        assertThat(results.matches()).as("results reported:\n" + output).isTrue();
        assertThat(process.exitValue()).as("exit code:\n" + output).isZero();
        assertThat(results.group(2)).as("passed of those planned:\n" + output).isEqualTo(results.group(1));
        assertThat(results.group(1)).as("planned").isNotEqualTo("0");
    }
}
