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
package io.ringwire.samples.report;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A file of HdrHistogram's interval log format, read whole: a series for each tag, in the order of their first lines.
 * Each line is a comment, the legend, blank or an interval; any other is counted and the first such line kept. For
 * one thread.
 */
public final class LatencyLog
{
    /** The name of the series of lines without a tag. */
    public static final String UNTAGGED = "untagged";

    private static final int MAX_LINE_LENGTH = 16 * 1024 * 1024; // a histogram of 5 digits and 64 bits takes 1 MiB
    private static final int DEFLATED_OFFSET = 8; // behind a cookie and a length
    private static final int MAX_COMMENTS = 200;
    private static final int QUOTED_LENGTH = 40;
    private static final Pattern INTERVAL = Pattern.compile("(?:Tag=[^ ,]*+,)?(?:[-+.\\deE]++,){3}[\\w+/]++={0,2}");

    private final Path file;
    private final Selection selection;
    private final Map<String, LatencySeries> seriesByTag = new LinkedHashMap<>();
    private final List<String> comments = new ArrayList<>();
    private String startTime = "";
    private String baseTime = "";
    private long firstStartMs = Long.MAX_VALUE;
    private long lines;
    private long intervals;
    private long commentsLeftOut;
    private long badLines;
    private String firstBadLine = "";

    private LatencyLog(final Path file, final Selection selection)
    {
        this.file = file;
        this.selection = selection;
    }

    /**
     * What is taken of a log.
     *
     * @param fromMs     intervals that begin this long after the first of their file, in ms.
     * @param toMs       and before this, in ms.
     * @param recordedIn the unit of the log's values: the log itself does not tell.
     */
    public record Selection(long fromMs, long toMs, LatencyUnit recordedIn)
    {
        /** All intervals, of ns. */
        public static final Selection ALL = new Selection(0, Long.MAX_VALUE, LatencyUnit.NS);
    }

    /**
     * Read a file.
     *
     * @param file      to read; a pipe will do.
     * @param selection what to take of it.
     * @return the log.
     * @throws IOException with one line that names the file and says what to do, if it cannot be read, is empty, or
     *                     has neither an interval nor a bad line.
     */
    public static LatencyLog read(final Path file, final Selection selection) throws IOException
    {
        if (Files.isDirectory(file))
        {
            throw new IOException(file + " is a folder: name the log in it");
        }

        final LatencyLog log = new LatencyLog(file, selection);
        try (BufferedReader reader = new BufferedReader(open(file)))
        {
            final StringBuilder line = new StringBuilder();
            while (log.nextLine(reader, line))
            {
                log.onLine(line.toString());
            }
        }
        catch (final NoSuchFileException ex)
        {
            throw new IOException(file + ": there is no such file", ex);
        }
        catch (final AccessDeniedException ex)
        {
            throw new IOException(file + ": no permission to read it", ex);
        }

        if (log.intervals + log.badLines == 0)
        {
            throw new IOException(file + (log.lines == 0 ?
                " is empty: has anything been recorded to it?" :
                " has no interval, only comments: has anything been recorded to it?"));
        }

        return log;
    }

    /** {@return the file} */
    public Path file()
    {
        return file;
    }

    /** {@return a series for each tag that has an interval in the selected time, named like the tag} */
    public List<LatencySeries> series()
    {
        return List.copyOf(seriesByTag.values());
    }

    /** {@return the file's comment lines without their '#', the first {@value #MAX_COMMENTS} of them} */
    public List<String> comments()
    {
        return Collections.unmodifiableList(comments);
    }

    /** {@return how many comment lines the file has beyond those} */
    public long commentsLeftOut()
    {
        return commentsLeftOut;
    }

    /** {@return how many intervals the file has, selected or not} */
    public long intervals()
    {
        return intervals;
    }

    /** {@return how many lines are none of the format} */
    public long badLines()
    {
        return badLines;
    }

    /** {@return the first of the bad lines: file, number and beginning; empty without any} */
    public String firstBadLine()
    {
        return firstBadLine;
    }

    /** {@return when the earliest interval of the file began, selected or not, in ms since 1970} */
    public long firstStartMs()
    {
        return firstStartMs;
    }

