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
package io.ringwire.samples.exchange.deribit;

import io.netty.util.concurrent.Future;
import io.ringwire.samples.exchange.connection.Happening;
import io.ringwire.samples.exchange.connection.VenueConnection;

/**
 * Demands a test of a client at each interval and ends the connection of one that gives none in time. There is no
 * further demand before the last is met: held up, we would else make two in a row, and wait for no answer.
 */
public final class RpcHeartbeat
{
    private static final String HEARTBEAT =
        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"heartbeat\"}}";
    private static final String TEST_REQUEST =
        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}";

    private final VenueConnection connection;
    private final boolean announced;
    private final int minSeconds;
    private Future<?> beat;
    private Future<?> deadline;

    /**
     * Serve a client.
     *
     * @param connection of the client.
     * @param minSeconds the shortest interval a client may ask for.
     * @param announced  does a heartbeat go before each demand?
     */
    public RpcHeartbeat(final VenueConnection connection, final int minSeconds, final boolean announced)
    {
        this.connection = connection;
        this.minSeconds = minSeconds;
        this.announced = announced;
    }

    /**
     * Begin.
     *
     * @param params of the call.
     * @throws RpcException if the interval is too short.
     */
    public void start(final RpcParams params) throws RpcException
    {
        final long seconds = (long)params.number("interval");
        if (seconds < minSeconds)
        {
            throw new RpcException(RpcException.INVALID_PARAMS, "interval must be at least " + minSeconds);
        }

        stop();
        final long ruledMs = connection.rules().heartbeatIntervalMs();
        beat = connection.every(ruledMs > 0 ? ruledMs : seconds * 1000, this::demand);
    }

    /**
     * End.
     */
    public void stop()
    {
        cancelDeadline();
        if (beat != null)
        {
            beat.cancel(false);
            beat = null;
        }
    }

    /**
     * The client gave a test.
     */
    public void onTest()
    {
        if (deadline != null)
        {
            connection.count(Happening.TEST_ANSWER);
            cancelDeadline();
        }
    }

    private void demand()
    {
        if (announced)
        {
            connection.send(HEARTBEAT);
        }

        if (deadline == null)
        {
            connection.send(TEST_REQUEST);
            deadline = connection.after(connection.rules().testRequestTimeoutMs(), this::giveUp);
        }
    }

    private void giveUp()
    {
        stop();
        connection.close(1000, "test_request was not answered");
    }

    private void cancelDeadline()
    {
        if (deadline != null)
        {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
