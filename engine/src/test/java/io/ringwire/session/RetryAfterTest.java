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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 9110 sections 10.2.3 and 5.6.7.
 */
class RetryAfterTest
{
    private static final long NOW_MS = Instant.parse("1994-11-06T08:49:30Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "120|120",
        " 7 |7",
        "0|0",
        "Sun, 06 Nov 1994 08:49:37 GMT|7",
        "Sunday, 06-Nov-94 08:49:37 GMT|7",
        "Sun Nov  6 08:49:37 1994|7",
        "Sun, 06 Nov 1994 08:49:29 GMT|0",
        "Sun, 32 Nov 1994 08:49:37 GMT|0",
        "soon|0",
        "-5|0",
        "1.5|0",
        "''|0" })
    void shouldReadSecondsAndTheThreeFormsOfADate(final String value, final long seconds)
    {
        assertThat(RetryAfter.waitNs(response(value, null), NOW_MS)).isEqualTo(TimeUnit.SECONDS.toNanos(seconds));
    }

    @ParameterizedTest
    @CsvSource({"2000000000", "99999999999999999999999999"})
    void shouldNotOverflow(final String seconds)
    {
        assertThat(RetryAfter.waitNs(response(seconds, null), NOW_MS)).isGreaterThan(TimeUnit.DAYS.toNanos(365));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Tue, 01 Jan 2030 00:00:00 GMT|Tue, 01 Jan 2030 00:01:00 GMT|60",
        "no date|Sun, 06 Nov 1994 08:49:37 GMT|7",
        "Tue, 01 Jan 2030 00:00:00 GMT|9|9" })
    void shouldHoldADateAgainstTheClockOfTheServer(final String date, final String value, final long seconds)
    {
        assertThat(RetryAfter.waitNs(response(value, date), NOW_MS)).isEqualTo(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static HandshakeResponse response(final String retryAfter, final String date)
    {
        final List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Retry-After", retryAfter));
        if (date != null)
        {
            headers.add(Map.entry("Date", date));
        }

        return new HandshakeResponse(503, "Busy", headers, "");
    }
}
