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
package io.ringwire.bench.soak;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import org.agrona.DirectBuffer;

/**
 * Counts what one session receives, connection by connection. Owner of all fields: the handler thread; others read.
 */
final class Counted implements MessageHandler, SessionListener
{
    private final long perConnection;
    private long onConnection;
    private volatile long total;
    private volatile long ended; // connections that were over
    private volatile long wrong; // of them, with another number of messages
    private volatile long gaps; // that were told
    private volatile long lost; // messages thrown away, as we were told
    private volatile String firstWrong;

    /**
     * Count.
     *
     * @param perConnection messages that each connection brings before it ends.
     */
    Counted(final long perConnection)
    {
        this.perConnection = perConnection;
    }

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        onConnection++;
        total = total + 1;
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        if (onConnection != perConnection)
        {
            wrong = wrong + 1;
            if (firstWrong == null)
            {
                firstWrong = onConnection + " of " + perConnection + " messages on connection " + (ended + 1) +
                    " (" + closeCode + " " + reason + ")";
            }
        }

        ended = ended + 1;
        onConnection = 0;
    }

    @Override
    public void onReconnectGap(final Session session, final ReconnectGap gap)
    {
        gaps = gaps + 1;
    }

    @Override
    public void onGap(final Session session, final long messages)
    {
        lost = lost + messages;
    }

    long total()
    {
        return total;
    }

    long ended()
    {
        return ended;
    }

    long wrong()
    {
        return wrong + lost;
    }

    String firstWrong()
    {
        return firstWrong;
    }

    long gaps()
    {
        return gaps;
    }
}
