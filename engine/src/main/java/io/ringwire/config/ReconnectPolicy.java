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

import java.util.concurrent.TimeUnit;

import static io.ringwire.config.Configuration.durationOf;

/**
 * When a session connects again: full-jitter exponential backoff. The n-th wait is drawn evenly from zero to
 * {@code base * 2^(n-1)}, at most the cap.
 */
public final class ReconnectPolicy
{
    private boolean enabled = true;
    private long baseNs = durationOf(Configuration.RECONNECT_BASE_PROP_NAME, 100, TimeUnit.MILLISECONDS);
    private long capNs = durationOf(Configuration.RECONNECT_CAP_PROP_NAME, 10, TimeUnit.SECONDS);
    private long healthyNs = durationOf(Configuration.RECONNECT_HEALTHY_PROP_NAME, 5, TimeUnit.SECONDS);
    private int maxAttempts;

    /**
     * One attempt, then the session fails; one loss, then the session fails.
     *
     * @return a policy that never connects again.
     */
    public static ReconnectPolicy never()
    {
        final ReconnectPolicy policy = new ReconnectPolicy();
        policy.enabled = false;
        return policy;
    }

    /** {@return does the session connect again at all} */
    public boolean enabled()
    {
        return enabled;
    }

    /** {@return the upper bound of the first wait, in ns; default 100 ms} */
    public long baseNs()
    {
        return baseNs;
    }

    /**
     * Choose the upper bound of the first wait, in ns.
     *
     * @param baseNs the bound.
     * @return this.
     */
    public ReconnectPolicy baseNs(final long baseNs)
    {
        this.baseNs = baseNs;
        return this;
    }

    /** {@return the longest wait, in ns; default 10 s} */
    public long capNs()
    {
        return capNs;
    }

    /**
     * Choose the longest wait, in ns.
     *
     * @param capNs the bound.
     * @return this.
     */
    public ReconnectPolicy capNs(final long capNs)
    {
        this.capNs = capNs;
        return this;
    }

    /** {@return how long a connection must live to reset the waits, in ns; default 5 s} */
    public long healthyNs()
    {
        return healthyNs;
    }

    /**
     * Choose how long a connection must live to reset the waits, in ns: a server that accepts and closes at once must
     * not be met with a hot loop.
     *
     * @param healthyNs the time.
     * @return this.
     */
    public ReconnectPolicy healthyNs(final long healthyNs)
    {
        this.healthyNs = healthyNs;
        return this;
    }

    /** {@return the attempts in a row before the session fails; 0, the default, means without limit} */
    public int maxAttempts()
    {
        return maxAttempts;
    }

    /**
     * Choose the attempts in a row before the session fails.
     *
     * @param maxAttempts the number, 0 for no limit.
     * @return this.
     */
    public ReconnectPolicy maxAttempts(final int maxAttempts)
    {
        this.maxAttempts = maxAttempts;
        return this;
    }
}
