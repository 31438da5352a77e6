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
package io.ringwire.samples.exchange.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Made-up market data for one client, evenly paced over its channels in turn. A client that does not take it in time
 * misses none: it is sent later, at most a second's worth at once.
 */
public final class ChannelFeed
{
    private static final long TICK_MS = 1;

    private final VenueConnection connection;
    private final Function<String, String> source;
    private final int rate;
    private final List<String> channels = new ArrayList<>();
    private boolean running;
    private long startNs;
    private long sent;
    private int turn;

    /**
     * Feed a client.
     *
     * @param connection of the client.
     * @param source     of the next message of a channel; null passes the channel's turn on.
     */
    public ChannelFeed(final VenueConnection connection, final Function<String, String> source)
    {
        this.connection = connection;
        this.source = source;
        rate = connection.arrival().feedRate();
    }

    /**
     * The client wants a channel.
     *
     * @param channel by name; one that it has already stays as it is.
     */
    public void add(final String channel)
    {
        if (!channels.contains(channel))
        {
            channels.add(channel);
        }

        connection.arrival().view().subscribe(channel);
        if (!running && rate > 0)
        {
            running = true;
            startNs = System.nanoTime();
            sent = 0;
            connection.after(TICK_MS, this::tick);
        }
    }

    /**
     * The client wants a channel no more.
     *
     * @param channel by name.
     * @return false if it had none of that name.
     */
    public boolean remove(final String channel)
    {
        connection.arrival().view().unsubscribe(channel);
        return channels.remove(channel);
    }

    /**
     * What the client wants.
     *
     * @return a copy.
     */
    public List<String> channels()
    {
        return new ArrayList<>(channels);
    }

    private void tick()
    {
        if (channels.isEmpty())
        {
            running = false;
            return;
        }

        final long elapsedNs = System.nanoTime() - startNs;
        final long due = (long)(elapsedNs * ((double)rate / TimeUnit.SECONDS.toNanos(1)));
        sent = Math.max(sent, due - rate);
        while (sent < due && connection.isWritable())
        {
            final String message = source.apply(channels.get(turn++ % channels.size()));
            if (message != null)
            {
                connection.send(message);
            }

            sent++;
        }

        connection.after(TICK_MS, this::tick);
    }
}
