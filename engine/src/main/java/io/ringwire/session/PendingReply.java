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

import io.ringwire.api.Reply;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A request whose end completes a future. Made by the thread that asks, completed on the handler thread.
 */
final class PendingReply extends CompletableFuture<Reply> implements ReplyHandler
{
    private final RequestTable requests;
    private final long correlationId;

    PendingReply(final RequestTable requests, final long correlationId)
    {
        this.requests = requests;
        this.correlationId = correlationId;
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
        String text = null;
        if (buffer != null)
        {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            text = new String(bytes, StandardCharsets.UTF_8);
        }

        complete(new Reply(correlationId, outcome, text, rttNs));
    }

    /**
     * Cancels the request too, and no other that has taken its id since.
     */
    @Override
    public boolean cancel(final boolean mayInterruptIfRunning)
    {
        final boolean cancelled = super.cancel(mayInterruptIfRunning);
        requests.cancel(correlationId, null, 0, Verdict.NO_TEXT_ID, this);
        return cancelled;
    }
}
