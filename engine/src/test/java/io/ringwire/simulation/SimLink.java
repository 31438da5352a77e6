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
package io.ringwire.simulation;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.dialect.MessageKind;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.Delivery;
import io.ringwire.session.Dial;
import io.ringwire.session.DirectWriter;
import io.ringwire.session.LinkCommands;
import io.ringwire.session.LinkEvents;
import io.ringwire.session.Lookups;
import io.ringwire.session.SendWindow;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionStateMachine;
import io.ringwire.session.WebSocketSession;
import org.agrona.DirectBuffer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * The IO thread of the simulation, and the queues between it and the control thread: what the engine's does with a
 * socket is done here with a queue of texts.
 */
final class SimLink implements LinkCommands, LinkEvents, Lookups, DirectWriter
{
    private static final long STEP_NS = SimClient.STEP_TIMEOUT_NS;

    private final Agenda agenda;
    private final SimVenue venue;
    private final OutboundRing outboundRing;
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private final ArrayDeque<ObjLongConsumer<SessionStateMachine>> events = new ArrayDeque<>();
    private final ArrayDeque<WaitingEvent> backlog = new ArrayDeque<>();
    private final OutboundRing.RecordHandler recordHandler = this::onRecord;

    private WebSocketSession session;
    private Delivery delivery;
    private SimWire wire;
    private int epoch;
    int connections;
    int connectionsOpen;
    boolean retired;

    SimLink(final Agenda agenda, final SimVenue venue, final OutboundRing outboundRing)
    {
        this.agenda = agenda;
        this.venue = venue;
        this.outboundRing = outboundRing;
    }

    void wire(final WebSocketSession session, final Delivery delivery)
    {
        this.session = session;
        this.delivery = delivery;
    }

    /**
     * One turn of the IO thread.
     */
    boolean work(final int limit)
    {
        boolean worked = false;
        for (int i = 0; i < limit && !commands.isEmpty(); i++)
        {
            commands.poll().run();
            worked = true;
        }

        worked |= outboundRing.drain(recordHandler, limit) > 0;
        final int waiting = backlog.size();
        deliverBacklog();
        worked |= backlog.size() < waiting;
        if (wire != null)
        {
            worked |= wire.work(limit);
        }

        return worked;
    }

    /**
     * One turn of the control thread's queue.
     */
    boolean control(final SessionStateMachine machine, final int limit)
    {
        int count = 0;
        while (count < limit && !events.isEmpty())
        {
            events.poll().accept(machine, agenda.nowNs());
            count++;
        }

        return count > 0;
    }

    Delivery delivery()
    {
        return delivery;
    }

    SimVenue.Connection connection()
    {
        return wire == null || !wire.up ? null : wire.connection;
    }

    /**
     * The network loses the connection, if there is one.
     */
    void cut()
    {
        if (wire != null)
        {
            wire.fail();
        }
    }

    /**
     * The venue closes the connection, if there is one.
     */
    void closeByVenue(final int code)
    {
        if (wire != null && wire.open)
        {
            final SimWire closing = wire;
            closing.up = false;
            closing.inbound.addLast("\0close " + code);
        }
    }

    @Override
    public void connect(
        final WebSocketSession session, final Dial dial, final int attemptId, final int epoch)
    {
        commands.add(() -> connectNow(attemptId, epoch));
    }

    @Override
    public void open(final WebSocketSession session, final int attemptId)
    {
        commands.add(() ->
        {
            if (wire != null && wire.attemptId == attemptId && wire.upgraded)
            {
                wire.open = true;
                session.router().reset(attemptId);
            }
        });
    }

    @Override
    public void drop(final WebSocketSession session, final int attemptId)
    {
        commands.add(() ->
        {
            if (wire != null && wire.attemptId == attemptId)
            {
                release();
            }
        });
    }

    @Override
    public void deliver(final WebSocketSession session, final SessionEvent event)
    {
        commands.add(() ->
        {
            if (event instanceof SessionEvent.Changed changed && changed.change().to().isTerminal())
            {
                release();
                retired = true;
            }

            backlog.addLast(new WaitingEvent(event, epoch));
            deliverBacklog();
        });
    }

    @Override
    public void wake()
    {
        // every thread has its turn
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
        throw new AssertionError("not usable");
    }

