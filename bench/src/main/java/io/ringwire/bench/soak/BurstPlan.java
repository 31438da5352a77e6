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
package io.ringwire.bench.soak;

import io.ringwire.config.ThreadingMode;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a soak of bursts does.
 *
 * @param uri           of the server, to which {@code feed?...} and {@code drop} are added.
 * @param mode          of the engine.
 * @param durationNs    of all of it.
 * @param settlingNs    after which resources have to be as at the end.
 * @param perConnection messages of a feed's connection, which the server ends behind them.
 * @param dropNs        between one drop of a connection, without a close frame, and the next.
 */
public record BurstPlan(
    String uri, ThreadingMode mode, long durationNs, long settlingNs, long perConnection, long dropNs)
{
    private static final int SIZE_BYTES = 128;
    private static final int RATE_PER_S = 20_000;
    private static final int BURST = 10_000;
    private static final int BURST_EVERY_MS = 1000;
    private static final long LONGEST_DROP_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long LONGEST_CONNECTION_NS = TimeUnit.SECONDS.toNanos(4);
    private static final int CYCLES = 10; // at least, in a short run
    private static final long NS_PER_S = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_SETTLING_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int SETTLING_PART = 4;

    /**
     * Connections of some 4 s with a burst of 10,000 messages each second, shorter ones in a run of less than 40 s.
     *
     * @param uri        of the server, ends with a slash.
     * @param mode       of the engine.
     * @param durationNs of all of it.
     * @return the plan.
     */
    public static BurstPlan of(final String uri, final ThreadingMode mode, final long durationNs)
    {
        return new BurstPlan(
            uri,
            mode,
            durationNs,
            Math.min(LONGEST_SETTLING_NS, durationNs / SETTLING_PART),
            Math.min(LONGEST_CONNECTION_NS, durationNs / CYCLES) * (RATE_PER_S + BURST) / NS_PER_S,
            Math.min(LONGEST_DROP_NS, durationNs / CYCLES));
    }

    String feedUri()
    {
        return uri + "feed?size=" + SIZE_BYTES + "&rate=" + RATE_PER_S + "&burst=" + BURST + "&every=" +
            BURST_EVERY_MS + "&messages=" + perConnection;
    }

    String dropUri()
    {
        return uri + "drop";
    }

    List<String> arguments()
    {
        return List.of(
            uri,
            mode.name(),
            Long.toString(durationNs),
            Long.toString(settlingNs),
            Long.toString(perConnection),
            Long.toString(dropNs));
    }

    static BurstPlan parse(final String[] words)
    {
        return new BurstPlan(
            words[0],
            ThreadingMode.valueOf(words[1]),
            Long.parseLong(words[2]),
            Long.parseLong(words[3]),
            Long.parseLong(words[4]),
            Long.parseLong(words[5]));
    }
}
