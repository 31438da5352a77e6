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

import io.ringwire.api.CloseCode;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.config.SessionConfig;

import java.util.function.Function;

/**
 * One session that is kept up by a rotation, and the one that is to follow it. Owner: the rotation's thread.
 */
final class RotationLane
{
    private static final long NOT_LIVE = Long.MIN_VALUE;

    private final Function<FeedInput, SessionConfig> configs;
    private final SessionListener listener;
    private final RotationPolicy policy;
    private volatile Session session;
    private volatile boolean asked; // owner: any thread to set, the rotation's to clear
    private FeedInput input;
    private Session next;
    private FeedInput nextInput;
    private long openedNs;
    private long liveNs;
    private long dueNs;
    private long retryNs;
    private boolean waits;

    RotationLane(
        final Function<FeedInput, SessionConfig> configs, final SessionListener listener, final RotationPolicy policy)
    {
        this.configs = configs;
        this.listener = listener;
        this.policy = policy;
    }

    Session session()
    {
        return session;
    }

    void ask()
    {
        asked = true;
    }

    boolean isReplacing()
    {
        return next != null;
    }

    boolean isDue(final long nowNs)
    {
        if (waits && nowNs - retryNs < 0)
        {
            return false;
        }

        if (session == null)
        {
            return true;
        }

        final SessionState state = session.state();
        return state != SessionState.CLOSED && (asked || state == SessionState.FAILED || input.isShutdownNoticed() ||
            policy.ageNs() > 0 && nowNs - dueNs >= 0);
    }

    /**
     * Open the first session, or one beside the old.
     */
    void open(final SequencedFeed feed, final Function<SessionConfig, Session> connector, final long nowNs)
    {
        final FeedInput input = feed.addInput(listener);
        final Session session;
        try
        {
            session = connector.apply(configs.apply(input));
        }
        catch (final RuntimeException ex)
        {
            feed.removeInput(input);
            throw ex;
        }

        waits = false;
        asked = false;
        if (this.session == null)
        {
            begin(session, input, nowNs);
        }
        else if (this.session.state() == SessionState.FAILED)
        {
            begin(session, input, nowNs);
            retry(nowNs); // if this one fails at once, the next waits
        }
        else
        {
            next = session;
            nextInput = input;
            openedNs = nowNs;
            liveNs = NOT_LIVE;
            input.watch(true);
        }
    }

    /**
     * Can the old one go?
     */
    boolean isReady(final long nowNs)
    {
        if (next.state() != SessionState.LIVE)
        {
            liveNs = NOT_LIVE;
            return false;
        }

        liveNs = liveNs == NOT_LIVE ? nowNs : liveNs;
        return session.state().isTerminal() || nowNs - liveNs >= policy.minOverlapNs() && nextInput.isCaughtUp();
    }

    boolean isHopeless(final long nowNs)
    {
        return next.state().isTerminal() || (liveNs == NOT_LIVE ?
            nowNs - openedNs >= policy.connectTimeoutNs() : nowNs - liveNs >= policy.maxOverlapNs());
    }

    void swap(final long nowNs)
    {
        session.close(CloseCode.NORMAL, "replaced");
        begin(next, nextInput, nowNs);
        next = null;
        nextInput = null;
    }

    void giveUp(final long nowNs)
    {
        next.abort();
        next = null;
        nextInput = null;
        asked = true;
        retry(nowNs);
    }

    void retry(final long nowNs)
    {
        waits = true;
        retryNs = nowNs + policy.retryNs();
    }

    void close()
    {
        if (next != null)
        {
            next.close();
        }

        if (session != null)
        {
            session.close();
        }
    }

    private void begin(final Session session, final FeedInput input, final long nowNs)
    {
        this.session = session;
        this.input = input;
        input.watch(false);
        dueNs = nowNs + policy.ageNs() - (long)(policy.ageNs() * policy.jitter() * policy.random().nextDouble());
    }
}
