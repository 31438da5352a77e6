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

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.StateChange;
import io.ringwire.config.SessionConfig;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes each call down, in one order, with all that came with it.
 */
final class CallLog implements MessageHandler, SessionListener, ReplyHandler
{
    private final List<String> calls = new ArrayList<>();

    List<String> calls()
    {
        return calls;
    }

    List<String> messages()
    {
        return calls.stream().filter((call) -> call.contains(" message ")).toList();
    }

    SessionConfig config(final String name)
    {
        return new SessionConfig().messageHandler(this).listener(this);
    }

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
        calls.add(session.name() + "/" + session.epoch() + " message " + opcode + " @" +
            (receiveTimeNs - MadeRecords.START_NS) + (endOfBatch ? " end " : " ") +
            buffer.getStringWithoutLengthUtf8(offset, length));
    }

    @Override
    public void onUnmatchedReply(
        final Session session, final DirectBuffer buffer, final int offset, final int length, final long receiveTimeNs)
    {
        calls.add(session.name() + " unmatched " + buffer.getStringWithoutLengthUtf8(offset, length));
    }

    @Override
    public void onReply(
        final Session session,
        final long correlationId,
        final ReplyOutcome outcome,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long rttNs)
    {
        calls.add(session.name() + " reply " + correlationId + " " + outcome + " after " + rttNs);
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        calls.add(session.name() + " state " + session.state() + "/" + session.epoch());
    }

    @Override
    public void onGap(final Session session, final long messages)
    {
        calls.add(session.name() + " gap " + messages);
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        calls.add(session.name() + " closed " + closeCode + " " + reason);
    }
}
