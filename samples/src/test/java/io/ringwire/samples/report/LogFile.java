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

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An interval log as a test makes it.
 */
final class LogFile
{
    static final long START_MS = 1_795_000_000_000L;
    static final long INTERVAL_MS = 1_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final HistogramLogWriter writer = new HistogramLogWriter(bytes);

    LogFile()
    {
        writer.outputComment("[machine: 2 cores & <more>]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(START_MS);
        writer.outputLegend();
    }

    /** An interval of 1,000 latencies, 1 to 1,000 times the step. */
    LogFile ramp(final String tag, final int interval, final long stepNs)
    {
        final long[] latenciesNs = new long[1_000];
        for (int i = 0; i < latenciesNs.length; i++)
        {
            latenciesNs[i] = (i + 1) * stepNs;
        }

        return interval(tag, interval, latenciesNs);
    }

    LogFile interval(final String tag, final int interval, final long... latenciesNs)
    {
        final Histogram histogram = new Histogram(3);
        histogram.setTag(tag);
        histogram.setStartTimeStamp(START_MS + interval * INTERVAL_MS);
        histogram.setEndTimeStamp(START_MS + (interval + 1) * INTERVAL_MS);
        for (final long latencyNs : latenciesNs)
        {
            histogram.recordValue(latencyNs);
        }

        writer.outputIntervalHistogram(histogram);
        return this;
    }

    LogFile line(final String text)
    {
        bytes.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    String text()
    {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    Path writeTo(final Path file) throws IOException
    {
        return Files.write(file, bytes.toByteArray());
    }
}
