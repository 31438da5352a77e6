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
package io.ringwire.samples.exchange;

import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.VenueConnection;

/**
 * Sends the exchange's capture from the moment of the upgrade and then closes with 1000. Takes no messages.
 */
final class ReplayConnection extends VenueConnection
{
    private final ExchangeConfig config;

    ReplayConnection(final Arrival arrival, final ExchangeConfig config)
    {
        super(arrival);
        this.config = config;
    }

    @Override
    protected void onOpen()
    {
        if (config.capture() == null)
        {
            close(1008, "this exchange has no capture to replay");
        }
        else
        {
            new CaptureReplay(this, config.capture(), config.speed(), () -> close(1000, "end of capture")).start();
        }
    }

    @Override
    protected void onMessage(final WebSocketFrame message)
    {
        close(1008, "a replay takes no messages");
    }
}
