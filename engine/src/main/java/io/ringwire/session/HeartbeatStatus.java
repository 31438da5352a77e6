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

import io.ringwire.api.HeartbeatHealth;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.dialect.Dialect;
import io.ringwire.stats.LatencyRecorder;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What the control thread, which asks for signs of life, and the IO thread, which sees them first, publish about a
 * session's heartbeats for each other and for users. Each field says its one writer.
 */
public final class HeartbeatStatus
{
    private static final long NONE = -1;

    private final HeartbeatPolicy policy;
    private final boolean answersBearId;
    private final SessionCounters counters;
    private final LatencyRecorder rtt; // owner: IO thread
    private final AtomicCounter answered; // owner: IO thread
    private final AtomicCounter demands; // owner: IO thread
    private volatile HeartbeatHealth.State state; // owner: control thread
    private volatile int consecutiveMisses; // owner: control thread
    private volatile Ping ping; // owner: control thread
    private volatile long demand; // owner: IO thread
    private volatile long lastRttNs = NONE; // owner: IO thread
    private volatile long lastAnswerTimeMs = NONE; // owner: IO thread
    private Ping answeredPing; // owner: IO thread

    HeartbeatStatus(
        final HeartbeatPolicy policy,
        final Dialect dialect,
        final SessionCounters counters,
        final LatencyRecorder rtt)
    {
        this.policy = policy;
        answersBearId =
            dialect == null || dialect.heartbeats() == null || dialect.heartbeats().answersBearId();
        this.counters = counters;
        this.rtt = rtt;
        answered = counters.of(Id.HEARTBEATS_ANSWERED);
        demands = counters.of(Id.HEARTBEAT_DEMANDS);
        state = policy.isEnabled() ? HeartbeatHealth.State.STOPPED : HeartbeatHealth.State.OFF;
    }

    /**
     * The IO thread: a ping was answered by what bears its id or payload.
     *
     * @param rttNs from the ping to the read of the answer.
     */
    public void answered(final long rttNs)
    {
        rtt.record(rttNs);
        lastRttNs = rttNs;
        lastAnswerTimeMs = System.currentTimeMillis();
        answered.incrementRelease(); // last: who sees it sees the others
    }

    /**
     * The IO thread: the venue replied to a ping, or to our answer to a demand, which says nothing.
     */
    void onReply(final long correlationId, final long receiveTimeNs)
    {
        final Ping last = ping;
        if (last != null && last.id == correlationId)
        {
            answered(last, receiveTimeNs);
        }
    }

    /**
     * The IO thread: the venue showed life in its own words.
     */
    void onHeartbeat(final long receiveTimeNs)
    {
        final Ping last = ping;
        if (!answersBearId && last != null)
        {
            answered(last, receiveTimeNs);
        }
    }

    /**
     * The IO thread: the venue demands a sign of life on the connection of this attempt.
     */
    void onDemand(final int attemptId)
    {
        demands.incrementRelease();
        demand = (long)attemptId << Integer.SIZE | demand + 1 & 0xffff_ffffL;
    }

    /**
     * A value that no other demand had, with {@link SessionStatus#attemptOf the attempt} it came on.
     */
    long demand()
    {
        return demand;
    }

    void begin()
    {
        ping = null;
    }

    void end()
    {
        ping = null;
        consecutiveMisses = 0;
        state = policy.isEnabled() ? HeartbeatHealth.State.STOPPED : HeartbeatHealth.State.OFF;
    }

    void pinging(final long id, final long nowNs)
    {
        ping = new Ping(id, nowNs);
    }

    void progress(final boolean awaiting, final int misses)
    {
        final HeartbeatHealth.State next = !policy.isEnabled() ? HeartbeatHealth.State.OFF :
            misses > 0 ? HeartbeatHealth.State.MISSED :
            awaiting ? HeartbeatHealth.State.AWAITING : HeartbeatHealth.State.ALIVE;
        if (next != state || misses != consecutiveMisses)
        {
            consecutiveMisses = misses;
            state = next;
        }
    }

    /**
     * Any thread: all of it at this moment.
     */
    HeartbeatHealth health(final boolean paused, final long lastReceiveAgeNs)
    {
        final HeartbeatHealth.State current = state;
        final boolean open = current != HeartbeatHealth.State.OFF && current != HeartbeatHealth.State.STOPPED;
        return new HeartbeatHealth(
            paused && open ? HeartbeatHealth.State.PAUSED : current,
            policy.intervalNs(),
            policy.timeoutNs(),
            counters.value(Id.HEARTBEATS_SENT),
            counters.value(Id.HEARTBEATS_ANSWERED),
            counters.value(Id.HEARTBEATS_MISSED),
            consecutiveMisses,
            counters.value(Id.HEARTBEAT_DEMANDS_ANSWERED),
            lastReceiveAgeNs,
            lastRttNs,
            lastAnswerTimeMs);
    }

    /**
     * A second answer to the same ping says nothing.
     */
    private void answered(final Ping last, final long receiveTimeNs)
    {
        if (last != answeredPing)
        {
            answeredPing = last;
            answered(Math.max(0, receiveTimeNs - last.timeNs)); // the read may have begun before the ping was sent
        }
    }

    /**
     * A ping in the venue's words.
     */
    private record Ping(long id, long timeNs)
    {
    }
}
