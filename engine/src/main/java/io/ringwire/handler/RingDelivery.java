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
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.LatencyRecorder;
import io.ringwire.stats.Stage;
import io.ringwire.thread.Doorbell;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * The producing half of a session's ring. Owner: the IO thread.
 */
public final class RingDelivery implements Delivery
{
    private final MessageRing ring;
    private final MessageRouter router;
    private final Doorbell doorbell;
    private final NanoClock clock;
    private final LatencyRecorder readToDecoded;
    private boolean midMessage;
    private int unrecorded; // messages of the last read that are not yet published
    private long readTimeNs; // of them

    /**
     * Make the producing half.
     *
     * @param session  whose messages are delivered.
     * @param ring     to put messages into.
     * @param doorbell of the handler thread, or null if it never sleeps.
     * @param clock    of the engine.
     */
    public RingDelivery(
        final WebSocketSession session, final MessageRing ring, final Doorbell doorbell, final NanoClock clock)
    {
        this.ring = ring;
        this.doorbell = doorbell;
        this.clock = clock;
        router = session.router();
        readToDecoded = session.latencies().of(Stage.READ_TO_DECODED);
    }

    @Override
    public boolean hasRoom(final int length)
    {
        return ring.hasRoom(length) || noRoom();
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
        commit(opcode, offset, epoch, receiveTimeNs);
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
        commit(opcode, offset, epoch, receiveTimeNs);
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
        if (ring.hasUnpublished())
        {
            final long nowNs = clock.nanoTime();
            recordDecoded(nowNs);
            ring.publish(nowNs);
            if (doorbell != null)
            {
                doorbell.ring();
            }
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

    private void commit(final int opcode, final int offset, final int epoch, final long receiveTimeNs)
    {
        if (receiveTimeNs != readTimeNs)
        {
            recordDecoded(receiveTimeNs);
            readTimeNs = receiveTimeNs;
        }

        ring.commit(opcode, epoch, receiveTimeNs);
        ring.judge(router.verdict(), offset);
        router.onDelivered();
        unrecorded++;
    }

    /**
     * What one read brought is decoded: when it is published, or, where several reads are published together, when the
     * next was read.
     */
    private void recordDecoded(final long nowNs)
    {
        if (unrecorded > 0)
        {
            readToDecoded.record(nowNs - readTimeNs, unrecorded);
            unrecorded = 0;
        }
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
