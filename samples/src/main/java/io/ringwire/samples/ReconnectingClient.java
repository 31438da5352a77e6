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
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.config.EngineContext;
import io.ringwire.config.ReconnectPolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.samples.exchange.LocalExchange;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes the exchange away under a session and brings it back, and prints every step the session takes on its own.
 */
public final class ReconnectingClient implements SessionListener
{
    private static final long BASE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long CAP_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int DROPS = 3;

    private final Semaphore live = new Semaphore(0);
    private final Semaphore failedAttempts = new Semaphore(0);

    private ReconnectingClient()
    {
    }

    /**
     * Run the sample.
     *
     * @param args none.
     * @throws InterruptedException if interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        final ReconnectingClient client = new ReconnectingClient();
        final int epoch;
        try (LocalExchange exchange = LocalExchange.launch(); Engine engine = Engine.launch(new EngineContext()))
        {
            final Session session = engine.connect(new SessionConfig()
                .uri(exchange.uri())
                .reconnect(new ReconnectPolicy().baseNs(BASE_NS).capNs(CAP_NS))
                .listener(client)
                .messageHandler((from, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
                {
                }));
            client.live.acquire();
            for (int drop = 1; drop <= DROPS; drop++)
            {
                exchange.stopListening();
                exchange.dropConnections();
                client.failedAttempts.acquire();
                exchange.startListening();
                client.live.acquire();
            }

            epoch = session.epoch();
        }

        System.out.println("the same session, up to its connection number " + epoch);
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        System.out.printf(
            "%s -> %s: attempt %d, epoch %d, %s%n",
            change.from(), change.to(), change.attempt(), change.epoch(), change.reason());
        if (change.to() == SessionState.LIVE)
        {
            live.release();
        }
        else if (change.from() == SessionState.CONNECTING && change.to() == SessionState.BACKING_OFF)
        {
            failedAttempts.drainPermits();
            failedAttempts.release();
        }
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        failedAttempts.drainPermits(); // attempts before this loss say nothing about it
        System.out.println("lost: " + closeCode + " " + reason);
    }
}
