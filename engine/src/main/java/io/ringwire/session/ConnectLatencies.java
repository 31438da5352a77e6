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

import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.stats.Stage;

/**
 * How long the phases of a session's connects take. A phase counts when the session went on from it; one that failed,
 * or was begun again with another address, says nothing. Owner: the control thread.
 */
final class ConnectLatencies
{
    private final SessionLatencies latencies;
    private long beganNs;

    ConnectLatencies(final SessionLatencies latencies)
    {
        this.latencies = latencies;
    }

    /**
     * The session took a step.
     */
    void onStep(final StateChange change, final long nowNs)
    {
        final Stage from = stageOf(change.from());
        final Stage to = stageOf(change.to());
        if (from == null && to != null)
        {
            beganNs = nowNs;
        }

        final boolean live = change.to() == SessionState.LIVE;
        if (from != null && (live || to != null && to.compareTo(from) > 0))
        {
            latencies.of(from).record(change.elapsedNs());
        }

        if (from != null && live)
        {
            latencies.of(Stage.CONNECT_TOTAL).record(nowNs - beganNs);
        }
    }

    /**
     * The stage of a state that is a phase of an attempt to connect, or null.
     */
    static Stage stageOf(final SessionState state)
    {
        return switch (state)
        {
            case RESOLVING -> Stage.CONNECT_RESOLVE;
            case CONNECTING -> Stage.CONNECT_TCP;
            case TLS -> Stage.CONNECT_TLS;
            case UPGRADING -> Stage.CONNECT_UPGRADE;
            case AUTHENTICATING -> Stage.CONNECT_LOGIN;
            case RESUBSCRIBING -> Stage.CONNECT_RESUBSCRIBE;
            default -> null;
        };
    }
}
