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

import io.ringwire.ProjectRoot;
import org.opentest4j.TestAbortedException;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Fetches the peers of the tests with the machine's own package clients and keeps them below the module's
 * {@code target}. Nothing is installed on the machine: Debian's packages are unpacked, not configured, so no service
 * starts and no root is needed. What cannot be had aborts the tests that need it, with the reason; it is tried once.
 */
public final class PeerInstall
{
    private static final String WS_VERSION = "8.23.0";
    private static final long TIMEOUT_MS = TimeUnit.SECONDS.toMillis(60);
    private static final Path CACHE = ProjectRoot.resolve("engine/target/peers");
    private static final Map<String, Outcome> OUTCOMES = new TreeMap<>();

    private PeerInstall()
    {
    }

    /**
     * The npm package {@code ws}.
     *
     * @return a directory to be searched for Node's modules.
     */
    public static Path nodeModules()
    {
        return once("ws", () ->
        {
            final Path home = CACHE.resolve("ws-" + WS_VERSION);
            if (!Files.exists(home))
            {
                run(CACHE, "node", "--version");
                final Path fresh = fresh("ws");
                run(
                    fresh, "npm", "install", "--prefix", ".", "--no-save", "--ignore-scripts", "--no-audit",
                    "--no-fund", "--fetch-retries=0", "ws@" + WS_VERSION);
                keep(fresh, home);
            }

            return home.resolve("node_modules");
        });
    }

    /**
     * A program of the machine, or else out of a package of Debian's.
     *
     * @param program     its file name.
     * @param debian      the package that has it.
     * @param versionFlag with which the program ends at once and well, or null if it has none.
     * @return the path of the program.
     */
    public static Path program(final String program, final String debian, final String versionFlag)
    {
        return once(program, () ->
        {
            final Path found = search(program, List.of(System.getenv().getOrDefault("PATH", "").split(":")));
            final Path path = found != null ? found : unpackedProgram(program, debian);
            if (versionFlag != null)
            {
                run(CACHE, path.toString(), versionFlag);
            }

            return path;
        });
    }

    /**
     * The Python package {@code websockets}.
     *
     * @return a directory to be searched for Python's modules.
     */
    public static Path pythonWebsockets()
    {
        return once("python3-websockets", () ->
        {
            run(CACHE, "python3", "--version");
            final Path modules = unpacked("python3-websockets").resolve("usr/lib/python3/dist-packages");
            run(modules, "python3", "-c", "import websockets");
            return modules;
        });
    }

    /**
     * Run a command to its end.
     *
     * @param directory to run it in.
     * @param command   and its arguments.
     * @throws MissingPeerException if it is not there, fails, or takes too long.
     */
    static void run(final Path directory, final String... command)
    {
        try
        {
            Files.createDirectories(directory);
            final Path log = Files.createTempFile(CACHE, "command", ".log");
            final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
            final boolean ended = process.waitFor(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            final String output = Files.readString(log);
            Files.delete(log);
            if (!ended || process.exitValue() != 0)
            {
                throw new MissingPeerException(
                    command[0] + " ... " + command[command.length - 1] +
                    (ended ? " failed: " : " did not end: ") + complaint(output));
            }
        }
        catch (final IOException ex)
        {
            throw new MissingPeerException(ex.getMessage());
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new MissingPeerException("interrupted in " + command[0]);
        }
    }

    private static synchronized Path once(final String peer, final Supplier<Path> install)
    {
        Outcome outcome = OUTCOMES.get(peer);
        if (outcome == null)
        {
            try
            {
                outcome = new Outcome(install.get(), null);
            }
            catch (final MissingPeerException ex)
            {
                outcome = new Outcome(null, "no " + peer + " to test against: " + ex.getMessage());
                System.out.println("skipped: " + outcome.reason);
            }

            OUTCOMES.put(peer, outcome);
        }

        if (outcome.path == null)
        {
            throw new TestAbortedException(outcome.reason);
        }

        return outcome.path;
    }

    private static Path unpackedProgram(final String program, final String debian)
    {
        final Path root = unpacked(debian);
        final Path path = search(program, List.of(root + "/usr/sbin", root + "/usr/bin"));
        if (path == null)
        {
            throw new MissingPeerException("the package " + debian + " has no " + program);
        }

        return path;
    }

    private static Path unpacked(final String debian)
    {
        final Path home = CACHE.resolve(debian);
        if (!Files.exists(home))
        {
            final Path fresh = fresh(debian);
            final List<String> download = apt("download", debian);
            try
            {
                run(fresh, download.toArray(String[]::new));
            }
            catch (final MissingPeerException ex)
            {
                run(fresh, apt("update").toArray(String[]::new));
                run(fresh, download.toArray(String[]::new));
            }

            run(fresh, "dpkg-deb", "-x", only(fresh, ".deb").toString(), "root");
            keep(fresh.resolve("root"), home);
            delete(fresh);
        }

        return home;
    }

    /**
     * With lists of our own, so that neither root nor the lock of the machine's is needed.
     */
    private static List<String> apt(final String... verb)
    {
        final Path lists = CACHE.resolve("apt/lists");
        final Path archives = CACHE.resolve("apt/cache/archives");
        try
        {
            Files.createDirectories(lists.resolve("partial"));
            Files.createDirectories(archives.resolve("partial"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        final List<String> command = new ArrayList<>(List.of(
            "apt-get", "-q", "-o", "Dir::State::lists=" + lists, "-o", "Dir::Cache=" + archives.getParent(),
            "-o", "APT::Sandbox::User=root", "-o", "Acquire::Languages=none", "-o", "Acquire::Retries=0",
            "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"));
        command.addAll(List.of(verb));
        return command;
    }

    private static Path search(final String program, final List<String> directories)
    {
        return directories.stream()
            .filter((directory) -> !directory.isEmpty())
            .map((directory) -> Path.of(directory, program))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    }

    private static Path fresh(final String name)
    {
        final Path fresh = CACHE.resolve(name + ".fresh");
        delete(fresh);
        try
        {
            return Files.createDirectories(fresh);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A directory stands under its final name only when it is whole.
     */
    private static void keep(final Path fresh, final Path home)
    {
        try
        {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    static void delete(final Path directory)
    {
        if (Files.exists(directory))
        {
            try (Stream<Path> paths = Files.walk(directory))
            {
                paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static Path only(final Path directory, final String suffix)
    {
        try (Stream<Path> paths = Files.list(directory))
        {
            return paths.filter((path) -> path.toString().endsWith(suffix)).findFirst().orElseThrow(
                () -> new MissingPeerException("nothing was downloaded"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String complaint(final String output)
    {
        final List<String> lines = output.lines().filter((line) -> !line.isBlank()).toList();
        return lines.stream()
            .filter((line) -> line.contains("rror") || line.startsWith("E: "))
            .findFirst()
            .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    }

    private record Outcome(Path path, String reason)
    {
    }
}
