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
package io.ringwire.bench.compare;

import io.ringwire.bench.client.Extent;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Workload;
import org.HdrHistogram.Histogram;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DataFormatException;

/**
 * What a parent and its worker tell each other: a line for each request and a line for each answer, words between
 * single blanks.
 */
final class Wire
{
    static final String READY = "ready";
    static final String YES = "yes";
    static final String NO = "no";
    static final String RUN = "run ";
    static final String SUPPORTS = "supports ";
    static final String DONE = "done ";
    static final String FAILED = "failed ";

    private static final String BLANK = " ";
    private static final int WORKLOAD_WORDS = 11;
    private static final int MEASUREMENT_WORDS = 8;

    private Wire()
    {
    }

    static String encode(final Workload workload)
    {
        final Extent extent = workload.extent();
        return String.join(BLANK,
            workload.kind().name(),
            workload.uri(),
            Integer.toString(workload.sizeBytes()),
            Integer.toString(workload.sessions()),
            Boolean.toString(workload.timestamped()),
            Boolean.toString(workload.deflate()),
            Long.toString(extent.warmup()),
            Long.toString(extent.messages()),
            Long.toString(extent.warmupNs()),
            Long.toString(extent.durationNs()),
            Long.toString(workload.timeoutNs()));
    }

    /**
     * @throws IllegalArgumentException if it is no workload.
     */
    static Workload workload(final String text)
    {
        final String[] words = words(text, WORKLOAD_WORDS);
        return new Workload(
            Workload.Kind.valueOf(words[0]),
            words[1],
            Integer.parseInt(words[2]),
            Integer.parseInt(words[3]),
            Boolean.parseBoolean(words[4]),
            Boolean.parseBoolean(words[5]),
            new Extent(
                Long.parseLong(words[6]),
                Long.parseLong(words[7]),
                Long.parseLong(words[8]),
                Long.parseLong(words[9])),
            Long.parseLong(words[10]));
    }

    static String encode(final Measurement measurement)
    {
        final Histogram latencies = measurement.latencies();
        final ByteBuffer buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        final int lengthBytes = latencies.encodeIntoCompressedByteBuffer(buffer);
        final ByteBuffer encoded = Base64.getEncoder().encode(buffer.flip().limit(lengthBytes));
        return String.join(BLANK,
            Long.toString(measurement.frames()),
            Long.toString(measurement.elapsedNs()),
            Long.toString(measurement.messages()),
            Long.toString(measurement.allocatedBytes()),
            Long.toString(measurement.cpuNs()),
            Long.toString(measurement.gcs()),
            measurement.transport(),
            new String(encoded.array(), 0, encoded.limit(), StandardCharsets.US_ASCII));
    }

    /**
     * @throws IllegalArgumentException if it is no measurement.
     */
    static Measurement measurement(final String text)
    {
        final String[] words = words(text, MEASUREMENT_WORDS);
        try
        {
            return new Measurement(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(words[7])), 0),
                words[6]);
        }
        catch (final DataFormatException ex)
        {
            throw new IllegalArgumentException("no histogram: " + ex.getMessage(), ex);
        }
    }

    /** The same on one line. */
    static String line(final String text)
    {
        return text.replaceAll("\\s*\\R\\s*", BLANK).strip();
    }

    private static String[] words(final String text, final int count)
    {
        final String[] words = text.split(BLANK);
        if (words.length != count)
        {
            throw new IllegalArgumentException(words.length + " words in place of " + count);
        }

        return words;
    }
}
