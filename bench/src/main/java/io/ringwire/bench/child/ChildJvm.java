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
package io.ringwire.bench.child;

import io.ringwire.bench.client.BenchException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A JVM beside this one, for as long as it runs: see {@link JavaCommand} for what it has of this one.
 */
public final class ChildJvm
{
    /** What {@link #run} returns if the process was ended because its time was over. */
    public static final int TIMED_OUT = -1;

    private ChildJvm()
    {
    }

    /**
     * Run a main class until it ends.
     *
     * @param options   of the JVM, before which it gets those of this one: see {@link JavaCommand#options}.
     * @param mainClass to run.
     * @param arguments of it.
     * @param timeoutNs to wait at most.
     * @param lines     told of each line of its standard output and standard error, on the calling thread.
     * @return its exit code, or {@link #TIMED_OUT}.
     * @throws BenchException if it cannot be started.
     */
    public static int run(
        final List<String> options,
        final Class<?> mainClass,
        final List<String> arguments,
        final long timeoutNs,
        final Consumer<String> lines) throws BenchException
    {
        return run(JavaCommand.of(JavaCommand.options(options), mainClass, arguments), timeoutNs, lines);
    }

    /**
     * Run a command line until it ends.
     *
     * @param command   program and arguments.
     * @param timeoutNs to wait at most.
     * @param lines     told of each line of its standard output and standard error, on the calling thread.
     * @return its exit code, or {@link #TIMED_OUT}.
     * @throws BenchException if it cannot be started.
     */
    public static int run(final List<String> command, final long timeoutNs, final Consumer<String> lines)
        throws BenchException
    {
        try
        {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            final AtomicBoolean timedOut = new AtomicBoolean();
            final CompletableFuture<Void> watchdog = CompletableFuture.runAsync(
                () ->
                {
                    timedOut.set(true);
                    process.destroyForcibly();
                },
                CompletableFuture.delayedExecutor(timeoutNs, TimeUnit.NANOSECONDS));
            try
            {
                readLines(process, lines);
                final int exitCode = process.waitFor();
                return timedOut.get() ? TIMED_OUT : exitCode;
            }
            finally
            {
                watchdog.cancel(false); // it does not run then
                process.destroyForcibly();
            }
        }
        catch (final IOException ex)
        {
            throw new BenchException("cannot run another JVM: " + ex.getMessage(), ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", ex);
        }
    }

    /**
     * The main class of a child calls this first: the process ends with the one that started it.
     */
    public static void endWithParent()
    {
        final Thread thread = new Thread(ChildJvm::awaitParent, "bench-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readLines(final Process process, final Consumer<String> lines) throws IOException
    {
        try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            String line;
            while ((line = reader.readLine()) != null)
            {
                lines.accept(line);
            }
        }
    }

    private static void awaitParent()
    {
        try
        {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        catch (final IOException ex)
        {
            Runtime.getRuntime().halt(1);
        }

        Runtime.getRuntime().halt(1);
    }
}
