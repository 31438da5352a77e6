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

import io.ringwire.samples.exchange.connection.VenueConnection;

import java.util.List;

/**
 * Sends the messages of a capture when they are due, and never more than the client takes: what is due waits for room,
 * nothing is lost.
 */
final class CaptureReplay
{
    private static final long TICK_MS = 1;

    private final VenueConnection connection;
    private final List<Capture.Message> messages;
    private final double speed;
    private final Runnable onEnd;
    private long startNs;
    private int next;

    CaptureReplay(final VenueConnection connection, final Capture capture, final double speed, final Runnable onEnd)
    {
        this.connection = connection;
        this.speed = speed;
        this.onEnd = onEnd;
        messages = capture.messages();
    }

    void start()
    {
        startNs = System.nanoTime();
        tick();
    }

    private void sendDue()
    {
        final int first = next;
        while (next < messages.size() && connection.isWritable() && isDue(messages.get(next)))
        {
            connection.send(messages.get(next).text());
            next++;
        }

        if (next > first && next == messages.size())
        {
            onEnd.run();
        }
    }

    private void tick()
    {
        sendDue();
        if (next < messages.size())
        {
            connection.after(TICK_MS, this::tick);
        }
    }

    private boolean isDue(final Capture.Message message)
    {
        return speed == ExchangeConfig.MAX_SPEED || System.nanoTime() - startNs >= message.timeNs() / speed;
    }
}
