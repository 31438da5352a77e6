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

import io.ringwire.api.CloseCode;
import io.ringwire.api.HandshakeResponse;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import io.ringwire.dialect.MessageKind;
import io.ringwire.stats.SessionCounters.Id;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import static io.ringwire.api.SessionState.BACKING_OFF;
import static io.ringwire.api.SessionState.CLOSED;
import static io.ringwire.api.SessionState.CONNECTING;
import static io.ringwire.api.SessionState.DRAINING;
import static io.ringwire.api.SessionState.FAILED;
import static io.ringwire.api.SessionState.IDLE;
import static io.ringwire.api.SessionState.LIVE;
import static io.ringwire.api.SessionState.RESOLVING;
import static io.ringwire.api.SessionState.TLS;
import static io.ringwire.api.SessionState.UPGRADING;

/**
 * The life of one session, without sockets and fed with the time. Owner of everything here: the control thread.
 * <p>
 * Each state has at most one deadline, which the step into it sets, so no timer can outlive its state. Each event
 * carries the attempt it belongs to; an event of an attempt that is over is ignored.
 */
public final class SessionStateMachine
{
    static final long NO_DEADLINE = -1;
    /** After the close frames the server is to end TCP first (RFC 6455 section 7.1.1); one that does not is helped. */
    private static final long TCP_END_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final WebSocketSession session;
    private final SessionConfig config;
    private final SessionStatus status;
    private final LinkCommands link;
    private final Connector connector;
    private final OpenConnection openConnection;
    private final CloseHandshake closeHandshake;
    private final ReconnectBackoff backoff;

    private SessionState state = IDLE;
    private long nowNs;
    private long enteredNs;
    private long timeoutNs = NO_DEADLINE;
    private int attemptId;
    private int epoch;
    private boolean wasLive;
    private long liveSinceNs;

    /**
     * Make the machine of a session.
     *
     * @param session  whose life it is.
     * @param wiring   of the session.
     * @param lookups  away from the control thread.
     * @param random   source of jitter.
     */
    public SessionStateMachine(
        final WebSocketSession session,
        final SessionWiring wiring,
        final Lookups lookups,
        final RandomGenerator random)
    {
        this.session = session;
        config = session.config();
        status = session.status();
        link = wiring.linkCommands();
        closeHandshake = new CloseHandshake(session, wiring.outboundRing(), link);
        backoff = new ReconnectBackoff(config.reconnect(), random);
        connector = new Connector(session, this, link, lookups);
        openConnection = new OpenConnection(session, this, link, wiring.errorHandler());
    }

    /** {@return the session whose life it is} */
    public WebSocketSession session()
    {
        return session;
    }

    /** {@return has the session ended} */
    public boolean isTerminal()
    {
        return state.isTerminal();
    }

    /**
     * Begin to connect.
     *
     * @param nowNs the time.
     */
    public void start(final long nowNs)
    {
        this.nowNs = nowNs;
        enteredNs = nowNs;
        if (!closeIfRequested())
        {
            connect("start");
        }
    }

    /**
     * The time has moved on.
     *
     * @param nowNs the time.
     * @return how many things were done.
     */
    public int onTime(final long nowNs)
    {
        this.nowNs = nowNs;
        if (timeoutNs != NO_DEADLINE && nowNs - enteredNs >= timeoutNs)
        {
            onDeadline();
            return 1;
        }

        if (state.isOpen())
        {
            return openConnection.onTime(nowNs);
        }

        final CloseRequest request = session.closeRequest();
        if (state == DRAINING && request != null && !request.abort())
        {
            closeHandshake.queueFrame(request, epoch);
        }

        return 0;
    }

    /**
     * The host name was resolved, or not.
     *
     * @param attemptId it was resolved for.
     * @param addresses found, or null.
     * @param failure   why none was found, or null.
     * @param nowNs     the time.
     */
    public void onResolved(
        final int attemptId, final InetAddress[] addresses, final String failure, final long nowNs)
    {
        if (isResolving(attemptId, nowNs))
        {
            connector.onResolved(addresses, failure);
        }
    }

