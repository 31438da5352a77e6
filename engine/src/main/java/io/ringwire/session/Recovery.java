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
import io.ringwire.config.Reaction;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.stats.SessionCounters.Id;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What is done about an attempt that failed or a connection that ended: whether the session connects again, when and
 * where, and until when. An outage lasts from the start of the session, or the end of a connection, until it is live.
 * This is the circuit breaker as well: its states are those of the session, and its events are the steps between them.
 * Owner: the control thread.
 */
final class Recovery
{
    private final ReconnectPolicy policy;
    private final WebSocketSession session;
    private final SessionStateMachine machine;
    private final Connector connector;
    private final RandomGenerator random;
    private final ReconnectBackoff backoff;
    private final Endpoints endpoints;
    private boolean isOutage;
    private long outageStartNs;
    private int outageAttempts;
    private String lastCause; // null: nothing has failed yet
    private String reconnectReason; // null: the end of the connection is not one to be followed at once
    private long liveSinceNs;

    Recovery(
        final WebSocketSession session,
        final SessionStateMachine machine,
        final Connector connector,
        final RandomGenerator random)
    {
        this.session = session;
        this.machine = machine;
        this.connector = connector;
        this.random = random;
        policy = session.config().reconnect();
        backoff = new ReconnectBackoff(policy, random);
        endpoints = new Endpoints(session.config());
    }

    /**
     * The attempts since the last healthy connection.
     */
    int attempts()
    {
        return backoff.attempts();
    }

    /**
     * The session starts, or connects anew by hand: ladder and endpoints from their tops.
     */
    void begin(final String reason)
    {
        beginOutage();
        backoff.restart();
        endpoints.restart();
        connect(reason);
    }

    /**
     * The user wants it, or a better endpoint may be there again. An attempt that is under way is just that.
     */
    void reconnect(final SessionState state, final String reason)
    {
        if (state == SessionState.BACKING_OFF)
        {
            begin(reason);
        }
        else if (state.isOpen() || state == SessionState.DRAINING)
        {
            reconnectReason = reason;
            if (state.isOpen())
            {
                machine.close(new CloseRequest(CloseCode.NORMAL, "", false), reason);
            }
        }
    }

    void onBackoffOver()
    {
        if (connector.awaitsBudget())
        {
            connector.resume();
        }
        else
        {
            connect("backoff over");
        }
    }

    void onLive()
    {
        isOutage = false;
        liveSinceNs = machine.nowNs();
    }

    /**
     * End the session if it has not been live for too long; leave a live connection for a better endpoint.
     *
     * @return true if something was done.
     */
    boolean onTime(final SessionState state)
    {
        if (state == SessionState.LIVE && isFailbackDue())
        {
            reconnect(state, "back to " + session.config().endpoint());
            return true;
        }

        if (isTooLate() && state != SessionState.DRAINING && !state.isTerminal())
        {
            giveUp(state);
            return true;
        }

        return false;
    }

    void attemptFailed(final ConnectFailure failure)
    {
        final long nowNs = machine.nowNs();
        final HandshakeResponse response = failure.response();
        session.counters().of(Id.CONNECT_FAILURES).incrementRelease();
        lastCause = failure.reason();
        if (!mayRetry())
        {
            fail(words(failure.reason()), 0, response);
            return;
        }

        final Reaction reaction = reactionTo(failure);
        final long drawnNs = backoff.nextDelayNs();
        final long askedNs = RetryAfter.waitNs(response, System.currentTimeMillis());
        hold(reaction, askedNs == 0 ? 0 : Math.min(askedNs, policy.maxRetryAfterNs()) + drawnNs);
        if (reaction == Reaction.STOP)
        {
            endpoints.leaveOut();
        }

        if (endpoints.next(nowNs))
        {
            backOff(failure.reason(), drawnNs, 0, response);
        }
        else
        {
            fail(gaveUp(failure.reason(), "the reaction to it is STOP"), 0, response);
        }
    }

