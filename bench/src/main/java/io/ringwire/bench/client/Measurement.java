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

import org.HdrHistogram.Histogram;

/**
 * The outcome of a run, over all its sessions.
 *
 * @param frames         messages that came; those of the warm-up too if the run was by number.
 * @param elapsedNs      in which they came.
 * @param messages       measured, which are those after the warm-up.
 * @param allocatedBytes on the heap by the client's threads while the measured messages came, or {@link #UNKNOWN} if
 *                       one of the threads ended before it could be asked.
 * @param cpuNs          of all cores that the process used meanwhile.
 * @param gcs            collections meanwhile.
 * @param latencies      in ns; empty if the workload has none.
 * @param transport      in use.
 */
public record Measurement(
    long frames,
    long elapsedNs,
    long messages,
    long allocatedBytes,
    long cpuNs,
    long gcs,
    Histogram latencies,
    String transport)
{
    /** A value that could not be measured. */
    public static final long UNKNOWN = -1;

    private static final double NS_PER_S = 1e9;

    /**
     * The rate.
     *
     * @return messages a second, 0 for a single one.
     */
    public double framesPerS()
    {
        return frames < 2 ? 0 : (frames - 1) * NS_PER_S / Math.max(1, elapsedNs);
    }

    /**
     * Garbage.
     *
     * @return bytes a message, NaN if it is unknown.
     */
    public double bytesPerMessage()
    {
        return allocatedBytes == UNKNOWN ? Double.NaN : (double)allocatedBytes / messages;
    }

    /**
     * CPU time.
     *
     * @return ns a message, of all cores.
     */
    public double cpuNsPerMessage()
    {
        return (double)cpuNs / messages;
    }
}
