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
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The life of one session, without sockets and fed with the time. Owner of everything here: the control thread.
 * <p>
 * Each state has at most one deadline, which the step into it sets, so no timer can outlive its state. Each event
 * carries the attempt it belongs to; an event of an attempt that is over is ignored.
 */
public final class SessionStateMachine
{
    static final long NO_DEADLINE = -1;

    private final WebSocketSession session;
    private final SessionConfig config;
    private final SessionStatus status;
    private final LinkCommands link;
    private final Connector connector;
    private final OpenConnection openConnection;
    private final CloseHandshake closeHandshake;
    private final Recovery recovery;

    private SessionState state = SessionState.IDLE;
    private long nowNs;
    private long enteredNs;
    private long timeoutNs = NO_DEADLINE;
    private int attemptId;
    private int epoch;
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
        closeHandshake = new CloseHandshake(session, this, wiring.outboundRing(), link);
        connector = new Connector(session, this, link, lookups);
        recovery = new Recovery(session, this, connector, random);
        openConnection = new OpenConnection(session, this, wiring, lookups);
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
        if (!closeHandshake.beginIfRequested(state))
        {
            recovery.begin("start");
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
        if (recovery.onTime(state))
        {
            return 1;
        }

        if (timeoutNs != NO_DEADLINE && nowNs - enteredNs >= timeoutNs)
        {
            onDeadline();
            return 1;
        }

        if (state.isOpen())
        {
            return openConnection.onTime(nowNs);
        }

        if (state == SessionState.DRAINING)
        {
            closeHandshake.queueFrame();
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
        if (attemptId == this.attemptId && state == SessionState.CONNECTING)
        {
            final boolean secure = connector.isSecure();
            final long stepNs = secure ? config.timeouts().tlsNs() : config.timeouts().upgradeNs();
            state(secure ? SessionState.TLS : SessionState.UPGRADING, stepNs, "tcp connected", 0, null);
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
        if (attemptId == this.attemptId && state == SessionState.TLS)
        {
            state(SessionState.UPGRADING, config.timeouts().upgradeNs(), explanation, 0, null);
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
        if (attemptId == this.attemptId && state == SessionState.UPGRADING)
        {
            session.counters().of(Id.CONNECTS).incrementRelease();
            status.subprotocol(subprotocol);
            connector.onUpgraded(response);
            epoch++;
            closeHandshake.reset();
            openConnection.begin(attemptId, epoch, response, nowNs);
        }
    }

    /**
     * See {@link LinkEvents#onConnectFailed}.
     *
     * @param attemptId of the connection.
     * @param failure   why.
     * @param nowNs     the time.
     */
    public void onConnectFailed(final int attemptId, final ConnectFailure failure, final long nowNs)
    {
        this.nowNs = nowNs;
        final boolean isConnecting =
            state == SessionState.CONNECTING || state == SessionState.TLS || state == SessionState.UPGRADING;
        if (attemptId == this.attemptId && isConnecting)
        {
            connector.onFailed(state, failure);
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
     * See {@link LinkEvents#onChannels}.
     *
     * @param wanted   true for channels to subscribe to.
     * @param channels by the venue's names.
     */
    public void onChannels(final boolean wanted, final List<String> channels)
    {
        openConnection.onChannels(wanted, channels);
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
        if (attemptId != this.attemptId || !state.isOpen() && state != SessionState.DRAINING)
        {
            return;
        }

        if (state.isOpen())
        {
            openConnection.end();
            closeHandshake.onFrame(closeCode, reason);
        }

        if (answered)
        {
            closeHandshake.onAnswered(closeCode, reason);
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
        if (attemptId == this.attemptId && (state.isOpen() || state == SessionState.DRAINING))
        {
            connectionEnded(closeCode, reason);
        }
    }

    /**
     * See {@link LinkEvents#onReconnectRequested}.
     *
     * @param epoch of the connection to be replaced.
     * @param nowNs the time.
     */
    public void onReconnectRequested(final int epoch, final long nowNs)
    {
        this.nowNs = nowNs;
        session.reconnectTaken();
        if (epoch == this.epoch && session.closeRequest() == null)
        {
            recovery.reconnect(state, "reconnect requested");
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
        closeHandshake.beginIfRequested(state);
    }

    private void onDeadline()
    {
        switch (state)
        {
            case RESOLVING, CONNECTING, TLS, UPGRADING -> connector.onDeadline(state, timeoutNs);
            case DRAINING -> closeHandshake.onDeadline();
            case BACKING_OFF -> recovery.onBackoffOver();
            default -> throw new IllegalStateException("deadline in " + state);
        }
    }

    /**
     * End the open connection with a close handshake.
     */
    void close(final CloseRequest request, final String why)
    {
        openConnection.end();
        closeHandshake.begin(request, why);
    }

    long nowNs()
    {
        return nowNs;
    }

    int attempts()
    {
        return recovery.attempts();
    }

    /**
     * Let go of the connection, or of the attempt at one.
     */
    void abandon()
    {
        link.drop(session, attemptId);
    }

    /**
     * The deadline of this state is now or this far away, at most.
     */
    void hurry(final long leftNs)
    {
        timeoutNs = Math.min(timeoutNs, nowNs - enteredNs + leftNs);
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
        return attemptId == this.attemptId && state == SessionState.RESOLVING;
    }

    /**
     * The open connection: an answer to what it asked for has come.
     */
    boolean isOpen(final int attemptId, final long nowNs)
    {
        this.nowNs = nowNs;
        return attemptId == this.attemptId && state.isOpen();
    }

    /**
     * The open connection is no good: end it without a close handshake.
     */
    void drop(final String reason)
    {
        abandon();
        if (!endConnection(CloseCode.ABNORMAL, reason))
        {
            recovery.lost(CloseCode.ABNORMAL, reason, status.lastReceiveNs() - liveSinceNs); // perhaps dead since
        }
    }

    /**
     * The venue does not want this session, on no connection: end it.
     */
    void fail(final String reason)
    {
        abandon();
        if (!endConnection(CloseCode.ABNORMAL, reason))
        {
            recovery.fail(reason, CloseCode.ABNORMAL, null);
        }
    }

    void connectionEnded(final int closeCode, final String reason)
    {
        if (!endConnection(closeCode, reason))
        {
            recovery.lost(closeCode, reason, nowNs - liveSinceNs);
        }
    }

    void attemptFailed(final ConnectFailure failure)
    {
        recovery.attemptFailed(failure);
    }

    /**
     * @return true if that is the end of the session too.
     */
    private boolean endConnection(final int closeCode, final String reason)
    {
        openConnection.end();
        link.deliver(session, new SessionEvent.Closed(closeCode, reason));
        if (session.closeRequest() == null)
        {
            return false;
        }

        close(reason, closeCode);
        return true;
    }

    /**
     * The session ends because it was wanted to.
     */
    void close(final String reason, final int closeCode)
    {
        attemptId++;
        state(SessionState.CLOSED, NO_DEADLINE, reason, closeCode, null);
    }

    void state(
        final SessionState next,
        final long timeoutNs,
        final String reason,
        final int closeCode,
        final HandshakeResponse response)
    {
        final StateChange change = new StateChange(
            state, next, epoch, recovery.attempts(), closeCode, reason, nowNs - enteredNs, response);
        session.latencies().connect().onStep(change, nowNs);
        state = next;
        enteredNs = nowNs;
        this.timeoutNs = timeoutNs;
        if (next == SessionState.LIVE)
        {
            liveSinceNs = nowNs;
            recovery.onLive();
        }

        status.enter(change);
        link.deliver(session, new SessionEvent.Changed(change));
    }
}
