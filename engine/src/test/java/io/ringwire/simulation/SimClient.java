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

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.handler.RingDelivery;
import io.ringwire.handler.RingDispatcher;
import io.ringwire.ring.MessageRing;
import io.ringwire.ring.OutboundRing;
import io.ringwire.session.SessionStateMachine;
import io.ringwire.session.SessionWiring;
import io.ringwire.session.WebSocketSession;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A session with all of its logic, and its user: what the user asked for and what the user was told.
 */
final class SimClient implements MessageHandler, SessionListener, ReplyHandler
{
    static final long STEP_TIMEOUT_NS = 1_000;
    static final long REQUEST_TIMEOUT_NS = 5_000;
    static final long ACK_TIMEOUT_NS = 3_000;
    static final String[] CHANNELS = {"a", "b", "c", "d", "e", "no1", "no2"};
    private static final EngineContext CONTEXT =
        new EngineContext().threadingMode(ThreadingMode.INVOKER).conclude(4);

    final WebSocketSession session;
    final SessionStateMachine machine;
    final SimLink link;
    final OutboundRing outboundRing = new OutboundRing(OutboundRing.MIN_CAPACITY);
    final MessageRing ring = new MessageRing(8, 1024);
    final RingDispatcher dispatcher;
    final Map<Long, ReplyOutcome> endings = new TreeMap<>();
    final List<Long> accepted = new ArrayList<>();
    final Map<Integer, List<String>> seenByEpoch = new HashMap<>();
    final List<StateChange> changes = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    private final SplittableRandom random;
    private int epochOfEvents;
    private long nextId;

    SimClient(final Agenda agenda, final SimVenue venue, final SplittableRandom random)
    {
        this.random = random;
        link = new SimLink(agenda, venue, outboundRing);
        final SessionWiring wiring =
            new SessionWiring(outboundRing, link, link, link, agenda::nowNs, errors::add, null);
        session = new WebSocketSession(1, config(), wiring);
        dispatcher = new RingDispatcher(session, ring, agenda::nowNs, errors::add);
        session.status().wire(ring::occupancy, dispatcher);
        link.wire(session, new RingDelivery(ring, session.router(), null));
        machine = new SessionStateMachine(session, wiring, link, random.split());
    }

    private SessionConfig config()
    {
        return new SessionConfig()
            .uri("ws://venue.test/")
            .messageHandler(this)
            .listener(this)
            .dialect(new SimDialect())
            .maxRequestsInFlight(8)
            .maxMessageLength(512)
            .buffers(new BufferPolicy().ringCapacity(8).arenaLength(1024).sendWindowLength(4096))
            .timeouts(new TimeoutPolicy().resolveNs(STEP_TIMEOUT_NS).connectNs(STEP_TIMEOUT_NS)
                .upgradeNs(STEP_TIMEOUT_NS).closeNs(STEP_TIMEOUT_NS))
            .heartbeat(new HeartbeatPolicy().intervalNs(4_000).timeoutNs(2_000))
            .reconnect(new ReconnectPolicy().baseNs(500).capNs(4_000).healthyNs(10_000))
            .conclude(CONTEXT);
    }

    /**
     * The user does something.
     */
    void act()
    {
        switch (random.nextInt(4))
        {
            case 0, 1, 2 -> request();
            default -> session.metrics();
        }
    }

    private void request()
    {
        final long id = nextId++;
        final UnsafeBuffer buffer = new UnsafeBuffer(("request " + id).getBytes(StandardCharsets.UTF_8));
        if (session.request(id, buffer, 0, buffer.capacity(), REQUEST_TIMEOUT_NS, this) > 0)
        {
            accepted.add(id);
        }
    }

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        saw(buffer.getStringWithoutLengthUtf8(offset, length));
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
        final ReplyOutcome before = endings.put(correlationId, outcome);
        if (before != null)
        {
            throw new AssertionError("request " + correlationId + " ended as " + before + " and as " + outcome);
        }

        if (buffer != null)
        {
            saw(buffer.getStringWithoutLengthUtf8(offset, length));
        }
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        changes.add(change);
        epochOfEvents = change.epoch();
    }

    private void saw(final String text)
    {
        if (!changes.get(changes.size() - 1).to().isOpen() &&
            changes.get(changes.size() - 1).to() != SessionState.DRAINING)
        {
            throw new AssertionError("a message in " + changes.get(changes.size() - 1) + ": " + text);
        }

        seenByEpoch.computeIfAbsent(epochOfEvents, (key) -> new ArrayList<>()).add(text);
    }
}
