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
package io.ringwire.handler;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SessionListener;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.session.RequestTable;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.LatencyRecorder;
import io.ringwire.stats.SessionCounters.Id;
import io.ringwire.stats.Stage;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The way into a user's code: replies to their request, the rest to the message handler, events to the listener. What a
 * message is was judged on the IO thread; the elements of a batch are judged here. What user code throws is counted and
 * reported, and the stream goes on. Owner: the thread that runs the handlers.
 */
final class UserCallbacks implements RequestTable.Ending
{
    private final WebSocketSession session;
    private final MessageHandler messageHandler;
    private final SessionListener listener;
    private final RequestTable requests;
    private final NanoClock clock;
    private final ErrorHandler errorHandler;
    private final CallTimer timer;
    private final LatencyRecorder requestRtt;
    private final AtomicCounter delivered;
    private final AtomicCounter handlerErrors;
    private final AtomicCounter replies;
    private final AtomicCounter timeouts;
    private final AtomicCounter unknownOutcomes;
    private final AtomicCounter errorReplies;
    private final AtomicCounter cancelled;
    private final AtomicCounter unmatchedReplies;
    private final AtomicCounter serverRequests;
    private final AtomicCounter gaps;
    private final BatchDelivery batches;
    private final boolean sure;

    private DirectBuffer replyBuffer;
    private int replyOffset;
    private int replyLength;
    private long endTimeNs;
    private Thread callbackThread;

    /**
     * @param slowHandlerNs from which on calls of user code are told to JFR.
     * @param sure          is it known of a message that is not the end of a batch that the next goes to the message
     *                      handler?
     */
    UserCallbacks(
        final WebSocketSession session,
        final NanoClock clock,
        final ErrorHandler errorHandler,
        final long slowHandlerNs,
        final boolean sure)
    {
        this.sure = sure;
        this.session = session;
        this.clock = clock;
        this.errorHandler = errorHandler;
        messageHandler = session.config().messageHandler();
        listener = session.config().listener();
        requests = session.requests();
        timer = new CallTimer(session, clock, slowHandlerNs);
        requestRtt = session.latencies().of(Stage.REQUEST_RTT);
        delivered = session.counters().of(Id.MESSAGES_DELIVERED);
        handlerErrors = session.counters().of(Id.HANDLER_ERRORS);
        replies = session.counters().of(Id.REPLIES);
        timeouts = session.counters().of(Id.TIMEOUTS);
        unknownOutcomes = session.counters().of(Id.UNKNOWN_OUTCOMES);
        errorReplies = session.counters().of(Id.ERROR_REPLIES);
        cancelled = session.counters().of(Id.CANCELLED);
        unmatchedReplies = session.counters().of(Id.UNMATCHED_REPLIES);
        serverRequests = session.counters().of(Id.SERVER_REQUESTS);
        gaps = session.counters().of(Id.GAPS);
        batches = new BatchDelivery(this, session, errorHandler);
    }

    /**
     * Is a message of this kind sure to go to {@link MessageHandler#onMessage}?
     */
    static boolean isPlain(final MessageKind kind)
    {
        return kind != MessageKind.REPLY && kind != MessageKind.ERROR_REPLY &&
            kind != MessageKind.SERVER_REQUEST && kind != MessageKind.BATCH;
    }

    /**
     * Deliver a message that is not plain, or an element of a batch, to where its kind belongs.
     *
     * @param idLength of the string id in bytes, or {@link Verdict#NO_TEXT_ID}.
     */
    void deliver(
        final MessageKind kind,
        final long id,
        final int idOffset,
        final int idLength,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs)
    {
        switch (kind)
        {
            case REPLY, ERROR_REPLY ->
            {
                replyBuffer = buffer;
                replyOffset = offset;
                replyLength = length;
                endTimeNs = receiveTimeNs;
                final ReplyOutcome outcome =
                    kind == MessageKind.REPLY ? ReplyOutcome.REPLY : ReplyOutcome.ERROR_REPLY;
                if (!requests.reply(id, buffer, idOffset, idLength, outcome, this))
                {
                    unmatchedReplies.incrementRelease();
                    special(kind, buffer, offset, length, receiveTimeNs);
                }
            }
            case SERVER_REQUEST ->
            {
                serverRequests.incrementRelease();
                special(kind, buffer, offset, length, receiveTimeNs);
            }
            case BATCH -> batches.deliver(buffer, offset, length, opcode, receiveTimeNs);
            default -> message(buffer, offset, length, opcode, receiveTimeNs, true);
        }
    }

