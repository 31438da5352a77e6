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
package io.ringwire.session;

import io.ringwire.config.ReconnectPolicy;

import java.util.random.RandomGenerator;

/**
 * Full-jitter exponential backoff. Owner: the control thread.
 */
final class ReconnectBackoff
{
    private final ReconnectPolicy policy;
    private final RandomGenerator random;
    private int attempts;

    ReconnectBackoff(final ReconnectPolicy policy, final RandomGenerator random)
    {
        this.policy = policy;
        this.random = random;
    }

    /**
     * An attempt begins.
     *
     * @return its number since the last healthy connection, from 1.
     */
    int nextAttempt()
    {
        return ++attempts;
    }

    int attempts()
    {
        return attempts;
    }

    boolean mayRetry()
    {
        return policy.enabled() && (policy.maxAttempts() == 0 || attempts < policy.maxAttempts());
    }

    /**
     * The waits begin anew.
     */
    void restart()
    {
        attempts = 0;
    }

    long nextDelayNs()
    {
        final double boundNs = policy.baseNs() * Math.pow(policy.multiplier(), Math.max(0, attempts - 1));
        return random.nextLong((boundNs < policy.capNs() ? (long)boundNs : policy.capNs()) + 1);
    }
}
