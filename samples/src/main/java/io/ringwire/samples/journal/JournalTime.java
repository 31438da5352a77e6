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

import io.ringwire.journal.RecordSource;
import io.ringwire.tape.RecordLayout;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment of a journal as the command line names it: in ISO-8601, UTC unless it says otherwise, or from the first
 * record on ({@code +10s}), or before the last ({@code -5m}).
 *
 * @param timeNs   since 1970, if it is absolute, otherwise 0.
 * @param offsetNs from the first record if above zero or zero, from the last if below, otherwise null.
 */
record JournalTime(long timeNs, Long offsetNs)
{
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,9})(ns|us|ms|s|m|h)");

    /**
     * The moment as a number.
     *
     * @param journal that it is a moment of, or a capture.
     * @return ns since 1970.
     * @throws IOException in one line, if the journal cannot be read.
     */
    long resolve(final Path journal) throws IOException
    {
        if (offsetNs == null)
        {
            return timeNs;
        }

        try (RecordSource reader = new Recording(journal).open())
        {
            long edgeNs = reader.next() ? RecordLayout.timeNs(reader.buffer(), reader.offset()) : 0;
            while (offsetNs < 0 && reader.next())
            {
                edgeNs = RecordLayout.timeNs(reader.buffer(), reader.offset());
            }

            return edgeNs + offsetNs;
        }
    }

    /**
     * Reads a moment from the command line.
     */
    static final class Converter implements ITypeConverter<JournalTime>
    {
        @Override
        public JournalTime convert(final String value)
        {
            final Matcher matcher = OFFSET.matcher(value);
            if (matcher.matches())
            {
                final long ns = unitOf(matcher.group(3)).toNanos(Long.parseLong(matcher.group(2)));
                return new JournalTime(0, matcher.group(1).equals("-") ? Math.min(-1, -ns) : ns);
            }

            try
            {
                final boolean isLocal = value.matches(".*T[^Z+-]*");
                final Instant time = isLocal ?
                    LocalDateTime.parse(value).toInstant(ZoneOffset.UTC) : OffsetDateTime.parse(value).toInstant();
                return new JournalTime(Duration.between(Instant.EPOCH, time).toNanos(), null);
            }
            catch (final DateTimeException | ArithmeticException ex)
            {
                throw new TypeConversionException(
                    "'" + value + "' is not a time like 2026-01-31T12:00:00.5Z, +10s or -5m");
            }
        }

        private static TimeUnit unitOf(final String unit)
        {
            return switch (unit)
            {
                case "ns" -> TimeUnit.NANOSECONDS;
                case "us" -> TimeUnit.MICROSECONDS;
                case "ms" -> TimeUnit.MILLISECONDS;
                case "s" -> TimeUnit.SECONDS;
                case "m" -> TimeUnit.MINUTES;
                default -> TimeUnit.HOURS;
            };
        }
    }
}
