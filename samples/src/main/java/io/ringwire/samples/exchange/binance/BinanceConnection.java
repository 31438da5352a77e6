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
package io.ringwire.samples.exchange.binance;

import com.google.gson.JsonObject;
import io.netty.util.concurrent.Future;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.JsonConnection;

/**
 * What Binance's two interfaces share: pings whose payload has to come back, and the event before a shutdown.
 */
abstract class BinanceConnection extends JsonConnection
{
    private static final int POLICY_VIOLATION = 1008;

    private long pings;
    private String awaited; // payload of the last ping, null once it came back
    private Future<?> pongDeadline;

    BinanceConnection(final Arrival arrival)
    {
        super(arrival);
    }

    @Override
    protected void onOpen()
    {
        every(rules().pingIntervalMs(), this::demandPong);
    }

    @Override
    protected final boolean onPong(final String payload)
    {
        final boolean answers = payload.equals(awaited);
        if (answers)
        {
            awaited = null;
            pongDeadline.cancel(false);
        }

        return answers;
    }

    /**
     * End the connection of a client that broke the rules.
     */
    final void disconnect(final String reason)
    {
        close(POLICY_VIOLATION, reason);
    }

    static JsonObject event(final String type)
    {
        final JsonObject event = new JsonObject();
        event.addProperty("e", type);
        event.addProperty("E", System.currentTimeMillis());
        return event;
    }

    private void demandPong()
    {
        if (awaited == null) // else there would be several to answer at once behind a pause
        {
            pongDeadline = after(rules().pongTimeoutMs(), () -> disconnect("Pong timeout"));
            awaited = Long.toString(System.currentTimeMillis()) + pings++;
            ping(awaited);
        }
    }
}
