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
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.ClientOptions;
import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.RingwireClient;
import io.ringwire.bench.client.Summary;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.EngineContext;
import io.ringwire.config.IdleMode;
import io.ringwire.config.JournalPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.journal.JournalReader;
import io.ringwire.journal.Replay;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ringwire bench journal}: what recording costs a DEDICATED engine, and how fast journals are written and
 * replayed. Rounds with and without a journal take turns against one server: at a steady rate for the latency of the
 * handler, and as fast as they come, the IO thread waiting for the journal, for the rate at which it is written.
 */
@Command(
    name = "journal",
    description = "Measure what recording costs, and how fast a journal is written and replayed.",
    footer =
    {
        "%n--json prints one object: bench, rounds, size, rate; of the steady rounds, with plain_ and recording_ " +
            "before each, p50_ns, p90_ns, p99_ns, p999_ns, max_ns, bytes_per_message, gcs, and ratio_p50, ratio_p99 " +
            "(recording over plain); of the fast ones plain_messages_per_s, recording_messages_per_s, " +
            "ratio_messages_per_s and, of the replay of what they recorded, replay_messages_per_s."
    },
    mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer>
{
    private static final int NOT_PINNED = EngineContext.NOT_PINNED;
    private static final int WARMUP_PART = 10;

    @Spec
    private CommandSpec spec;

    @Option(
        names = "--messages", defaultValue = "2000000", description = "Messages of a fast round (${DEFAULT-VALUE}).")
    private long messages;

    @Option(names = "--size", defaultValue = "128", description = "Bytes in a message (${DEFAULT-VALUE}).")
    private int sizeBytes;

    @Option(names = "--rate", defaultValue = "50000", description = "Messages a second, steadily (${DEFAULT-VALUE}).")
    private long ratePerS;

    @Option(names = "--seconds", defaultValue = "5", description = "Length of a steady round (${DEFAULT-VALUE}).")
    private long seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds with and without each (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--dir", description = "Where journals are kept meanwhile, instead of the temporary folder.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--timeout", defaultValue = "60", description = "Seconds for each connection (${DEFAULT-VALUE}).")
    private long timeoutS;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Override
    public Integer call()
    {
        try
        {
            RunCommand.checkAtLeast("--messages", messages, WARMUP_PART);
            RunCommand.checkAtLeast("--rate", ratePerS, 1);
            RunCommand.checkAtLeast("--seconds", seconds, 1);
            RunCommand.checkAtLeast("--rounds", rounds, 1);
            RunCommand.checkAtLeast("--timeout", timeoutS, 1);
            run();
            return CommandLine.ExitCode.OK;
        }
        catch (final BenchException ex)
        {
            error(ex.getMessage());
        }
        catch (final IOException ex)
        {
            error("cannot keep journals in " + directory + ": " + ex);
        }

        return CommandLine.ExitCode.SOFTWARE;
    }

    private void run() throws BenchException, IOException
    {
        final Path journals = Files.createTempDirectory(directory, "ringwire-journal");
        try
        {
            final ClientOptions options = new ClientOptions(
                ThreadingMode.DEDICATED, IdleMode.BLOCK, Transport.AUTO, NOT_PINNED, NOT_PINNED, null);
            final Client plain = new RingwireClient(options);
            final Client recording = new RingwireClient(options, () -> journal(journals));
            final List<Summary> steady = rounds(plain, recording, ratePerS, ratePerS * seconds);
            deleteAll(journals);
            final List<Summary> fast = rounds(plain, recording, 0, messages);
            report(steady, fast, replay(journals));
        }
        finally
        {
            deleteAll(journals);
        }
    }

    /**
     * Both in turn, so that what the machine does meanwhile falls on both.
     */
    private List<Summary> rounds(final Client plain, final Client recording, final long rate, final long count)
        throws BenchException
    {
        final List<Measurement> without = new ArrayList<>();
        final List<Measurement> with = new ArrayList<>();
        final List<String> arguments = new ArrayList<>(
            List.of("feed", "--size", Integer.toString(sizeBytes), "--rate", Long.toString(rate)));
        if (rate > 0)
        {
            arguments.add("--timestamped");
        }

        try (ServerProcess server = ServerProcess.start(NOT_PINNED, timeoutNs(), arguments.toArray(String[]::new)))
        {
            final long settling = count / WARMUP_PART;
            final Workload workload = Workload.ofOne(
                Workload.Kind.RECEIVE, server.uri(), sizeBytes, rate > 0,
                Extent.ofMessages(settling, count - settling), timeoutNs());
            for (int round = 0; round < rounds; round++)
            {
                without.add(plain.run(workload));
                with.add(recording.run(workload));
            }
        }

        return List.of(new Summary(without), new Summary(with));
    }

    private JournalPolicy journal(final Path journals)
    {
        return new JournalPolicy().directory(journals).whenFull(JournalPolicy.WhenFull.WAIT);
    }

    /**
     * Replay all that was recorded, and see that nothing is missing.
     *
     * @return messages a second.
     */
    private double replay(final Path journals) throws BenchException, IOException
    {
        final long[] count = new long[1];
        final long startNs = System.nanoTime();
        try (JournalReader reader = JournalReader.open(journals);
            Replay replay = new Replay(reader, (name) -> new SessionConfig()
                .messageHandler((session, buffer, offset, length, opcode, timeNs, endOfBatch) -> count[0]++)))
        {
            replay.speed(Replay.MAX_SPEED).run();
        }

        final long expected = messages * rounds;
        if (count[0] < expected)
        {
            throw new BenchException("the journal holds " + count[0] + " messages, of " + expected + " received");
        }

        return count[0] * (double)TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - startNs);
    }

    private void report(final List<Summary> steady, final List<Summary> fast, final double replayed)
    {
        final Summary without = steady.get(0);
        final Summary with = steady.get(1);
        final double fastRatio = fast.get(1).framesPerS() / fast.get(0).framesPerS();
        if (json)
        {
            final JsonLine line = new JsonLine()
                .put("bench", spec.name())
                .put("rounds", rounds)
                .put("size", sizeBytes)
                .put("rate", ratePerS);
            line.put("plain_", without);
            line.put("recording_", with);
            out(line.put("ratio_p50", ratio(without, with, 50))
                .put("ratio_p99", ratio(without, with, 99))
                .put("plain_messages_per_s", fast.get(0).framesPerS())
                .put("recording_messages_per_s", fast.get(1).framesPerS())
                .put("ratio_messages_per_s", fastRatio)
                .put("replay_messages_per_s", replayed)
                .toString());
            return;
        }

        out("journal: dedicated, block, " + rounds + " rounds each, " + sizeBytes + " bytes, " + ratePerS + " msg/s");
        final Map<String, Summary> table = new LinkedHashMap<>();
        table.put("plain", without);
        table.put("recording", with);
        Table.print(this::out, table);
        out(String.format(Locale.ROOT, "recording takes p50 x %.2f, p99 x %.2f",
            ratio(without, with, 50), ratio(without, with, 99)));
        out(String.format(Locale.ROOT, "as fast as they come: %.0f msg/s, recording %.0f msg/s (x %.2f), none lost",
            fast.get(0).framesPerS(), fast.get(1).framesPerS(), fastRatio));
        out(String.format(Locale.ROOT, "replay at full speed: %.0f msg/s", replayed));
    }

    private static double ratio(final Summary without, final Summary with, final double percentile)
    {
        return (double)with.latencyNs(percentile) / without.latencyNs(percentile);
    }

    private long timeoutNs()
    {
        return TimeUnit.SECONDS.toNanos(timeoutS);
    }

    /**
     * What is in the folder, and the folder.
     */
    private static void deleteAll(final Path folder) throws IOException
    {
        if (!Files.exists(folder))
        {
            return;
        }

        try (Stream<Path> files = Files.walk(folder))
        {
            files.sorted(Comparator.reverseOrder()).forEach(JournalCommand::delete);
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
    }

    private static void delete(final Path file)
    {
        try
        {
            Files.delete(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void out(final String line)
    {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void error(final String line)
    {
        spec.commandLine().getErr().println("ringwire bench: " + line);
        spec.commandLine().getErr().flush();
    }
}
