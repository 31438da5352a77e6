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

/**
 * What a session does between the upgrade of a connection and its end: it tells what was missed, gets live, and beats
 * the heart. Owner: the control thread.
 */
final class OpenConnection
{
    private final WebSocketSession session;
    private final SessionStatus status;
    private final SessionStateMachine machine;
    private final LinkCommands link;
    private final ControlWriter writer;
    private final Heartbeat heartbeat;
    private int attemptId;

    OpenConnection(final WebSocketSession session, final SessionStateMachine machine, final LinkCommands link)
    {
        this.session = session;
        this.machine = machine;
        this.link = link;
        status = session.status();
        writer = new ControlWriter(session);
        heartbeat = new Heartbeat(session.config().heartbeat());
    }

    /**
     * The connection was upgraded. The step is in the delivery before the first message is read.
     */
    void begin(final int attemptId, final int epoch, final HandshakeResponse response, final long nowNs)
    {
        this.attemptId = attemptId;
        writer.begin(epoch);
        heartbeat.start(nowNs);
        machine.state(SessionState.LIVE, SessionStateMachine.NO_DEADLINE, "upgraded", 0, response);
        link.open(session, attemptId);
    }

    /**
     * Nothing is sent any more.
     */
    void end()
    {
        heartbeat.stop();
    }

    int onTime(final long nowNs)
    {
        if (heartbeat.isDead(nowNs, status.lastReceiveNs(), status.isPaused()))
        {
            machine.drop("no byte received within " + heartbeat.timeoutNs() + " ns after a ping");
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

    /**
     * See {@link LinkEvents#onAnswer}.
     */
    void onAnswer(final MessageKind kind, final long correlationId, final byte[] message, final long nowNs)
    {
    }

    /**
     * The deadline of a state of the open connection has passed.
     */
    void onDeadline(final SessionState state, final long timeoutNs)
    {
        throw new IllegalStateException("deadline in " + state);
    }
}
