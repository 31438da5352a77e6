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

import io.ringwire.api.Session;
import io.ringwire.api.SessionState;

/**
 * Looks after one member: tells of its coming and going in pairs, judges it, makes its session anew. Owner: the pool's
 * thread.
 */
final class MemberWatch
{
    private static final int NOT_LIVE = 0;

    private final PoolMember member;
    private final Members members;
    private final PoolPolicy policy;
    private final PoolCalls calls;
    private final HealthMeter meter;
    private int liveEpoch = NOT_LIVE;
    private long liveSinceNs;
    private long judgedAtNs;
    private long restartAtNs;
    private boolean restartDue;
    private boolean ended;

    MemberWatch(final PoolMember member, final Members members, final PoolPolicy policy, final PoolCalls calls)
    {
        this.member = member;
        this.members = members;
        this.policy = policy;
        this.calls = calls;
        meter = new HealthMeter(policy.errorHalfLifeNs(), policy.nanoClock().nanoTime());
    }

    PoolMember member()
    {
        return member;
    }

    /**
     * One look.
     *
     * @return 1 if something happened, else 0.
     */
    int look(final long nowNs)
    {
        final Session session = member.session();
        final int epoch = session.epoch();
        final SessionState state = session.state();
        if (epoch != session.epoch())
        {
            return 1; // in the middle of a step: the next look sees it whole
        }

        final int work = pair(epoch, state, nowNs);
        if (state == SessionState.LIVE)
        {
            judge(session, nowNs);
            return work;
        }

        member.score(HealthScore.UNKNOWN);
        return state.isTerminal() && !ended ? work + onEnd(state, nowNs) : work;
    }

    /**
     * The member is no more in the pool.
     */
    void leave()
    {
        if (liveEpoch != NOT_LIVE)
        {
            calls.onNotLive(member, liveEpoch);
            liveEpoch = NOT_LIVE;
        }
    }

    private int pair(final int epoch, final SessionState state, final long nowNs)
    {
        int work = 0;
        if (liveEpoch != NOT_LIVE && (state != SessionState.LIVE || liveEpoch != epoch))
        {
            calls.onNotLive(member, liveEpoch);
            liveEpoch = NOT_LIVE;
            work = 1;
        }

        if (liveEpoch == NOT_LIVE && state == SessionState.LIVE)
        {
            liveEpoch = epoch;
            liveSinceNs = nowNs;
            calls.onLive(member, epoch);
            work = 1;
        }

        return work;
    }

    private void judge(final Session session, final long nowNs)
    {
        if (member.score() == HealthScore.UNKNOWN || nowNs - judgedAtNs >= policy.cycleNs())
        {
            member.score(meter.judge(session, nowNs));
            judgedAtNs = nowNs;
        }

        if (member.restarts() > 0 && nowNs - liveSinceNs >= policy.healthyNs())
        {
            member.restarts(0);
        }
    }

    private int onEnd(final SessionState state, final long nowNs)
    {
        if (state == SessionState.CLOSED || member.restarts() >= policy.maxRestarts())
        {
            ended = true;
            calls.onEnded(member);
            return 1;
        }

        if (!restartDue)
        {
            restartDue = true;
            restartAtNs = nowNs + backoffNs();
            return 1;
        }

        return nowNs - restartAtNs >= 0 ? restart() : 0;
    }

    private int restart()
    {
        restartDue = false;
        member.restarts(member.restarts() + 1);
        try
        {
            if (members.restart(member))
            {
                calls.onRestarted(member);
            }
        }
        catch (final Exception ex)
        {
            calls.onRestartFailed(member, ex);
        }

        return 1;
    }

    private long backoffNs()
    {
        final int doublings = Math.min(member.restarts(), Long.numberOfLeadingZeros(policy.restartBaseNs()) - 2);
        return Math.min(policy.restartCapNs(), policy.restartBaseNs() << Math.max(0, doublings));
    }
}
