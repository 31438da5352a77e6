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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;

import java.util.List;

/**
 * A floor: JDK socket channels that do not block, read in turn by one thread that never waits, without a selector. It
 * sends frames encoded beforehand, and of those received it looks at the header alone, see {@link RawFrames}.
 * <p>
 * One thread for all sessions. A byte received or sent is copied once, by the kernel.
 */
public final class NioClient implements Client
{
    private static final String TRANSPORT = "socket";

    @Override
    public boolean supports(final Workload workload)
    {
        return RawFrames.supports(workload);
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        try
        {
            final Endpoint server = Endpoint.parse(workload.uri());
            final Trial trial = new Trial(workload);
            final List<NioSession> sessions =
                trial.tallies().stream().map((tally) -> new NioSession(workload, server, trial, tally)).toList();
            final Thread thread = new Thread(() -> sweep(trial, sessions), "floor-nio");
            thread.setDaemon(true);
            thread.start();
            trial.await();
            join(thread);
            return trial.result(TRANSPORT);
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }
    }

    /**
     * Serves all sessions until the trial is over, at the latest at its deadline.
     */
    private static void sweep(final Trial trial, final List<NioSession> sessions)
    {
        final NioSession[] all = sessions.toArray(NioSession[]::new);
        try
        {
            while (!trial.isOver())
            {
                for (final NioSession session : all)
                {
                    session.poll();
                }
            }
        }
        finally
        {
            sessions.forEach(NioSession::close);
        }
    }

    private static void join(final Thread thread)
    {
        boolean isInterrupted = false;
        while (thread.isAlive())
        {
            try
            {
                thread.join(); // a sweep waits for nothing, and a connect no longer than the trial
            }
            catch (final InterruptedException ex)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
    }
}
