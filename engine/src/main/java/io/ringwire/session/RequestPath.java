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

import io.ringwire.api.Opcode;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.dialect.Verdict;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of a session's requests from any thread: into the table of those in flight, then down the send path. Never
 * sent again by the engine.
 */
final class RequestPath
{
    private final WebSocketSession session;
    private final RequestTable table;
    private final SendPath sendPath;
    private final NanoClock clock;
    private final ErrorHandler errorHandler;
    private final AtomicCounter unknownOutcomes;
    private final AtomicCounter cancelled;
    private final AtomicCounter handlerErrors;
    private final AtomicLong lastCorrelationId = new AtomicLong(); // any thread

    RequestPath(final WebSocketSession session, final SendPath sendPath, final SessionWiring wiring)
    {
        this.session = session;
        this.sendPath = sendPath;
        table = new RequestTable(session.config().buffers().maxRequestsInFlight());
        clock = wiring.nanoClock();
        errorHandler = wiring.errorHandler();
        unknownOutcomes = session.counters().of(Id.UNKNOWN_OUTCOMES);
        cancelled = session.counters().of(Id.CANCELLED);
        handlerErrors = session.counters().of(Id.HANDLER_ERRORS);
    }

    RequestTable table()
    {
        return table;
    }

    long nextCorrelationId()
    {
        return lastCorrelationId.incrementAndGet();
    }

    static void checkId(final long correlationId)
    {
        if (correlationId >= MessageRouter.FIRST_ENGINE_ID)
        {
            throw new IllegalArgumentException(
                "correlationId " + correlationId + " is not below " + MessageRouter.FIRST_ENGINE_ID +
                ": from there on ids are the engine's own");
        }
    }

    static void checkTextId(final DirectBuffer idBuffer, final int idOffset, final int idLength)
    {
        if (idBuffer == null)
        {
            throw new IllegalArgumentException("idBuffer is null: give the id, or use the request with an integer id");
        }

        if (idLength > RequestKeys.MAX_TEXT_LENGTH)
        {
            throw new IllegalArgumentException(
                "id of " + idLength + " bytes is over " + RequestKeys.MAX_TEXT_LENGTH + ": choose a shorter one");
        }

        idBuffer.boundsCheck(idOffset, idLength);
    }

    /**
     * Send a request, whose id is checked. Any thread.
     *
     * @param idLength of the string id in bytes, or {@link Verdict#NO_TEXT_ID}.
     * @return the send position, or a negative code of {@code SendResult}.
     */
    long request(
        final long correlationId,
        final DirectBuffer idBuffer,
        final int idOffset,
        final int idLength,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        check(buffer, offset, length, timeoutNs, replyHandler);
        final int epoch = session.status().openEpoch();
        final long refusal = session.refusal(epoch, length);
        if (refusal < 0)
        {
            return refusal;
        }

        final long startNs = clock.nanoTime();
        final long token = table.register(
            correlationId, idBuffer, idOffset, idLength, epoch, startNs, timeoutNs, replyHandler);
        if (token < 0)
        {
            return token;
        }

        final long position = sendPath.send(Opcode.TEXT, epoch, buffer, offset, length);
        if (position < 0 && table.withdraw(token))
        {
            return position;
        }

        final ReplyOutcome outcome = table.confirm(token);
        if (outcome != null)
        {
            end(correlationId, outcome, clock.nanoTime() - startNs, replyHandler);
        }

        return Math.max(position, 1); // not sent, but its handler is told: a reply bore its id, or it was cancelled
    }

    /**
     * The session ended within this call, and no handler thread tells it any more.
     */
    private void end(
        final long correlationId, final ReplyOutcome outcome, final long elapsedNs, final ReplyHandler replyHandler)
    {
        (outcome == ReplyOutcome.CANCELLED ? cancelled : unknownOutcomes).increment();
        try
        {
            replyHandler.onReply(session, correlationId, outcome, null, 0, 0, elapsedNs);
        }
        catch (final Throwable t)
        {
            handlerErrors.increment();
            errorHandler.onError(t);
        }
    }

    private static void check(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long timeoutNs,
        final ReplyHandler replyHandler)
    {
        buffer.boundsCheck(offset, length);
        if (timeoutNs < 0)
        {
            throw new IllegalArgumentException("timeoutNs " + timeoutNs + " is negative");
        }

        if (replyHandler == null)
        {
            throw new IllegalArgumentException("replyHandler is null: a request needs somebody to tell of its end");
        }
    }
}
