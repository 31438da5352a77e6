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

import io.ringwire.config.HeartbeatPolicy;

/**
 * When to ping and when to give a silent peer up. Any byte that arrives after the ping counts as life, and a session
 * that we do not read ourselves is never given up. Owner: the control thread.
 */
final class Heartbeat
{
    private final HeartbeatPolicy policy;
    private boolean running;
    private boolean awaiting;
    private long pingedAtNs;
    private long nextPingNs;

    Heartbeat(final HeartbeatPolicy policy)
    {
        this.policy = policy;
    }

    void start(final long nowNs)
    {
        running = policy.intervalNs() > 0;
        awaiting = false;
        nextPingNs = nowNs + policy.intervalNs();
    }

    void stop()
    {
        running = false;
    }

    /**
     * Is it time to send a ping? If so it counts as sent.
     */
    boolean pingDue(final long nowNs)
    {
        if (!running || awaiting || nowNs - nextPingNs < 0)
        {
            return false;
        }

        awaiting = true;
        pingedAtNs = nowNs;
        nextPingNs = nowNs + policy.intervalNs();
        return true;
    }

    /**
     * Has the peer been silent for too long after a ping?
     *
     * @param nowNs         the time.
     * @param lastReceiveNs when the last byte came.
     * @param paused        do we not read at the moment.
     * @return true to drop the connection.
     */
    boolean isDead(final long nowNs, final long lastReceiveNs, final boolean paused)
    {
        if (!running || !awaiting)
        {
            return false;
        }

        if (paused || lastReceiveNs - pingedAtNs >= 0)
        {
            awaiting = false;
            return false;
        }

        return nowNs - pingedAtNs >= policy.timeoutNs();
    }

    long timeoutNs()
    {
        return policy.timeoutNs();
    }
}
