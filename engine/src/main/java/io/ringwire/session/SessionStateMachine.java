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
import io.ringwire.ring.OutboundRing;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
import static io.ringwire.api.SessionState.UPGRADING;

/**
 * The life of one session, without sockets and fed with the time. Owner of everything here: the control thread.
 * <p>
 * Each state has at most one deadline, which the step into it sets, so no timer can outlive its state. Each event
 * carries the attempt it belongs to; an event of an attempt that is over is ignored.
 */
public final class SessionStateMachine
{
    private static final long NO_DEADLINE = -1;
    /** After the close frames the server is to end TCP first (RFC 6455 section 7.1.1); one that does not is helped. */
    private static final long TCP_END_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final WebSocketSession session;
    private final SessionConfig config;
    private final SessionStatus status;
    private final LinkCommands link;
    private final NameResolver resolver;
    private final OutboundRing outboundRing;
    private final Heartbeat heartbeat;
    private final ReconnectBackoff backoff;

    private SessionState state = IDLE;
    private long nowNs;
    private long enteredNs;
    private long timeoutNs = NO_DEADLINE;
    private int attemptId;
    private int epoch;
    private InetAddress[] addresses;
    private boolean wasLive;
    private long liveSinceNs;
    private boolean closeFrameQueued;
    private boolean closeAnswered;
    private int drainCode;
    private String drainReason;

    /**
     * Make the machine of a session.
     *
     * @param session  whose life it is.
     * @param wiring   of the session.
     * @param resolver of host names.
     * @param random   source of jitter.
     */
    public SessionStateMachine(
        final WebSocketSession session,
        final SessionWiring wiring,
        final NameResolver resolver,
        final RandomGenerator random)
    {
        this.session = session;
        this.resolver = resolver;
        config = session.config();
        status = session.status();
        link = wiring.linkCommands();
        outboundRing = wiring.outboundRing();
        heartbeat = new Heartbeat(config.heartbeat());
        backoff = new ReconnectBackoff(config.reconnect(), random);
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

        if (state == LIVE)
        {
            return onHeartbeat();
        }

        if (state == DRAINING && !closeFrameQueued && !session.closeRequest().abort())
        {
            queueCloseFrame(session.closeRequest());
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
        this.nowNs = nowNs;
        if (attemptId != this.attemptId || state != RESOLVING)
        {
            return;
        }

        if (addresses == null)
        {
            attemptFailed("cannot resolve host " + config.endpoint().host() + ": " + failure, null);
            return;
        }

        this.addresses = addresses;
        final InetSocketAddress address = new InetSocketAddress(
            addresses[(backoff.attempts() - 1) % addresses.length], config.endpoint().port());
        state(CONNECTING, config.timeouts().connectNs(), address.toString(), 0, null);
        link.connect(session, address, attemptId, epoch + 1);
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
            state(UPGRADING, config.timeouts().upgradeNs(), "tcp connected", 0, null);
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
            epoch++;
            wasLive = true;
            closeAnswered = false;
            liveSinceNs = nowNs;
            heartbeat.start(nowNs);
            state(LIVE, NO_DEADLINE, "upgraded", 0, response);
            link.open(session, attemptId);
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
        if (attemptId == this.attemptId && (state == CONNECTING || state == UPGRADING))
        {
            attemptFailed(reason, response);
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
        if (attemptId != this.attemptId || state != LIVE && state != DRAINING)
        {
            return;
        }

        if (state == LIVE)
        {
            closeFrameQueued = true; // the IO thread has sent or answered one
            heartbeat.stop();
            state(DRAINING, config.timeouts().closeNs(), reason, closeCode, null);
        }

        if (answered)
        {
            closeAnswered = true;
            drainCode = closeCode;
            drainReason = reason;
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
        if (attemptId == this.attemptId && (state == LIVE || state == DRAINING))
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
        else if (state == LIVE)
        {
            heartbeat.stop();
            closeFrameQueued = false;
            state(DRAINING, config.timeouts().closeNs(), "close requested", request.code(), null);
            queueCloseFrame(request);
        }
        else if (state != DRAINING)
        {
            link.drop(session, attemptId);
            attemptId++;
            state(CLOSED, NO_DEADLINE, "closed by the user", 0, null);
        }

        return true;
    }

    /**
     * The close frame goes through the outbound ring, behind what the closing thread sent. A full ring is tried again
     * on the next cycle; the close deadline bounds it.
     */
    private void queueCloseFrame(final CloseRequest request)
    {
        final byte[] reason = request.reason().getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[Short.BYTES + reason.length]);
        payload.putShort(0, (short)request.code(), ByteOrder.BIG_ENDIAN);
        payload.putBytes(Short.BYTES, reason);
        closeFrameQueued =
            outboundRing.write(OutboundRing.CLOSE, session.id(), epoch, payload, 0, payload.capacity());
        link.wake();
    }

    private int onHeartbeat()
    {
        if (heartbeat.isDead(nowNs, status.lastReceiveNs(), status.isPaused()))
        {
            final String reason = "no byte received within " + heartbeat.timeoutNs() + " ns after a ping";
            link.drop(session, attemptId);
            connectionEnded(CloseCode.ABNORMAL, reason);
            return 1;
        }

        if (heartbeat.pingDue(nowNs))
        {
            status.requestPing(attemptId);
            link.wake();
            return 1;
        }

        return 0;
    }

    private void onDeadline()
    {
        switch (state)
        {
            case RESOLVING ->
                attemptFailed("host " + config.endpoint().host() + " not resolved within " + timeoutNs + " ns", null);
            case CONNECTING ->
            {
                link.drop(session, attemptId);
                attemptFailed("no tcp connection within " + timeoutNs + " ns", null);
            }
            case UPGRADING ->
            {
                link.drop(session, attemptId);
                attemptFailed("no answer to the upgrade within " + timeoutNs + " ns", null);
            }
            case DRAINING ->
            {
                final StateChange closing = status.lastChange();
                link.drop(session, attemptId);
                if (closeAnswered)
                {
                    connectionEnded(drainCode, drainReason);
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
        attemptId++;
        backoff.nextAttempt();
        state(RESOLVING, config.timeouts().resolveNs(), reason, 0, null);
        resolver.resolve(this, config.endpoint().host(), attemptId);
    }

    private void attemptFailed(final String reason, final HandshakeResponse response)
    {
        session.counters().of(Id.CONNECT_FAILURES).incrementRelease();
        retryOrFail(reason, 0, response);
    }

    private void connectionEnded(final int closeCode, final String reason)
    {
        heartbeat.stop();
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

    private void state(
        final SessionState next,
        final long timeoutNs,
        final String reason,
        final int closeCode,
        final HandshakeResponse response)
    {
        final StateChange change = new StateChange(
            state, next, epoch, backoff.attempts(), closeCode, reason, nowNs - enteredNs, response);
        state = next;
        enteredNs = nowNs;
        this.timeoutNs = timeoutNs;
        status.enter(change, next == LIVE ? epoch : SessionStatus.NOT_OPEN);
        link.deliver(session, new SessionEvent.Changed(change));
    }
}
