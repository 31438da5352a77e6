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
package io.ringwire.session;

import io.ringwire.api.HandshakeResponse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How long a server asks to be left alone: seconds or a date (RFC 9110 section 10.2.3). A date is held against the
 * server's own clock if it told that too, so that ours need not be right.
 */
final class RetryAfter
{
    private static final int MAX_DIGITS = 9;
    private static final int YEARS_OF_TWO_DIGITS = 50; // further ahead it is a year past (RFC 9110 section 5.6.7)

    /** The three forms of RFC 9110 section 5.6.7; all are in UTC. */
    private static final List<DateTimeFormatter> DATES = List.of(
        formatter("EEE, dd MMM yyyy HH:mm:ss 'GMT'"),
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(
                ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(YEARS_OF_TWO_DIGITS))
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.US),
        formatter("EEE MMM ppd HH:mm:ss yyyy"));

    private RetryAfter()
    {
    }

    /**
     * Read the answer of a server.
     *
     * @param response of the server, or null.
     * @param nowMs    the time since 1970 by our clock, for a server that does not tell its own.
     * @return the time it asks for, in ns; 0 if it asks for none or for nothing that can be understood.
     */
    static long waitNs(final HandshakeResponse response, final long nowMs)
    {
        final String value = response == null ? null : response.header("retry-after");
        if (value == null)
        {
            return 0;
        }

        final String text = value.trim();
        if (text.matches("\\d+"))
        {
            return text.length() > MAX_DIGITS ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(Long.parseLong(text));
        }

        final Instant until = date(text);
        final String serverDate = response.header("date");
        final Instant serverNow = serverDate == null ? null : date(serverDate.trim());
        return until == null ? 0 : Math.max(0, TimeUnit.MILLISECONDS.toNanos(
            until.toEpochMilli() - (serverNow == null ? nowMs : serverNow.toEpochMilli())));
    }

    private static Instant date(final String text)
    {
        for (final DateTimeFormatter format : DATES)
        {
            try
            {
                return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC);
            }
            catch (final DateTimeException ex)
            {
                continue; // another form, or no date at all
            }
        }

        return null;
    }

    private static DateTimeFormatter formatter(final String pattern)
    {
        return DateTimeFormatter.ofPattern(pattern, Locale.US);
    }
}
