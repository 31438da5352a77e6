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

import io.ringwire.api.ReplyOutcome;

/**
 * Told what happens to the members of a pool, by the thread that runs {@link SessionPool#doWork()}, but for
 * {@link #onFailover}. What it throws goes to the pool's error handler.
 */
public interface PoolListener
{
    /**
     * A member can be sent to. For each call there is exactly one of {@link #onNotLive} before the next, whatever ends
     * the connection: its loss, the removal of the member or the end of the pool.
     *
     * @param member that is live.
     * @param epoch  of its connection.
     */
    default void onLive(final PoolMember member, final int epoch)
    {
    }

    /**
     * A member that was live can no more be sent to.
     *
     * @param member that is not live.
     * @param epoch  of the connection that ended.
     */
    default void onNotLive(final PoolMember member, final int epoch)
    {
    }

    /**
     * The session of a member had failed, and another was made for it.
     *
     * @param member that has a new session.
     */
    default void onRestarted(final PoolMember member)
    {
    }

    /**
     * No session could be made for a member. It is tried again as long as the policy allows.
     *
     * @param member that has no session that lives.
     * @param cause  thrown by the supplier of its configuration or by the engine.
     */
    default void onRestartFailed(final PoolMember member, final Throwable cause)
    {
    }

    /**
     * A member will not come back by itself: it failed more often in a row than the policy allows, or its session was
     * closed by somebody else than the pool. It stays in the pool, never chosen, until it is removed.
     *
     * @param member that is out.
     */
    default void onEnded(final PoolMember member)
    {
    }

    /**
     * A member was removed and its session has ended.
     *
     * @param member that is no more in the pool.
     */
    default void onRemoved(final PoolMember member)
    {
    }

    /**
     * A request that is marked safe to repeat is sent again through another member. Called by the thread that learned
     * of the need: a handler thread, or the sender's.
     *
     * @param from          the member that did not answer.
     * @param to            the member that is tried next.
     * @param correlationId of the request.
     * @param outcome       of the try before, or null if it was refused.
     */
    default void onFailover(
        final PoolMember from, final PoolMember to, final long correlationId, final ReplyOutcome outcome)
    {
    }
}
