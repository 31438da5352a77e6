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
import org.agrona.ErrorHandler;

/**
 * The way to a pool's listener: what it throws is reported and stops nothing.
 */
final class PoolCalls
{
    private final PoolListener listener;
    private final ErrorHandler errorHandler;

    PoolCalls(final PoolPolicy policy)
    {
        listener = policy.listener();
        errorHandler = policy.errorHandler();
    }

    void onLive(final PoolMember member, final int epoch)
    {
        guard(() -> listener.onLive(member, epoch));
    }

    void onNotLive(final PoolMember member, final int epoch)
    {
        guard(() -> listener.onNotLive(member, epoch));
    }

    void onRestarted(final PoolMember member)
    {
        guard(() -> listener.onRestarted(member));
    }

    void onRestartFailed(final PoolMember member, final Exception cause)
    {
        guard(() -> errorHandler.onError(cause));
        guard(() -> listener.onRestartFailed(member, cause));
    }

    void onEnded(final PoolMember member)
    {
        guard(() -> listener.onEnded(member));
    }

    void onRemoved(final PoolMember member)
    {
        guard(() -> listener.onRemoved(member));
    }

    /**
     * Without a lambda: this one is on the path of a request.
     */
    void onFailover(final PoolMember from, final PoolMember to, final long correlationId, final ReplyOutcome outcome)
    {
        try
        {
            listener.onFailover(from, to, correlationId, outcome);
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }
    }

    private void guard(final Runnable call)
    {
        try
        {
            call.run();
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }
    }
}
