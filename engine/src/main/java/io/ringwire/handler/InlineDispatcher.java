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

import io.ringwire.dialect.Verdict;
import io.ringwire.session.Delivery;
import io.ringwire.session.MessageRouter;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionStatus;
import io.ringwire.session.WebSocketSession;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Both halves at once: user code runs on the IO thread. A message that stands whole in the read buffer is delivered
 * from there; one in pieces is put together first, in memory that grows to the longest seen. Owner: the IO thread.
 */
public final class InlineDispatcher implements Delivery, Dispatcher, SessionStatus.Skipper
{
    private final UserCallbacks callbacks;
    private final MessageRouter router;
    private final ExpandableArrayBuffer pieces = new ExpandableArrayBuffer();
    private int piecesLength;
    private boolean finished;

    /**
     * Make the dispatcher of a session.
     *
     * @param session       it belongs to.
     * @param clock         of the engine.
     * @param errorHandler  told of what user code throws.
     * @param slowHandlerNs from which on calls of user code are told to JFR.
     */
    public InlineDispatcher(
        final WebSocketSession session,
        final NanoClock clock,
        final ErrorHandler errorHandler,
        final long slowHandlerNs)
    {
        final boolean judged = session.config().dialect() != null; // then what follows may go elsewhere
        callbacks = new UserCallbacks(session, clock, errorHandler, slowHandlerNs, !judged);
        router = session.router();
    }

    @Override
    public boolean hasRoom(final int length)
    {
        return true;
    }

    @Override
    public boolean message(
        final int opcode,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int epoch,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        router.onDelivered();
        final Verdict verdict = router.verdict();
        if (UserCallbacks.isPlain(verdict.kind()))
        {
            callbacks.message(buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
        }
        else
        {
            callbacks.deliver(
                verdict.kind(),
                verdict.correlationId(),
                verdict.idOffset(),
                verdict.idLength(),
                buffer,
                offset,
                length,
                opcode,
                receiveTimeNs);
        }

        return true;
    }

    @Override
    public boolean begin(final boolean first, final int length)
    {
        if (first)
        {
            piecesLength = 0;
        }

        pieces.checkLimit(piecesLength + length);
        return true;
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length)
    {
        pieces.putBytes(piecesLength, buffer, offset, length);
        piecesLength += length;
    }

    @Override
    public boolean isOfEngine(final int opcode)
    {
        return router.take(opcode, pieces, 0, piecesLength);
    }

    @Override
    public void end(final int opcode, final int epoch, final long receiveTimeNs, final boolean endOfBatch)
    {
        message(opcode, pieces, 0, piecesLength, epoch, receiveTimeNs, endOfBatch);
    }

    @Override
    public void abandon()
    {
        piecesLength = 0;
    }

    @Override
    public boolean event(final SessionEvent event, final int epoch, final long timeNs)
    {
        finished |= callbacks.event(event, epoch);
        return true;
    }

    @Override
    public void flush()
    {
        callbacks.timer().end(); // the last message of the read may have been the engine's own
    }

    @Override
    public boolean isInline()
    {
        return true;
    }

    @Override
    public int occupancy()
    {
        return 0;
    }

    @Override
    public int poll(final int limit, final long nowNs)
    {
        return callbacks.sweep(nowNs);
    }

    @Override
    public boolean isFinished()
    {
        return finished;
    }

    @Override
    public void end(final long nowNs)
    {
        finished = true;
        callbacks.close(nowNs);
    }

    @Override
    public void free()
    {
        // the memory of messages in pieces ends with this object
    }

    @Override
    public long skipBehind(final long newest)
    {
        return callbacks.isInCallback() ? 0 : SessionStatus.outsideCallback();
    }
}
