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

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import io.ringwire.json.JsonScanner;
import io.ringwire.session.WebSocketSession;
import io.ringwire.stats.SessionCounters.Id;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Takes a batch apart: a JSON array whose elements are messages of their own, replies to several requests or whatever
 * else. Each is judged by the dialect and goes where it would go by itself, but for what is the engine's own: nobody
 * but the user gets that out of a batch. An array within an array is data. Owner: the thread that runs the handlers.
 */
final class BatchDelivery
{
    private final UserCallbacks callbacks;
    private final Dialect dialect;
    private final ErrorHandler errorHandler;
    private final AtomicCounter batches;
    private final AtomicCounter dialectErrors;
    private final Verdict verdict = new Verdict();

    BatchDelivery(final UserCallbacks callbacks, final WebSocketSession session, final ErrorHandler errorHandler)
    {
        this.callbacks = callbacks;
        this.errorHandler = errorHandler;
        dialect = session.config().dialect();
        batches = session.counters().of(Id.BATCHES);
        dialectErrors = session.counters().of(Id.DIALECT_ERRORS);
    }

    /**
     * Deliver the elements one by one; an array that is broken or has none is delivered whole, as data.
     */
    void deliver(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs)
    {
        final int limit = offset + length;
        int element = JsonScanner.firstElement(buffer, offset, limit);
        if (element < 0 || !isWhole(buffer, element, limit))
        {
            callbacks.message(buffer, offset, length, opcode, receiveTimeNs, true);
            return;
        }

        batches.incrementRelease();
        while (element >= 0) // each step goes on in the array
        {
            final int end = JsonScanner.valueEnd(buffer, element, limit);
            judge(buffer, element, end - element, opcode);
            callbacks.deliver(
                verdict.kind() == MessageKind.BATCH ? MessageKind.DATA : verdict.kind(),
                verdict.correlationId(),
                verdict.idOffset(),
                verdict.idLength(),
                buffer,
                element,
                end - element,
                opcode,
                receiveTimeNs);
            element = JsonScanner.nextElement(buffer, end, limit);
        }
    }

    /**
     * Looked at before the first element is delivered: what is broken further on must not be delivered in part.
     */
    private static boolean isWhole(final DirectBuffer buffer, final int first, final int limit)
    {
        int element = first;
        while (element >= 0)
        {
            element = JsonScanner.nextElement(buffer, JsonScanner.valueEnd(buffer, element, limit), limit);
        }

        return JsonScanner.isWhole(buffer, element, limit);
    }

    private void judge(final DirectBuffer buffer, final int offset, final int length, final int opcode)
    {
        verdict.reset();
        try
        {
            dialect.classify(buffer, offset, length, opcode, verdict);
        }
        catch (final Throwable t)
        {
            verdict.reset();
            dialectErrors.increment();
            errorHandler.onError(t);
        }
    }
}
