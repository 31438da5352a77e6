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
package io.ringwire.session;

import io.ringwire.api.EventLog;
import io.ringwire.api.SessionState;
import io.ringwire.config.EngineContext;
import io.ringwire.config.HeartbeatPolicy;
import io.ringwire.config.LoginPolicy;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.config.TimeoutPolicy;
import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.WordDialect;
import io.ringwire.ring.OutboundRing;
import org.agrona.DirectBuffer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A session's machine, alone with a clock of the test's. Names of events are those of the transition table.
 */
final class MachineFixture
{
    static final long CONNECT_TIMEOUT_NS = 1_000;
    static final long TLS_TIMEOUT_NS = 1_500;
    static final long UPGRADE_TIMEOUT_NS = 2_000;
    static final long CLOSE_TIMEOUT_NS = 3_000;
    static final long BACKOFF_CAP_NS = 4_000;
    static final long PING_INTERVAL_NS = 50_000;
    static final long PONG_TIMEOUT_NS = 500;
    static final long VENUE_TIMEOUT_NS = 3_500;
    static final int OUTBOUND_RING_LENGTH = 16 * 1024;

    final RecordingLink link = new RecordingLink();
    final OutboundRing outboundRing = new OutboundRing(OUTBOUND_RING_LENGTH);
    final List<Throwable> errors = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final WebSocketSession session;
    final SessionStateMachine machine;
    long nowNs = 1_000_000;

    MachineFixture(final String uri, final ReconnectPolicy reconnect)
    {
        this(uri, reconnect, (config) -> {});
    }

