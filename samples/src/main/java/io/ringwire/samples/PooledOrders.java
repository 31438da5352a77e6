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
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.pool.PoolListener;
import io.ringwire.pool.PoolMember;
import io.ringwire.pool.PoolPolicy;
import io.ringwire.pool.SessionPool;
import io.ringwire.samples.exchange.LocalExchange;
import io.ringwire.venue.deribit.Deribit;
import org.agrona.ExpandableArrayBuffer;
import picocli.CommandLine.Command;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Places orders through two sessions as one, and loses one of them half-way. An order goes out once; what became of it
 * is asked for, and that question may be repeated through the other session.
 */
@Command(
    name = "PooledOrders",
    mixinStandardHelpOptions = true,
    description = "Orders through a pool of two sessions, of which one is lost.",
    footer = "--live goes to test.deribit.com with DERIBIT_CLIENT_ID and DERIBIT_CLIENT_SECRET of the environment.")
public final class PooledOrders extends VenueSample implements PoolListener
{
    private static final int ORDERS = 5;
    private static final String ORDER =
        "\"private/buy\",\"params\":{\"instrument_name\":\"BTC-PERPETUAL\",\"amount\":10,\"price\":1000}";
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final Semaphore live = new Semaphore(0);
    private final Semaphore lost = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private final Semaphore replies = new Semaphore(0);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private final ReplyHandler onReply = (session, id, outcome, message, offset, length, rttNs) ->
    {
        replies.release(outcome == ReplyOutcome.REPLY ? 1 : 0);
        ended.release();
    };

    PooledOrders(final UnaryOperator<String> environment)
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
        System.exit(new PooledOrders(System::getenv).run(args));
    }

    @Override
    public Integer call() throws InterruptedException
    {
        if (isLive())
        {
            trade(Deribit.TEST_URL, Deribit.TEST_URL, lost::release);
            return 0;
        }

        try (LocalExchange one = LocalExchange.launch(); LocalExchange two = LocalExchange.launch())
        {
            trade(one.uri("/deribit/ws/api/v2"), two.uri("/deribit/ws/api/v2"), one::dropConnections);
        }

        return 0;
    }

    @Override
    public void onLive(final PoolMember member, final int epoch)
    {
        live.release();
    }

    @Override
    public void onNotLive(final PoolMember member, final int epoch)
    {
        lost.release();
    }

    private void trade(final String one, final String two, final Runnable loss) throws InterruptedException
    {
        try (Engine engine = Engine.launch(new EngineContext());
            SessionPool pool = SessionPool.launch(new PoolPolicy().listener(this), engine::connect))
        {
            pool.add(() -> config(one));
            pool.add(() -> config(two));
            await(live, 2, "two live members");
            send(pool, ORDERS, ORDER, false);
            loss.run();
            await(lost, 1, "loss of a member");
            send(pool, ORDERS, ORDER, false);
            send(pool, 1, "\"private/get_open_orders\",\"params\":{}", true);
        }

        System.out.println(replies.availablePermits() + " replies to " + 2 * ORDERS + " orders and a question");
    }

    private SessionConfig config(final String uri)
    {
        return Deribit.fill(new SessionConfig().uri(uri), deribitLogin())
            .messageHandler((from, message, offset, length, opcode, receiveTimeNs, endOfBatch) -> {});
    }

    private void send(final SessionPool pool, final int count, final String method, final boolean mayRepeat)
        throws InterruptedException
    {
        for (int i = 0; i < count; i++)
        {
            final long id = pool.nextCorrelationId();
            final int length = buffer.putStringWithoutLengthAscii(
                0, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":" + method + "}");
            final long result = mayRepeat ? pool.requestRepeatable(id, buffer, 0, length, TIMEOUT_NS, onReply) :
                pool.request(id, buffer, 0, length, TIMEOUT_NS, onReply);
            if (result < 0)
            {
                throw new IllegalStateException(method + " not sent: " + SendResult.name(result));
            }
        }

        await(ended, count, "end of all requests");
    }
}
