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
package io.ringwire.samples.demo;

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.util.concurrent.TimeUnit;

/**
 * Sends requests on a schedule, late ones at once, and counts how they end. The sending half belongs to one thread.
 */
final class DemoRequests implements ReplyHandler
{
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Session session;
    private final double intervalNs;
    private final long startNs = System.nanoTime();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private long sent;
    private long refused;
    private long lastId;
    private volatile long replies; // owner: handler thread
    private volatile long failures; // owner: handler thread

    DemoRequests(final Session session, final int rate)
    {
        this.session = session;
        intervalNs = rate == 0 ? Double.POSITIVE_INFINITY : 1e9 / rate;
    }

    /**
     * Send what is due.
     *
     * @return nanoseconds until the next is due.
     */
    long sendDue()
    {
        final long nowNs = System.nanoTime();
        while (nowNs - startNs >= sent * intervalNs)
        {
            sent++;
            if (send(lastId + 1) > 0)
            {
                lastId++;
            }
            else
            {
                refused++;
            }
        }

        return (long)(startNs + sent * intervalNs - nowNs);
    }

    long subscribe(final String... channels)
    {
        int length = buffer.putStringWithoutLengthAscii(0, "{\"jsonrpc\":\"2.0\",\"id\":");
        length += buffer.putLongAscii(length, ++lastId);
        length += buffer.putStringWithoutLengthAscii(
            length, ",\"method\":\"public/subscribe\",\"params\":{\"channels\":[\"" +
            String.join("\",\"", channels) + "\"]}}");
        return session.request(lastId, buffer, 0, length, TIMEOUT_NS, this);
    }

    long accepted()
    {
        return lastId;
    }

    long refused()
    {
        return refused;
    }

    long replies()
    {
        return replies;
    }

    long failures()
    {
        return failures;
    }

    @Override
    public void onReply(
        final Session from,
        final long correlationId,
        final ReplyOutcome outcome,
        final DirectBuffer reply,
        final int offset,
        final int length,
        final long rttNs)
    {
        if (outcome == ReplyOutcome.REPLY)
        {
            replies = replies + 1;
        }
        else
        {
            failures = failures + 1;
        }
    }

    private long send(final long id)
    {
        int length = buffer.putStringWithoutLengthAscii(0, "{\"jsonrpc\":\"2.0\",\"id\":");
        length += buffer.putLongAscii(length, id);
        length += buffer.putStringWithoutLengthAscii(length, ",\"method\":\"public/get_time\",\"params\":{}}");
        return session.request(id, buffer, 0, length, TIMEOUT_NS, this);
    }
}
