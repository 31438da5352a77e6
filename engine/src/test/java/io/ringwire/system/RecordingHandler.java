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
package io.ringwire.system;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps everything a session tells, in one order.
 */
final class RecordingHandler implements MessageHandler, SessionListener
{
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<StateChange> changes = new CopyOnWriteArrayList<>();

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        log.add((opcode == 1 ? "text " : "binary ") + text(buffer, offset, length));
    }

    @Override
    public void onUnmatchedReply(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        log.add("unmatched " + text(buffer, offset, length));
    }

    @Override
    public void onServerRequest(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        log.add("server " + text(buffer, offset, length));
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        changes.add(change);
        log.add("state " + change.to());
    }

    @Override
    public void onGap(final Session session, final long messages)
    {
        log.add("gap " + messages);
    }

    @Override
    public void onSubscription(final Session session, final SubscriptionChange change)
    {
        log.add("channel " + change.channel() + " " + change.state() + " " + change.reason());
    }

    @Override
    public void onReconnectGap(final Session session, final ReconnectGap gap)
    {
        log.add("reconnect gap " + gap.previousEpoch() + " " + gap.lastSequence() + " " + gap.downtimeNs());
    }

    @Override
    public void onShutdownNotice(final Session session, final String message)
    {
        log.add("notice " + message);
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        log.add("closed " + closeCode + " " + reason);
    }

    @Override
    public void onHeartbeatMissed(final Session session, final int consecutiveMisses)
    {
        log.add("missed " + consecutiveMisses);
    }

    @Override
    public void onProtocolError(final Session session, final int closeCode, final String reason)
    {
        log.add("error " + closeCode + " " + reason);
    }

    List<String> log()
    {
        return log;
    }

    boolean saw(final String prefix)
    {
        return log.stream().anyMatch((entry) -> entry.startsWith(prefix));
    }

    long count(final String prefix)
    {
        return log.stream().filter((entry) -> entry.startsWith(prefix)).count();
    }

    /**
     * The addresses that were tried, in order, without their ports.
     */
    List<String> connects()
    {
        return changes.stream().filter((change) -> change.to() == SessionState.CONNECTING)
            .map((change) -> change.reason())
            .map((reason) -> reason.substring(reason.indexOf(" at ") + " at ".length(), reason.lastIndexOf(':')))
            .toList();
    }

    List<StateChange> changes()
    {
        return changes;
    }

    List<StateChange> changes(final SessionState to)
    {
        return changes.stream().filter((change) -> change.to() == to).toList();
    }

    StateChange change(final SessionState to)
    {
        return changes.stream().filter((change) -> change.to() == to).findFirst().orElseThrow(
            () -> new AssertionError("no step to " + to + " in " + log));
    }

    StateChange lastChange(final SessionState to)
    {
        return changes.stream().filter((change) -> change.to() == to).reduce((first, second) -> second).orElseThrow();
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
