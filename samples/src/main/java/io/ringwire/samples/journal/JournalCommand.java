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

import io.ringwire.journal.CaptureSource;
import io.ringwire.journal.JournalImport;
import io.ringwire.journal.JournalReader;
import io.ringwire.samples.cli.Ringwire;
import io.ringwire.samples.cli.StandardStreams;
import io.ringwire.samples.cli.Subcommand;
import io.ringwire.tape.RecordLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code ringwire journal}: looks into a journal, which may be recorded meanwhile, and changes nothing of it.
 */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description =
    {
        "Shows the records of a journal: every frame in both directions, and the lives of the sessions.",
        "Flags of a frame in the table: b begins, e ends a message, E for the engine alone, D dropped,",
        "B end of a read, C compressed on the wire, A abandoned.",
        "Exits with 1 if the journal is damaged or was cut off; what can be read is shown all the same."
    })
public final class JournalCommand implements Subcommand
{
    private static final long FOLLOW_IDLE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CHECK_EVERY = 256;

    @ParentCommand
    private Ringwire ringwire;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of a journal, or of one of its segments.")
    private Path directory;

    @Option(names = "--json", description = "JSON Lines in place of the table: one object for each record.")
    private boolean json;

    @Option(names = "--from", paramLabel = "T", converter = JournalTime.Converter.class,
        description = "Leave out what is older: a time like 2026-01-31T12:00:00.5Z (UTC without a zone), +10s from " +
            "the first record on, -5m before the last.")
    private JournalTime from;

    @Option(names = "--to", paramLabel = "T", converter = JournalTime.Converter.class,
        description = "Leave out what is younger.")
    private JournalTime to;

    @Option(names = "--session", paramLabel = "NAME",
        description = "Leave out the other sessions; what is of no session stays.")
    private String session;

    @Option(names = "--grep", paramLabel = "REGEX",
        description = "Leave out records whose text has no match; what is binary has none.")
    private String grep;

    @Option(names = "--follow", description = "Go on with what is recorded meanwhile, until interrupted.")
    private boolean follow;

    @Option(names = "--export", paramLabel = "FILE", description = "Write JSON Lines into this new file.")
    private Path exportFile;

    @Option(names = "--import", paramLabel = "FILE",
        description = "Add a capture to the journal, which is made where it is missing, and show nothing.")
    private Path importFile;

    @Option(names = "--width", paramLabel = "N", defaultValue = "${env:COLUMNS:-160}",
        description = "Columns of the table (default: $COLUMNS or 160).")
    private int width;

    private final Set<String> sessions = new TreeSet<>();
    private long fromNs = Long.MIN_VALUE;
    private long shown;
    private int told; // notices

    @Override
    public Integer call() throws IOException
    {
        final StandardStreams streams = ringwire.streams();
        if (importFile != null)
        {
            return importCapture(streams);
        }

        final Pattern pattern = compile();
        if (width <= 0)
        {
            throw new ParameterException(spec.commandLine(), "--width=" + width + " must be above zero");
        }

        try (JournalReader reader = JournalReader.open(directory).session(session).follow(follow))
        {
            if (from != null)
            {
                fromNs = from.resolve(directory);
                reader.fromNs(fromNs);
            }

            if (to != null)
            {
                reader.toNs(to.resolve(directory));
            }

            if (exportFile == null)
            {
                show(reader, json ? new JsonView() : new TableView(width), pattern, streams.out());
            }
            else
            {
                export(reader, pattern);
            }

            tellNotices(reader);
            streams.err().println("ringwire: " + shown + " records of " + sessions.size() + " sessions, " +
                reader.lost() + " lost, " + reader.cutOff() + " recordings cut off, " +
                reader.damaged() + " segments damaged");
            if (session != null && !reader.sessions().contains(session))
            {
                throw new IOException("--session=" + session + " is none of " + reader.sessions());
            }

            return reader.cutOff() + reader.damaged() == 0 ? 0 : 1;
        }
    }

    private int importCapture(final StandardStreams streams) throws IOException
    {
        try (CaptureSource trial = new CaptureSource(importFile)) // all of it is added, or nothing
        {
            boolean hasMore = trial.next();
            while (hasMore)
            {
                hasMore = trial.next();
            }
        }

        try (CaptureSource source = new CaptureSource(importFile))
        {
            final long records = JournalImport.copy(source, directory);
            streams.err().println("ringwire: " + records + " records of " + importFile + " added to " + directory);
            return 0;
        }
    }

    private void export(final JournalReader reader, final Pattern pattern) throws IOException
    {
        try (PrintStream file = new PrintStream(
            Files.newOutputStream(exportFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            false,
            StandardCharsets.UTF_8))
        {
            show(reader, new JsonView(), pattern, file);
            if (file.checkError())
            {
                throw new IOException(exportFile + " could not be written to its end: is the disk full?");
            }
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new IOException("--export=" + exportFile + " exists already: name a new file");
        }
    }

    private void show(
        final JournalReader reader, final RecordView view, final Pattern pattern, final PrintStream out)
        throws IOException
    {
        while (!out.checkError() && !Thread.currentThread().isInterrupted())
        {
            final long before = reader.records();
            while (reader.records() - before < CHECK_EVERY && reader.next())
            {
                showRecord(reader, view, pattern, out);
            }

            tellNotices(reader);
            if (reader.records() == before)
            {
                if (!follow)
                {
                    return;
                }

                LockSupport.parkNanos(this, FOLLOW_IDLE_NS);
            }
        }
    }

    private void showRecord(
        final JournalReader reader, final RecordView view, final Pattern pattern, final PrintStream out)
    {
        final Payload payload = Payload.of(reader);
        final boolean isTooOld = RecordLayout.timeNs(reader.buffer(), reader.offset()) < fromNs;
        if (isTooOld || pattern != null && (payload.text() == null || !pattern.matcher(payload.text()).find()))
        {
            return;
        }

        final String name = RecordView.sessionOf(reader);
        if (name != null)
        {
            sessions.add(name);
        }

        out.println(view.lines(reader, payload));
        shown++;
    }

    private void tellNotices(final JournalReader reader)
    {
        for (; told < reader.notices().size(); told++)
        {
            ringwire.streams().err().println("ringwire: " + reader.notices().get(told));
        }
    }

    private Pattern compile()
    {
        try
        {
            return grep == null ? null : Pattern.compile(grep);
        }
        catch (final PatternSyntaxException ex)
        {
            throw new ParameterException(
                spec.commandLine(), "--grep=" + grep + " is not a regular expression: " + ex.getDescription());
        }
    }
}
