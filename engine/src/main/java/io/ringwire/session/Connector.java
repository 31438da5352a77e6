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
import io.ringwire.api.SessionState;
import io.ringwire.config.Endpoint;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;

import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a session does between the begin of an attempt and a connection that is live: headers, addresses, one connection
 * after the other until one is upgraded or nothing is left to try. Each connection has an attempt id of its own and
 * each step its whole deadline, also the second address and the third stop of a redirect. Owner: the control thread.
 */
final class Connector
{
    private final WebSocketSession session;
    private final SessionConfig config;
    private final SessionStateMachine machine;
    private final LinkCommands link;
    private final Lookups lookups;
    private final Route route;
    private volatile int attemptId; // owner: control thread
    private boolean awaitsHeaders;
    private boolean awaitsBudget;

    Connector(
        final WebSocketSession session,
        final SessionStateMachine machine,
        final LinkCommands link,
        final Lookups lookups)
    {
        this.session = session;
        this.machine = machine;
        this.link = link;
        this.lookups = lookups;
        config = session.config();
        route = new Route(config);
    }

    void begin(final Endpoint endpoint, final String reason)
    {
        awaitsBudget = false;
        route.begin(endpoint);
        prepare(reason, null);
    }

    /**
     * Does the attempt wait until the connect budget of the host allows its next connection?
     */
    boolean awaitsBudget()
    {
        return awaitsBudget;
    }

    /**
     * The wait for the budget is over: go on with the attempt, with headers and addresses that are fresh.
     */
    void resume()
    {
        awaitsBudget = false;
        prepare("connect budget of " + route.target().authority() + " again", null);
    }

    void onResolved(final InetAddress[] addresses, final String failure)
    {
        if (addresses == null)
        {
            machine.attemptFailed(ConnectFailure.of("cannot resolve host " + route.host() + ": " + failure));
        }
        else
        {
            route.addresses(addresses);
            dial();
        }
    }

    void onUpgraded(final HandshakeResponse response)
    {
        route.worked();
        keepCookies(response);
    }

    /**
     * Does this connection lead to a server that TLS is spoken with?
     */
    boolean isSecure()
    {
        return route.target().isSecure();
    }

    /**
     * The connection failed before it was live.
     */
    void onFailed(final SessionState state, final ConnectFailure failure)
    {
        if (state == SessionState.CONNECTING)
        {
            addressFailed(failure);
        }
        else
        {
            upgradeFailed(failure);
        }
    }

    void onDeadline(final SessionState state, final long timeoutNs)
    {
        switch (state)
        {
            case RESOLVING -> machine.attemptFailed(ConnectFailure.of(
                (awaitsHeaders ? "header supplier or cookie jar did not return" :
                "host " + route.host() + " not resolved") + " within " + timeoutNs + " ns"));
            case CONNECTING ->
            {
                link.drop(session, attemptId);
                final Dial dial = route.dial();
                final String missing = dial.tunnelTo() == null ? "no tcp connection to " : "no tunnel to ";
                addressFailed(ConnectFailure.of(missing + dial + " within " + timeoutNs + " ns"));
            }
            case TLS ->
            {
                link.drop(session, attemptId);
                upgradeFailed(ConnectFailure.of("no TLS handshake within " + timeoutNs + " ns"));
            }
            default ->
            {
                link.drop(session, attemptId);
                upgradeFailed(ConnectFailure.of("no answer to the upgrade within " + timeoutNs + " ns"));
            }
        }
    }

    private void prepare(final String reason, final HandshakeResponse response)
    {
        attemptId = machine.newAttempt();
        machine.state(SessionState.RESOLVING, config.timeouts().resolveNs(), reason, 0, response);
        awaitsHeaders = UpgradeHeaders.callUser(config.upgrade());
        if (awaitsHeaders)
        {
            callUser();
        }
        else
        {
            resolve();
        }
    }

