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

import io.ringwire.api.HandshakeResponse;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.SessionState;
import io.ringwire.config.LoginPolicy;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.ErrorHandler;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a session does between the upgrade of a connection and its end: it tells what was missed, logs in, asks for
 * heartbeats, restores the channels, gets live, and beats the heart. Owner: the control thread.
 */
final class OpenConnection implements Login.Owner
{
    private static final int MAX_NOTICE_LENGTH = 1024;

    private final WebSocketSession session;
    private final SessionStatus status;
    private final SessionStateMachine machine;
    private final LinkCommands link;
    private final ErrorHandler errorHandler;
    private final ControlWriter writer;
    private final HeartbeatExchange heartbeats;
    private final Login login; // null: the session does not log in
    private final Subscriptions subscriptions;
    private long lostNs;

    OpenConnection(
        final WebSocketSession session,
        final SessionStateMachine machine,
        final SessionWiring wiring,
        final Lookups lookups)
    {
        this.session = session;
        this.machine = machine;
        link = wiring.linkCommands();
        errorHandler = wiring.errorHandler();
        status = session.status();
        writer = new ControlWriter(session);
        heartbeats = new HeartbeatExchange(session, machine, link, writer, errorHandler);
        final LoginPolicy loginPolicy = session.config().login();
        login = loginPolicy == null ? null : new Login(session, loginPolicy, writer, lookups, this);
        final Dialect dialect = session.config().dialect();
        subscriptions = new Subscriptions(
            session.config().subscriptions(),
            dialect == null ? null : dialect.subscriptions(),
            writer,
            session.channels(),
            this::onDialectError,
            (change) -> link.deliver(session, new SessionEvent.Subscription(change)));
    }

    /**
     * The connection was upgraded. The step, and the gap before it, are in the delivery before the first message is
     * read.
     */
    void begin(final int attemptId, final int epoch, final HandshakeResponse response, final long nowNs)
    {
        final long lastSequence = status.lastSequence(); // of the connection before, until this one is opened
        writer.begin(epoch);
        heartbeats.begin(attemptId, nowNs);
        if (login == null)
        {
            proceed("upgraded", response);
        }
        else
        {
            machine.state(SessionState.AUTHENTICATING, SessionStateMachine.NO_DEADLINE, "upgraded", 0, response);
        }

        if (epoch > 1)
        {
            final ReconnectGap gap = new ReconnectGap(epoch - 1, lastSequence, nowNs - lostNs);
            link.deliver(session, new SessionEvent.Reconnected(gap));
        }

        link.open(session, attemptId);
        if (login != null)
        {
            login.begin(attemptId, nowNs);
        }
    }

    /**
     * Nothing is sent any more: the connection is closing, or, in the last of the calls, lost.
     */
    void end()
    {
        lostNs = machine.nowNs();
        heartbeats.end();
        subscriptions.end();
        if (login != null)
        {
            login.end();
        }
    }

    int onTime(final long nowNs)
    {
        if (status.isPaused())
        {
            onPaused(nowNs);
        }

        int workCount = heartbeats.onTime(nowNs);
        if (status.state().isOpen() && login != null)
        {
            workCount += login.onTime(nowNs);
        }

        return status.state().isOpen() ? workCount + restore(nowNs) : workCount; // either may end the connection
    }

    /**
     * See {@link LinkEvents#onAnswer}.
     */
    void onAnswer(final MessageKind kind, final long correlationId, final byte[] message, final long nowNs)
    {
        if (kind == MessageKind.SHUTDOWN)
        {
            link.deliver(session, new SessionEvent.ShutdownNotice(noticeOf(message)));
        }
        else if (!heartbeats.onAnswer(kind, correlationId, message) &&
            (login == null || !login.onAnswer(kind, correlationId, message, nowNs)))
        {
            subscriptions.onAnswer(kind, correlationId, message, nowNs);
        }
    }

    /**
     * See {@link LinkEvents#onChannels}. In any state of the session.
     */
    void onChannels(final boolean wanted, final List<String> channels)
    {
        if (wanted)
        {
            subscriptions.subscribe(channels);
        }
        else
        {
            subscriptions.unsubscribe(channels);
        }
    }

    @Override
    public boolean isOpen(final int attemptId, final long nowNs)
    {
        return machine.isOpen(attemptId, nowNs);
    }

    @Override
    public void onLoggedIn()
    {
        proceed("logged in", null);
    }

    @Override
    public void onLoginRejected(final String reason)
    {
        machine.fail(reason);
    }

    @Override
    public void onLoginFailed(final String reason)
    {
        machine.drop(reason);
    }

    /**
     * Logged in, or there is nothing to log in to. What is sent here is on the wire before what users send when live.
     */
    private void proceed(final String reason, final HandshakeResponse response)
    {
        heartbeats.onLoggedIn();
        final SessionState next = subscriptions.isWanted() ? SessionState.RESUBSCRIBING : SessionState.LIVE;
        machine.state(next, SessionStateMachine.NO_DEADLINE, reason, 0, response);
        subscriptions.begin();
    }

    /**
     * We do not read at the moment: no answer is late because of that.
     */
    private void onPaused(final long nowNs)
    {
        subscriptions.onPaused(nowNs);
        if (login != null)
        {
            login.onPaused(nowNs);
        }
    }

    private int restore(final long nowNs)
    {
        final int workCount = subscriptions.onTime(nowNs);
        if (status.state() == SessionState.RESUBSCRIBING && subscriptions.isQuiet())
        {
            machine.state(SessionState.LIVE, SessionStateMachine.NO_DEADLINE, "subscriptions restored", 0, null);
            return workCount + 1;
        }

        return workCount;
    }

    private void onDialectError(final Throwable cause)
    {
        session.counters().of(Id.DIALECT_ERRORS).incrementRelease();
        errorHandler.onError(cause);
    }

    /**
     * A message that is cut is cut in front of a character.
     */
    private static String noticeOf(final byte[] message)
    {
        int length = Math.min(message.length, MAX_NOTICE_LENGTH);
        while (length > 0 && length < message.length && (message[length] & 0xc0) == 0x80)
        {
            length--;
        }

        return new String(message, 0, length, StandardCharsets.UTF_8);
    }
}
