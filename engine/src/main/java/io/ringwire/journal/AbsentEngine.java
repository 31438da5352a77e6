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
package io.ringwire.journal;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.dialect.MessageKind;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.Dial;
import io.ringwire.session.DirectWriter;
import io.ringwire.session.LinkCommands;
import io.ringwire.session.LinkEvents;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.WebSocketSession;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * What stands in a replay where an engine has its control and IO threads. It does nothing: what they did is in the
 * records. A wish of the user's to close, reconnect or subscribe changes nothing of what was recorded.
 */
final class AbsentEngine implements LinkEvents, LinkCommands, DirectWriter
{
    @Override
    public void onConnected(final WebSocketSession session, final int attemptId)
    {
    }

    @Override
    public void onSecured(final WebSocketSession session, final int attemptId, final String explanation)
    {
    }

    @Override
    public void onUpgraded(
        final WebSocketSession session,
        final int attemptId,
        final HandshakeResponse response,
        final String subprotocol)
    {
    }

    @Override
    public void onConnectFailed(final WebSocketSession session, final int attemptId, final ConnectFailure failure)
    {
    }

    @Override
    public void onAnswer(
        final WebSocketSession session,
        final int attemptId,
        final MessageKind kind,
        final long correlationId,
        final byte[] message)
    {
    }

    @Override
    public void onClosing(
        final WebSocketSession session,
        final int attemptId,
        final int closeCode,
        final String reason,
        final boolean answered)
    {
    }

    @Override
    public void onClosed(
        final WebSocketSession session, final int attemptId, final int closeCode, final String reason)
    {
    }

    @Override
    public void onChannels(final WebSocketSession session, final boolean wanted, final List<String> channels)
    {
    }

    @Override
    public void onReconnectRequested(final WebSocketSession session, final int epoch)
    {
    }

    @Override
    public void onCloseRequested(final WebSocketSession session)
    {
    }

    @Override
    public void connect(final WebSocketSession session, final Dial dial, final int attemptId, final int epoch)
    {
    }

    @Override
    public void open(final WebSocketSession session, final int attemptId)
    {
    }

    @Override
    public void drop(final WebSocketSession session, final int attemptId)
    {
    }

    @Override
    public void deliver(final WebSocketSession session, final SessionEvent event)
    {
    }

    @Override
    public void wake()
    {
    }

    @Override
    public boolean isUsable()
    {
        return false; // all goes through the ring, in one order
    }

    @Override
    public void write(
        final int type,
        final int sessionId,
        final int epoch,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        throw new IllegalStateException("a replay writes to no socket");
    }
}
