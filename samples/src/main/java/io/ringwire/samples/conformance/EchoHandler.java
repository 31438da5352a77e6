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
package io.ringwire.samples.conformance;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends every message back, in order, with its own opcode. What there is room for leaves from the handler; what must
 * wait for room or is longer than a message may be is copied, and the visiting thread sends it, in parts if need be.
 * The handler never waits: in INLINE mode it would wait for itself.
 */
final class EchoHandler implements MessageHandler
{
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Visit visit;
    private final long maxWaitingBytes;
    private final AtomicLong waiting = new AtomicLong(); // messages; added by the handler, taken by the visitor
    private final AtomicLong waitingBytes = new AtomicLong(); // as above

    EchoHandler(final Visit visit, final long maxWaitingBytes)
    {
        this.visit = visit;
        this.maxWaitingBytes = maxWaitingBytes;
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
        if (waiting.get() == 0 && session.send(opcode, buffer, offset, length) > 0)
        {
            return;
        }

        if (waitingBytes.get() + length > maxWaitingBytes)
        {
            visit.refuse(session, "the server does not read: more than " + maxWaitingBytes + " bytes wait");
            return;
        }

        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        waiting.incrementAndGet();
        waitingBytes.addAndGet(length);
        visit.later(() -> echo(session, opcode, new UnsafeBuffer(message)));
    }

    private void echo(final Session session, final int opcode, final DirectBuffer message)
    {
        final int length = message.capacity();
        final int maxPartLength = session.maxSendLength();
        int sent = 0;
        boolean done = false;
        while (!done && !visit.isOver())
        {
            final int partLength = Math.min(length - sent, maxPartLength);
            final long result = part(session, opcode, message, sent, partLength);
            if (result > 0)
            {
                sent += partLength;
                done = sent == length;
            }
            else if (result == SendResult.BACK_PRESSURED)
            {
                LockSupport.parkNanos(RETRY_NS);
            }
            else
            {
                done = true; // the connection ends: nobody waits for the rest
            }
        }

        waitingBytes.addAndGet(-length);
        waiting.decrementAndGet();
    }

    private static long part(
        final Session session, final int opcode, final DirectBuffer message, final int offset, final int length)
    {
        final boolean first = offset == 0;
        final boolean last = offset + length == message.capacity();
        if (first)
        {
            return last ?
                session.send(opcode, message, offset, length) : session.sendFirst(opcode, message, offset, length);
        }

        return last ? session.sendLast(message, offset, length) : session.sendMiddle(message, offset, length);
    }
}
