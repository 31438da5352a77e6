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
package io.ringwire.samples.journal;

import io.ringwire.config.SessionConfig;
import io.ringwire.journal.RecordSource;
import io.ringwire.journal.Replay;
import io.ringwire.samples.cli.SpeedOption;
import io.ringwire.samples.cli.Subcommand;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.samples.exchange.RecordedMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * {@code ringwire replay PATH}: the calls that a recording makes, or a venue that sends it again.
 */
@Command(
    name = "replay",
    description =
        "Replays a journal or a capture through a message handler that counts, and prints how many messages and " +
        "events it made, how fast, and a hash of all calls, which is the same each time.%n%n" +
        "With --serve it is the venue instead: a WebSocket server on loopback that sends what a session received " +
        "to each client that connects, on any path, and then closes with 1000. It pings, and answers no message. " +
        "The first line on stdout is its URI.%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList =
        {
            "0:all of the recording was replayed",
            "1:it cannot be read, or a part of it is missing, as a line on standard error says",
            "2:wrong options"
        })
public final class ReplayCommand implements Subcommand
{
    private static final double NS_PER_S = 1e9;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "The folder of a journal, or the file of a capture.")
    private Path path;

    @Option(names = "--speed", paramLabel = "X", converter = SpeedOption.class,
        description = "A factor, recorded, or max. Default: max; with --serve recorded.")
    private Double speed;

    @Option(names = "--serve", paramLabel = "PORT", description = "Be the venue on this port; 0 is any free one.")
    private Integer servePort;

    @Option(names = "--session", paramLabel = "NAME",
        description = "Only this session. Needed with --serve where several received something.")
    private String session;

    @Option(names = "--from", paramLabel = "T", converter = JournalTime.Converter.class,
        description = "Begin at this time: 2026-01-31T12:00:00.5Z (UTC without a zone), +10s from the first record " +
            "on, -5m before the last.")
    private JournalTime from;

    @Option(names = "--to", paramLabel = "T", converter = JournalTime.Converter.class,
        description = "End with this time.")
    private JournalTime to;

    @Option(names = "--dialect", paramLabel = "NAME",
        description = "How replies and heartbeats are told from other messages: ${COMPLETION-CANDIDATES}. " +
            "Default: not.")
    private DialectName dialect;

    @Option(names = "--include-dropped",
        description = "Count also what the handler did not get because its ring was full.")
    private boolean includeDropped;

    @Option(names = "--seconds", paramLabel = "N", description = "With --serve: end after so many seconds.")
    private Integer seconds;

    private final SortedSet<String> names = new TreeSet<>(); // of the sessions in the recording
    private long fromNs;
    private long toNs;
    private long messages;
    private long bytes;

    @Override
    public Integer call() throws IOException
    {
        if (seconds != null && (seconds < 1 || servePort == null))
        {
            throw new ParameterException(
                spec.commandLine(), "--seconds=" + seconds + " goes with --serve and is above zero");
        }

        final Recording recording = new Recording(path);
        fromNs = from == null ? Long.MIN_VALUE : from.resolve(path);
        toNs = to == null ? Long.MAX_VALUE : to.resolve(path);
        return servePort == null ? replay(recording) : serve(recording);
    }

    private int replay(final Recording recording) throws IOException
    {
        final RecordSource source = recording.open();
        try (Replay replay = new Replay(source, this::configOf)
            .speed(speed == null ? Replay.MAX_SPEED : speed)
            .from(fromNs)
            .to(toNs)
            .includeDropped(includeDropped))
        {
            final long startNs = System.nanoTime();
            replay.run();
            final long elapsedNs = System.nanoTime() - startNs;
            if (session != null && replay.session(session) == null)
            {
                throw new IOException("--session=" + session + " is none of " + String.join(", ", names));
            }

            print(replay, elapsedNs);
            return Recording.isWhole(source, spec.commandLine().getErr()) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private SessionConfig configOf(final String name)
    {
        names.add(name);
        return session != null && !session.equals(name) ? null : new SessionConfig()
            .dialect(dialect == null ? null : dialect.dialect())
            .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                messages++;
                bytes += length;
            });
    }

    private void print(final Replay replay, final long elapsedNs)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf("%,d messages of %,d bytes and %,d events out of %,d records in %.3f s: %,.0f messages/s%n",
            messages, bytes, replay.hasher().calls() - messages, replay.records(), elapsedNs / NS_PER_S,
            messages * NS_PER_S / Math.max(1, elapsedNs));
        if (replay.lost() + replay.skipped() > 0)
        {
            out.printf("%,d records were lost when it was recorded, %,d cannot be replayed%n",
                replay.lost(), replay.skipped());
        }

        out.printf("hash %016x%n", replay.hash());
        out.flush();
    }

    private int serve(final Recording recording) throws IOException
    {
        final String name = servedSession(recording.receivers());
        final ExchangeConfig config = new ExchangeConfig()
            .port(servePort)
            .recording(() -> open(recording, name), speed == null ? ExchangeConfig.RECORDED_SPEED : speed);
        try (LocalExchange exchange = LocalExchange.launch(config))
        {
            final PrintWriter out = spec.commandLine().getOut();
            out.println(exchange.uri("/"));
            out.flush();
            TimeUnit.SECONDS.sleep(seconds == null ? Long.MAX_VALUE : seconds); // without, the process is interrupted
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        return ExitCode.OK;
    }

    private String servedSession(final SortedSet<String> receivers)
    {
        if (session == null && receivers.size() == 1)
        {
            return receivers.first();
        }

        if (session == null || !receivers.contains(session))
        {
            throw new ParameterException(spec.commandLine(), receivers.isEmpty() ?
                path + ": no session in it received anything, so there is nothing to serve" :
                (session == null ? "choose a session with --session=" : "--session=" + session + " is none of ") +
                String.join(", ", receivers));
        }

        return session;
    }

    private RecordedMessages open(final Recording recording, final String name)
    {
        try
        {
            return new RecordedMessages(recording.open(), name, fromNs, toNs);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
