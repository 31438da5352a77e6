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
package io.ringwire.feed;

import io.ringwire.config.ConfigurationException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * When sessions are replaced, and how long the old and the new run side by side. Durations are in ns.
 */
public final class RotationPolicy
{
    private long ageNs = TimeUnit.HOURS.toNanos(23);
    private double jitter = 0.1;
    private long connectTimeoutNs = TimeUnit.SECONDS.toNanos(30);
    private long minOverlapNs = TimeUnit.SECONDS.toNanos(1);
    private long maxOverlapNs = TimeUnit.SECONDS.toNanos(30);
    private long retryNs = TimeUnit.SECONDS.toNanos(60);
    private SplittableRandom random = new SplittableRandom();
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ErrorHandler errorHandler = Throwable::printStackTrace;

    /** {@return the age at which a session is replaced at the latest, in ns; default 23 h} */
    public long ageNs()
    {
        return ageNs;
    }

    /**
     * Choose the age at which a session is replaced at the latest, in ns; 0 means at no age.
     *
     * @param ageNs the age.
     * @return this.
     */
    public RotationPolicy ageNs(final long ageNs)
    {
        this.ageNs = ageNs;
        return this;
    }

    /** {@return how much of the age is drawn by lot; default 0.1} */
    public double jitter()
    {
        return jitter;
    }

    /**
     * Choose how much of the age is drawn by lot: a session is replaced between {@code age * (1 - jitter)} and
     * {@code age}.
     *
     * @param jitter from 0 to 1.
     * @return this.
     */
    public RotationPolicy jitter(final double jitter)
    {
        this.jitter = jitter;
        return this;
    }

    /** {@return how long a new session may take to be live, in ns; default 30 s} */
    public long connectTimeoutNs()
    {
        return connectTimeoutNs;
    }

    /**
     * Choose how long a new session may take to be live, in ns. The old one stays until then, and if it takes longer.
     *
     * @param connectTimeoutNs the time.
     * @return this.
     */
    public RotationPolicy connectTimeoutNs(final long connectTimeoutNs)
    {
        this.connectTimeoutNs = connectTimeoutNs;
        return this;
    }

    /** {@return how long both run at least, in ns; default 1 s} */
    public long minOverlapNs()
    {
        return minOverlapNs;
    }

    /**
     * Choose how long both run at least, in ns.
     *
     * @param minOverlapNs the time.
     * @return this.
     */
    public RotationPolicy minOverlapNs(final long minOverlapNs)
    {
        this.minOverlapNs = minOverlapNs;
        return this;
    }

    /** {@return how long the new one may take to deliver what the old one does, in ns; default 30 s} */
    public long maxOverlapNs()
    {
        return maxOverlapNs;
    }

    /**
     * Choose how long the new one may take to deliver what the old one does, in ns; then it is given up.
     *
     * @param maxOverlapNs the time.
     * @return this.
     */
    public RotationPolicy maxOverlapNs(final long maxOverlapNs)
    {
        this.maxOverlapNs = maxOverlapNs;
        return this;
    }

    /** {@return the wait before a rotation that failed is tried again, in ns; default 60 s} */
    public long retryNs()
    {
        return retryNs;
    }

    /**
     * Choose the wait before a rotation that failed is tried again, in ns.
     *
     * @param retryNs the wait.
     * @return this.
     */
    public RotationPolicy retryNs(final long retryNs)
    {
        this.retryNs = retryNs;
        return this;
    }

    /** {@return the source of the lot} */
    public SplittableRandom random()
    {
        return random;
    }

    /**
     * Choose the source of the lot.
     *
     * @param random to draw from.
     * @return this.
     */
    public RotationPolicy random(final SplittableRandom random)
    {
        this.random = random;
        return this;
    }

    /** {@return the clock of ages; default the system's} */
    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Choose the clock of ages: the engine's.
     *
     * @param nanoClock to ask.
     * @return this.
     */
    public RotationPolicy nanoClock(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        return this;
    }

    /** {@return who is told what suppliers of configurations throw; default standard error} */
    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * Choose who is told what suppliers of configurations throw.
     *
     * @param errorHandler to tell.
     * @return this.
     */
    public RotationPolicy errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = errorHandler;
        return this;
    }

    void check()
    {
        atLeast("ageNs", ageNs, 0);
        atLeast("connectTimeoutNs", connectTimeoutNs, 1);
        atLeast("minOverlapNs", minOverlapNs, 0);
        atLeast("maxOverlapNs", maxOverlapNs, minOverlapNs);
        atLeast("retryNs", retryNs, 0);
        if (!(jitter >= 0 && jitter <= 1))
        {
            throw new ConfigurationException("RotationPolicy.jitter=" + jitter + " is not from 0 to 1");
        }

        if (random == null || nanoClock == null || errorHandler == null)
        {
            throw new ConfigurationException("RotationPolicy.random, nanoClock and errorHandler must not be null");
        }
    }

    private static void atLeast(final String name, final long value, final long least)
    {
        if (value < least)
        {
            throw new ConfigurationException("RotationPolicy." + name + "=" + value + " is below " + least);
        }
    }
}