    /**
     * See {@link LinkEvents#onConnected}.
     *
     * @param attemptId of the connection.
     * @param nowNs     the time.
     */
    public void onConnected(final int attemptId, final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId == this.attemptId && state == CONNECTING)
        {
            final boolean secure = connector.isSecure();
            final long stepNs = secure ? config.timeouts().tlsNs() : config.timeouts().upgradeNs();
            state(secure ? TLS : UPGRADING, stepNs, "tcp connected", 0, null);
        }
    }

    /**
     * See {@link LinkEvents#onSecured}.
     *
     * @param attemptId   of the connection.
     * @param explanation of what was agreed on.
     * @param nowNs       the time.
     */
    public void onSecured(final int attemptId, final String explanation, final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId == this.attemptId && state == TLS)
        {
            state(UPGRADING, config.timeouts().upgradeNs(), explanation, 0, null);
        }
    }

    /**
     * See {@link LinkEvents#onUpgraded}.
     *
     * @param attemptId   of the connection.
     * @param response    of the server.
     * @param subprotocol the server chose, or null.
     * @param nowNs       the time.
     */
    public void onUpgraded(
        final int attemptId, final HandshakeResponse response, final String subprotocol, final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId == this.attemptId && state == UPGRADING)
        {
            session.counters().of(Id.CONNECTS).incrementRelease();
            status.subprotocol(subprotocol);
            connector.onUpgraded(response);
            epoch++;
            wasLive = true;
            closeHandshake.reset();
            liveSinceNs = nowNs;
            openConnection.begin(attemptId, epoch, response, nowNs);
        }
    }

    /**
     * See {@link LinkEvents#onConnectFailed}.
     *
     * @param attemptId of the connection.
     * @param reason    why.
     * @param response  of the server, or null.
     * @param nowNs     the time.
     */
    public void onConnectFailed(
        final int attemptId, final String reason, final HandshakeResponse response, final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId == this.attemptId && (state == CONNECTING || state == TLS || state == UPGRADING))
        {
            connector.onFailed(state, reason, response);
        }
    }

    /**
     * See {@link LinkEvents#onAnswer}.
     *
     * @param attemptId     of the connection.
     * @param kind          of the message.
     * @param correlationId of the engine's request.
     * @param message       a copy.
     * @param nowNs         the time.
     */
    public void onAnswer(
        final int attemptId,
        final MessageKind kind,
        final long correlationId,
        final byte[] message,
        final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId == this.attemptId && state.isOpen())
        {
            openConnection.onAnswer(kind, correlationId, message, nowNs);
        }
    }

    /**
     * See {@link LinkEvents#onClosing}.
     *
     * @param attemptId of the connection.
     * @param closeCode received or sent.
     * @param reason    received or sent.
     * @param answered  true if close frames went both ways.
     * @param nowNs     the time.
     */
    public void onClosing(
        final int attemptId, final int closeCode, final String reason, final boolean answered, final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId != this.attemptId || !state.isOpen() && state != DRAINING)
        {
            return;
        }

        if (state.isOpen())
        {
            closeHandshake.onFrameSent();
            openConnection.end();
            state(DRAINING, config.timeouts().closeNs(), reason, closeCode, null);
        }

        if (answered)
        {
            closeHandshake.onAnswered(closeCode, reason);
            timeoutNs = Math.min(timeoutNs, nowNs - enteredNs + TCP_END_GRACE_NS);
        }
    }

    /**
     * See {@link LinkEvents#onClosed}.
     *
     * @param attemptId of the connection.
     * @param closeCode of its end.
     * @param reason    of its end.
     * @param nowNs     the time.
     */
    public void onClosed(final int attemptId, final int closeCode, final String reason, final long nowNs)
    {
        this.nowNs = nowNs;
        if (attemptId == this.attemptId && (state.isOpen() || state == DRAINING))
        {
            connectionEnded(closeCode, reason);
        }
    }

    /**
     * See {@link LinkEvents#onCloseRequested}.
     *
     * @param nowNs the time.
     */
    public void onCloseRequested(final long nowNs)
    {
        this.nowNs = nowNs;
        closeIfRequested();
    }

    private boolean closeIfRequested()
    {
        final CloseRequest request = session.closeRequest();
        if (request == null || isTerminal())
        {
            return false;
        }

        if (request.abort() && wasLive)
        {
            link.drop(session, attemptId);
            connectionEnded(CloseCode.ABNORMAL, request.reason());
        }
        else if (state.isOpen())
        {
            openConnection.end();
            state(DRAINING, config.timeouts().closeNs(), "close requested", request.code(), null);
            closeHandshake.queueFrame(request, epoch);
        }
        else if (state != DRAINING)
        {
            link.drop(session, attemptId);
            attemptId++;
            state(CLOSED, NO_DEADLINE, "closed by the user", 0, null);
        }

        return true;
    }

    private void onDeadline()
    {
        switch (state)
        {
            case RESOLVING, CONNECTING, TLS, UPGRADING -> connector.onDeadline(state, timeoutNs);
            case AUTHENTICATING, RESUBSCRIBING -> openConnection.onDeadline(state, timeoutNs);
            case DRAINING ->
            {
                final StateChange closing = status.lastChange();
                link.drop(session, attemptId);
                if (closeHandshake.isAnswered())
                {
                    connectionEnded(closeHandshake.code(), closeHandshake.reason());
                }
                else
                {
                    connectionEnded(closing.closeCode(), closing.reason() + " (close not answered in time)");
                }
            }
            case BACKING_OFF -> connect("backoff over");
            default -> throw new IllegalStateException("deadline in " + state);
        }
    }

    private void connect(final String reason)
    {
        backoff.nextAttempt();
        connector.begin(reason);
    }

    /**
     * Whatever belongs to the attempt before is ignored from here on.
     */
    int newAttempt()
    {
        return ++attemptId;
    }

    /**
     * The connector: an answer to what was asked in {@link SessionState#RESOLVING} has come.
     *
     * @return true if it is still awaited.
     */
    boolean isResolving(final int attemptId, final long nowNs)
    {
        this.nowNs = nowNs;
        return attemptId == this.attemptId && state == RESOLVING;
    }

    /**
     * The open connection is no good: end it without a close handshake.
     */
    void drop(final String reason)
    {
        link.drop(session, attemptId);
        connectionEnded(CloseCode.ABNORMAL, reason);
    }

    void attemptFailed(final String reason, final HandshakeResponse response)
    {
        session.counters().of(Id.CONNECT_FAILURES).incrementRelease();
        retryOrFail(reason, 0, response);
    }

    private void connectionEnded(final int closeCode, final String reason)
    {
        openConnection.end();
        wasLive = false;
        backoff.onConnectionEnd(nowNs - liveSinceNs);
        link.deliver(session, new SessionEvent.Closed(closeCode, reason));
        if (session.closeRequest() != null)
        {
            attemptId++;
            state(CLOSED, NO_DEADLINE, reason, closeCode, null);
        }
        else
        {
            retryOrFail(reason, closeCode, null);
        }
    }

    private void retryOrFail(final String reason, final int closeCode, final HandshakeResponse response)
    {
        attemptId++;
        if (backoff.mayRetry())
        {
            state(BACKING_OFF, backoff.nextDelayNs(), reason, closeCode, response);
        }
        else
        {
            state(FAILED, NO_DEADLINE, reason, closeCode, response);
        }
    }

    void state(
        final SessionState next,
        final long timeoutNs,
        final String reason,
        final int closeCode,
        final HandshakeResponse response)
    {
        final StateChange change = new StateChange(
            state, next, epoch, backoff.attempts(), closeCode, reason, nowNs - enteredNs, response);
        session.latencies().connect().onStep(change, nowNs);
        state = next;
        enteredNs = nowNs;
        this.timeoutNs = timeoutNs;
        status.enter(change, next == LIVE ? epoch : SessionStatus.NOT_OPEN);
        link.deliver(session, new SessionEvent.Changed(change));
    }
}
