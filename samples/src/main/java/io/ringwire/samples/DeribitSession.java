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
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.Reply;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.venue.deribit.Deribit;
import picocli.CommandLine.Command;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Logs in to Deribit, subscribes, places an order, loses its connection, and has login and subscriptions back.
 * Heartbeats are answered by the engine.
 */
@Command(
    name = "DeribitSession",
    mixinStandardHelpOptions = true,
    description = "Login, heartbeats, an order, and subscriptions that outlive a drop.",
    footer = "--live goes to the venue's test exchange with DERIBIT_CLIENT_ID and DERIBIT_CLIENT_SECRET of the " +
        "environment: a key of test.deribit.com that may trade.")
public final class DeribitSession extends VenueSample implements SessionListener
{
    private static final String[] CHANNELS = { "book.BTC-PERPETUAL.100ms", "ticker.ETH-PERPETUAL.100ms" };

    private final Semaphore acknowledged = new Semaphore(0);
    private final Semaphore gaps = new Semaphore(0);
    private final LongAdder messages = new LongAdder();

    DeribitSession(final UnaryOperator<String> environment)
    {
        super(environment);
    }

    /**
     * Run the sample and exit.
     *
     * @param args none, or {@code --live}.
     */
    public static void main(final String[] args)
    {
        System.exit(new DeribitSession(System::getenv).run(args));
    }

    @Override
    public Integer call() throws Exception
    {
        if (isLive())
        {
            trade(Deribit.TEST_URL, Session::reconnect);
            return 0;
        }

        try (LocalExchange exchange = LocalExchange.launch())
        {
            trade(exchange.uri("/deribit/ws/api/v2"), (session) -> exchange.dropConnections());
        }

        return 0;
    }

    @Override
    public void onSubscription(final Session session, final SubscriptionChange change)
    {
        System.out.println(change);
        if (change.state() == SubscriptionState.ACKNOWLEDGED)
        {
            acknowledged.release();
        }
    }

    @Override
    public void onReconnectGap(final Session session, final ReconnectGap gap)
    {
        System.out.println("build the book anew: " + gap);
        gaps.release();
    }

    private void trade(final String uri, final Consumer<Session> drop) throws Exception
    {
        try (Engine engine = Engine.launch(new EngineContext()))
        {
            final SessionConfig config = new SessionConfig()
                .uri(uri)
                .subscriptions(new SubscriptionPolicy().channels(CHANNELS))
                .listener(this)
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                    messages.increment());
            final Session session = engine.connect(Deribit.fill(config, deribitLogin()));
            await(acknowledged, CHANNELS.length, "answer to the subscriptions");
            session.awaitConnected(10, TimeUnit.SECONDS); // LIVE comes behind the last answer
            order(session);
            drop.accept(session);
            await(gaps, 1, "new connection");
            await(acknowledged, CHANNELS.length, "answer to the subscriptions made again");
            System.out.println("connection " + session.epoch() + " is subscribed to " +
                session.subscriptions().acknowledged().size() + " channels, " + messages.sum() + " messages");
        }
    }

    /**
     * An order that rests far below the market. One that ends as UNKNOWN_OUTCOME is asked for, never sent again. This
     * is cold code: RequestReplyClient shows how to send without garbage.
     */
    private static void order(final Session session) throws Exception
    {
        final long id = session.nextCorrelationId();
        final Reply reply = session.requestAsync(id, "{\"jsonrpc\":\"2.0\",\"id\":" + id +
            ",\"method\":\"private/buy\",\"params\":{\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":10," +
            "\"type\":\"limit\",\"price\":1000,\"post_only\":true}}", 5, TimeUnit.SECONDS).get();
        System.out.println("order " + id + ": " + reply.outcome() + " " + reply.text());
    }
}
