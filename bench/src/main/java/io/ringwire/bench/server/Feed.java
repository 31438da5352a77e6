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
package io.ringwire.bench.server;

import io.ringwire.bench.client.Stamp;

import java.util.concurrent.TimeUnit;

/**
 * What a server sends on each connection of a feed.
 *
 * @param messages    how many, or {@link #ENDLESS}.
 * @param sizeBytes   length of each payload.
 * @param ratePerS    messages a second, or 0 for as fast as the socket takes them; with bursts, for bursts alone.
 * @param timestamped true if each payload begins with the time at which it was due, see {@link Stamp}.
 * @param burst       messages that are due at once, beside the steady ones, or 0.
 * @param everyMs     time from the start to the first burst, and from each to the next; 0 without bursts.
 */
public record Feed(long messages, int sizeBytes, long ratePerS, boolean timestamped, int burst, long everyMs)
{
    /** Send until the peer closes. */
    public static final long ENDLESS = 0;

    /** Longest payload, in bytes. */
    public static final int MAX_SIZE_BYTES = 16 * 1024 * 1024;

    /** Highest rate, in messages a second. */
    public static final long MAX_RATE_PER_S = TimeUnit.SECONDS.toNanos(1);

    private static final long MAX_EVERY_MS = TimeUnit.DAYS.toMillis(1);

    /**
     * Check the numbers.
     *
     * @throws IllegalArgumentException that begins with the name and value of what is out of range.
     */
    public Feed
    {
        check("size", sizeBytes, timestamped ? Stamp.LENGTH : 0, MAX_SIZE_BYTES);
        check("messages", messages, 0, Long.MAX_VALUE);
        check("rate", ratePerS, 0, MAX_RATE_PER_S);
        check("burst", burst, 0, Integer.MAX_VALUE);
        check("every", everyMs, burst > 0 ? 1 : 0, burst > 0 ? MAX_EVERY_MS : 0);
    }

    /**
     * A feed without bursts.
     *
     * @param messages    how many, or {@link #ENDLESS}.
     * @param sizeBytes   length of each payload.
     * @param ratePerS    messages a second, or 0 for as fast as the socket takes them.
     * @param timestamped true if each payload begins with the time at which it was due.
     * @throws IllegalArgumentException that begins with the name and value of what is out of range.
     */
    public Feed(final long messages, final int sizeBytes, final long ratePerS, final boolean timestamped)
    {
        this(messages, sizeBytes, ratePerS, timestamped, 0, 0);
    }

    /**
     * Has each message a time at which it is due?
     *
     * @return false if it is sent as fast as the socket takes it.
     */
    boolean isScheduled()
    {
        return ratePerS > 0 || burst > 0;
    }

    private static void check(final String name, final long value, final long min, final long max)
    {
        if (value < min || value > max)
        {
            throw new IllegalArgumentException(name + ' ' + value + " is not within " + min + " to " + max);
        }
    }
}
