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
package io.ringwire.bench.stress;

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.dialect.Verdict;
import io.ringwire.session.RequestTable;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A request table with one request, whose ends are told as digits: 1 reply, 2 error reply, 3 timed out, 4 unknown
 * outcome, 5 cancelled. Two ends make a number of two digits.
 */
final class StressRequest
{
    private static final long TIMEOUT_NS = 10;
    private static final long NUMBER = 7;
    private static final UnsafeBuffer ID = new UnsafeBuffer("order".getBytes(StandardCharsets.US_ASCII));
    private static final ReplyHandler HANDLER = (session, id, outcome, buffer, offset, length, rttNs) -> {};

    private final RequestTable table = new RequestTable(1);
    private final AtomicInteger ends = new AtomicInteger();

    long register()
    {
        return table.register(NUMBER, ID, 0, ID.capacity(), 1, 0, TIMEOUT_NS, HANDLER);
    }

    void confirm(final long token)
    {
        final ReplyOutcome outcome = table.confirm(token);
        if (outcome != null)
        {
            onEnd(NUMBER, outcome, 0, HANDLER);
        }
    }

    boolean withdraw(final long token)
    {
        return table.withdraw(token);
    }

    boolean cancel()
    {
        return table.cancel(0, ID, 0, ID.capacity(), null);
    }

    void reply()
    {
        table.reply(0, ID, 0, ID.capacity(), ReplyOutcome.REPLY, this::onEnd);
    }

    void timeOut()
    {
        table.sweep(TIMEOUT_NS, this::onEnd);
    }

    void lose()
    {
        table.onConnectionLost(1, 0, this::onEnd);
    }

    void close()
    {
        table.close(0, this::onEnd);
    }

    /**
     * How it has ended, if nothing is left of it.
     */
    int ends()
    {
        return table.inFlight() == 0 && !table.contains(NUMBER, null, 0, Verdict.NO_TEXT_ID) ? ends.get() : -1;
    }

    private void onEnd(final long id, final ReplyOutcome outcome, final long startNs, final ReplyHandler handler)
    {
        ends.updateAndGet((digits) -> 10 * digits + outcome.ordinal() + 1);
    }
}
