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
 * When to ask for a sign of life and when to give a silent peer up. Any byte that arrives counts as life, and so does
 * every moment in which we do not read ourselves. Owner: the control thread.
 */
final class Heartbeat
{
    private final HeartbeatPolicy policy;
    private boolean running;
    private boolean awaiting;
    private int misses;
    private long lifeNs;
    private long pingedAtNs;
    private long nextPingNs;
    private String dropReason;

    Heartbeat(final HeartbeatPolicy policy)
    {
        this.policy = policy;
    }

    void start(final long nowNs)
    {
        running = policy.isEnabled();
        awaiting = false;
        misses = 0;
        lifeNs = nowNs;
        nextPingNs = nowNs + policy.intervalNs();
    }

    void stop()
    {
        running = false;
    }

    /**
     * What is to be done next. Call again until it is nothing: a miss is followed by a ping or by the end.
     *
     * @param nowNs         the time.
     * @param lastReceiveNs when the last byte came.
     * @param paused        do we not read at the moment.
     * @return the step; {@link Step#PING} comes again until {@link #pinged}.
     */
    Step step(final long nowNs, final long lastReceiveNs, final boolean paused)
    {
        if (!running)
        {
            return Step.NONE;
        }

        onLife(paused ? nowNs : lastReceiveNs);
        if (policy.silenceNs() > 0 && nowNs - lifeNs >= policy.silenceNs())
        {
            dropReason = "no byte received for " + policy.silenceNs() + " ns";
            return Step.DROP;
        }

        if (awaiting)
        {
            return whileAwaiting(nowNs);
        }

        return policy.intervalNs() > 0 && nowNs - dueNs() >= 0 ? Step.PING : Step.NONE;
    }

    /**
     * The ping that was due is sent.
     */
    void pinged(final long nowNs)
    {
        awaiting = true;
        pingedAtNs = nowNs;
        nextPingNs = nowNs + policy.intervalNs();
    }

    /**
     * Has a ping been due for so long that its answer would be late by now?
     */
    boolean isOverdue(final long nowNs)
    {
        return nowNs - dueNs() >= policy.timeoutNs();
    }

    boolean isAwaiting()
    {
        return awaiting;
    }

    int consecutiveMisses()
    {
        return misses;
    }

    String dropReason()
    {
        return dropReason;
    }

    private void onLife(final long timeNs)
    {
        if (timeNs - lifeNs > 0)
        {
            lifeNs = timeNs;
        }

        if ((awaiting || misses > 0) && lifeNs - pingedAtNs >= 0)
        {
            awaiting = false;
            misses = 0;
        }
    }

    private Step whileAwaiting(final long nowNs)
    {
        final long waitedNs = nowNs - pingedAtNs;
        if (misses == policy.maxMisses())
        {
            return waitedNs - policy.timeoutNs() >= policy.graceNs() ? drop() : Step.NONE;
        }

        if (waitedNs < policy.timeoutNs())
        {
            return Step.NONE;
        }

        misses++;
        if (misses < policy.maxMisses())
        {
            awaiting = false;
            nextPingNs = nowNs;
        }

        return Step.MISSED;
    }

    private Step drop()
    {
        dropReason = "no byte received within " + policy.timeoutNs() + " ns after " +
            (misses == 1 ? "a ping" : "each of " + misses + " pings") +
            (policy.graceNs() == 0 ? "" : " and " + policy.graceNs() + " ns of grace");
        return Step.DROP;
    }

    private long dueNs()
    {
        final long idleNs = lifeNs + policy.intervalNs();
        return policy.idleOnly() && idleNs - nextPingNs > 0 ? idleNs : nextPingNs;
    }

    /**
     * What is to be done.
     */
    enum Step
    {
        /** Nothing for now. */
        NONE,

        /** Ask for a sign of life. */
        PING,

        /** There was none in time: count and tell it. */
        MISSED,

        /** Give the peer up. */
        DROP
    }
}
