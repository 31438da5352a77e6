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
package io.ringwire.samples.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs the script. It needs what the script itself has built and is skipped without: a build in a build would be slow.
 */
@Timeout(120)
class LauncherTest
{
    private static final int SIGTERM = 15;
    private static final long TIMEOUT_S = 40;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @BeforeEach
    void skipIfNotBuilt() throws IOException
    {
        final Path stamp = ROOT.resolve("target/ringwire.stamp");
        assumeTrue(Files.exists(stamp), "./ringwire has not been run: its test is skipped");
        final long builtMs = Files.getLastModifiedTime(stamp).toMillis();
        assumeOlder(ROOT.resolve("pom.xml"), builtMs);
        for (final String module : List.of("engine", "samples", "bench"))
        {
            assumeOlder(ROOT.resolve(module).resolve("pom.xml"), builtMs);
            assumeOlder(ROOT.resolve(module).resolve("src/main"), builtMs);
        }
    }

    private static void assumeOlder(final Path path, final long builtMs) throws IOException
    {
        try (Stream<Path> files = Files.walk(path))
        {
            assumeTrue(
                files.allMatch((file) -> file.toFile().lastModified() <= builtMs),
                "./ringwire was last run before " + path + " changed: its test is skipped");
        }
    }

    @AfterEach
    void deleteLink() throws IOException
    {
        Files.deleteIfExists(directory.resolve("link"));
    }

    @Test
    void shouldKeepStandardOutputToTheCommand() throws Exception
    {
        assertThat(outputOf(start("--version"), 0)).matches("ringwire \\S+\\R");
        assertThat(outputOf(start("connect", "--help"), 0)).startsWith("Usage: ringwire connect");
        assertThat(outputOf(start("connect", "nonsense"), 2)).isEmpty();
    }

    @Test
    void shouldPipeThroughASymbolicLinkAndCloseWhenTerminated() throws Exception
    {
        try (EchoServer server = new EchoServer())
        {
            final Process process = start("connect", server.uri("/"));
            process.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertThat(server.nextFrame()).isEqualTo("text hello");
            process.destroy();
            assertThat(server.nextFrame()).isEqualTo("close 1000");
            assertThat(outputOf(process, 128 + SIGTERM)).isEqualTo("hello\n");
        }
    }

    private Process start(final String... args) throws IOException
    {
        final Path link = directory.resolve("link");
        if (!Files.isSymbolicLink(link))
        {
            Files.createSymbolicLink(link, ROOT.resolve("ringwire"));
        }

        final List<String> command = new ArrayList<>(List.of("./link"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .start();
    }

    private String outputOf(final Process process, final int exitCode) throws Exception
    {
        try
        {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)).as("ended in time").isTrue();
        }
        finally
        {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(Files.readString(directory.resolve("err"))).isEqualTo(exitCode);
        return Files.readString(directory.resolve("out"));
    }
}
