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

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.ringwire.samples.exchange.connection.VenueConnection;

import java.util.Iterator;

/**
 * Sends recorded messages when they are due, and never more than the client takes: what is due waits for room, nothing
 * is lost.
 */
final class CaptureReplay
{
    private static final long TICK_MS = 1;

    private final VenueConnection connection;
    private final Iterator<RecordedMessage> messages;
    private final double speed;
    private final Runnable onEnd;
    private long startNs;
    private RecordedMessage next; // null: none is left

    CaptureReplay(
        final VenueConnection connection,
        final Iterator<RecordedMessage> messages,
        final double speed,
        final Runnable onEnd)
    {
        this.connection = connection;
        this.messages = messages;
        this.speed = speed;
        this.onEnd = onEnd;
    }

    void start()
    {
        startNs = System.nanoTime();
        advance();
        tick();
    }

    private void tick()
    {
        while (next != null && connection.isWritable() && isDue())
        {
            if (next.isBinary())
            {
                connection.send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(next.payload())));
            }
            else
            {
                connection.send(next.payload());
            }

            advance();
        }

        if (next != null)
        {
            connection.after(TICK_MS, this::tick);
        }
        else
        {
            onEnd.run();
        }
    }

    private void advance()
    {
        next = messages.hasNext() ? messages.next() : null;
    }

    private boolean isDue()
    {
        return speed == ExchangeConfig.MAX_SPEED || System.nanoTime() - startNs >= next.timeNs() / speed;
    }
}
