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
import io.ringwire.api.SessionLatency;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.exchange.ExchangeConfig;
import io.ringwire.samples.exchange.LocalExchange;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Subscribes to three tickers and keeps to the newest: a handler that has fallen behind skips what is out of date.
 */
public final class MarketDataSubscriber implements MessageHandler
{
    private static final int MESSAGES = 10_000;
    private static final int RATE = 20_000;
    private static final int CHECK_EVERY = 64;
    private static final long KEEP_NEWEST = 256;
    private static final String SUBSCRIBE =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":" +
        "[\"ticker.BTC-PERPETUAL.raw\",\"ticker.ETH-PERPETUAL.raw\",\"ticker.SOL-PERPETUAL.raw\"]}}";

    private final CountDownLatch done = new CountDownLatch(1);
    private long received; // owner: handler thread
    private long bytes; // owner: handler thread

    private MarketDataSubscriber()
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
        final MarketDataSubscriber subscriber = new MarketDataSubscriber();
        try (LocalExchange exchange = LocalExchange.launch(new ExchangeConfig().marketDataRate(RATE));
            Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(
                new SessionConfig().uri(args.length > 0 ? args[0] : exchange.uri()).messageHandler(subscriber));
            if (!session.awaitConnected(5, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("not connected: " + session.lastChange());
            }

            final UnsafeBuffer request = new UnsafeBuffer(SUBSCRIBE.getBytes(StandardCharsets.US_ASCII));
            session.send(Opcode.TEXT, request, 0, request.capacity());
            subscriber.done.await(30, TimeUnit.SECONDS);

            final SessionLatency.Percentiles latency = session.latency().readToHandler();
            System.out.printf(
                "%d messages, %d bytes, %d skipped, socket to handler p50 %.1f us, p99 %.1f us%n",
                subscriber.received, subscriber.bytes, session.metrics().messagesSkipped(),
                latency.p50() / 1e3, latency.p99() / 1e3);
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
        bytes += length;
        if (++received % CHECK_EVERY == 0)
        {
            session.skipBehind(KEEP_NEWEST);
        }

        if (received == MESSAGES)
        {
            done.countDown();
        }
    }
}
