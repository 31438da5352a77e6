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
import io.ringwire.dialect.MessageKind;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Stands where the IO thread, the resolver and the control thread's inbox are, and keeps what it is told.
 */
final class RecordingLink implements LinkCommands, LinkEvents, Lookups
{
    final List<String> calls = new ArrayList<>();
    final List<SessionEvent> events = new ArrayList<>();
    final ArrayDeque<Supplier<LongConsumer>> userCalls = new ArrayDeque<>();
    LongSupplier clock = () -> 0;
    boolean holdsUserCalls;
    boolean refusesUserCalls;
    int lastAttemptId;

    @Override
    public void resolve(final SessionStateMachine machine, final String host, final int attemptId)
    {
        lastAttemptId = attemptId;
        calls.add("resolve " + host + " " + attemptId);
    }

    @Override
    public boolean call(final WebSocketSession session, final Supplier<LongConsumer> userCode)
    {
        userCalls.add(userCode);
        if (!holdsUserCalls)
        {
            runUserCalls();
        }

        return !refusesUserCalls;
    }

    void runUserCalls()
    {
        while (!userCalls.isEmpty())
        {
            userCalls.poll().get().accept(clock.getAsLong());
        }
    }

    @Override
    public void connect(
        final WebSocketSession session, final Dial dial, final int attemptId, final int epoch)
    {
        final InetSocketAddress address = (InetSocketAddress)dial.address();
        lastAttemptId = attemptId;
        calls.add("connect " + address.getAddress().getHostAddress() + ":" + address.getPort() + " " + attemptId +
            " epoch " + epoch);
    }

    @Override
    public void open(final WebSocketSession session, final int attemptId)
    {
        calls.add("open " + attemptId);
    }

    @Override
    public void drop(final WebSocketSession session, final int attemptId)
    {
        calls.add("drop " + attemptId);
    }

    @Override
    public void deliver(final WebSocketSession session, final SessionEvent event)
    {
        events.add(event);
    }

    @Override
    public void wake()
    {
        // the machine has told us already
    }

    @Override
    public void onConnected(final WebSocketSession session, final int attemptId)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onSecured(final WebSocketSession session, final int attemptId, final String explanation)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onUpgraded(
        final WebSocketSession session,
        final int attemptId,
        final HandshakeResponse response,
        final String subprotocol)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onConnectFailed(
        final WebSocketSession session, final int attemptId, final ConnectFailure failure)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onAnswer(
        final WebSocketSession session,
        final int attemptId,
        final MessageKind kind,
        final long correlationId,
        final byte[] message)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onClosing(
        final WebSocketSession session,
        final int attemptId,
        final int closeCode,
        final String reason,
        final boolean answered)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onClosed(
        final WebSocketSession session, final int attemptId, final int closeCode, final String reason)
    {
        throw new AssertionError("the machine does not call it");
    }

    @Override
    public void onChannels(final WebSocketSession session, final boolean wanted, final List<String> channels)
    {
        calls.add((wanted ? "subscribe " : "unsubscribe ") + channels);
    }

    @Override
    public void onReconnectRequested(final WebSocketSession session, final int epoch)
    {
        calls.add("reconnect requested of epoch " + epoch);
    }

    @Override
    public void onCloseRequested(final WebSocketSession session)
    {
        calls.add("close requested");
    }
}
