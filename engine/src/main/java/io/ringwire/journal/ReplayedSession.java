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
package io.ringwire.journal;

import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.handler.InlineDispatcher;
import io.ringwire.session.MessageRouter;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.tape.RecordLayout;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.ArrayDeque;

/**
 * One session in a replay: a real one whose messages and events come out of records. Does what the IO thread of an
 * engine in INLINE mode does behind its decoder. Owner: the thread that runs the replay.
 */
final class ReplayedSession
{
    private static final int FIRST_CONTROL_OPCODE = 0x8;
    private static final String UNSEEN = "connected in a part that is missing";

    private final WebSocketSession session;
    private final InlineDispatcher dispatcher;
    private final MessageRouter router;
    private final AtomicCounter messagesReceived;
    private final AtomicCounter bytesReceived;
    private final int withheldFlags;
    private final ArrayDeque<WaitingEvent> waiting = new ArrayDeque<>();
    private boolean midMessage;
    private boolean compressed; // the message begun: live it is put together before anybody else knows of it
    private int connections;

    /**
     * @param withheldFlags of messages that the handler does not get.
     */
    ReplayedSession(final WebSocketSession session, final SessionWiring wiring, final int withheldFlags)
    {
        this.session = session;
        this.withheldFlags = withheldFlags;
        dispatcher = new InlineDispatcher(session, wiring.nanoClock(), wiring.errorHandler(), Long.MAX_VALUE);
        session.status().wire(() -> 0, dispatcher);
        router = session.router();
        messagesReceived = session.counters().of(Id.MESSAGES_RECEIVED);
        bytesReceived = session.counters().of(Id.BYTES_RECEIVED);
    }

    WebSocketSession session()
    {
        return session;
    }

    /**
     * When a request is to end for lack of a reply.
     */
    long requestsDueNs()
    {
        return session.requests().inFlight() == 0 ? Long.MAX_VALUE : session.requests().sweepAtNs();
    }

    /**
     * @return how many requests ended.
     */
    int endRequests(final long nowNs)
    {
        return dispatcher.poll(0, nowNs);
    }

    /**
     * A record of bytes received.
     *
     * @param wanted false for one before the part to be replayed: it only tells where messages begin.
     * @return false if it belongs to a message whose beginning is missing.
     */
    boolean onInbound(
        final DirectBuffer buffer, final int record, final int length, final boolean wanted)
    {
        final int flags = RecordLayout.flags(buffer, record);
        final int opcode = RecordLayout.opcode(buffer, record);
        if (opcode >= FIRST_CONTROL_OPCODE)
        {
            return true;
        }

        if ((flags & RecordLayout.ABANDONED) != 0)
        {
            abandon();
            return true;
        }

        if (!midMessage && (flags & RecordLayout.FRAME_BEGIN) == 0)
        {
            return false;
        }

        follow(RecordLayout.epoch(buffer, record));
        final int payload = record + RecordLayout.HEADER_LENGTH;
        final int payloadLength = length - RecordLayout.HEADER_LENGTH;
        session.status().lastReceiveNs(RecordLayout.timeNs(buffer, record));
        bytesReceived.getAndAddRelease(payloadLength);
        if (midMessage || (flags & RecordLayout.MESSAGE_END) == 0)
        {
            piece(buffer, record, payload, payloadLength, wanted);
        }
        else if ((flags & withheldFlags) == 0 && wanted)
        {
            message(buffer, record, payload, payloadLength);
        }

        return true;
    }

    /**
     * An event. None stands inside of a message: it waits for its end, as it does before a live handler, unless the
     * message is compressed.
     */
    void onEvent(final SessionEvent event, final int epoch, final long timeNs, final boolean wanted)
    {
        if (midMessage && endsConnection(event))
        {
            abandon();
        }

        if (midMessage && !compressed)
        {
            waiting.addLast(new WaitingEvent(event, epoch, timeNs, wanted));
        }
        else
        {
            deliver(event, epoch, timeNs, wanted);
        }
    }

    /**
     * No record of the session follows.
     */
    void end(final long nowNs)
    {
        abandon();
        dispatcher.flush();
        dispatcher.end(nowNs);
    }

    private void message(final DirectBuffer buffer, final int record, final int payload, final int payloadLength)
    {
        final int opcode = RecordLayout.opcode(buffer, record);
        messagesReceived.incrementRelease();
        if (!router.take(opcode, buffer, payload, payloadLength))
        {
            dispatcher.message(
                opcode,
                buffer,
                payload,
                payloadLength,
                RecordLayout.epoch(buffer, record),
                RecordLayout.timeNs(buffer, record),
                (RecordLayout.flags(buffer, record) & RecordLayout.END_OF_BATCH) != 0);
        }
    }

    private void piece(
        final DirectBuffer buffer,
        final int record,
        final int payload,
        final int payloadLength,
        final boolean wanted)
    {
        final int flags = RecordLayout.flags(buffer, record);
        dispatcher.begin(!midMessage, payloadLength);
        dispatcher.append(buffer, payload, payloadLength);
        midMessage = (flags & RecordLayout.MESSAGE_END) == 0;
        compressed = (flags & RecordLayout.COMPRESSED) != 0;
        if (midMessage)
        {
            return;
        }

        if ((flags & withheldFlags) == 0 && wanted)
        {
            messagesReceived.incrementRelease();
            final int opcode = RecordLayout.opcode(buffer, record);
            if (!dispatcher.isOfEngine(opcode))
            {
                dispatcher.end(
                    opcode,
                    RecordLayout.epoch(buffer, record),
                    RecordLayout.timeNs(buffer, record),
                    (flags & RecordLayout.END_OF_BATCH) != 0);
            }
        }
        else
        {
            dispatcher.abandon();
        }

        deliverWaiting();
    }

    private void abandon()
    {
        if (midMessage)
        {
            midMessage = false;
            dispatcher.abandon();
        }

        deliverWaiting();
    }

    private void deliverWaiting()
    {
        while (!waiting.isEmpty())
        {
            final WaitingEvent event = waiting.pollFirst();
            deliver(event.event, event.epoch, event.timeNs, event.wanted);
        }
    }

    private void deliver(final SessionEvent event, final int epoch, final long timeNs, final boolean wanted)
    {
        if (event instanceof SessionEvent.Changed changed)
        {
            final SessionState to = changed.change().to();
            if (to.isOpen() && !changed.change().from().isOpen())
            {
                router.reset(++connections);
            }

            session.status().enter(changed.change());
        }

        if (wanted)
        {
            dispatcher.event(event, epoch, timeNs);
        }
    }

    /**
     * Messages of a connection whose beginning is not there: the records before are of a segment that is damaged or was
     * left out. Nobody is told, but the session is what it was.
     */
    private void follow(final int epoch)
    {
        if (epoch > session.epoch())
        {
            router.reset(++connections);
            session.status().enter(new StateChange(
                session.state(), SessionState.LIVE, epoch, 1, 0, UNSEEN, 0, null));
        }
    }

    private static boolean endsConnection(final SessionEvent event)
    {
        return event instanceof SessionEvent.Closed || event instanceof SessionEvent.Changed changed &&
            !changed.change().to().isOpen() && changed.change().to() != SessionState.DRAINING;
    }

    private record WaitingEvent(SessionEvent event, int epoch, long timeNs, boolean wanted)
    {
    }
}
