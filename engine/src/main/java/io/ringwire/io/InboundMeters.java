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
package io.ringwire.io;

import io.ringwire.frame.MessageInflater;
import io.ringwire.stats.SessionCounters;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What is counted of the inbound bytes of a session. Owner: the IO thread.
 */
final class InboundMeters
{
    private final AtomicCounter bytesReceived;
    private final AtomicCounter framesReceived;
    private final AtomicCounter messagesReceived;
    private final AtomicCounter messagesDropped;
    private final AtomicCounter highWaterMark;
    private final AtomicCounter inflateBytesIn;
    private final AtomicCounter inflateBytesOut;

    InboundMeters(final SessionCounters counters)
    {
        bytesReceived = counters.of(Id.BYTES_RECEIVED);
        framesReceived = counters.of(Id.FRAMES_RECEIVED);
        messagesReceived = counters.of(Id.MESSAGES_RECEIVED);
        messagesDropped = counters.of(Id.MESSAGES_DROPPED);
        highWaterMark = counters.of(Id.RING_HIGH_WATER_MARK);
        inflateBytesIn = counters.of(Id.INFLATE_BYTES_IN);
        inflateBytesOut = counters.of(Id.INFLATE_BYTES_OUT);
    }

    void onBytes(final int length)
    {
        bytesReceived.getAndAddRelease(length);
    }

    void onMessage()
    {
        messagesReceived.incrementRelease();
    }

    void onDrop()
    {
        messagesDropped.incrementRelease();
    }

    /**
     * The read is done.
     *
     * @param frames    of all connections so far.
     * @param inflater  of the connection, or null.
     * @param occupancy of the ring.
     */
    void onReadComplete(final long frames, final MessageInflater inflater, final int occupancy)
    {
        framesReceived.setRelease(frames);
        if (inflater != null)
        {
            inflateBytesIn.getAndAddRelease(inflater.takeBytesIn());
            inflateBytesOut.getAndAddRelease(inflater.takeBytesOut());
        }

        if (occupancy > highWaterMark.getPlain())
        {
            highWaterMark.setRelease(occupancy);
        }
    }
}
