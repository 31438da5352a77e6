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
import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.api.SessionMetrics;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.TlsPolicy;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one message, longer than the send window, in parts, compressed and over TLS, to a server whose certificate only
 * a CA file of its own vouches for.
 */
public final class SecureClient
{
    private static final int MESSAGE_LENGTH = 1_000_000;
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private SecureClient()
    {
    }

    /**
     * Run the sample.
     *
     * @param args not used.
     * @throws InterruptedException if interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final CountDownLatch echoed = new CountDownLatch(1);
        try (LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().tls(true));
            Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(new SessionConfig()
                .uri(exchange.uri("/echo"))
                .tls(new TlsPolicy().caFile(exchange.caFile()))
                .deflate(new DeflatePolicy().enabled(true))
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                {
                    System.out.println("echo of " + length + " bytes");
                    echoed.countDown();
                }));
            if (!session.awaitConnected(5, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("not connected: " + session.lastChange());
            }

            final int parts = sendInParts(session, orders());
            if (!echoed.await(10, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("no echo: " + session.lastChange());
            }

            final SessionMetrics metrics = session.metrics();
            System.out.println(parts + " parts, " + metrics.deflateBytesIn() + " bytes sent as " +
                metrics.deflateBytesOut());
        }
    }

    /**
     * The first part begins the message, the last ends it; pings and pongs may go between, other messages may not.
     */
    private static int sendInParts(final Session session, final UnsafeBuffer message)
    {
        final int partLength = session.maxSendLength() / 2;
        int parts = 0;
        int sent = 0;
        while (sent < MESSAGE_LENGTH)
        {
            final int length = Math.min(partLength, MESSAGE_LENGTH - sent);
            final long result =
                sent == 0 ? session.sendFirst(Opcode.TEXT, message, sent, length) :
                sent + length < MESSAGE_LENGTH ? session.sendMiddle(message, sent, length) :
                session.sendLast(message, sent, length);
            if (result > 0)
            {
                sent += length;
                parts++;
            }
            else if (result == SendResult.BACK_PRESSURED)
            {
                LockSupport.parkNanos(RETRY_NS); // the socket takes more soon: this part again
            }
            else
            {
                throw new IllegalStateException("the message is lost: " + SendResult.name(result));
            }
        }

        return parts;
    }

    private static UnsafeBuffer orders()
    {
        final String order = "{\"side\":\"buy\",\"price\":42.5,\"amount\":10}\n";
        final String orders = order.repeat(1 + MESSAGE_LENGTH / order.length());
        return new UnsafeBuffer(orders.getBytes(StandardCharsets.UTF_8), 0, MESSAGE_LENGTH);
    }
}
