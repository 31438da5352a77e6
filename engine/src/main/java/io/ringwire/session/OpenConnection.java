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
import io.ringwire.dialect.MessageKind;
import org.agrona.ErrorHandler;

/**
 * What a session does between the upgrade of a connection and its end: it tells what was missed, gets live, and beats
 * the heart. Owner: the control thread.
 */
final class OpenConnection
{
    private final WebSocketSession session;
    private final SessionStateMachine machine;
    private final LinkCommands link;
    private final ControlWriter writer;
    private final HeartbeatExchange heartbeats;

    OpenConnection(
        final WebSocketSession session,
        final SessionStateMachine machine,
        final LinkCommands link,
        final ErrorHandler errorHandler)
    {
        this.session = session;
        this.machine = machine;
        this.link = link;
        writer = new ControlWriter(session);
        heartbeats = new HeartbeatExchange(session, machine, link, writer, errorHandler);
    }

    /**
     * The connection was upgraded. The step is in the delivery before the first message is read.
     */
    void begin(final int attemptId, final int epoch, final HandshakeResponse response, final long nowNs)
    {
        writer.begin(epoch);
        heartbeats.begin(attemptId, nowNs);
        heartbeats.onLoggedIn();
        machine.state(SessionState.LIVE, SessionStateMachine.NO_DEADLINE, "upgraded", 0, response);
        link.open(session, attemptId);
    }

    /**
     * Nothing is sent any more.
     */
    void end()
    {
        heartbeats.end();
    }

    int onTime(final long nowNs)
    {
        return heartbeats.onTime(nowNs);
    }

    /**
     * See {@link LinkEvents#onAnswer}.
     */
    void onAnswer(final MessageKind kind, final long correlationId, final byte[] message, final long nowNs)
    {
        heartbeats.onAnswer(kind, correlationId, message);
    }

    /**
     * The deadline of a state of the open connection has passed.
     */
    void onDeadline(final SessionState state, final long timeoutNs)
    {
        throw new IllegalStateException("deadline in " + state);
    }
}
