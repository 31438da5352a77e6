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
package io.ringwire.control;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.dialect.MessageKind;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.LinkEvents;
import io.ringwire.session.WebSocketSession;

import java.util.List;

/**
 * The caller's side of the {@link ControlAgent}: each event is handed over to the control thread.
 */
final class ControlProxy implements LinkEvents
{
    private final ControlAgent agent;

    ControlProxy(final ControlAgent agent)
    {
        this.agent = agent;
    }

    @Override
    public void onConnected(final WebSocketSession session, final int attemptId)
    {
        agent.offer(session, (machine, nowNs) -> machine.onConnected(attemptId, nowNs));
    }

    @Override
    public void onSecured(final WebSocketSession session, final int attemptId, final String explanation)
    {
        agent.offer(session, (machine, nowNs) -> machine.onSecured(attemptId, explanation, nowNs));
    }

    @Override
    public void onUpgraded(
        final WebSocketSession session,
        final int attemptId,
        final HandshakeResponse response,
        final String subprotocol)
    {
        agent.offer(session, (machine, nowNs) -> machine.onUpgraded(attemptId, response, subprotocol, nowNs));
    }

    @Override
    public void onConnectFailed(
        final WebSocketSession session, final int attemptId, final ConnectFailure failure)
    {
        agent.offer(session, (machine, nowNs) -> machine.onConnectFailed(attemptId, failure, nowNs));
    }

    @Override
    public void onAnswer(
        final WebSocketSession session,
        final int attemptId,
        final MessageKind kind,
        final long correlationId,
        final byte[] message)
    {
        agent.offer(session, (machine, nowNs) -> machine.onAnswer(attemptId, kind, correlationId, message, nowNs));
    }

    @Override
    public void onClosing(
        final WebSocketSession session,
        final int attemptId,
        final int closeCode,
        final String reason,
        final boolean answered)
    {
        agent.offer(session, (machine, nowNs) -> machine.onClosing(attemptId, closeCode, reason, answered, nowNs));
    }

    @Override
    public void onClosed(
        final WebSocketSession session, final int attemptId, final int closeCode, final String reason)
    {
        agent.offer(session, (machine, nowNs) -> machine.onClosed(attemptId, closeCode, reason, nowNs));
    }

    @Override
    public void onChannels(final WebSocketSession session, final boolean wanted, final List<String> channels)
    {
        agent.offer(session, (machine, nowNs) -> machine.onChannels(wanted, channels));
    }

    @Override
    public void onReconnectRequested(final WebSocketSession session, final int epoch)
    {
        agent.offer(session, (machine, nowNs) -> machine.onReconnectRequested(epoch, nowNs));
    }

    @Override
    public void onCloseRequested(final WebSocketSession session)
    {
        agent.offer(session, (machine, nowNs) -> machine.onCloseRequested(nowNs));
    }
}
