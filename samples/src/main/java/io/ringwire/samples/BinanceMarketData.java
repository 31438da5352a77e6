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
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.venue.binance.Binance;
import picocli.CommandLine.Command;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Follows two of Binance's combined streams over a planned shutdown: the venue's notice is answered with a new
 * connection, and the gap between the two is told before the first message of the new one.
 */
@Command(
    name = "BinanceMarketData",
    mixinStandardHelpOptions = true,
    description = "Combined streams over a planned shutdown.",
    footer = "--live goes to stream.binance.com, needs no key, and reconnects by hand where the exchange inside this " +
        "process announces a shutdown.")
public final class BinanceMarketData extends VenueSample implements SessionListener
{
    private static final String[] STREAMS = { "btcusdt@depth@100ms", "ethusdt@trade" };
    private static final int MESSAGES = 50;

    private final Semaphore messages = new Semaphore(0);
    private final Semaphore gaps = new Semaphore(0);

    BinanceMarketData(final UnaryOperator<String> environment)
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
        System.exit(new BinanceMarketData(System::getenv).run(args));
    }

    @Override
    public Integer call() throws Exception
    {
        if (isLive())
        {
            follow(Binance.STREAMS_URL, Session::reconnect);
            return 0;
        }

        try (LocalExchange exchange = LocalExchange.launch())
        {
            follow(exchange.uri("/binance/stream"), (session) -> exchange.planShutdown());
        }

        return 0;
    }

    @Override
    public void onSubscription(final Session session, final SubscriptionChange change)
    {
        System.out.println(change);
    }

    @Override
    public void onShutdownNotice(final Session session, final String message)
    {
        System.out.println("the venue goes away, and we do first: " + message);
        session.reconnect();
    }

    @Override
    public void onReconnectGap(final Session session, final ReconnectGap gap)
    {
        System.out.println("fetch the book anew: " + gap);
        messages.drainPermits();
        gaps.release();
    }

    private void follow(final String uri, final Consumer<Session> interruption) throws InterruptedException
    {
        try (Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(Binance.fillStreams(new SessionConfig().uri(uri))
                .subscriptions(new SubscriptionPolicy().channels(STREAMS))
                .listener(this)
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                    messages.release()));
            await(messages, MESSAGES, MESSAGES + " messages");
            interruption.accept(session);
            await(gaps, 1, "new connection");
            await(messages, MESSAGES, MESSAGES + " messages behind the gap");
            System.out.println("connection " + session.epoch() + " follows " +
                session.subscriptions().acknowledged().size() + " streams");
        }
    }
}