    // What is not UTF-8 is replaced, and so becomes a bad line with a number.
    private static Reader open(final Path file) throws IOException
    {
        return Channels.newReader(
            Files.newByteChannel(file),
            StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE),
            -1);
    }

    // BufferedReader.readLine would take all memory for a file that has no line end.
    private boolean nextLine(final BufferedReader reader, final StringBuilder line) throws IOException
    {
        line.setLength(0);
        int character = reader.read();
        if (character < 0)
        {
            return false;
        }

        lines++;
        while (character >= 0 && character != '\n')
        {
            if (line.length() == MAX_LINE_LENGTH)
            {
                throw new IOException(file + ":" + lines + ": the line does not end: this is no interval log");
            }

            line.append((char)character);
            character = reader.read();
        }

        return true;
    }

    private void onLine(final String text)
    {
        final String line = text.strip();
        if (line.startsWith("#"))
        {
            onComment(line);
        }
        else if (!line.isEmpty() && !line.startsWith("\"StartTimestamp\""))
        {
            final AbstractHistogram histogram = INTERVAL.matcher(line).matches() ? decode(line) : null;
            if (histogram == null)
            {
                onBadLine(line);
            }
            else
            {
                onInterval(histogram);
            }
        }
    }

    private void onComment(final String line)
    {
        if (line.startsWith("#[StartTime:"))
        {
            startTime = line + "\n";
        }
        else if (line.startsWith("#[BaseTime:"))
        {
            baseTime = line + "\n";
        }

        if (comments.size() < MAX_COMMENTS)
        {
            comments.add(line.substring(1).strip());
        }
        else
        {
            commentsLeftOut++;
        }
    }

    // The library's reader stops at a line it cannot read, and does not tell which. It gets one line at a time, with
    // the two comments that say what its time is counted from.
    private AbstractHistogram decode(final String line)
    {
        final byte[] bytes = (startTime + baseTime + line + "\n").getBytes(StandardCharsets.UTF_8);
        try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes)))
        {
            final EncodableHistogram histogram = isWhole(line) ? reader.nextIntervalHistogram() : null;
            return histogram instanceof AbstractHistogram ? (AbstractHistogram)histogram : null;
        }
        catch (final DataFormatException | RuntimeException ex)
        {
            return null;
        }
    }

    // The library inflates no more than the counts it expects, and so never comes to the checksum.
    private static boolean isWhole(final String line) throws DataFormatException
    {
        final byte[] payload = Base64.getDecoder().decode(line.substring(line.lastIndexOf(',') + 1));
        final Inflater inflater = new Inflater();
        try
        {
            inflater.setInput(payload, DEFLATED_OFFSET, payload.length - DEFLATED_OFFSET);
            final byte[] inflated = new byte[4096];
            int length = inflater.inflate(inflated);
            while (length > 0)
            {
                length = inflater.inflate(inflated);
            }

            return inflater.finished();
        }
        finally
        {
            inflater.end();
        }
    }

    private void onBadLine(final String line)
    {
        badLines++;
        if (badLines == 1)
        {
            final String start = line.length() <= QUOTED_LENGTH ? line : line.substring(0, QUOTED_LENGTH) + "...";
            firstBadLine = file + ":" + lines + ": no interval of a histogram log: '" +
                start.replaceAll("\\p{Cntrl}", "?") + "'";
        }
    }

    private void onInterval(final AbstractHistogram histogram)
    {
        intervals++;
        firstStartMs = Math.min(firstStartMs, histogram.getStartTimeStamp()); // tags may be out of order
        final long sinceFirstMs = histogram.getStartTimeStamp() - firstStartMs;
        if (sinceFirstMs >= selection.fromMs && sinceFirstMs < selection.toMs)
        {
            final String tag = histogram.getTag() == null ? UNTAGGED : histogram.getTag();
            seriesByTag.computeIfAbsent(
                tag,
                (key) -> new LatencySeries(key, selection.recordedIn, histogram.getNumberOfSignificantValueDigits()))
                .add(histogram);
        }
    }
}
