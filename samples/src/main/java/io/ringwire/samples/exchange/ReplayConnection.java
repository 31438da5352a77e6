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

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.VenueConnection;

import java.io.UncheckedIOException;

/**
 * Sends a recording from the moment of the upgrade, pings meanwhile, and then closes with 1000. Answers no message.
 */
final class ReplayConnection extends VenueConnection
{
    private static final long PING_INTERVAL_MS = 10_000;

    private final ExchangeConfig config;
    private RecordedMessages recording; // null: there is none, or the exchange's capture

    ReplayConnection(final Arrival arrival, final ExchangeConfig config)
    {
        super(arrival);
        this.config = config;
    }

    @Override
    protected void onOpen()
    {
        if (config.recording() != null)
        {
            serve();
        }
        else if (config.capture() == null)
        {
            close(1008, "this exchange has no capture to replay");
        }
        else
        {
            new CaptureReplay(this, config.capture().messages().iterator(), config.speed(),
                () -> close(1000, "end of capture")).start();
        }
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext context)
    {
        if (recording != null)
        {
            recording.close();
        }
    }

    @Override
    protected void onMessage(final WebSocketFrame message)
    {
        if (config.recording() == null)
        {
            close(1008, "a replay takes no messages");
        }
    }

    private void serve()
    {
        try
        {
            recording = config.recording().get();
            every(PING_INTERVAL_MS, () -> ping("replay"));
            new CaptureReplay(this, recording, config.speed(), () -> close(1000, "end of recording")).start();
        }
        catch (final UncheckedIOException ex)
        {
            close(1011, "the recording cannot be read");
        }
    }
}