    MachineFixture(final String uri, final ReconnectPolicy reconnect, final Consumer<SessionConfig> settings)
    {
        final SessionConfig config = new SessionConfig()
            .uri(uri)
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) -> {})
            .timeouts(new TimeoutPolicy()
                .resolveNs(CONNECT_TIMEOUT_NS)
                .connectNs(CONNECT_TIMEOUT_NS)
                .tlsNs(TLS_TIMEOUT_NS)
                .upgradeNs(UPGRADE_TIMEOUT_NS)
                .closeNs(CLOSE_TIMEOUT_NS))
            .heartbeat(new HeartbeatPolicy().intervalNs(PING_INTERVAL_NS).timeoutNs(PONG_TIMEOUT_NS))
            .reconnect(reconnect);
        settings.accept(config);
        config.conclude(new EngineContext().conclude(4));
        link.clock = this::now;
        final EventLog eventLog = (level, source, message, cause) -> events.add(level + " " + message);
        final SessionWiring wiring = new SessionWiring(
            outboundRing, link, link, new NoDirectWriter(), this::now, errors::add, eventLog, null, null);
        session = new WebSocketSession(5, config, wiring);
        machine = new SessionStateMachine(session, wiring, link, new SplittableRandom(1));
    }

    MachineFixture(final ReconnectPolicy reconnect)
    {
        this("ws://venue.test:8080/ws", reconnect);
    }

    MachineFixture()
    {
        this(withLongWaits());
    }

    /**
     * The session is a secure one.
     */
    static MachineFixture secure()
    {
        return new MachineFixture("wss://venue.test/ws", withLongWaits());
    }

    /**
     * The session logs in, if there is an authenticator, and has channels.
     */
    static MachineFixture withVenue(final Authenticator authenticator, final String... channels)
    {
        return new MachineFixture("ws://venue.test:8080/ws", withLongWaits(), (config) -> config
            .dialect(new WordDialect(2))
            .login(authenticator == null ? null :
                new LoginPolicy().authenticator(authenticator).timeoutNs(VENUE_TIMEOUT_NS))
            .subscriptions(new SubscriptionPolicy().channels(channels).timeoutNs(VENUE_TIMEOUT_NS).maxTries(1)));
    }

    static ReconnectPolicy withLongWaits()
    {
        return new ReconnectPolicy().baseNs(BACKOFF_CAP_NS).capNs(BACKOFF_CAP_NS).healthyNs(10_000);
    }

    private long now()
    {
        return nowNs;
    }

    SessionState state()
    {
        return session.state();
    }

    /**
     * Bring the machine from its start into a state, by the shortest way.
     */
    MachineFixture in(final SessionState state)
    {
        if (state == SessionState.IDLE)
        {
            return this;
        }

        switch (state)
        {
            case RESOLVING -> machine.start(nowNs);
            case CONNECTING -> in(SessionState.RESOLVING).fire("RESOLVED", link.lastAttemptId);
            case TLS -> in(SessionState.CONNECTING).fire("CONNECTED", link.lastAttemptId);
            case UPGRADING ->
            {
                if (session.config().endpoint().isSecure())
                {
                    in(SessionState.TLS).fire("SECURED", link.lastAttemptId);
                }
                else
                {
                    in(SessionState.CONNECTING).fire("CONNECTED", link.lastAttemptId);
                }
            }
            case AUTHENTICATING -> in(SessionState.UPGRADING).fire("UPGRADED", link.lastAttemptId);
            case RESUBSCRIBING ->
            {
                in(SessionState.UPGRADING).fire("UPGRADED", link.lastAttemptId);
                machine.onTime(nowNs);
            }
            case LIVE -> in(SessionState.UPGRADING).fire("UPGRADED", link.lastAttemptId);
            case DRAINING -> in(SessionState.LIVE).fire("CLOSING", link.lastAttemptId);
            case BACKING_OFF, FAILED -> in(SessionState.CONNECTING).fire("CONNECT_FAILED", link.lastAttemptId);
            case CLOSED -> in(SessionState.CONNECTING).fire("CLOSE", 0);
            default -> throw new IllegalArgumentException(state.name());
        }

        if (state() != state)
        {
            throw new AssertionError("in " + state() + " instead of " + state);
        }

        return this;
    }

    MachineFixture fire(final String event, final int attemptId)
    {
        switch (event)
        {
            case "RESOLVED" -> machine.onResolved(attemptId, addresses(), null, nowNs);
            case "NOT_RESOLVED" -> machine.onResolved(attemptId, null, "no such host", nowNs);
            case "CONNECTED" -> machine.onConnected(attemptId, nowNs);
            case "SECURED" -> machine.onSecured(attemptId, "TLSv1.3", nowNs);
            case "UPGRADED" -> machine.onUpgraded(attemptId, null, "v1", nowNs);
            case "CONNECT_FAILED" -> machine.onConnectFailed(attemptId, ConnectFailure.of("refused"), nowNs);
            case "CLOSING" -> machine.onClosing(attemptId, 1001, "bye", false, nowNs);
            case "CLOSED" -> machine.onClosed(attemptId, 1006, "gone", nowNs);
            case "LOGGED_IN" -> answer(attemptId, "LOGIN ok");
            case "NOT_LOGGED_IN" -> answer(attemptId, "LOGIN no password");
            case "SUBSCRIBED" -> answer(attemptId, "SUBS a");
            case "CLOSE" ->
            {
                session.close(1000, "done");
                machine.onCloseRequested(nowNs);
            }
            case "RECONNECT" -> machine.onReconnectRequested(session.epoch(), nowNs);
            case "ABORT" ->
            {
                session.abort();
                machine.onCloseRequested(nowNs);
            }
            case "DEADLINE" -> machine.onTime(nowNs += BACKOFF_CAP_NS + 1);
            default -> throw new IllegalArgumentException(event);
        }

        return this;
    }

    /**
     * The venue says something, which the control thread sees in its next cycle.
     */
    MachineFixture answer(final int attemptId, final String text)
    {
        final String[] words = text.split(" ");
        final MessageKind kind = WordDialect.kindOf(words[0]);
        final boolean numbered = kind == MessageKind.REPLY || kind == MessageKind.ERROR_REPLY;
        final byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        machine.onAnswer(attemptId, kind, numbered ? Long.parseLong(words[1]) : 0, message, nowNs);
        machine.onTime(nowNs);
        return this;
    }

    MachineFixture answer(final String text)
    {
        return answer(link.lastAttemptId, text);
    }

    /**
     * Time passes, and the control thread sees it.
     */
    MachineFixture pass(final long ns)
    {
        nowNs += ns;
        machine.onTime(nowNs);
        return this;
    }

    /**
     * What was sent since the last call.
     */
    List<String> sent()
    {
        final List<String> texts = new ArrayList<>();
        outboundRing.drain((type, sessionId, epoch, buffer, offset, length) ->
            texts.add(buffer.getStringWithoutLengthAscii(offset, length)), 10_000);
        return texts;
    }

    static InetAddress[] addresses()
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

    private static final class NoDirectWriter implements DirectWriter
    {
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
    }
}
