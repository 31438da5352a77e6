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
import io.ringwire.api.MessageHandler;
import io.ringwire.api.Opcode;
import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import io.ringwire.samples.exchange.LocalExchange;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The shortest way through the engine: the handler runs on the IO thread, out of the read buffer, and its answer leaves
 * in the same duty cycle. Each echo sends the next message.
 */
public final class InlineModeClient implements MessageHandler
{
    private static final int ROUND_TRIPS = 20_000;
    private static final int MESSAGE_LENGTH = 128;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Histogram rtt = new Histogram(3); // owner: IO thread
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]); // owner: IO thread after start

    private InlineModeClient()
    {
    }

    /**
     * Run the sample.
     *
     * @param args the URI of an echo server, or nothing for one of our own.
     * @throws InterruptedException if interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final InlineModeClient client = new InlineModeClient();
        final EngineContext context = new EngineContext().threadingMode(ThreadingMode.INLINE);
        try (LocalExchange exchange = LocalExchange.launch(); Engine engine = Engine.launch(context))
        {
            final Session session = engine.connect(
                new SessionConfig().uri(args.length > 0 ? args[0] : exchange.uri("/echo")).messageHandler(client));
            if (!session.awaitConnected(5, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("not connected: " + session.lastChange());
            }

            client.send(session);
            client.done.await(60, TimeUnit.SECONDS);
            System.out.printf(
                "%d round trips, p50 %.1f us, p99 %.1f us%n",
                client.rtt.getTotalCount(),
                client.rtt.getValueAtPercentile(50) / 1e3,
                client.rtt.getValueAtPercentile(99) / 1e3);
        }
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
        rtt.recordValue(System.nanoTime() - buffer.getLong(offset));
        if (rtt.getTotalCount() < ROUND_TRIPS)
        {
            send(session);
        }
        else
        {
            done.countDown();
        }
    }

    private void send(final Session session)
    {
        message.putLong(0, System.nanoTime());
        session.send(Opcode.BINARY, message, 0, MESSAGE_LENGTH);
    }
}
