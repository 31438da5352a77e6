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
package io.ringwire.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A foreign process with a directory of its own, whose output is kept line by line. It ends with {@link #close}, or
 * with this JVM.
 */
final class PeerProcess implements AutoCloseable
{
    private static final long START_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LINE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long GRACE_MS = 2_000;
    private static final int START_ATTEMPTS = 3;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static
    {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Path directory;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;
    private int port;

    /**
     * @param directory   of the process, which is deleted at the end.
     * @param environment added to ours.
     * @param command     and its arguments.
     */
    PeerProcess(final Path directory, final Map<String, String> environment, final List<String> command)
        throws IOException
    {
        this.directory = directory;
        final ProcessBuilder builder = new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        RUNNING.add(process);
        reader = new Thread(this::read, "peer-output");
        reader.setDaemon(true);
        reader.start();
    }

    static Path directory(final String name)
    {
        try
        {
            return Files.createTempDirectory("ringwire-" + name);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Start a process that listens on the port it is given; again on another one if that is taken in the meantime.
     */
    static PeerProcess onFreePort(final Starter starter) throws IOException
    {
        for (int attempt = 1;; attempt++)
        {
            final int port = freePort();
            final PeerProcess process = starter.start(port);
            if (process.awaitPort(port))
            {
                return process;
            }

            process.close();
            if (attempt == START_ATTEMPTS)
            {
                throw new AssertionError("a peer ended at its start; it said " + process.log());
            }
        }
    }

    int port()
    {
        return port;
    }

    private static int freePort() throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")))
        {
            return socket.getLocalPort();
        }
    }

    private boolean awaitPort(final int port) throws IOException
    {
        this.port = port;
        final long startNs = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - startNs < START_TIMEOUT_NS)
        {
            try (Socket socket = new Socket())
            {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return true;
            }
            catch (final ConnectException ex)
            {
                Thread.yield();
            }
        }

        return false;
    }

    /**
     * Wait for a line of output.
     *
     * @param from  index of the first line to look at.
     * @param what  names the wait.
     * @param match chooses the line.
     * @return the line.
     */
    synchronized String awaitLine(final int from, final String what, final Predicate<String> match)
    {
        final long startNs = System.nanoTime();
        int index = from;
        while (true)
        {
            for (; index < lines.size(); index++)
            {
                if (match.test(lines.get(index)))
                {
                    return lines.get(index);
                }
            }

            final long leftMs = TimeUnit.NANOSECONDS.toMillis(LINE_TIMEOUT_NS - (System.nanoTime() - startNs));
            if (ended || leftMs <= 0)
            {
                throw new AssertionError("the peer never said " + what + " but " + lines);
            }

            try
            {
                wait(leftMs);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, ex);
            }
        }
    }

    synchronized List<String> log()
    {
        return List.copyOf(lines);
    }

    /**
     * End the process: with a grace time, then by force.
     */
    @Override
    public void close()
    {
        process.destroy();
        try
        {
            if (!process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS))
            {
                process.destroyForcibly().waitFor();
            }

            reader.join(GRACE_MS);
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }

        RUNNING.remove(process);
        PeerInstall.delete(directory);
    }

    private void read()
    {
        try (BufferedReader output = new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)))
        {
            for (String line = output.readLine(); line != null; line = output.readLine())
            {
                add(line);
            }
        }
        catch (final IOException ex)
        {
            add("reading ended: " + ex.getMessage());
        }

        end();
    }

    private synchronized void add(final String line)
    {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end()
    {
        ended = true;
        notifyAll();
    }

    /**
     * Starts a process that listens on the loopback address.
     */
    interface Starter
    {
        PeerProcess start(int port) throws IOException;
    }
}
