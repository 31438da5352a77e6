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

import io.ringwire.api.SendResult;
import io.ringwire.config.LoginPolicy;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Logs one connection after the other in, and refreshes the login before it expires. Owner: the control thread.
 * <p>
 * The {@link io.ringwire.dialect.Authenticator} is called on a thread of its own, which may take as long as it likes:
 * the deadline of the login is kept here. What it returns for an attempt that is over is thrown away.
 */
final class Login
{
    private static final int NO_ATTEMPT = 0;

    private final WebSocketSession session;
    private final LoginPolicy policy;
    private final ControlWriter writer;
    private final Lookups lookups;
    private final Owner owner;

    private volatile int attemptId; // owner: control thread; read by the authenticator's thread
    private Phase phase = Phase.NONE;
    private boolean refreshing;
    private long requestId;
    private String text;
    private long startedNs;
    private long acceptedNs;
    private long refreshAfterNs;

    Login(
        final WebSocketSession session,
        final LoginPolicy policy,
        final ControlWriter writer,
        final Lookups lookups,
        final Owner owner)
    {
        this.session = session;
        this.policy = policy;
        this.writer = writer;
        this.lookups = lookups;
        this.owner = owner;
    }

    /**
     * Log a new connection in.
     */
    void begin(final int attemptId, final long nowNs)
    {
        this.attemptId = attemptId;
        refreshing = false;
        startedNs = nowNs;
        call(LoginStep.BEGIN);
    }

    /**
     * The connection is over.
     */
    void end()
    {
        attemptId = NO_ATTEMPT;
        phase = Phase.NONE;
        text = null;
    }

    /**
     * No answer can be read at the moment: it has its whole time from here on.
     */
    void onPaused(final long nowNs)
    {
        if (phase == Phase.AWAITING)
        {
            startedNs = nowNs;
        }
    }

    int onTime(final long nowNs)
    {
        if (phase == Phase.NONE)
        {
            return 0;
        }

        if (phase == Phase.ACCEPTED)
        {
            return refreshIfDue(nowNs);
        }

        if (nowNs - startedNs >= policy.timeoutNs())
        {
            fail(phase.missing + " within " + policy.timeoutNs() + " ns");
            return 1;
        }

        return phase == Phase.SENDING ? send() : 0;
    }

    /**
     * See {@link LinkEvents#onAnswer}.
     *
     * @return true if the message was for the login.
     */
    boolean onAnswer(final MessageKind kind, final long correlationId, final byte[] message, final long nowNs)
    {
        final boolean numbered = kind == MessageKind.REPLY || kind == MessageKind.ERROR_REPLY;
        final boolean concerned =
            numbered ? correlationId == requestId : kind == MessageKind.LOGIN || kind == MessageKind.ERROR;
        if (!concerned || phase != Phase.AWAITING)
        {
            return kind == MessageKind.LOGIN;
        }

        final LoginOutcome outcome;
        try
        {
            outcome = policy.authenticator().onAnswer(kind, new UnsafeBuffer(message), 0, message.length);
        }
        catch (final Throwable t)
        {
            fail(reasonOf(t));
            return true;
        }

        if (outcome == null)
        {
            return false;
        }

        switch (outcome.kind())
        {
            case ACCEPTED -> accepted(outcome.refreshAfterNs(), nowNs);
            case CONTINUE -> call(LoginStep.CONTINUE);
            default -> rejected("login rejected: " + outcome.reason());
        }

        return true;
    }

    private int refreshIfDue(final long nowNs)
    {
        if (refreshAfterNs <= 0 || nowNs - acceptedNs < refreshAfterNs)
        {
            return 0;
        }

        refreshing = true;
        startedNs = nowNs;
        call(LoginStep.REFRESH);
        return 1;
    }

    private void call(final LoginStep step)
    {
        phase = Phase.CALLING;
        requestId = writer.nextId();
        final int callAttemptId = attemptId;
        final long callRequestId = requestId;
        final boolean called = lookups.call(session, () ->
        {
            if (callAttemptId != attemptId)
            {
                return (nowNs) -> {}; // given up while it waited for the call before it to return
            }

            try
            {
                final String message = policy.authenticator().login(step, callRequestId);
                return (nowNs) -> onReturn(callAttemptId, message, null, nowNs);
            }
            catch (final Throwable t) // an error too: it must not take the thread, and with it every later login
            {
                final String failure = reasonOf(t);
                return (nowNs) -> onReturn(callAttemptId, null, failure, nowNs);
            }
        });
        if (!called)
        {
            fail("earlier calls of the authenticator have not returned");
        }
    }

    private void onReturn(final int callAttemptId, final String message, final String failure, final long nowNs)
    {
        if (callAttemptId != attemptId || phase != Phase.CALLING || !owner.isOpen(callAttemptId, nowNs))
        {
            return;
        }

        if (failure != null)
        {
            fail(failure);
        }
        else if (message == null)
        {
            accepted(0, nowNs);
        }
        else
        {
            text = message;
            phase = Phase.SENDING;
            send();
        }
    }

    private int send()
    {
        final long result = refreshing ? writer.sendReserved(text) : writer.send(text); // users send, too, meanwhile
        if (result == SendResult.TOO_LONG)
        {
            fail("login message is longer than maxSendLength=" + session.maxSendLength());
            return 1;
        }

        if (result < 0)
        {
            return 0;
        }

        text = null; // a secret is kept no longer than it has to be
        phase = Phase.AWAITING;
        return 1;
    }

    private void accepted(final long refreshAfterNs, final long nowNs)
    {
        this.refreshAfterNs = refreshAfterNs;
        acceptedNs = nowNs;
        phase = Phase.ACCEPTED;
        if (!refreshing)
        {
            owner.onLoggedIn();
        }
    }

    private void rejected(final String reason)
    {
        if (refreshing || policy.retryRejected())
        {
            fail(reason);
        }
        else
        {
            owner.onLoginRejected(reason);
        }
    }

    private void fail(final String reason)
    {
        owner.onLoginFailed(refreshing ? "refresh of the login: " + reason : reason);
    }

    private static String reasonOf(final Throwable cause)
    {
        return "authenticator failed: " + cause;
    }

    /**
     * Where the login of the connection is, and what is missing to get on.
     */
    private enum Phase
    {
        NONE(null),
        CALLING("authenticator did not return"),
        SENDING("login could not be sent"),
        AWAITING("no answer to the login"),
        ACCEPTED(null);

        private final String missing;

        Phase(final String missing)
        {
            this.missing = missing;
        }
    }

    /**
     * Whose login it is. Called on the control thread.
     */
    interface Owner
    {
        /**
         * Does the connection of an attempt still live? What follows happens at the time given.
         */
        boolean isOpen(int attemptId, long nowNs);

        /**
         * The connection is logged in.
         */
        void onLoggedIn();

        /**
         * It is not, and trying again would not help.
         */
        void onLoginRejected(String reason);

        /**
         * It is not, or not for much longer, and another connection may be.
         */
        void onLoginFailed(String reason);
    }
}
