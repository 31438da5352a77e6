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
package io.ringwire.stats;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of interval histograms, in the format of HdrHistogram's logs (version 1.3): values in nanoseconds, the
 * maximum of each line in milliseconds, times in seconds from a base time. One thread writes it.
 */
public final class LatencyLog implements AutoCloseable
{
    private final OutputStream out;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final PrintStream text = new PrintStream(buffer, false, StandardCharsets.UTF_8);
    private final HistogramLogWriter writer = new HistogramLogWriter(text);

    /**
     * Begin a log.
     *
     * @param out      that takes whole lines, closed with the log.
     * @param startMs  time of the first interval's begin in ms since 1970.
     * @param comments for whoever looks into the file, one line each.
     * @throws IOException if they cannot be written.
     */
    public LatencyLog(final OutputStream out, final long startMs, final List<String> comments) throws IOException
    {
        this.out = out;
        comments.forEach((comment) -> writer.outputComment('[' + comment + ']'));
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMs);
        writer.outputBaseTime(startMs);
        writer.setBaseTime(startMs);
        writer.outputLegend();
        flush();
    }

    /**
     * Make a file and begin a log in it.
     *
     * @param path     of the file, which must not exist.
     * @param startMs  time of the first interval's begin in ms since 1970.
     * @param comments for whoever looks into the file, one line each.
     * @return the log.
     * @throws IOException if the file exists, or cannot be made or written.
     */
    public static LatencyLog create(final Path path, final long startMs, final List<String> comments)
        throws IOException
    {
        return new LatencyLog(
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), startMs, comments);
    }

    /**
     * Add an interval, to be written by {@link #flush()}.
     *
     * @param tag       without comma and white space.
     * @param histogram of the interval; its tag and times are set here.
     * @param startMs   of the interval in ms since 1970.
     * @param endMs     of the interval in ms since 1970.
     */
    public void add(final String tag, final Histogram histogram, final long startMs, final long endMs)
    {
        histogram.setTag(tag);
        histogram.setStartTimeStamp(startMs);
        histogram.setEndTimeStamp(endMs);
        writer.outputIntervalHistogram(histogram);
    }

    /**
     * Write what was added.
     *
     * @throws IOException if the file takes no more.
     */
    public void flush() throws IOException
    {
        text.flush();
        buffer.writeTo(out);
        buffer.reset();
        out.flush();
    }

    @Override
    public void close() throws IOException
    {
        out.close();
    }
}
