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
package io.ringwire.samples;

import io.ringwire.Engine;
import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.Session;
import io.ringwire.api.SessionLatency;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.venue.JsonRpcDialect;
import org.agrona.ExpandableArrayBuffer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places orders and correlates the replies, without an object per request: the payload is encoded into one buffer, one
 * reply handler serves all.
 */
public final class RequestReplyClient
{
    private static final int ORDERS = 1000;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private RequestReplyClient()
    {
    }

    /**
     * Run the sample.
     *
     * @param args the URI of an exchange that speaks Deribit's JSON-RPC, or nothing for one of our own.
     * @throws InterruptedException if interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final Semaphore ended = new Semaphore(0);
        final ReplyHandler onReply = (from, id, outcome, buffer, offset, length, rttNs) ->
        {
            if (outcome == ReplyOutcome.ERROR_REPLY) // the venue refused the order
            {
                System.err.println("order " + id + ": " + buffer.getStringWithoutLengthUtf8(offset, length));
            }
            else if (outcome != ReplyOutcome.REPLY) // ask the venue what became of it, never resend
            {
                System.err.println("order " + id + ": " + outcome);
            }

            ended.release();
        };

        try (LocalExchange exchange = LocalExchange.launch(); Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(new SessionConfig()
                .uri(args.length > 0 ? args[0] : exchange.uri())
                .dialect(new JsonRpcDialect())
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                    System.out.println("not a reply: " + buffer.getStringWithoutLengthUtf8(offset, length))));
            if (!session.awaitConnected(5, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("not connected: " + session.lastChange());
            }

            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
            for (int id = 1; id <= ORDERS; id++)
            {
                while (session.request(id, buffer, 0, encodeBuy(buffer, id), TIMEOUT_NS, onReply) < 0)
                {
                    Thread.onSpinWait(); // the window or the table is full: an order must end first
                }
            }

            ended.acquire(ORDERS);
            final SessionLatency.Percentiles rtt = session.latency().requestRtt();
            System.out.printf(
                "%d orders, %d replies, rtt p50 %.1f us, p99 %.1f us%n",
                ORDERS, session.metrics().replies(), rtt.p50() / 1e3, rtt.p99() / 1e3);
        }
    }

    private static int encodeBuy(final ExpandableArrayBuffer buffer, final int id)
    {
        int length = buffer.putStringWithoutLengthAscii(0, "{\"jsonrpc\":\"2.0\",\"method\":\"private/buy\",\"id\":");
        length += buffer.putIntAscii(length, id);
        length += buffer.putStringWithoutLengthAscii(
            length, ",\"params\":{\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":10,\"price\":30000}}");
        return length;
    }
}
