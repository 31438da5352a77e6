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

import java.util.function.Supplier;

/**
 * One place in a pool, whose session is made anew when it fails. May be read by any thread at any time.
 */
public final class PoolMember
{
    private final int id;
    private final Supplier<SessionConfig> configs;
    private volatile Session session; // owner: the adding thread, then the pool's
    private volatile int score = HealthScore.UNKNOWN; // owner: the pool's thread
    private volatile int incarnation = 1; // owner: the pool's thread
    private volatile int restarts; // owner: the pool's thread

    PoolMember(final int id, final Supplier<SessionConfig> configs, final Session session)
    {
        this.id = id;
        this.configs = configs;
        this.session = session;
    }

    /** {@return number of the member in its pool, never given twice} */
    public int id()
    {
        return id;
    }

    /** {@return its current session; the one that failed until the next is made} */
    public Session session()
    {
        return session;
    }

    /** {@return may messages be routed to it} */
    public boolean isLive()
    {
        return session.state() == SessionState.LIVE;
    }

    /** {@return 1 to 100, higher is better, or {@link HealthScore#UNKNOWN}} */
    public int score()
    {
        return score;
    }

    /** {@return number of the current session, from 1} */
    public int incarnation()
    {
        return incarnation;
    }

    /** {@return how it does now} */
    public MemberHealth health()
    {
        final Session current = session;
        final SessionState state = current.state();
        return new MemberHealth(
            id,
            current.name(),
            state,
            state == SessionState.LIVE ? score : HealthScore.UNKNOWN,
            incarnation,
            restarts);
    }

    @Override
    public String toString()
    {
        return "PoolMember{" + id + ' ' + session + " score=" + score + '}';
    }

    Supplier<SessionConfig> configs()
    {
        return configs;
    }

    int restarts()
    {
        return restarts;
    }

    void score(final int score)
    {
        this.score = score;
    }

    void restarts(final int restarts)
    {
        this.restarts = restarts;
    }

    void restart(final Session next)
    {
        score = HealthScore.UNKNOWN;
        session = next;
        incarnation = incarnation + 1;
    }
}
