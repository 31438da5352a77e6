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

import io.ringwire.api.EventLog;
import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    static final int WINDOW_LIMIT = 8;
    static final long WINDOW_NS = 5_000;
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
    final Set<Long> cancelled = new HashSet<>();
    final List<ReconnectGap> gaps = new ArrayList<>();
    final boolean limited;
    private final SplittableRandom random;
    private int epochOfEvents;
    private long nextId;

    SimClient(final Agenda agenda, final SimVenue venue, final SplittableRandom random)
    {
        this.random = random;
        limited = random.nextBoolean();
        link = new SimLink(agenda, venue, outboundRing);
        final EventLog eventLog = (level, source, message, cause) -> {};
        final SessionWiring wiring =
            new SessionWiring(outboundRing, link, link, link, agenda::nowNs, errors::add, eventLog, null, null);
        session = new WebSocketSession(1, config(), wiring);
        dispatcher = new RingDispatcher(session, ring, agenda::nowNs, errors::add, Long.MAX_VALUE);
        session.status().wire(ring::occupancy, dispatcher);
        link.wire(session, new RingDelivery(session, ring, null, agenda::nowNs));
        machine = new SessionStateMachine(session, wiring, link, random.split());
    }

    private SessionConfig config()
    {
        return new SessionConfig()
            .uri("ws://venue.test/")
            .messageHandler(this)
            .listener(this)
            .dialect(new SimDialect())
            .maxMessageLength(512)
            .buffers(new BufferPolicy().maxRequestsInFlight(8).ringCapacity(8).arenaLength(1024).sendWindowLength(4096))
            .timeouts(new TimeoutPolicy().resolveNs(STEP_TIMEOUT_NS).connectNs(STEP_TIMEOUT_NS)
                .upgradeNs(STEP_TIMEOUT_NS).closeNs(STEP_TIMEOUT_NS))
            .login(new LoginPolicy()
                .authenticator(new SimLogin(random)).timeoutNs(ACK_TIMEOUT_NS).retryRejected(true))
            .subscriptions(new SubscriptionPolicy()
                .channels("a").timeoutNs(ACK_TIMEOUT_NS).maxTries(3).tryLaterNs(500))
            .limits(limited ? limits() : new RateLimitPolicy())
            .heartbeat(new HeartbeatPolicy().intervalNs(4_000).timeoutNs(2_000))
            .reconnect(new ReconnectPolicy().baseNs(500).capNs(4_000).healthyNs(10_000)
                .longWaitNs(1_000, 8_000).connectBudget(0, 1))
            .conclude(CONTEXT);
    }

    /**
     * The user does something.
     */
    void act()
    {
        switch (random.nextInt(20))
        {
            case 0, 1 -> session.subscribe(CHANNELS[random.nextInt(CHANNELS.length)]);
            case 2 -> session.unsubscribe(CHANNELS[random.nextInt(CHANNELS.length)]);
            case 3 -> session.subscribe(CHANNELS);
            case 4 ->
            {
                if (random.nextInt(4) == 0)
                {
                    session.reconnect();
                }
            }
            case 5, 6 -> cancel();
            case 7 -> session.metrics();
            default -> request();
        }
    }

    private void cancel()
    {
        if (!accepted.isEmpty())
        {
            final long id = accepted.get(accepted.size() - 1 - random.nextInt(Math.min(4, accepted.size())));
            if (session.cancel(id) && !cancelled.add(id))
            {
                throw new AssertionError("request " + id + " was cancelled twice");
            }
        }
    }

    private static RateLimitPolicy limits()
    {
        return new RateLimitPolicy().window("window", WINDOW_LIMIT, WINDOW_NS).reserve("window", 2);
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
    public void onReconnectGap(final Session session, final ReconnectGap gap)
    {
        if (gap.previousEpoch() != epochOfEvents - 1 || seenByEpoch.containsKey(epochOfEvents))
        {
            throw new AssertionError("a gap in epoch " + epochOfEvents + ": " + gap + ", seen " + seenByEpoch);
        }

        if (gap.lastSequence() != lastSequenceOf(gap.previousEpoch()))
        {
            throw new AssertionError("the gap says " + gap.lastSequence() + ", the handler saw " +
                lastSequenceOf(gap.previousEpoch()) + " last in epoch " + gap.previousEpoch());
        }

        gaps.add(gap);
    }

    private long lastSequenceOf(final int epoch)
    {
        long last = ReconnectGap.NO_SEQUENCE;
        for (final String text : seenByEpoch.getOrDefault(epoch, List.of()))
        {
            last = text.startsWith("stream ") ? Long.parseLong(text.split(" ")[2]) : last;
        }

        return last;
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
