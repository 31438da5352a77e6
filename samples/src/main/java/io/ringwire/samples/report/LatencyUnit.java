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

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A unit of time that latencies are recorded or shown in.
 */
public enum LatencyUnit
{
    /** Nanoseconds. */
    NS("ns", 1),
    /** Microseconds. */
    US("\u00b5s", 1_000),
    /** Milliseconds. */
    MS("ms", 1_000_000),
    /** Seconds. */
    S("s", 1_000_000_000);

    private static final int SIGNIFICANT_DIGITS = 3; // as many as histograms usually keep

    private final String symbol;
    private final long lengthNs;

    LatencyUnit(final String symbol, final long lengthNs)
    {
        this.symbol = symbol;
        this.lengthNs = lengthNs;
    }

    /**
     * The unit to show a latency in: the longest that it has one of.
     *
     * @param latencyNs to show.
     * @return the unit.
     */
    public static LatencyUnit of(final double latencyNs)
    {
        LatencyUnit unit = NS;
        for (final LatencyUnit longer : values())
        {
            if (latencyNs >= longer.lengthNs)
            {
                unit = longer;
            }
        }

        return unit;
    }

    /** {@return how the unit is written} */
    public String symbol()
    {
        return symbol;
    }

    /** {@return its length in ns} */
    public long lengthNs()
    {
        return lengthNs;
    }

    /**
     * Turn a latency into a number of this unit.
     *
     * @param latencyNs to turn.
     * @return the number.
     */
    public double from(final double latencyNs)
    {
        return latencyNs / lengthNs;
    }

    /**
     * Write a latency in this unit: all digits before the point, and three significant ones at least.
     *
     * @param latencyNs to write.
     * @return the number and the unit.
     */
    public String text(final double latencyNs)
    {
        return number(latencyNs) + ' ' + symbol;
    }

    /**
     * Write a latency in this unit, where a heading tells the unit.
     *
     * @param latencyNs to write.
     * @return the number, as in {@link #text(double)}.
     */
    public String number(final double latencyNs)
    {
        final BigDecimal number = BigDecimal.valueOf(from(latencyNs));
        final int wholeDigits = number.signum() == 0 ? SIGNIFICANT_DIGITS : number.precision() - number.scale();
        final int decimals = Math.max(0, SIGNIFICANT_DIGITS - wholeDigits);
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }
}
