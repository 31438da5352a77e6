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
import org.agrona.concurrent.NanoClock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The work of a pool's thread: one watch for each member, and the ends of those that were removed.
 */
final class PoolDuty
{
    private static final long CLOSE_POLL_NS = 1_000_000;

    private final PoolPolicy policy;
    private final Members members;
    private final PoolCalls calls;
    private final NanoClock clock;
    private final List<MemberWatch> watches = new ArrayList<>();
    private final List<MemberWatch> leaving = new ArrayList<>();
    private PoolMember[] known = {};

    PoolDuty(final PoolPolicy policy, final Members members, final PoolCalls calls)
    {
        this.policy = policy;
        this.members = members;
        this.calls = calls;
        clock = policy.nanoClock();
    }

    int doWork()
    {
        follow();
        final long nowNs = clock.nanoTime();
        int work = 0;
        for (int i = 0; i < watches.size(); i++)
        {
            work += watches.get(i).look(nowNs);
        }

        return leaving.isEmpty() ? work : work + endRemoved();
    }

    /**
     * The end of the pool.
     *
     * @param awaits the members' ends; else they are only asked for.
     */
    void close(final boolean awaits)
    {
        follow();
        watches.forEach((watch) -> watch.member().session().close());
        if (awaits && !awaitEnds())
        {
            ends().forEach(Session::abort);
            awaitEnds();
        }

        watches.forEach(MemberWatch::leave);
        endRemoved();
    }

    private void follow()
    {
        PoolMember gone = members.pollRemoved();
        while (gone != null)
        {
            leave(gone);
            gone = members.pollRemoved();
        }

        final PoolMember[] current = members.all();
        if (current != known)
        {
            for (final PoolMember member : current)
            {
                if (watchOf(member) == null)
                {
                    watches.add(new MemberWatch(member, members, policy, calls));
                }
            }

            known = current;
        }
    }

    private void leave(final PoolMember member)
    {
        final MemberWatch known = watchOf(member); // null if it was added since the last look
        final MemberWatch watch = known == null ? new MemberWatch(member, members, policy, calls) : known;
        watches.remove(watch);
        watch.leave();
        leaving.add(watch);
    }

    private MemberWatch watchOf(final PoolMember member)
    {
        for (final MemberWatch watch : watches)
        {
            if (watch.member() == member)
            {
                return watch;
            }
        }

        return null;
    }

    private int endRemoved()
    {
        final int before = leaving.size();
        for (final MemberWatch watch : List.copyOf(leaving))
        {
            if (watch.member().session().state().isTerminal())
            {
                leaving.remove(watch);
                calls.onRemoved(watch.member());
            }
        }

        return before - leaving.size();
    }

    private List<Session> ends()
    {
        final List<Session> open = new ArrayList<>();
        watches.forEach((watch) -> open.add(watch.member().session()));
        leaving.forEach((watch) -> open.add(watch.member().session()));
        open.removeIf((session) -> session.state().isTerminal());
        return open;
    }

    /**
     * By the system's clock: a virtual one may stand still.
     */
    private boolean awaitEnds()
    {
        final long startNs = System.nanoTime();
        while (!ends().isEmpty())
        {
            if (System.nanoTime() - startNs > policy.closeTimeoutNs() || Thread.currentThread().isInterrupted())
            {
                return false;
            }

            LockSupport.parkNanos(CLOSE_POLL_NS);
        }

        return true;
    }
}