    private void special(
        final MessageKind kind,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        timer.message(receiveTimeNs, true);
        delivered.incrementRelease();
        final Thread outer = enter();
        try
        {
            if (kind == MessageKind.SERVER_REQUEST)
            {
                messageHandler.onServerRequest(session, buffer, offset, length, receiveTimeNs);
            }
            else
            {
                messageHandler.onUnmatchedReply(session, buffer, offset, length, receiveTimeNs);
            }
        }
        catch (final Throwable t)
        {
            onError(t);
        }

        timer.end();
        leave(outer);
    }

    void message(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        timer.message(receiveTimeNs, endOfBatch);
        delivered.incrementRelease();
        final Thread outer = enter();
        try
        {
            messageHandler.onMessage(session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch || !sure);
        }
        catch (final Throwable t)
        {
            onError(t);
        }

        if (endOfBatch)
        {
            timer.end();
        }

        leave(outer);
    }

    /**
     * An event for the listener.
     *
     * @return true if it is the last of the session.
     */
    boolean event(final SessionEvent event, final int epoch)
    {
        boolean last = false;
        timer.end();
        final Thread outer = enter();
        try
        {
            if (event instanceof SessionEvent.Changed changed)
            {
                last = changed.change().to().isTerminal();
                listener.onState(session, changed.change());
            }
            else if (event instanceof SessionEvent.Closed closed)
            {
                endTimeNs = clock.nanoTime();
                requests.onConnectionLost(epoch, endTimeNs, this);
                timer.end();
                listener.onClosed(session, closed.closeCode(), closed.reason());
            }
            else if (event instanceof SessionEvent.Gap gap)
            {
                gaps.incrementRelease();
                listener.onGap(session, gap.messages());
            }
            else if (event instanceof SessionEvent.Subscription subscription)
            {
                listener.onSubscription(session, subscription.change());
            }
            else if (event instanceof SessionEvent.Reconnected reconnected)
            {
                listener.onReconnectGap(session, reconnected.gap());
            }
            else if (event instanceof SessionEvent.ShutdownNotice notice)
            {
                listener.onShutdownNotice(session, notice.message());
            }
            else if (event instanceof SessionEvent.HeartbeatMissed miss)
            {
                listener.onHeartbeatMissed(session, miss.consecutiveMisses());
            }
            else if (event instanceof SessionEvent.ProtocolError error)
            {
                listener.onProtocolError(session, error.closeCode(), error.reason());
            }
        }
        catch (final Throwable t)
        {
            onError(t);
        }

        leave(outer);
        return last;
    }

    /** {@return the timer of the calls} */
    CallTimer timer()
    {
        return timer;
    }

    int sweep(final long nowNs)
    {
        if (requests.inFlight() == 0)
        {
            return 0;
        }

        endTimeNs = nowNs;
        final int ended = requests.sweep(nowNs, this);
        timer.end();
        return ended;
    }

    void close(final long nowNs)
    {
        endTimeNs = nowNs;
        requests.close(nowNs, this);
        timer.end();
        session.counters().release();
    }

    boolean isInCallback()
    {
        return Thread.currentThread() == callbackThread;
    }

    @Override
    public void onEnd(final long id, final ReplyOutcome outcome, final long startNs, final ReplyHandler handler)
    {
        final boolean answered = outcome == ReplyOutcome.REPLY || outcome == ReplyOutcome.ERROR_REPLY;
        final DirectBuffer buffer = answered ? replyBuffer : null;
        final int length = answered ? replyLength : 0;
        final int offset = answered ? replyOffset : 0;
        final long rttNs = Math.max(0, endTimeNs - startNs); // the read may have begun before the request was sent
        if (answered)
        {
            requestRtt.record(rttNs);
        }

        count(outcome);
        timer.reply();
        final Thread outer = enter();
        try
        {
            handler.onReply(session, id, outcome, buffer, offset, length, rttNs);
        }
        catch (final Throwable t)
        {
            onError(t);
        }

        leave(outer);
    }

    private void count(final ReplyOutcome outcome)
    {
        switch (outcome)
        {
            case REPLY -> replies.incrementRelease();
            case ERROR_REPLY -> errorReplies.incrementRelease();
            case TIMED_OUT -> timeouts.incrementRelease();
            case UNKNOWN_OUTCOME -> unknownOutcomes.increment();
            case CANCELLED -> cancelled.increment();
            default -> throw new IllegalStateException("unknown outcome " + outcome);
        }
    }

    /**
     * Calls nest: a lost connection ends requests inside of its own event.
     */
    private Thread enter()
    {
        final Thread outer = callbackThread;
        callbackThread = Thread.currentThread();
        return outer;
    }

    /**
     * User code that was interrupted leaves the flag set, and Agrona's runner would end the agent for it.
     */
    private void leave(final Thread outer)
    {
        Thread.interrupted();
        callbackThread = outer;
    }

    private void onError(final Throwable t)
    {
        handlerErrors.increment();
        errorHandler.onError(t);
    }
}