    @Override
    public void resolve(final SessionStateMachine machine, final String host, final int attemptId)
    {
        if (venue.chance(0.02))
        {
            return;
        }

        final boolean fails = venue.chance(0.05);
        agenda.in(venue.delayNs(STEP_NS * (venue.chance(0.05) ? 2 : 1)), () -> events.add((to, nowNs) ->
            to.onResolved(attemptId, fails ? null : address(), fails ? "no such host" : null, nowNs)));
    }

    @Override
    public boolean call(final WebSocketSession session, final Supplier<LongConsumer> userCode)
    {
        final LongConsumer result = userCode.get();
        agenda.in(venue.delayNs(STEP_NS), () -> events.add((to, nowNs) -> result.accept(nowNs)));
        return true;
    }

    @Override
    public void onConnected(final WebSocketSession session, final int attemptId)
    {
        events.add((to, nowNs) -> to.onConnected(attemptId, nowNs));
    }

    @Override
    public void onSecured(final WebSocketSession session, final int attemptId, final String explanation)
    {
        events.add((to, nowNs) -> to.onSecured(attemptId, explanation, nowNs));
    }

    @Override
    public void onUpgraded(
        final WebSocketSession session,
        final int attemptId,
        final HandshakeResponse response,
        final String subprotocol)
    {
        events.add((to, nowNs) -> to.onUpgraded(attemptId, response, subprotocol, nowNs));
    }

    @Override
    public void onConnectFailed(final WebSocketSession session, final int attemptId, final ConnectFailure failure)
    {
        events.add((to, nowNs) -> to.onConnectFailed(attemptId, failure, nowNs));
    }

    @Override
    public void onChannels(final WebSocketSession session, final boolean wanted, final List<String> channels)
    {
        events.add((to, nowNs) -> to.onChannels(wanted, channels));
    }

    @Override
    public void onReconnectRequested(final WebSocketSession session, final int epoch)
    {
        events.add((to, nowNs) -> to.onReconnectRequested(epoch, nowNs));
    }

    @Override
    public void onAnswer(
        final WebSocketSession session,
        final int attemptId,
        final MessageKind kind,
        final long correlationId,
        final byte[] message)
    {
        events.add((to, nowNs) -> to.onAnswer(attemptId, kind, correlationId, message, nowNs));
    }

    @Override
    public void onClosing(
        final WebSocketSession session,
        final int attemptId,
        final int closeCode,
        final String reason,
        final boolean answered)
    {
        events.add((to, nowNs) -> to.onClosing(attemptId, closeCode, reason, answered, nowNs));
    }

    @Override
    public void onClosed(
        final WebSocketSession session, final int attemptId, final int closeCode, final String reason)
    {
        events.add((to, nowNs) -> to.onClosed(attemptId, closeCode, reason, nowNs));
    }

    @Override
    public void onCloseRequested(final WebSocketSession session)
    {
        events.add((to, nowNs) -> to.onCloseRequested(nowNs));
    }

    private void connectNow(final int attemptId, final int epoch)
    {
        if (wire != null)
        {
            throw new AssertionError("a second connection while one is there");
        }

        this.epoch = epoch;
        session.status().lastReceiveNs(agenda.nowNs());
        wire = new SimWire(this, venue, agenda, session, attemptId, epoch);
        wire.plan();
    }

    void release()
    {
        if (wire != null)
        {
            wire.end();
            wire = null;
        }

        deliverBacklog();
        delivery.flush();
    }

    /**
     * @return true if nothing is left.
     */
    boolean deliverBacklog()
    {
        while (!backlog.isEmpty() &&
            delivery.event(backlog.peekFirst().event, backlog.peekFirst().epoch, agenda.nowNs()))
        {
            backlog.pollFirst();
        }

        delivery.flush();
        return backlog.isEmpty();
    }

    private void onRecord(
        final int type,
        final int sessionId,
        final int recordEpoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        final boolean live = wire != null && wire.up && wire.upgraded && recordEpoch == epoch;
        if (type == OutboundRing.CLOSE)
        {
            if (live && !venue.chance(0.1))
            {
                wire.up = false;
                wire.inbound.addLast("\0answered " + buffer.getShort(offset, ByteOrder.BIG_ENDIAN));
            }

            return;
        }

        session.window().settle(SendWindow.charge(length));
        if (live)
        {
            wire.connection.onMessage(buffer.getStringWithoutLengthUtf8(offset, length));
        }
    }

    private static InetAddress[] address()
    {
        try
        {
            return new InetAddress[]{InetAddress.getByAddress(new byte[]{10, 0, 0, 1})};
        }
        catch (final UnknownHostException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private record WaitingEvent(SessionEvent event, int epoch)
    {
    }
}
