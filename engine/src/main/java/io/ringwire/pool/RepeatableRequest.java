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

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A request that may be sent again through another member, with a copy of its message. Taken from the pool's free ones
 * and given back at its end. Owner: the sending thread until a member has accepted it, then whoever tells of its end.
 */
final class RepeatableRequest implements ReplyHandler
{
    private static final int INITIAL_LENGTH = 512;

    private final SessionPool pool;
    private final PoolMember[] tried;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[INITIAL_LENGTH]);
    private int attempts;
    private int length;
    private long correlationId;
    private long timeoutNs;
    private ReplyHandler replyHandler;

    RepeatableRequest(final SessionPool pool, final int maxAttempts)
    {
        this.pool = pool;
        tried = new PoolMember[maxAttempts];
    }

    void fill(
        final long correlationId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        if (length > message.capacity())
        {
            message.wrap(new byte[length]); // kept for the next that is as long
        }

        message.putBytes(0, buffer, offset, length);
        this.length = length;
        this.correlationId = correlationId;
        this.timeoutNs = timeoutNs;
        this.replyHandler = replyHandler;
        attempts = 0;
    }

    /**
     * Send through one member after the other until one accepts. If one does, this object is its business: it may
     * already be at its end.
     *
     * @param outcome of the try before, or null if there was none.
     * @return the send position, or the last refusal.
     */
    long submit(final ReplyOutcome outcome)
    {
        ReplyOutcome before = outcome;
        long result = SendResult.NOT_CONNECTED;
        for (PoolMember member = next(); member != null; member = next())
        {
            if (attempts > 1)
            {
                pool.onFailover(tried[attempts - 2], member, correlationId, before);
            }

            result = member.session().request(correlationId, message, 0, length, timeoutNs, this);
            if (!SessionPool.isPassing(result))
            {
                break;
            }

            before = null;
        }

        return result;
    }

    private PoolMember next()
    {
        final PoolMember member = attempts < tried.length ? pool.choose(tried, attempts) : null;
        if (member != null)
        {
            tried[attempts++] = member;
        }

        return member;
    }

    /**
     * Send a message that has no answer through one member after the other until one accepts.
     *
     * @return the send position, or the last refusal.
     */
    long send(final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
        long result = SendResult.NOT_CONNECTED;
        for (PoolMember member = next(); member != null; member = next())
        {
            result = member.session().send(opcode, buffer, offset, length);
            if (!SessionPool.isPassing(result))
            {
                break;
            }
        }

        return result;
    }

    @Override
    public void onReply(
        final Session session,
        final long correlationId,
        final ReplyOutcome outcome,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long rttNs)
    {
        final boolean isOpen = outcome == ReplyOutcome.UNKNOWN_OUTCOME || outcome == ReplyOutcome.TIMED_OUT;
        if (!isOpen || pool.isClosed() || submit(outcome) < 0)
        {
            final ReplyHandler replyHandler = this.replyHandler;
            release();
            replyHandler.onReply(session, correlationId, outcome, buffer, offset, length, rttNs);
        }
    }

    /**
     * Back to the free ones.
     */
    void release()
    {
        for (int i = 0; i < attempts; i++)
        {
            tried[i] = null; // a member that was removed is not kept alive from here
        }

        attempts = 0;
        replyHandler = null;
        pool.release(this);
    }
}
