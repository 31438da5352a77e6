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
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A load server in a process of its own, which ends when this process does, however that ends: it reads its standard
 * input up to the end. It says where it listens in one line, or with TLS in two:
 * <pre>
 *   listening on ws://127.0.0.1:4711/
 *   listening on wss://127.0.0.1:4712/ certificate /tmp/ca.pem
 * </pre>
 */
final class ServerProcess implements AutoCloseable
{
    static final String LISTENING = "listening on ";
    static final String CERTIFICATE = " certificate ";

    private static final String SCHEME = "ws://";
    private static final String TLS_SCHEME = "wss://";
    private static final String TLS_OPTION = "--tls"; // with or without a port
    private static final long END_TIMEOUT_S = 5;
    private static final long DEATH_TIMEOUT_MS = 200; // from the end of its connections to that of the process

    private final Process process;
    private final String uri;
    private final String tlsUri; // null without TLS
    private final Path caFile; // null without TLS

    private ServerProcess(final Process process, final List<String> lines) throws BenchException
    {
        this.process = process;
        uri = uri(lines.get(0), SCHEME);
        if (lines.size() == 1)
        {
            tlsUri = null;
            caFile = null;
            return;
        }

        final String[] parts = lines.get(1).split(CERTIFICATE, 2);
        tlsUri = uri(parts[0], TLS_SCHEME);
        caFile = Path.of(parts[parts.length - 1]);
    }

    /**
     * Start {@code bench serve} and wait until it listens.
     *
     * @param cpu       to pin the server to, or -1.
     * @param timeoutNs to wait at most.
     * @param args      behind {@code serve}.
     * @throws BenchException that says why there is no server.
     */
    static ServerProcess start(final int cpu, final long timeoutNs, final String... args) throws BenchException
    {
        final Process process = launch(cpu, args);
        final boolean tls = Arrays.stream(args).anyMatch((argument) -> argument.startsWith(TLS_OPTION));
        final List<String> lines = CompletableFuture.supplyAsync(() -> lines(process, tls ? 2 : 1))
            .completeOnTimeout(List.of("timeout"), timeoutNs, TimeUnit.NANOSECONDS)
            .join();
        try
        {
            return new ServerProcess(process, lines);
        }
        catch (final BenchException ex)
        {
            process.destroyForcibly();
            throw ex;
        }
    }

    /**
     * Where the server listens.
     *
     * @return a URI such as {@code ws://127.0.0.1:4711/}.
     */
    String uri()
    {
        return uri;
    }

    /**
     * Where the server listens.
     *
     * @return host and port, such as {@code 127.0.0.1:4711}.
     */
    String authority()
    {
        return authority(uri, SCHEME);
    }

    /**
     * Where the server listens with TLS.
     *
     * @return host and port, such as {@code 127.0.0.1:4712}, or null without TLS.
     */
    String tlsAuthority()
    {
        return tlsUri == null ? null : authority(tlsUri, TLS_SCHEME);
    }

    /**
     * What a client of the port with TLS has to trust.
     *
     * @return a PEM file that lives as long as the server, or null without TLS.
     */
    Path caFile()
    {
        return caFile;
    }

    /**
     * How the server ended, asked when something failed: it may be ending just now.
     *
     * @return the exit code of its process, empty if it runs.
     */
    OptionalInt exitCode()
    {
        try
        {
            return process.waitFor(DEATH_TIMEOUT_MS, TimeUnit.MILLISECONDS) ?
                OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /**
     * End the server: by the end of its input, or by force.
     */
    @Override
    public void close()
    {
        try
        {
            process.getOutputStream().close();
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
        }
        catch (final IOException ex)
        {
            process.destroyForcibly();
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Process launch(final int cpu, final String... args) throws BenchException
    {
        final List<String> command = new ArrayList<>();
        if (cpu >= 0)
        {
            command.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
        }

        command.addAll(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", // for Agrona, which reads captures
            "-XX:+IgnoreUnrecognizedVMOptions", // of newer JDKs: so that they do not warn of what Netty and Agrona do
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp", System.getProperty("java.class.path"),
            BenchCommand.class.getName(), "serve", "--until-eof", "--port", "0"));
        command.addAll(List.of(args));
        try
        {
            return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        }
        catch (final IOException ex)
        {
            throw new BenchException("cannot start the load server: " + ex.getMessage(), ex);
        }
    }

    private static List<String> lines(final Process process, final int count)
    {
        final BufferedReader reader =
            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final List<String> lines = new ArrayList<>();
        try
        {
            String line = "";
            while (lines.size() < count && line != null)
            {
                line = reader.readLine();
                lines.add(line == null ? "it ended" : line);
            }
        }
        catch (final IOException ex)
        {
            lines.add(ex.toString());
        }

        return lines;
    }

    private static String uri(final String line, final String scheme) throws BenchException
    {
        if (!line.startsWith(LISTENING + scheme))
        {
            throw new BenchException("the load server did not start: " + line);
        }

        return line.substring(LISTENING.length());
    }

    private static String authority(final String uri, final String scheme)
    {
        return uri.substring(scheme.length(), uri.length() - 1);
    }
}
