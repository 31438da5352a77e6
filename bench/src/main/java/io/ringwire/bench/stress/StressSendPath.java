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
package io.ringwire.bench.stress;

import io.ringwire.api.Opcode;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.Dial;
import io.ringwire.session.DirectWriter;
import io.ringwire.session.LinkCommands;
import io.ringwire.session.RateLimiter;
import io.ringwire.session.SendPath;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The send path of a session on one connection without a socket: what it lets through is told from the ring.
 */
final class StressSendPath implements LinkCommands, DirectWriter
{
    static final int EPOCH = 1;

    private static final int WINDOW_LENGTH = 1024;
    private static final int MIDDLE_PARTS = 8;

    private final OutboundRing ring = new OutboundRing(OutboundRing.MIN_CAPACITY);
    private final SessionCounters counters = new SessionCounters();
    private final SendPath path = new SendPath(
        1,
        WINDOW_LENGTH,
        new SessionWiring(ring, this, null, this, null, null, null, null, null),
        counters,
        new RateLimiter(new RateLimitPolicy(), null, () -> 0, null, counters));

    SendPath path()
    {
        return path;
    }

    /**
     * Send a whole message that carries a digit.
     */
    void whole(final int digit)
    {
        path.send(Opcode.TEXT, EPOCH, payload(digit), 0, 1);
    }

    /**
     * Send a message whose first and last part carry a digit each, if it can be begun. The empty parts between give
     * what must not come there the time to do so.
     */
    void parts(final int firstDigit, final int lastDigit)
    {
        if (path.sendFirst(Opcode.TEXT, EPOCH, payload(firstDigit), 0, 1) > 0)
        {
            for (int i = 0; i < MIDDLE_PARTS; i++)
            {
                path.sendMiddle(EPOCH, payload(0), 0, 0);
            }

            path.sendLast(EPOCH, payload(lastDigit), 0, 1);
        }
    }

    /**
     * The digits in the order in which they would leave.
     */
    int drain()
    {
        final int[] digits = new int[1];
        ring.drain(
            (type, sessionId, epoch, buffer, offset, length) ->
            {
                if (length > 0)
                {
                    digits[0] = 10 * digits[0] + buffer.getByte(offset);
                }
            },
            Integer.MAX_VALUE);
        return digits[0];
    }

    @Override
    public boolean isUsable()
    {
        return false;
    }

    @Override
    public void write(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        throw new IllegalStateException("there is no IO thread");
    }

    @Override
    public void connect(final WebSocketSession session, final Dial dial, final int attemptId, final int epoch)
    {
        throw new IllegalStateException("there is no IO thread");
    }

    @Override
    public void open(final WebSocketSession session, final int attemptId)
    {
        throw new IllegalStateException("there is no IO thread");
    }

    @Override
    public void drop(final WebSocketSession session, final int attemptId)
    {
        throw new IllegalStateException("there is no IO thread");
    }

    @Override
    public void deliver(final WebSocketSession session, final SessionEvent event)
    {
        throw new IllegalStateException("there is no IO thread");
    }

    @Override
    public void wake()
    {
        // the arbiter looks
    }

    private static UnsafeBuffer payload(final int digit)
    {
        return new UnsafeBuffer(new byte[]{ (byte)digit });
    }
}
