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
package io.ringwire;

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ObservationPolicy;
import io.ringwire.control.IntervalPublisher;
import io.ringwire.control.LatencyDuty;
import io.ringwire.session.SessionGauges;
import io.ringwire.stats.CountersFile;
import io.ringwire.stats.DutyCycle;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * What an engine shows of itself: its counters file, who publishes in it, its log of latencies, and its event log.
 */
final class EngineObservation
{
    /** Those of the engine, its agents and its journal. */
    private static final int ENGINE_COUNTERS = 64;
    private static final int AGENT_COUNTERS = 3;

    /** Those that end have their counters until their threads are done with them, while others begin. */
    private static final int SESSIONS_PER_SLOT = 2;
    private static final int SPARE_SESSIONS = 16;

    /** 168 MB of a file that takes memory for what is used of it. Sessions beyond are not shown. */
    private static final int MAX_COUNTERS = 1 << 18;

    private static final String SOURCE = "engine";

    private final EngineContext context;
    private final CountersFile file;
    private final IntervalPublisher publisher;
    private final LatencyDuty latencies;

    private EngineObservation(final EngineContext context, final LatencyDuty latencies, final CountersFile file)
    {
        this.context = context;
        this.latencies = latencies;
        this.file = file;
        publisher = new IntervalPublisher(file);
        context.errorHandler(new ErrorReporter(file, context.eventLog(), context.errorHandler()));
    }

    /**
     * Make the files, and put the engine's own error handler before the user's.
     *
     * @throws ConfigurationException if the folder, or the log of latencies, asked for cannot be used.
     */
    static EngineObservation open(final EngineContext context)
    {
        final LatencyDuty latencies = new LatencyDuty(context);
        try
        {
            return new EngineObservation(context, latencies, openFile(context));
        }
        catch (final RuntimeException | Error ex)
        {
            latencies.abandon();
            throw ex;
        }
    }

    private static CountersFile openFile(final EngineContext context)
    {
        final ObservationPolicy policy = context.observation();
        final int maxCounters = maxCounters(context);
        final EpochClock clock = SystemEpochClock.INSTANCE;
        if (!policy.enabled())
        {
            return CountersFile.inMemory(maxCounters, policy.errorLogLength(), clock);
        }

        final Path directory = policy.directory() == null ? CountersFile.defaultDirectory() : policy.directory();
        CountersFile.removeDead(directory, clock.time());
        try
        {
            return CountersFile.create(directory, maxCounters, policy.errorLogLength(), clock);
        }
        catch (final UncheckedIOException ex)
        {
            if (policy.directory() != null)
            {
                throw new ConfigurationException(
                    "observation.directory=" + directory + " cannot be used: " + ex.getMessage());
            }

            context.eventLog().onEvent(Level.WARNING, SOURCE,
                ex.getMessage() + ": the counters are in memory, where no other process sees them; " +
                "name a folder with observation.directory", null);
            return CountersFile.inMemory(maxCounters, policy.errorLogLength(), clock);
        }
    }

    CountersFile file()
    {
        return file;
    }

    IntervalPublisher publisher()
    {
        return publisher;
    }

    LatencyDuty latencies()
    {
        return latencies;
    }

    /**
     * The measure of an agent that has a thread of its own, or is the first of those on a thread.
     */
    DutyCycle dutyCycle(final String agent)
    {
        return DutyCycle.of(file.counters(), agent, context.observation().slowCycleNs());
    }

    void launched(final Engine engine)
    {
        context.eventLog().onEvent(Level.INFO, SOURCE,
            "launched: " + engine + ", counters " + (file.path() == null ? "in memory" : "in " + file.path()), null);
    }

    /**
     * The engine's threads have ended: end the log, delete the file; its memory lives for as long as anyone reads it.
     */
    void closed()
    {
        latencies.close();
        file.close();
        context.eventLog().onEvent(Level.INFO, SOURCE, "closed", null);
    }

    /**
     * The engine could not be launched: nothing of it is left behind, and the next may have its files.
     */
    void abandon()
    {
        latencies.abandon();
        file.close();
    }

    private static int maxCounters(final EngineContext context)
    {
        final long sessions = SPARE_SESSIONS + (long)SESSIONS_PER_SLOT * context.maxSessions();
        final long needed = ENGINE_COUNTERS + (long)AGENT_COUNTERS * context.handlerThreads() +
            sessions * SessionGauges.countersPerSession();
        return (int)Math.min(needed, MAX_COUNTERS);
    }
}
