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
import io.ringwire.api.SendResult;
import io.ringwire.api.Session;
import io.ringwire.config.EngineContext;
import io.ringwire.config.RateLimitPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.samples.exchange.connection.CreditRule;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.venue.deribit.Deribit;
import io.ringwire.venue.deribit.DeribitDialect;
import org.agrona.ExpandableArrayBuffer;
import picocli.CommandLine.Command;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Asks for the time more often than the venue's credits allow: what would be too much is refused before it is sent,
 * with the time at which it will pass, and so the venue never has a reason to end the session. The limits are set by
 * hand to show how; {@link Deribit#fill(SessionConfig)} sets the venue's.
 */
@Command(
    name = "RateLimited",
    mixinStandardHelpOptions = true,
    description = "Requests that cost credits, and are refused while there are too few.",
    footer = "--live goes to test.deribit.com and needs no key.")
public final class RateLimited extends VenueSample
{
    private static final int REQUESTS = 30;
    private static final int COST = 500;
    private static final int REFILL_PER_SECOND = 10_000;
    private static final int CAPACITY = 10 * COST;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Semaphore ended = new Semaphore(0);
    private final LongAdder replies = new LongAdder();

    RateLimited(final UnaryOperator<String> environment)
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
        System.exit(new RateLimited(System::getenv).run(args));
    }

    @Override
    public Integer call() throws InterruptedException
    {
        if (isLive())
        {
            ask(Deribit.TEST_URL);
            return 0;
        }

        try (LocalExchange exchange = LocalExchange.launch())
        {
            // A request more than we take: two may arrive closer together than they left.
            exchange.rules().requestCredits(new CreditRule(CAPACITY + COST, REFILL_PER_SECOND, COST));
            ask(exchange.uri("/deribit/ws/api/v2"));
            System.out.println("breaches seen by the venue: " +
                exchange.connections().get(0).count(Happening.BREACH));
        }

        return 0;
    }

    private void ask(final String uri) throws InterruptedException
    {
        try (Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(new SessionConfig()
                .uri(uri)
                .dialect(new DeribitDialect()) // finds the method of a message
                .limits(new RateLimitPolicy()
                    .bucket("credits", CAPACITY, REFILL_PER_SECOND, TimeUnit.SECONDS.toNanos(1))
                    .defaultCost("credits", COST)
                    .cost("public/subscribe", "credits", 6 * COST)
                    .reserve("credits", 2 * COST)) // for answers to heartbeats
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                {
                }));
            session.awaitConnected(10, TimeUnit.SECONDS); // if it fails, so does the first request

            final int refusals = sendAll(session);
            System.out.println(
                REQUESTS + " requests, " + replies.sum() + " replies, refused and sent later: " + refusals);
        }
    }

    private int sendAll(final Session session) throws InterruptedException
    {
        final ReplyHandler onReply = (from, id, outcome, buffer, offset, length, rttNs) ->
        {
            replies.add(outcome == ReplyOutcome.REPLY ? 1 : 0);
            ended.release();
        };
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(128);
        int refusals = 0;
        for (int id = 1; id <= REQUESTS; id++)
        {
            final int length = buffer.putStringWithoutLengthAscii(
                0, "{\"jsonrpc\":\"2.0\",\"method\":\"public/get_time\",\"id\":" + id + ",\"params\":{}}");
            long result = session.request(id, buffer, 0, length, TIMEOUT_NS, onReply);
            while (result == SendResult.RATE_LIMITED)
            {
                refusals++;
                LockSupport.parkNanos(session.rateLimits().delayNs(buffer, 0, length));
                result = session.request(id, buffer, 0, length, TIMEOUT_NS, onReply);
            }

            if (result < 0)
            {
                throw new IllegalStateException("request " + id + " not sent: " + SendResult.name(result));
            }

            await(ended, 1, "end of request " + id); // several in flight could arrive all at once behind a pause
        }

        return refusals;
    }
}
