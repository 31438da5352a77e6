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

import io.ringwire.jfr.GapEvent;
import io.ringwire.session.Delivery;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.ArrayDeque;

/**
 * What the handler must be told before it gets the next message: events of the session in their order, then how many
 * messages were lost since. Owner: the IO thread.
 */
final class EventBacklog
{
    private static final int MAX_EVENTS = 1024;

    private final int sessionId;
    private final Delivery delivery;
    private final NanoClock clock;
    private final LifeRecorder recorder;
    private final FrameRecorder frames;
    private final AtomicCounter eventsDropped;
    private final GapEvent gapEvent;
    private final ArrayDeque<WaitingEvent> events = new ArrayDeque<>();
    private long gap;

    EventBacklog(
        final WebSocketSession session,
        final Delivery delivery,
        final NanoClock clock,
        final LifeRecorder recorder,
        final FrameRecorder frames)
    {
        sessionId = session.id();
        this.delivery = delivery;
        this.clock = clock;
        this.recorder = recorder;
        this.frames = frames;
        eventsDropped = session.counters().of(Id.EVENTS_DROPPED);
        gapEvent = new GapEvent(session.name());
    }

    boolean isEmpty()
    {
        return events.isEmpty() && gap == 0;
    }

    boolean hasEvents()
    {
        return !events.isEmpty();
    }

    int size()
    {
        return events.size() + (gap > 0 ? 1 : 0);
    }

    void add(final SessionEvent event, final int epoch)
    {
        frames.flush(); // a replay is to see that the event came inside of a message
        if (gap > 0)
        {
            events.addLast(new WaitingEvent(recordedGap(epoch), epoch)); // what was lost was lost before this
            gapIsOver();
        }

        if (events.size() >= MAX_EVENTS)
        {
            events.pollFirst(); // the handler has been held through hundreds of reconnects: the newest tell it most
            eventsDropped.incrementRelease();
        }

        events.addLast(new WaitingEvent(event, epoch));
        recorder.event(sessionId, epoch, event, clock.nanoTime());
    }

    /**
     * A message was dropped.
     */
    void messageLost()
    {
        gap++;
    }

    /**
     * Deliver as far as there is room. Asked for each message while the ring is full: without room nothing is made.
     *
     * @param epoch     of the messages lost.
     * @param gapTimeNs when the last of them came.
     * @return true if nothing is left.
     */
    boolean deliver(final int epoch, final long gapTimeNs)
    {
        while (!events.isEmpty())
        {
            final WaitingEvent waiting = events.peekFirst();
            if (!delivery.event(waiting.event, waiting.epoch, clock.nanoTime()))
            {
                return false;
            }

            events.pollFirst();
        }

        if (gap > 0 && delivery.hasRoom(0) && delivery.event(new SessionEvent.Gap(gap), epoch, gapTimeNs))
        {
            recordedGap(epoch);
            gapIsOver();
        }

        return gap == 0;
    }

    private void gapIsOver()
    {
        gapEvent.gap(gap);
        gap = 0;
    }

    private SessionEvent recordedGap(final int epoch)
    {
        final SessionEvent event = new SessionEvent.Gap(gap);
        recorder.event(sessionId, epoch, event, clock.nanoTime());
        return event;
    }

    /**
     * An event may wait for room while the next connection is already made: it keeps the epoch it belongs to.
     */
    private record WaitingEvent(SessionEvent event, int epoch)
    {
    }
}
