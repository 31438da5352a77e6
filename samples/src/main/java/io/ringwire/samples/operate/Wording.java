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

import java.time.Instant;
import java.util.Locale;

/**
 * Numbers and foreign text, for people.
 */
final class Wording
{
    private static final long TENTH_MS = 100;
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 60 * MINUTE_S;
    private static final long DAY_S = 24 * HOUR_S;

    private Wording()
    {
    }

    static String time(final long timeMs)
    {
        return Instant.ofEpochMilli(timeMs).toString();
    }

    /**
     * In two units of time at most.
     */
    static String age(final long ageMs)
    {
        final long seconds = Math.max(0, ageMs) / SECOND_MS;
        if (seconds < MINUTE_S)
        {
            return String.format(Locale.ROOT, "%.1fs", Math.max(0, ageMs) / TENTH_MS / 10.0);
        }

        if (seconds < HOUR_S)
        {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / MINUTE_S, seconds % MINUTE_S);
        }

        return seconds < DAY_S ?
            String.format(Locale.ROOT, "%dh%02dm", seconds / HOUR_S, seconds % HOUR_S / MINUTE_S) :
            String.format(Locale.ROOT, "%dd%02dh", seconds / DAY_S, seconds % DAY_S / HOUR_S);
    }

    static String value(final CounterReading counter, final long nowMs)
    {
        final long value = counter.value();
        return switch (counter.type())
        {
            case COUNT, GAUGE -> String.format(Locale.ROOT, "%,d", value);
            case DURATION_NS -> String.format(Locale.ROOT, "%,.1f us", value / 1e3);
            case TIME_MS -> value == 0 ? "never" : age(nowMs - value) + " ago";
            case STATE -> counter.state();
        };
    }

    /**
     * Names and messages come from elsewhere, and a terminal obeys control characters.
     */
    static String printable(final String text)
    {
        return text.replaceAll("[\\p{Cc}&&[^\n\t]]", "?");
    }
}
