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
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * One number for all calls that user code got: which, in which order, of which session and epoch, with which bytes, at
 * which times, and where batches ended. Equal calls give equal numbers. Times count from the first message seen, so
 * that a live session and its replay, whose clocks differ by a constant, agree.
 * <p>
 * Wrap a handler, a listener and reply handlers of the same thread with it. Allocates nothing with a message. Owner:
 * the thread that makes the calls.
 */
public final class ReplayHash
{
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio, odd: spreads each bit
    private static final int ROTATION = 29;

    private static final int MESSAGE = 1;
    private static final int UNMATCHED_REPLY = 2;
    private static final int SERVER_REQUEST = 3;
    private static final int REPLY = 4;
    private static final int STATE = 5;
    private static final int GAP = 6;
    private static final int SUBSCRIPTION = 7;
    private static final int RECONNECT_GAP = 8;
    private static final int SHUTDOWN_NOTICE = 9;
    private static final int CLOSED = 10;
    private static final int HEARTBEAT_MISSED = 11;
    private static final int PROTOCOL_ERROR = 12;

    private long value;
    private long calls;
    private long firstTimeNs;
    private boolean timed;

    /** {@return the number} */
    public long value()
    {
        return value;
    }

    /** {@return calls that are in the number} */
    public long calls()
    {
        return calls;
    }

    /**
     * Take in what a message handler gets.
     *
     * @param handler to call then.
     * @return in place of it.
     */
    public MessageHandler messages(final MessageHandler handler)
    {
        return new HashedMessages(handler);
    }

    /**
     * Take in what a listener is told.
     *
     * @param listener to call then.
     * @return in place of it.
     */
    public SessionListener events(final SessionListener listener)
    {
        return new HashedEvents(listener);
    }

    /**
     * Take in how requests end.
     *
     * @param handler to call then.
     * @return in place of it.
     */
    public ReplyHandler replies(final ReplyHandler handler)
    {
        return (session, id, outcome, buffer, offset, length, rttNs) ->
        {
            call(REPLY, session);
            add(id);
            add(outcome.ordinal());
            add(outcome == ReplyOutcome.REPLY || outcome == ReplyOutcome.ERROR_REPLY ? length : -1);
            if (buffer != null)
            {
                add(buffer, offset, length);
            }

            handler.onReply(session, id, outcome, buffer, offset, length, rttNs);
        };
    }

    private void message(
        final int call,
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        if (!timed)
        {
            timed = true;
            firstTimeNs = receiveTimeNs;
        }

        call(call, session);
        add(session.epoch());
        add(receiveTimeNs - firstTimeNs);
        add((long)length << 8 | opcode << 1 | (endOfBatch ? 1 : 0));
        add(buffer, offset, length);
    }

    private void call(final int call, final Session session)
    {
        calls++;
        add((long)session.name().hashCode() << Integer.SIZE | call);
    }

    private void add(final String text)
    {
        add(text == null ? -1 : text.length());
        add(text == null ? 0 : text.hashCode());
    }

    private void add(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        int index = offset;
        for (; index + Long.BYTES <= limit; index += Long.BYTES)
        {
            add(buffer.getLong(index, ByteOrder.LITTLE_ENDIAN));
        }

        long rest = 0;
        for (; index < limit; index++)
        {
            rest = rest << Byte.SIZE | buffer.getByte(index) & 0xff;
        }

        add(rest);
    }

    private void add(final long part)
    {
        value = Long.rotateLeft(value ^ part * MULTIPLIER, ROTATION) * MULTIPLIER + 1;
    }

    private final class HashedMessages implements MessageHandler
    {
        private final MessageHandler handler;

        private HashedMessages(final MessageHandler handler)
        {
            this.handler = handler;
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
            message(MESSAGE, session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
            handler.onMessage(session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
        }

        @Override
        public void onUnmatchedReply(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long receiveTimeNs)
        {
            message(UNMATCHED_REPLY, session, buffer, offset, length, 0, receiveTimeNs, true);
            handler.onUnmatchedReply(session, buffer, offset, length, receiveTimeNs);
        }

        @Override
        public void onServerRequest(
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long receiveTimeNs)
        {
            message(SERVER_REQUEST, session, buffer, offset, length, 0, receiveTimeNs, true);
            handler.onServerRequest(session, buffer, offset, length, receiveTimeNs);
        }
    }

    private final class HashedEvents implements SessionListener
    {
        private final SessionListener listener;

        private HashedEvents(final SessionListener listener)
        {
            this.listener = listener;
        }

        @Override
        public void onState(final Session session, final StateChange change)
        {
            call(STATE, session);
            add((long)change.from().ordinal() << Integer.SIZE | change.to().ordinal());
            add((long)change.epoch() << Integer.SIZE | change.attempt());
            add(change.closeCode());
            add(change.reason());
            listener.onState(session, change);
        }

        @Override
        public void onGap(final Session session, final long messages)
        {
            call(GAP, session);
            add(messages);
            listener.onGap(session, messages);
        }

        @Override
        public void onSubscription(final Session session, final SubscriptionChange change)
        {
            call(SUBSCRIPTION, session);
            add(change.toString());
            listener.onSubscription(session, change);
        }

        @Override
        public void onReconnectGap(final Session session, final ReconnectGap gap)
        {
            call(RECONNECT_GAP, session);
            add(gap.toString());
            listener.onReconnectGap(session, gap);
        }

        @Override
        public void onShutdownNotice(final Session session, final String message)
        {
            call(SHUTDOWN_NOTICE, session);
            add(message);
            listener.onShutdownNotice(session, message);
        }

        @Override
        public void onClosed(final Session session, final int closeCode, final String reason)
        {
            call(CLOSED, session);
            add(closeCode);
            add(reason);
            listener.onClosed(session, closeCode, reason);
        }

        @Override
        public void onHeartbeatMissed(final Session session, final int consecutiveMisses)
        {
            call(HEARTBEAT_MISSED, session);
            add(consecutiveMisses);
            listener.onHeartbeatMissed(session, consecutiveMisses);
        }

        @Override
        public void onProtocolError(final Session session, final int closeCode, final String reason)
        {
            call(PROTOCOL_ERROR, session);
            add(closeCode);
            add(reason);
            listener.onProtocolError(session, closeCode, reason);
        }
    }
}
