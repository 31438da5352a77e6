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
import io.ringwire.jfr.CloseEvent;
import io.ringwire.jfr.ConnectEvent;
import io.ringwire.jfr.ReconnectEvent;

/**
 * Tells of a session's steps whoever wants to know: the histograms of connects, JFR, readers of the status, and last
 * the listener. Owner: the control thread.
 */
final class StepPublisher
{
    private final WebSocketSession session;
    private final LinkCommands link;
    private final ConnectEvent connectEvent;

    StepPublisher(final WebSocketSession session, final LinkCommands link)
    {
        this.session = session;
        this.link = link;
        connectEvent = new ConnectEvent(session.name());
    }

    /**
     * The session took a step.
     *
     * @param waitNs until the deadline of the state it entered.
     */
    void stepped(final StateChange change, final long waitNs, final long nowNs)
    {
        session.latencies().connect().onStep(change, nowNs);
        record(change);
        if (change.to() == SessionState.BACKING_OFF)
        {
            ReconnectEvent.emit(session.name(), change.attempt(), waitNs, change.reason());
        }

        session.status().enter(change);
        link.deliver(session, new SessionEvent.Changed(change));
    }

    /**
     * An upgraded connection ended.
     *
     * @param closedBy see {@link CloseEvent}.
     */
    void closed(final int closeCode, final String reason, final String closedBy)
    {
        CloseEvent.emit(session.name(), session.epoch(), closeCode, reason, closedBy);
        link.deliver(session, new SessionEvent.Closed(closeCode, reason));
    }

    private void record(final StateChange change)
    {
        final boolean wasConnecting = ConnectLatencies.stageOf(change.from()) != null;
        final boolean isConnecting = ConnectLatencies.stageOf(change.to()) != null;
        if (wasConnecting)
        {
            connectEvent.phase(change.from(), change.elapsedNs());
        }

        if (!wasConnecting && isConnecting)
        {
            connectEvent.attemptBegins();
        }

        if (change.to() == SessionState.CONNECTING)
        {
            connectEvent.connecting(change.reason());
        }

        if (wasConnecting && !isConnecting)
        {
            final boolean live = change.to() == SessionState.LIVE;
            connectEvent.attemptEnds(live, change.epoch(), change.attempt(), change.reason());
        }
    }
}
