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
package io.ringwire.pool;

import io.ringwire.config.ConfigurationException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.concurrent.TimeUnit;

/**
 * How a pool watches its members and when it makes them anew. Durations are in ns.
 */
public final class PoolPolicy
{
    private int maxRestarts = 10;
    private long restartBaseNs = TimeUnit.MILLISECONDS.toNanos(100);
    private long restartCapNs = TimeUnit.SECONDS.toNanos(30);
    private long healthyNs = TimeUnit.SECONDS.toNanos(60);
    private long cycleNs = TimeUnit.MILLISECONDS.toNanos(10);
    private long errorHalfLifeNs = TimeUnit.SECONDS.toNanos(30);
    private int maxAttempts = 3;
    private int maxRepeatable = 256;
    private long closeTimeoutNs = TimeUnit.SECONDS.toNanos(3);
    private boolean threaded = true;
    private PoolListener listener = new PoolListener()
    {
    };
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ErrorHandler errorHandler = Throwable::printStackTrace;

    /** {@return how often in a row a member that failed is made anew; default 10} */
    public int maxRestarts()
    {
        return maxRestarts;
    }

    /**
     * Choose how often in a row a member that failed is made anew.
     *
     * @param maxRestarts the number, 0 for never.
     * @return this.
     */
    public PoolPolicy maxRestarts(final int maxRestarts)
    {
        this.maxRestarts = maxRestarts;
        return this;
    }

    /** {@return the wait before the first restart, in ns; doubles with each in a row; default 100 ms} */
    public long restartBaseNs()
    {
        return restartBaseNs;
    }

    /**
     * Choose the wait before the first restart, in ns.
     *
     * @param restartBaseNs the wait.
     * @return this.
     */
    public PoolPolicy restartBaseNs(final long restartBaseNs)
    {
        this.restartBaseNs = restartBaseNs;
        return this;
    }

    /** {@return the longest wait before a restart, in ns; default 30 s} */
    public long restartCapNs()
    {
        return restartCapNs;
    }

    /**
     * Choose the longest wait before a restart, in ns.
     *
     * @param restartCapNs the wait.
     * @return this.
     */
    public PoolPolicy restartCapNs(final long restartCapNs)
    {
        this.restartCapNs = restartCapNs;
        return this;
    }

    /** {@return how long a member must be live for its restarts to be forgotten, in ns; default 60 s} */
    public long healthyNs()
    {
        return healthyNs;
    }

    /**
     * Choose how long a member must be live for its restarts to be forgotten, in ns.
     *
     * @param healthyNs the time.
     * @return this.
     */
    public PoolPolicy healthyNs(final long healthyNs)
    {
        this.healthyNs = healthyNs;
        return this;
    }

    /** {@return how often the members are looked at and judged, in ns; default 10 ms} */
    public long cycleNs()
    {
        return cycleNs;
    }

    /**
     * Choose how often the members are looked at and judged, in ns.
     *
     * @param cycleNs the time from one look to the next.
     * @return this.
     */
    public PoolPolicy cycleNs(final long cycleNs)
    {
        this.cycleNs = cycleNs;
        return this;
    }

    /** {@return the time after which an error counts half, in ns; default 30 s} */
    public long errorHalfLifeNs()
    {
        return errorHalfLifeNs;
    }

    /**
     * Choose the time after which an error counts half, in ns.
     *
     * @param errorHalfLifeNs the time.
     * @return this.
     */
    public PoolPolicy errorHalfLifeNs(final long errorHalfLifeNs)
    {
        this.errorHalfLifeNs = errorHalfLifeNs;
        return this;
    }

    /** {@return through how many members a repeatable message is tried; default 3} */
    public int maxAttempts()
    {
        return maxAttempts;
    }

    /**
     * Choose through how many members a repeatable message is tried, each once.
     *
     * @param maxAttempts the number, at least 1.
     * @return this.
     */
    public PoolPolicy maxAttempts(final int maxAttempts)
    {
        this.maxAttempts = maxAttempts;
        return this;
    }

    /** {@return how many repeatable requests may wait for their end; each keeps a copy; default 256} */
    public int maxRepeatable()
    {
        return maxRepeatable;
    }

    /**
     * Choose how many repeatable requests may wait for their end.
     *
     * @param maxRepeatable the number, at least 2.
     * @return this.
     */
    public PoolPolicy maxRepeatable(final int maxRepeatable)
    {
        this.maxRepeatable = maxRepeatable;
        return this;
    }

    /** {@return how long closing the pool waits for close handshakes before connections are dropped; default 3 s} */
    public long closeTimeoutNs()
    {
        return closeTimeoutNs;
    }

    /**
     * Choose how long closing the pool waits for close handshakes, in ns.
     *
     * @param closeTimeoutNs the time.
     * @return this.
     */
    public PoolPolicy closeTimeoutNs(final long closeTimeoutNs)
    {
        this.closeTimeoutNs = closeTimeoutNs;
        return this;
    }

    /** {@return does the pool have a thread of its own; default true} */
    public boolean threaded()
    {
        return threaded;
    }

    /**
     * Choose whether the pool has a thread of its own. Without, the caller runs {@link SessionPool#doWork()}, and
     * {@link SessionPool#close()} does not wait for the members' ends.
     *
     * @param threaded false to drive the pool.
     * @return this.
     */
    public PoolPolicy threaded(final boolean threaded)
    {
        this.threaded = threaded;
        return this;
    }

    /** {@return who is told what happens to the members} */
    public PoolListener listener()
    {
        return listener;
    }

    /**
     * Choose who is told what happens to the members.
     *
     * @param listener to tell.
     * @return this.
     */
    public PoolPolicy listener(final PoolListener listener)
    {
        this.listener = listener;
        return this;
    }

    /** {@return the clock of restarts and health; default the system's} */
    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Choose the clock of restarts and health.
     *
     * @param nanoClock to ask.
     * @return this.
     */
    public PoolPolicy nanoClock(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        return this;
    }

    /** {@return who is told what listeners and suppliers of configurations throw; default standard error} */
    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * Choose who is told what listeners and suppliers of configurations throw.
     *
     * @param errorHandler to tell.
     * @return this.
     */
    public PoolPolicy errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        return this;
    }

    void check()
    {
        atLeast("maxRestarts", maxRestarts, 0);
        atLeast("restartBaseNs", restartBaseNs, 1);
        atLeast("restartCapNs", restartCapNs, restartBaseNs);
        atLeast("healthyNs", healthyNs, 0);
        atLeast("cycleNs", cycleNs, 1);
        atLeast("errorHalfLifeNs", errorHalfLifeNs, 1);
        atLeast("maxAttempts", maxAttempts, 1);
        atLeast("maxRepeatable", maxRepeatable, 2);
        atLeast("closeTimeoutNs", closeTimeoutNs, 0);
        if (listener == null || nanoClock == null || errorHandler == null)
        {
            throw new ConfigurationException("PoolPolicy.listener, nanoClock and errorHandler must not be null");
        }
    }

    private static void atLeast(final String name, final long value, final long least)
    {
        if (value < least)
        {
            throw new ConfigurationException("PoolPolicy." + name + "=" + value + " is below " + least);
        }
    }
}
