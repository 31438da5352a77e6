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

import java.util.concurrent.TimeUnit;

/**
 * When the messages of a feed are due, one after the other: steadily from the start on, and in bursts. Owner: the
 * serving thread.
 */
final class Schedule
{
    private static final long NEVER = Long.MAX_VALUE;
    private static final double NS_PER_S = TimeUnit.SECONDS.toNanos(1);

    private final long startNs;
    private final double intervalNs; // 0 if nothing is steady
    private final int burst;
    private final long everyNs;
    private long steadyCount;
    private long steadyNs;
    private long burstNs;
    private int burstCount;

    Schedule(final Feed feed, final long startNs)
    {
        this.startNs = startNs;
        intervalNs = feed.ratePerS() == 0 ? 0 : NS_PER_S / feed.ratePerS();
        burst = feed.burst();
        everyNs = TimeUnit.MILLISECONDS.toNanos(feed.everyMs());
        steadyNs = feed.ratePerS() == 0 ? NEVER : startNs;
        burstNs = burst == 0 ? NEVER : startNs + everyNs;
    }

    /**
     * When the next message is due, by {@link System#nanoTime()}.
     */
    long dueNs()
    {
        return Math.min(steadyNs, burstNs);
    }

    /**
     * The message that was next is taken care of.
     */
    void advance()
    {
        if (steadyNs <= burstNs)
        {
            steadyCount++;
            steadyNs = startNs + (long)(steadyCount * intervalNs);
        }
        else if (++burstCount == burst)
        {
            burstCount = 0;
            burstNs += everyNs;
        }
    }
}
