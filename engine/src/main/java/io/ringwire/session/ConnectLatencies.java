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

import io.ringwire.api.SessionLatency.ConnectLatency;
import io.ringwire.api.SessionLatency.Percentiles;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.stats.LatencyRecorder;

import java.util.function.Function;

/**
 * How long the phases of a session's connects take. A phase counts when the session went on from it; one that failed,
 * or was begun again with another address, says nothing. Written by the control thread.
 */
final class ConnectLatencies
{
    private static final SessionState[] PHASES =
    {
        SessionState.RESOLVING, SessionState.CONNECTING, SessionState.TLS, SessionState.UPGRADING,
        SessionState.AUTHENTICATING, SessionState.RESUBSCRIBING
    };

    private final LatencyRecorder[] phases = new LatencyRecorder[PHASES.length];
    private final LatencyRecorder total = LatencyRecorder.cold();
    private long beganNs; // owner: control thread

    ConnectLatencies()
    {
        for (int i = 0; i < phases.length; i++)
        {
            phases[i] = LatencyRecorder.cold();
        }
    }

    /**
     * The session took a step.
     */
    void onStep(final StateChange change, final long nowNs)
    {
        final int from = phaseOf(change.from());
        final int to = phaseOf(change.to());
        if (from < 0 && to >= 0)
        {
            beganNs = nowNs;
        }

        final boolean live = change.to() == SessionState.LIVE;
        if (from >= 0 && (live || to > from))
        {
            phases[from].record(change.elapsedNs());
        }

        if (from >= 0 && live)
        {
            total.record(nowNs - beganNs);
        }
    }

    ConnectLatency read(final Function<LatencyRecorder, Percentiles> reading)
    {
        return new ConnectLatency(
            reading.apply(phases[0]),
            reading.apply(phases[1]),
            reading.apply(phases[2]),
            reading.apply(phases[3]),
            reading.apply(phases[4]),
            reading.apply(phases[5]),
            reading.apply(total));
    }

    private static int phaseOf(final SessionState state)
    {
        for (int i = 0; i < PHASES.length; i++)
        {
            if (PHASES[i] == state)
            {
                return i;
            }
        }

        return -1;
    }
}