    private void callUser()
    {
        final int callAttemptId = attemptId;
        final Endpoint target = route.target();
        final boolean ownOrigin = route.isOwnOrigin();
        final boolean called = lookups.call(session, () ->
        {
            if (callAttemptId != attemptId)
            {
                return (nowNs) -> {}; // given up while it waited for the call before it to return
            }

            final UpgradeHeaders headers = UpgradeHeaders.collect(config.upgrade(), target, ownOrigin);
            return (nowNs) -> onHeaders(callAttemptId, headers, nowNs);
        });
        if (!called)
        {
            machine.attemptFailed(
                ConnectFailure.of("earlier calls of the header supplier or the cookie jar have not returned"));
        }
    }

    private void onHeaders(final int callAttemptId, final UpgradeHeaders headers, final long nowNs)
    {
        if (!machine.isResolving(callAttemptId, nowNs))
        {
            return;
        }

        awaitsHeaders = false;
        if (headers.failure() != null)
        {
            machine.attemptFailed(ConnectFailure.of(headers.failure()));
        }
        else
        {
            route.headers(headers.headers());
            resolve();
        }
    }

    private void resolve()
    {
        if (route.host() == null)
        {
            dial();
        }
        else
        {
            lookups.resolve(machine, route.host(), attemptId);
        }
    }

    private void dial()
    {
        final Dial dial = route.dial();
        final long waitNs = budgetWaitNs(dial);
        if (waitNs > 0)
        {
            final ReconnectPolicy policy = config.reconnect();
            awaitsBudget = true;
            machine.state(SessionState.BACKING_OFF, waitNs, "connect budget of " + dial.target().authority() + " (" +
                policy.connectBudget() + " connections in " + policy.connectBudgetPeriodNs() +
                " ns) is used up; attempt " + machine.attempts() + " goes on in " +
                TimeUnit.NANOSECONDS.toMillis(waitNs) + " ms", 0, null);
            return;
        }

        machine.state(
            SessionState.CONNECTING, config.timeouts().connectNs(), dial.target() + " at " + dial, 0, null);
        link.connect(session, dial, attemptId, session.epoch() + 1);
    }

    /**
     * How long this connection must wait for the budget of its host; 0 if it was counted. Loopback is nobody's host
     * unless the user says so.
     */
    private long budgetWaitNs(final Dial dial)
    {
        final ReconnectPolicy policy = config.reconnect();
        final boolean isCounted = policy.connectBudget() > 0 && dial.address() instanceof InetSocketAddress address &&
            (policy.isConnectBudgetChosen() || dial.tunnelTo() != null || !address.getAddress().isLoopbackAddress());
        return isCounted ? ConnectBudget.of(dial.target().authority().toLowerCase(Locale.ROOT))
            .acquire(policy.connectBudget(), policy.connectBudgetPeriodNs(), machine.nowNs()) : 0;
    }

    /**
     * An answer is a proxy's: the same proxy at another address would give it too.
     */
    private void addressFailed(final ConnectFailure failure)
    {
        if (route.next(failure.reason()) && failure.response() == null)
        {
            attemptId = machine.newAttempt();
            dial();
        }
        else
        {
            machine.attemptFailed(ConnectFailure.of(route.failures(), failure.response()));
        }
    }

    private void upgradeFailed(final ConnectFailure failure)
    {
        final HandshakeResponse response = failure.response();
        keepCookies(response);
        if (!route.isRedirect(response))
        {
            route.refused();
            machine.attemptFailed(failure);
            return;
        }

        final String refusal = route.follow(response);
        if (refusal == null)
        {
            prepare("redirected by " + response.status() + " to " + route.target(), response);
        }
        else
        {
            machine.attemptFailed(ConnectFailure.of(failure.reason() + ": " + refusal, response));
        }
    }

    private void keepCookies(final HandshakeResponse response)
    {
        final CookieHandler jar = config.upgrade().cookies();
        if (jar != null && response != null)
        {
            final Endpoint target = route.target();
            lookups.call(session, () ->
            {
                UpgradeHeaders.keepCookies(jar, target, response);
                return (nowNs) -> {};
            });
        }
    }
}
