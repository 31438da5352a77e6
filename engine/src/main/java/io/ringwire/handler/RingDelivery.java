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
package io.ringwire.handler;

import io.ringwire.ring.MessageRing;
import io.ringwire.session.Delivery;
import io.ringwire.session.MessageRouter;
import io.ringwire.session.SessionEvent;
import io.ringwire.thread.Doorbell;
import org.agrona.DirectBuffer;

/**
 * The producing half of a session's ring. Owner: the IO thread.
 */
public final class RingDelivery implements Delivery
{
    private final MessageRing ring;
    private final MessageRouter router;
    private final Doorbell doorbell;
    private boolean midMessage;

    /**
     * Make the producing half.
     *
     * @param ring     to put messages into.
     * @param router   that judges the messages.
     * @param doorbell of the handler thread, or null if it never sleeps.
     */
    public RingDelivery(final MessageRing ring, final MessageRouter router, final Doorbell doorbell)
    {
        this.ring = ring;
        this.router = router;
        this.doorbell = doorbell;
    }

    @Override
    public boolean message(
        final int opcode,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int epoch,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        if (!ring.begin(length))
        {
            return noRoom();
        }

        ring.append(buffer, offset, length);
        ring.commit(opcode, epoch, receiveTimeNs);
        ring.judge(router.verdict(), offset);
        router.onDelivered();
        return true;
    }

    @Override
    public boolean begin(final boolean first, final int length)
    {
        if (first ? ring.begin(length) : ring.extend(length))
        {
            midMessage = true;
            return true;
        }

        return noRoom();
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length)
    {
        ring.append(buffer, offset, length);
    }

    @Override
    public boolean isOfEngine(final int opcode)
    {
        final boolean ofEngine =
            router.take(opcode, ring.buffer(), ring.claimOffset(), ring.appendedLength());
        if (ofEngine)
        {
            abandon();
        }

        return ofEngine;
    }

    @Override
    public void end(final int opcode, final int epoch, final long receiveTimeNs, final boolean endOfBatch)
    {
        midMessage = false;
        final int offset = ring.claimOffset();
        ring.commit(opcode, epoch, receiveTimeNs);
        ring.judge(router.verdict(), offset);
        router.onDelivered();
    }

    @Override
    public void abandon()
    {
        if (midMessage)
        {
            midMessage = false;
            ring.abort();
        }
    }

    @Override
    public boolean event(final SessionEvent event, final int epoch, final long timeNs)
    {
        return ring.offerEvent(event, epoch, timeNs) || noRoom();
    }

    @Override
    public void flush()
    {
        if (ring.publish() && doorbell != null)
        {
            doorbell.ring();
        }
    }

    @Override
    public boolean isInline()
    {
        return false;
    }

    @Override
    public int occupancy()
    {
        return ring.occupancy();
    }

    /**
     * The consumer can only make room by releasing what it sees.
     */
    private boolean noRoom()
    {
        flush();
        return false;
    }
}
