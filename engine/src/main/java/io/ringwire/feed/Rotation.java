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

import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.config.SessionConfig;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Replaces the sessions of a feed without a gap: the new one is opened, the two run side by side until the new one is
 * live and delivers whatever the old one does, and only then is the old one closed with 1000. If the new one does not
 * get there, the old one stays. The feed throws away the copies. Of several sessions, such as A and B, never two are
 * replaced at a time, and their ages are drawn by lot.
 * <p>
 * A session is replaced at its age, when the venue says that it is going to end the connection, when it has failed, and
 * when {@link #rotate} asks for it. A session that the user closes is not.
 * <p>
 * This is an agent: run {@link #doWork()} with an {@code AgentRunner}, or from a loop, always on the same thread; in
 * INVOKER mode that may be the engine's. The counts may be read by any thread.
 */
public final class Rotation implements Agent
{
    private final SequencedFeed feed;
    private final Function<SessionConfig, Session> connector;
    private final RotationPolicy policy;
    private final NanoClock clock;
    private final List<RotationLane> lanes = new ArrayList<>();
    private volatile long rotations; // owner: the thread that runs doWork
    private volatile long failures; // owner: the thread that runs doWork
    private RotationLane active;

    /**
     * Make a rotation; nothing is opened before the first {@link #doWork()}.
     *
     * @param feed      that hears the sessions.
     * @param connector makes a session of a configuration: {@code engine::connect}.
     * @param policy    of the rotation.
     * @param listener  told of the lives of all sessions, on the feed's thread.
     * @param configs   one for each session that is kept up: makes the configuration of a session around its input,
     *                  which must be its message handler and listener.
     */
    public Rotation(
        final SequencedFeed feed,
        final Function<SessionConfig, Session> connector,
        final RotationPolicy policy,
        final SessionListener listener,
        final List<Function<FeedInput, SessionConfig>> configs)
    {
        policy.check();
        this.feed = feed;
        this.connector = connector;
        this.policy = policy;
        clock = policy.nanoClock();
        configs.forEach((config) -> lanes.add(new RotationLane(config, listener, policy)));
    }

    @Override
    public int doWork()
    {
        final long nowNs = clock.nanoTime();
        int work = 0;
        for (int i = 0; i < lanes.size(); i++)
        {
            work += lookAt(lanes.get(i), nowNs);
        }

        return work;
    }

    @Override
    public String roleName()
    {
        return "ringwire-rotation";
    }

    @Override
    public void onClose()
    {
        lanes.forEach(RotationLane::close);
    }

    /**
     * Replace a session as soon as none else is being replaced.
     *
     * @param lane index of the session, as its configuration stands in the list.
     */
    public void rotate(final int lane)
    {
        lanes.get(lane).ask();
    }

    /**
     * The session of a lane.
     *
     * @param lane index of the session, as its configuration stands in the list.
     * @return the session, the old one while it is being replaced; null before the first.
     */
    public Session session(final int lane)
    {
        return lanes.get(lane).session();
    }

    /** {@return sessions that were replaced} */
    public long rotations()
    {
        return rotations;
    }

    /** {@return new sessions that did not get there; the old ones stayed} */
    public long failures()
    {
        return failures;
    }

    private int lookAt(final RotationLane lane, final long nowNs)
    {
        if (lane.isReplacing())
        {
            return follow(lane, nowNs);
        }

        if (active == null && lane.isDue(nowNs))
        {
            return open(lane, nowNs);
        }

        return 0;
    }

    private int open(final RotationLane lane, final long nowNs)
    {
        try
        {
            lane.open(feed, connector, nowNs);
            active = lane.isReplacing() ? lane : null;
        }
        catch (final Exception ex)
        {
            failures = failures + 1;
            lane.retry(nowNs);
            policy.errorHandler().onError(ex);
        }

        return 1;
    }

    private int follow(final RotationLane lane, final long nowNs)
    {
        if (lane.isReady(nowNs))
        {
            lane.swap(nowNs);
            rotations = rotations + 1;
            active = null;
            return 1;
        }

        if (lane.isHopeless(nowNs))
        {
            lane.giveUp(nowNs);
            failures = failures + 1;
            active = null;
            return 1;
        }

        return 0;
    }
}
