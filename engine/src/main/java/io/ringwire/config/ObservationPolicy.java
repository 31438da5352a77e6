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
package io.ringwire.config;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static io.ringwire.config.Configuration.durationOf;
import static io.ringwire.config.Configuration.sizeOf;

/**
 * What an engine shows of itself while it runs: a file of counters and errors that other processes map, a log of
 * latencies, and the limits above which a thread or a handler counts as slow.
 */
public final class ObservationPolicy
{
    private static final int MIN_ERROR_LOG_LENGTH = 16 * 1024; // of a stack trace there is room for
    private static final int MAX_ERROR_LOG_LENGTH = 1024 * 1024 * 1024; // a mapping has at most two of these

    private boolean enabled = Configuration.flagOf(Configuration.OBSERVATION_ENABLED_PROP_NAME, true);
    private Path directory = Configuration.pathOf(Configuration.OBSERVATION_DIRECTORY_PROP_NAME);
    private int errorLogLength = sizeOf(Configuration.OBSERVATION_ERROR_LOG_LENGTH_PROP_NAME, 64 * 1024);
    private long intervalNs = durationOf(Configuration.OBSERVATION_INTERVAL_PROP_NAME, 1, TimeUnit.SECONDS);
    private Path latencyLog = Configuration.pathOf(Configuration.OBSERVATION_LATENCY_LOG_PROP_NAME);
    private long slowCycleNs = durationOf(Configuration.OBSERVATION_SLOW_CYCLE_PROP_NAME, 1, TimeUnit.MILLISECONDS);
    private long slowHandlerNs =
        durationOf(Configuration.OBSERVATION_SLOW_HANDLER_PROP_NAME, 1, TimeUnit.MILLISECONDS);

    /** {@return does the engine keep its counters in a file? Default true; else they are in memory of its own} */
    public boolean enabled()
    {
        return enabled;
    }

    /**
     * Choose whether the engine keeps its counters and errors in a file, for {@code ringwire stat} and
     * {@code ringwire errors}.
     *
     * @param enabled the value.
     * @return this.
     */
    public ObservationPolicy enabled(final boolean enabled)
    {
        this.enabled = enabled;
        return this;
    }

    /** {@return the folder of the file, or null for a folder of the user's in the platform's shared memory} */
    public Path directory()
    {
        return directory;
    }

    /**
     * Choose the folder of the file, made where it is missing. Best on a file system in memory: the kernel writes the
     * pages of others to the disk while the engine's threads use them.
     *
     * @param directory the value.
     * @return this.
     */
    public ObservationPolicy directory(final Path directory)
    {
        this.directory = directory;
        return this;
    }

    /** {@return bytes for distinct errors in the file. Default 64 KiB} */
    public int errorLogLength()
    {
        return errorLogLength;
    }

    /**
     * Choose how many bytes of the file hold distinct errors; one takes about as much as its stack trace.
     *
     * @param errorLogLength in bytes, from 16,384 to 2^30.
     * @return this.
     */
    public ObservationPolicy errorLogLength(final int errorLogLength)
    {
        this.errorLogLength = errorLogLength;
        return this;
    }

    /** {@return how often the control thread publishes percentiles and ages, in ns. Default 1 s} */
    public long intervalNs()
    {
        return intervalNs;
    }

    /**
     * Choose the length of an interval of latencies: how often the control thread publishes percentiles and ages, and
     * writes to the latency log.
     *
     * @param intervalNs in ns, at least 1 ms.
     * @return this.
     */
    public ObservationPolicy intervalNs(final long intervalNs)
    {
        this.intervalNs = intervalNs;
        return this;
    }

    /** {@return the file of interval histograms, or null for none} */
    public Path latencyLog()
    {
        return latencyLog;
    }

    /**
     * Choose the file of interval histograms, in the format of HdrHistogram's logs, tagged by session and stage:
     * {@code ringwire report} draws it. The file must not exist yet.
     *
     * @param latencyLog the value.
     * @return this.
     */
    public ObservationPolicy latencyLog(final Path latencyLog)
    {
        this.latencyLog = latencyLog;
        return this;
    }

    /** {@return the duration from which on a duty cycle of an agent counts as slow, in ns. Default 1 ms} */
    public long slowCycleNs()
    {
        return slowCycleNs;
    }

    /**
     * Choose from which duration on a duty cycle of an agent counts as slow.
     *
     * @param slowCycleNs in ns, above 0.
     * @return this.
     */
    public ObservationPolicy slowCycleNs(final long slowCycleNs)
    {
        this.slowCycleNs = slowCycleNs;
        return this;
    }

    /** {@return the duration from which on a handler's call is told to JFR, in ns. Default 1 ms} */
    public long slowHandlerNs()
    {
        return slowHandlerNs;
    }

    /**
     * Choose from which duration on a call of a handler is told to JFR.
     *
     * @param slowHandlerNs in ns, above 0.
     * @return this.
     */
    public ObservationPolicy slowHandlerNs(final long slowHandlerNs)
    {
        this.slowHandlerNs = slowHandlerNs;
        return this;
    }

    void conclude()
    {
        if (errorLogLength < MIN_ERROR_LOG_LENGTH || errorLogLength > MAX_ERROR_LOG_LENGTH)
        {
            throw new ConfigurationException("observation.errorLogLength=" + errorLogLength +
                " must be from " + MIN_ERROR_LOG_LENGTH + " to " + MAX_ERROR_LOG_LENGTH);
        }

        checkAtLeast("intervalNs", intervalNs, TimeUnit.MILLISECONDS.toNanos(1));
        checkAtLeast("slowCycleNs", slowCycleNs, 1);
        checkAtLeast("slowHandlerNs", slowHandlerNs, 1);
    }

    private static void checkAtLeast(final String name, final long value, final long least)
    {
        if (value < least)
        {
            throw new ConfigurationException("observation." + name + "=" + value + " must be at least " + least);
        }
    }
}
