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

import io.ringwire.bench.client.BenchException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A load server in a process of its own, which ends when this process does, however that ends.
 */
final class ServerProcess implements AutoCloseable
{
    static final String LISTENING = "listening on ";

    private static final long END_TIMEOUT_S = 5;

    private final Process process;
    private final String uri;

    private ServerProcess(final Process process, final String uri)
    {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Start {@code bench serve} and wait until it listens.
     *
     * @param cpu       to pin the server to, or -1.
     * @param timeoutNs to wait at most.
     * @param args      behind {@code serve}.
     */
    static ServerProcess start(final int cpu, final long timeoutNs, final String... args) throws BenchException
    {
        final List<String> command = new ArrayList<>();
        if (cpu >= 0)
        {
            command.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
        }

        command.addAll(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp", System.getProperty("java.class.path"),
            BenchCommand.class.getName(), "serve", "--until-eof", "--port", "0"));
        command.addAll(List.of(args));
        final Process process;
        try
        {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        }
        catch (final IOException ex)
        {
            throw new BenchException("cannot start the load server: " + ex.getMessage(), ex);
        }

        final String line = CompletableFuture.supplyAsync(() -> firstLine(process))
            .completeOnTimeout("timeout", timeoutNs, TimeUnit.NANOSECONDS)
            .join();
        if (!line.startsWith(LISTENING))
        {
            process.destroyForcibly();
            throw new BenchException("the load server did not start: " + line);
        }

        return new ServerProcess(process, line.substring(LISTENING.length()));
    }

    private static String firstLine(final Process process)
    {
        try
        {
            final String line = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
            return line == null ? "it ended at once" : line;
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }

    String uri()
    {
        return uri;
    }

    @Override
    public void close()
    {
        process.destroy();
        try
        {
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
