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

/**
 * What a feed server sends on each connection.
 *
 * @param messages    how many, or {@link #ENDLESS}.
 * @param sizeBytes   length of each payload.
 * @param ratePerS    messages a second, or 0 for as fast as the socket takes them.
 * @param timestamped true if each payload begins with the {@link #STAMP_LENGTH} decimal digits of the
 *                    {@link System#nanoTime()} at which it was due.
 */
public record Feed(long messages, int sizeBytes, long ratePerS, boolean timestamped)
{
    /** Send until the peer closes. */
    public static final long ENDLESS = 0;

    /** Length of a stamp in bytes. */
    public static final int STAMP_LENGTH = 20;

    /** Longest payload, in bytes. */
    public static final int MAX_SIZE_BYTES = 16 * 1024 * 1024;

    /**
     * Check the numbers.
     *
     * @throws IllegalArgumentException that names what is out of range.
     */
    public Feed
    {
        final int minSizeBytes = timestamped ? STAMP_LENGTH : 0;
        if (sizeBytes < minSizeBytes || sizeBytes > MAX_SIZE_BYTES)
        {
            throw new IllegalArgumentException(
                "--size " + sizeBytes + " is not within " + minSizeBytes + " to " + MAX_SIZE_BYTES + " bytes");
        }

        if (messages < 0)
        {
            throw new IllegalArgumentException("--messages " + messages + " is negative");
        }

        if (ratePerS < 0)
        {
            throw new IllegalArgumentException("--rate " + ratePerS + " is negative");
        }
    }
}
