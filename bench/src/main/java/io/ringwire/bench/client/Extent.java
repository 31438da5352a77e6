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
package io.ringwire.bench.client;

/**
 * How long a run is: a number of messages for each session, or a time.
 *
 * @param warmup     messages of each session before those measured.
 * @param messages   measured of each session, 0 if the run is as long as its time.
 * @param warmupNs   time before that measured.
 * @param durationNs measured, 0 if the run is as long as its messages.
 */
public record Extent(long warmup, long messages, long warmupNs, long durationNs)
{
    /**
     * So many messages, of each session.
     *
     * @param warmup   messages that count in no allocation, and in an echo in no latency.
     * @param messages measured.
     * @return the extent.
     */
    public static Extent ofMessages(final long warmup, final long messages)
    {
        return new Extent(warmup, messages, 0, 0);
    }

    /**
     * So long, whatever comes.
     *
     * @param warmupNs   that counts in nothing.
     * @param durationNs measured.
     * @return the extent.
     */
    public static Extent ofTime(final long warmupNs, final long durationNs)
    {
        return new Extent(0, 0, warmupNs, durationNs);
    }

    /**
     * Is it a time?
     *
     * @return false if it is a number of messages.
     */
    public boolean isTimed()
    {
        return durationNs > 0;
    }
}
