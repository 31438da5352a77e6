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

import io.ringwire.ring.MessageDescriptor;
import io.ringwire.ring.MessageRing;
import io.ringwire.ring.RingConsumer;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionStatus;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The consuming half of a session's ring: each entry to user code, released when the call returns. Owner: one handler
 * thread.
 */
public final class RingDispatcher implements Dispatcher, SessionStatus.Skipper
{
    private static final long NONE = -1;

    private final MessageRing ring;
    private final RingConsumer consumer;
    private final DirectBuffer arena;
    private final SessionStatus status;
    private final UserCallbacks callbacks;
    private final AtomicCounter skipped;
    private long current = NONE;
    private long skipUntil = NONE;
    private long dispatchedNs; // read time of the last message dispatched: what waits behind it was not read before
    private boolean finished;

    /**
     * Make the consuming half.
     *
     * @param session       it belongs to.
     * @param ring          to take messages from.
     * @param clock         of the engine.
     * @param errorHandler  told of what user code throws.
     * @param slowHandlerNs from which on calls of user code are told to JFR.
     */
    public RingDispatcher(
        final WebSocketSession session,
        final MessageRing ring,
        final NanoClock clock,
        final ErrorHandler errorHandler,
        final long slowHandlerNs)
    {
        this.ring = ring;
        consumer = ring.addConsumer();
        arena = consumer.buffer();
        callbacks = new UserCallbacks(session, clock, errorHandler, slowHandlerNs, true);
        skipped = session.counters().of(Id.MESSAGES_SKIPPED);
        dispatchedNs = clock.nanoTime();
        status = session.status();
        status.directMemory(arena.capacity());
    }

    @Override
    public int poll(final int limit, final long nowNs)
    {
        final long available = consumer.available();
        long sequence = consumer.next();
        int count = 0;
        while (sequence <= available && count < limit && !finished)
        {
            current = sequence;
            try
            {
                dispatch(consumer.descriptor(sequence), sequence, available);
            }
            finally
            {
                consumer.release(sequence); // whatever happens, an entry is not dispatched twice
            }

            sequence++;
            count++;
        }

        callbacks.timer().end(); // the last may have been a reply
        return count + callbacks.sweep(sequence <= available ? dispatchedNs : nowNs); // an answer may wait in the rest
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
        status.directMemory(-arena.capacity()); // none when it is closed
        ring.close();
    }

    @Override
    public long skipBehind(final long newest)
    {
        if (!callbacks.isInCallback())
        {
            return SessionStatus.outsideCallback();
        }

        final long oldest = Math.max(current, skipUntil);
        long target = consumer.available();
        for (long kept = 0; kept < newest && target > oldest; target--) // at most what waits in the ring
        {
            kept += isPlain(target) ? 1 : 0;
        }

        skipUntil = target;
        return target - current;
    }

    private void dispatch(final MessageDescriptor descriptor, final long sequence, final long available)
    {
        if (descriptor.event() != null)
        {
            finished = callbacks.event((SessionEvent)descriptor.event(), descriptor.epoch());
            return;
        }

        dispatchedNs = descriptor.receiveTimeNs();
        callbacks.timer().queuedAt(descriptor.decodedTimeNs());
        final int offset = descriptor.offset();
        final int length = descriptor.length();
        if (!UserCallbacks.isPlain(descriptor.kind()))
        {
            callbacks.deliver(
                descriptor.kind(),
                descriptor.correlationId(),
                offset + descriptor.idOffset(),
                descriptor.idLength(),
                arena,
                offset,
                length,
                descriptor.opcode(),
                descriptor.receiveTimeNs());
        }
        else if (sequence <= skipUntil)
        {
            callbacks.timer().end();
            skipped.incrementRelease();
        }
        else
        {
            final boolean endOfBatch = sequence == available || !isPlain(sequence + 1);
            callbacks.message(arena, offset, length, descriptor.opcode(), descriptor.receiveTimeNs(), endOfBatch);
        }
    }

    /**
     * Is the entry sure to go to the message handler? If so the one before it is not the end of a batch.
     */
    private boolean isPlain(final long sequence)
    {
        final MessageDescriptor descriptor = consumer.descriptor(sequence);
        return descriptor.event() == null && UserCallbacks.isPlain(descriptor.kind());
    }
}
