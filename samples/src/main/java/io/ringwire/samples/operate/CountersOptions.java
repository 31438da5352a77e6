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
package io.ringwire.samples.operate;

import io.ringwire.stats.CountersFile;
import io.ringwire.stats.CountersFileReader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which engines, and what of them.
 */
final class CountersOptions
{
    private List<String> seen = List.of(); // complaints of the last scrape; guarded by this
    private List<String> told = List.of(); // of them, those that were told; guarded by this

    @Option(
        names = "--dir",
        paramLabel = "D",
        description = "The folder of the counters files, of which all are shown, or one file. Default: " +
            "/dev/shm/ringwire-USER, or ringwire-USER in the folder for temporary files where there is no /dev/shm.")
    private Path directory;

    @Option(
        names = "--filter",
        paramLabel = "REGEX",
        converter = RegexConverter.class,
        description = "Show only what a part of matches: the label of a counter, like 'messages-received " +
            "session=deribit', 'max-cycle-ns agent=ringwire-io' or 'errors engine', or the stack trace of an error.")
    private Pattern filter;

    /**
     * Fail early if what was given is not there; the default folder may be made later.
     */
    void check() throws IOException
    {
        if (directory != null && !Files.exists(directory))
        {
            throw new IOException("--dir=" + directory + " does not exist: give a folder of counters files, or one");
        }
    }

    /**
     * Is less shown than there is?
     */
    boolean isFiltered()
    {
        return filter != null;
    }

    /**
     * Read all there is.
     */
    Scrape scrape()
    {
        final Path path = directory == null ? CountersFile.defaultDirectory() : directory;
        final boolean isFile = directory != null && !Files.isDirectory(path);
        final List<EngineReading> engines = new ArrayList<>();
        final List<String> complaints = new ArrayList<>();
        for (final Path file : isFile ? List.of(path) : list(path, complaints))
        {
            try (CountersFileReader reader = CountersFileReader.open(file))
            {
                engines.add(EngineReading.of(reader, filter));
            }
            catch (final NoSuchFileException ex)
            {
                if (isFile) // else its engine was closed since the folder was read
                {
                    complaints.add(ex.getMessage());
                }
            }
            catch (final ClosedByInterruptException ex)
            {
                break; // the command is to end, and finds the interrupt where it waits
            }
            catch (final IOException ex)
            {
                complaints.add(ex.getMessage());
            }
        }

        return new Scrape(path, System.currentTimeMillis(), engines, complaints);
    }

    /**
     * As {@link #scrape()}, where it is a failure that there is nothing.
     */
    Scrape scrapeAny() throws IOException
    {
        final Scrape scrape = scrape();
        if (scrape.isEmpty())
        {
            throw new IOException(scrape.emptyLine());
        }

        return scrape;
    }

    /**
     * Tell what could not be read.
     */
    static void complain(final List<String> complaints, final PrintStream err)
    {
        complaints.forEach((complaint) -> err.println("ringwire: " + Wording.printable(complaint)));
        err.flush();
    }

    /**
     * Tell, once, what could not be read twice in a row: the file of an engine that is being launched is not ready yet.
     */
    synchronized void complainOfLasting(final List<String> complaints, final PrintStream err)
    {
        final List<String> lasting = complaints.stream().filter(seen::contains).toList();
        complain(lasting.stream().filter((complaint) -> !told.contains(complaint)).toList(), err);
        told = lasting;
        seen = complaints;
    }

    private static List<Path> list(final Path path, final List<String> complaints)
    {
        try
        {
            return CountersFileReader.list(path);
        }
        catch (final IOException | UncheckedIOException ex)
        {
            final String reason = ex instanceof FileSystemException fault && fault.getReason() != null ?
                fault.getReason() : "no permission, or the folder went away";
            complaints.add("cannot read the folder " + path + ": " + reason);
            return List.of();
        }
    }

    /** One line for a wrong regular expression, where its own message takes three. */
    private static final class RegexConverter implements ITypeConverter<Pattern>
    {
        @Override
        public Pattern convert(final String value)
        {
            try
            {
                return Pattern.compile(value);
            }
            catch (final PatternSyntaxException ex)
            {
                throw new TypeConversionException("'" + value + "' is not a regular expression: " +
                    ex.getDescription() + (ex.getIndex() < 0 ? "" : " at position " + ex.getIndex()));
            }
        }
    }
}
