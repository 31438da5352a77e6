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
import io.ringwire.config.SessionConfig;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of a pool, and the choice of one to send through. Any thread; changes take a lock, choosing does not.
 */
final class Members
{
    private static final PoolMember[] NONE = {};

    private final Function<SessionConfig, Session> connector;
    private final AtomicLong turn = new AtomicLong();
    private final ManyToOneConcurrentLinkedQueue<PoolMember> removed = new ManyToOneConcurrentLinkedQueue<>();
    private volatile PoolMember[] members = NONE; // guarded by this for writing
    private int nextId; // guarded by this
    private volatile boolean closed; // guarded by this for writing

    Members(final Function<SessionConfig, Session> connector)
    {
        this.connector = connector;
    }

    PoolMember[] all()
    {
        return members;
    }

    List<PoolMember> list()
    {
        return List.of(members);
    }

    boolean isClosed()
    {
        return closed;
    }

    synchronized PoolMember add(final Supplier<SessionConfig> configs)
    {
        if (closed)
        {
            throw new IllegalStateException("the pool is closed: make another");
        }

        final PoolMember member = new PoolMember(nextId++, configs, connector.apply(configs.get()));
        final PoolMember[] more = Arrays.copyOf(members, members.length + 1);
        more[members.length] = member;
        members = more; // whole, for those that choose meanwhile
        return member;
    }

    synchronized boolean remove(final PoolMember member)
    {
        final PoolMember[] rest =
            Arrays.stream(members).filter((other) -> other != member).toArray(PoolMember[]::new);
        if (rest.length == members.length)
        {
            return false;
        }

        members = rest;
        removed.offer(member); // behind the above: who sees it here sees it there no more
        return true;
    }

    /**
     * The next member that was removed. The pool's thread.
     *
     * @return the member, or null if there is none.
     */
    PoolMember pollRemoved()
    {
        return removed.poll();
    }

    /**
     * Make a session anew, unless the member was removed or the pool closed meanwhile.
     *
     * @return false if it was.
     */
    boolean restart(final PoolMember member)
    {
        final Session next = connector.apply(member.configs().get());
        synchronized (this)
        {
            if (!closed && Arrays.asList(members).contains(member))
            {
                member.restart(next);
                return true;
            }
        }

        next.close();
        return false;
    }

    synchronized boolean close()
    {
        final boolean first = !closed;
        closed = true;
        return first;
    }

    /**
     * The live member with the highest score; among equals each in turn.
     *
     * @param tried not to be chosen again.
     * @param count how many of them there are.
     * @return the member, or null if none is live.
     */
    PoolMember choose(final PoolMember[] tried, final int count)
    {
        final PoolMember[] members = this.members;
        int bestScore = -1;
        int equals = 0;
        for (final PoolMember member : members)
        {
            final int score = scoreOf(member, tried, count);
            if (score > bestScore)
            {
                bestScore = score;
                equals = 1;
            }
            else if (score == bestScore && score >= 0)
            {
                equals++;
            }
        }

        return equals == 0 ? null : pick(members, bestScore, equals, tried, count);
    }

    private PoolMember pick(
        final PoolMember[] members, final int bestScore, final int equals, final PoolMember[] tried, final int count)
    {
        int skip = equals == 1 ? 0 : (int)Math.floorMod(turn.getAndIncrement(), (long)equals);
        PoolMember last = null;
        for (final PoolMember member : members)
        {
            if (scoreOf(member, tried, count) >= bestScore)
            {
                last = member;
                if (skip-- == 0)
                {
                    break;
                }
            }
        }

        return last; // null if the scores moved while they were read: as if none was live
    }

    private static int scoreOf(final PoolMember member, final PoolMember[] tried, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (tried[i] == member)
            {
                return -1;
            }
        }

        return member.session().state() == SessionState.LIVE ? member.score() : -1;
    }
}
