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
package io.ringwire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM of its own for what cannot be measured in the one of the tests. Its output goes through a file: a wait for it
 * can be interrupted, and the test runner owns this JVM's native streams.
 */
public final class ForkedJvm
{
    private static final int TAIL_LINES = 20;

    private ForkedJvm()
    {
    }

    /**
     * Run a program on the class path of the tests to its end, and print what it printed. Another exit status than the
     * one expected fails the test, which then names the last lines of the output.
     *
     * @param status     that it has to end with.
     * @param optionFile of the JVM, a name in {@code src/jvm}.
     * @param jvmOptions besides those of the file.
     * @param program    with the main method.
     * @param args       of the program.
     */
    public static void run(
        final int status,
        final String optionFile,
        final List<String> jvmOptions,
        final Class<?> program,
        final Object... args) throws IOException, InterruptedException
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + ProjectRoot.resolve("src/jvm/" + optionFile));
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        Arrays.stream(args).map(Object::toString).forEach(command::add);

        final Path output = Files.createTempFile("ringwire-forked-", ".txt");
        output.toFile().deleteOnExit();
        final Process process = new ProcessBuilder(command)
            .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        final String text;
        try
        {
            process.waitFor();
        }
        finally
        {
            process.destroyForcibly();
            text = Files.readString(output);
            System.out.print(text);
        }

        final List<String> lines = text.lines().toList();
        final List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        assertThat(process.exitValue())
            .as("exit status of %s, whose last lines are%n%s", program, String.join(System.lineSeparator(), tail))
            .isEqualTo(status);
    }
}
