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
package io.ringwire.control;

import io.ringwire.config.ConfigurationException;
import io.ringwire.config.EngineContext;
import io.ringwire.session.LatencyIntervals;
import io.ringwire.stats.LatencyLog;
import org.agrona.concurrent.NanoClock;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends an interval of latencies of all sessions again and again, and writes the log of them, if there is to be one. Its
 * times are those of the wall clock when the engine began, and from there on of the engine's clock, which never goes
 * back. Owner: the control thread, and when that has ended the thread that closes the engine.
 */
public final class LatencyDuty implements AutoCloseable
{
    private final ArrayList<LatencyIntervals> sessions = new ArrayList<>();
    private final EngineContext context;
    private final NanoClock clock;
    private final long intervalNs;
    private final Path path; // null: no log is wanted
    private final long beganNs;
    private final long beganMs;
    private LatencyLog log; // null: no log is wanted, or it has ended
    private long startNs; // of the interval

    /**
     * Begin, with the first interval.
     *
     * @param context concluded.
     * @throws ConfigurationException that names the file of the log if it cannot be made.
     */
    public LatencyDuty(final EngineContext context)
    {
        this.context = context;
        clock = context.nanoClock();
        intervalNs = context.observation().intervalNs();
        path = context.observation().latencyLog();
        beganNs = clock.nanoTime();
        beganMs = System.currentTimeMillis();
        startNs = beganNs;
        log = path == null ? null : open();
    }

    /**
     * For tests of what comes of a log that fails.
     */
    LatencyDuty(final EngineContext context, final LatencyLog log)
    {
        this(context);
        this.log = log;
    }

    /**
     * The control thread: follow a session from now on, until its threads have released it: a handler that is held
     * records when the session has long ended.
     *
     * @param intervals of a session that starts.
     */
    void add(final LatencyIntervals intervals)
    {
        sessions.add(intervals);
    }

    /**
     * The control thread: end the interval if its time is over.
     *
     * @param nowNs the time.
     * @return true if it was.
     */
    boolean onTime(final long nowNs)
    {
        final boolean over = nowNs - startNs >= intervalNs;
        if (over)
        {
            endInterval(nowNs);
        }

        return over;
    }

    /**
     * The engine's threads have ended: end the last interval, and the log.
     */
    @Override
    public void close()
    {
        endInterval(clock.nanoTime());
        if (log != null)
        {
            try
            {
                log.close();
            }
            catch (final IOException ex)
            {
                failed(ex);
            }

            log = null;
        }
    }

    /**
     * The engine was not launched: close the log, and delete it.
     */
    public void abandon()
    {
        if (log != null)
        {
            try
            {
                log.close();
                Files.deleteIfExists(path);
            }
            catch (final IOException ex)
            {
                failed(ex);
            }

            log = null;
        }
    }

    private void endInterval(final long nowNs)
    {
        final long startMs = timeMs(startNs);
        final long endMs = timeMs(nowNs);
        startNs = nowNs;
        boolean any = false;
        for (int i = sessions.size() - 1; i >= 0; i--)
        {
            final LatencyIntervals intervals = sessions.get(i);
            final boolean released = intervals.session().counters().isReleased(); // by threads that record, too
            any |= intervals.onInterval(startMs, endMs, log) > 0;
            if (released)
            {
                sessions.remove(i);
            }
        }

        if (any && log != null)
        {
            flush();
        }
    }

    private void flush()
    {
        try
        {
            log.flush();
        }
        catch (final IOException ex)
        {
            final LatencyLog failed = log;
            log = null;
            failed(ex);
            try
            {
                failed.close();
            }
            catch (final IOException closing)
            {
                ex.addSuppressed(closing);
            }
        }
    }

    private void failed(final IOException cause)
    {
        final String message =
            "observation.latencyLog=" + path + " ends here, its last interval may be cut: " + cause.getMessage();
        context.errorHandler().onError(new IOException(message, cause)); // which tells the event log
    }

    private long timeMs(final long timeNs)
    {
        return beganMs + TimeUnit.NANOSECONDS.toMillis(timeNs - beganNs);
    }

    private LatencyLog open()
    {
        final String setting = "observation.latencyLog=" + path;
        try
        {
            return LatencyLog.create(path, beganMs, comments());
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new ConfigurationException(setting + " exists: name a file that does not exist yet", ex);
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigurationException(setting + " is in a folder that does not exist: make the folder", ex);
        }
        catch (final AccessDeniedException ex)
        {
            throw new ConfigurationException(setting + " cannot be made: this user may not write there", ex);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(setting + " cannot be written: " + ex.getMessage(), ex);
        }
    }

    private List<String> comments()
    {
        final String version = LatencyDuty.class.getPackage().getImplementationVersion();
        return List.of(
            "Ringwire " + (version == null ? "(not from a jar)" : version) + ", " + context.threadingMode() +
                ", process " + ProcessHandle.current().pid(),
            "JVM: " + System.getProperty("java.vm.name") + ' ' + Runtime.version(),
            "Values in ns. Tag: name of the session as in a URL (%2C is a comma), minus, stage: read-to-decoded, " +
                "decoded-to-handler, read-to-handler, handler, request-rtt, heartbeat-rtt, connect-*");
    }
}