    /**
     * A connection ended.
     *
     * @param aliveNs how long it had shown signs of life.
     */
    void lost(final int closeCode, final String reason, final long aliveNs)
    {
        if (reconnectReason != null)
        {
            begin(reconnectReason);
            return;
        }

        final boolean wasLive = !isOutage;
        final boolean wasHealthy = wasLive && aliveNs >= policy.healthyNs();
        lastCause = reason;
        if (wasLive)
        {
            beginOutage();
        }

        if (wasHealthy)
        {
            backoff.restart();
        }

        final Reaction reaction = policy.reactionToCloseCode(closeCode);
        if (!mayRetry())
        {
            fail(words(reason), closeCode, null);
        }
        else if (reaction == Reaction.STOP)
        {
            fail(gaveUp(reason, "the reaction to close code " + closeCode + " is STOP"), closeCode, null);
        }
        else
        {
            final long drawnNs = wasHealthy && reaction == Reaction.RETRY_NOW ? 0 : backoff.nextDelayNs();
            hold(reaction, 0);
            choose(wasLive);
            backOff(reason, drawnNs, closeCode, null);
        }
    }

    private boolean isFailbackDue()
    {
        final long nowNs = machine.nowNs();
        return policy.failbackNs() != 0 && nowNs - liveSinceNs >= policy.failbackNs() && endpoints.mayGoUp(nowNs);
    }

    private void giveUp(final SessionState state)
    {
        final StateChange last = session.lastChange();
        final String still = "still " + state + " (" + last.reason() + ")";
        if (state.isOpen())
        {
            machine.drop(still);
        }
        else
        {
            final String cause = lastCause == null ? still :
                state == SessionState.BACKING_OFF ? lastCause : lastCause + "; " + still;
            machine.abandon();
            fail(tooLate(cause), last.closeCode(), last.handshake());
        }
    }

    private void connect(final String reason)
    {
        reconnectReason = null;
        outageAttempts++;
        backoff.nextAttempt();
        connector.begin(endpoints.current(), reason);
    }

    private void choose(final boolean fromTop)
    {
        if (fromTop)
        {
            endpoints.top(machine.nowNs());
        }
        else
        {
            endpoints.next(machine.nowNs());
        }
    }

    private void beginOutage()
    {
        isOutage = true;
        outageStartNs = machine.nowNs();
        outageAttempts = 0;
    }

    private Reaction reactionTo(final ConnectFailure failure)
    {
        if (failure.badCertificate())
        {
            return policy.reactionToBadCertificate();
        }

        return failure.response() == null ?
            Reaction.BACK_OFF : policy.reactionToStatus(failure.response().status());
    }

    private boolean mayRetry()
    {
        return backoff.mayRetry() && !isTooLate();
    }

    private boolean isTooLate()
    {
        return isOutage && policy.deadlineNs() != 0 && machine.nowNs() - outageStartNs >= policy.deadlineNs();
    }

    private void hold(final Reaction reaction, final long askedNs)
    {
        final long longNs = reaction == Reaction.BACK_OFF_LONG ?
            random.nextLong(policy.longMinNs(), policy.longMaxNs() + 1) : 0;
        if (Math.max(longNs, askedNs) > 0)
        {
            endpoints.hold(Math.max(longNs, askedNs), machine.nowNs());
        }
    }

    private void backOff(
        final String cause, final long drawnNs, final int closeCode, final HandshakeResponse response)
    {
        final long waitNs = Math.max(drawnNs, endpoints.holdNs(machine.nowNs()));
        final String where = endpoints.count() == 1 ? "" : " at " + endpoints.current();
        machine.newAttempt();
        machine.state(
            SessionState.BACKING_OFF,
            waitNs,
            cause + "; attempt " + (backoff.attempts() + 1) + where + " in " + ms(waitNs) + " ms",
            closeCode,
            response);
    }

    /**
     * The session ends, for it may not try again.
     */
    void fail(final String reason, final int closeCode, final HandshakeResponse response)
    {
        machine.newAttempt();
        machine.state(SessionState.FAILED, SessionStateMachine.NO_DEADLINE, reason, closeCode, response);
    }

    private String words(final String cause)
    {
        if (!policy.enabled())
        {
            return cause;
        }

        return isTooLate() ? tooLate(cause) : gaveUp(cause, "maxAttempts=" + policy.maxAttempts());
    }

    private String tooLate(final String cause)
    {
        return gaveUp(cause, "deadlineNs=" + policy.deadlineNs());
    }

    private String gaveUp(final String cause, final String why)
    {
        return cause + "; " + (outageAttempts == 0 ? "" : "gave up after " + outageAttempts + " attempts in " +
            ms(machine.nowNs() - outageStartNs) + " ms: ") + why;
    }

    private static long ms(final long ns)
    {
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }
}
