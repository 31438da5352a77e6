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
package io.ringwire.bench.server;

import org.agrona.collections.ArrayListUtil;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Serves all connections of a server, in turn. Each turn sends about one batch, so that a peer that reads slowly, or
 * not at all, keeps nobody waiting. Nothing is allocated while no connection comes or goes. Owner: the serving thread,
 * but for {@link #stop()}.
 */
final class ServerLoop implements Runnable
{
    private static final int MAX_SWEPT = 8; // more connections are cheaper to ask the selector about
    private static final int SWEEPS_PER_SELECT = 64; // a power of 2
    private static final long MS_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PARK_THRESHOLD_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Selector selector;
    private final Services services;
    private final boolean spin;
    private final ArrayList<Connection> connections = new ArrayList<>();
    private final ArrayList<Listener> acceptable = new ArrayList<>();
    private final ArrayDeque<ByteBuffer> spareBuffers = new ArrayDeque<>();
    private final Consumer<SelectionKey> onSelected = this::onSelected;
    private int sweeps;
    private volatile boolean running = true; // any thread, once

    /**
     * @param selector with the listeners; closed at the end.
     * @param services to choose from.
     * @param spin     true to poll and never to wait.
     */
    ServerLoop(final Selector selector, final Services services, final boolean spin)
    {
        this.selector = selector;
        this.services = services;
        this.spin = spin;
    }

    @Override
    public void run()
    {
        try (selector)
        {
            try
            {
                while (running)
                {
                    turn();
                }
            }
            finally // whatever ends it: no client is left to wait for a server that is gone
            {
                for (final SelectionKey key : selector.keys())
                {
                    CloseHelper.quietClose(key.channel());
                }
            }
        }
        catch (final IOException ex)
        {
            System.err.println("ringwire bench: the server ends: " + ex.getMessage());
        }
    }

    /**
     * Any thread: end, and close all connections without a word.
     */
    void stop()
    {
        running = false;
        selector.wakeup();
    }

    private void turn() throws IOException
    {
        final boolean sweeping = spin && connections.size() <= MAX_SWEPT;
        boolean onlyInput = sweeping;
        long dueNs = Service.NEVER;
        for (int i = connections.size() - 1; i >= 0; i--)
        {
            final Connection connection = connections.get(i);
            final boolean swept = sweeping && connection.isAwaitingInput();
            final long nowNs = System.nanoTime();
            if (swept || connection.isReady(nowNs))
            {
                serve(connection, nowNs, swept);
            }

            if (connection.isClosed())
            {
                ArrayListUtil.fastUnorderedRemove(connections, i);
                connection.giveBack(spareBuffers);
            }
            else
            {
                dueNs = Math.min(dueNs, connection.dueNs());
                onlyInput &= !connection.isAwaitingOutput();
            }
        }

        if (!onlyInput || (++sweeps & SWEEPS_PER_SELECT - 1) == 0 || connections.isEmpty())
        {
            select(dueNs);
            accept();
        }
    }

    private static void serve(final Connection connection, final long nowNs, final boolean swept) throws IOException
    {
        try
        {
            connection.turn(nowNs, swept);
        }
        catch (final IOException ex)
        {
            connection.drop(); // the peer is gone: nobody is left to tell
        }
    }

    /**
     * See what is ready; wait until something is, but not beyond the time when a turn is due. The selector waits for
     * whole milliseconds, so the last of them is parked in slices, between which ready sockets are seen, and the last
     * 200 microseconds are polled.
     */
    private void select(final long dueNs) throws IOException
    {
        if (spin)
        {
            selector.selectNow(onSelected);
        }
        else if (dueNs == Service.NEVER)
        {
            selector.select(onSelected);
        }
        else
        {
            final long leftNs = dueNs - System.nanoTime();
            if (leftNs > 2 * MS_NS)
            {
                selector.select(onSelected, leftNs / MS_NS - 1);
            }
            else if (selector.selectNow(onSelected) == 0 && leftNs > PARK_THRESHOLD_NS)
            {
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    private void onSelected(final SelectionKey key)
    {
        if (key.attachment() instanceof Connection)
        {
            ((Connection)key.attachment()).onReady(key.readyOps());
        }
        else
        {
            acceptable.add((Listener)key.attachment());
        }
    }

    private void accept() throws IOException
    {
        for (int i = acceptable.size() - 1; i >= 0; i--)
        {
            final Listener listener = acceptable.remove(i);
            try
            {
                accept(listener);
            }
            catch (final IOException ex)
            {
                System.err.println("ringwire bench: cannot accept, and listens no more: " + ex.getMessage());
                listener.close();
            }
        }
    }

    private void accept(final Listener listener) throws IOException
    {
        SocketChannel socket;
        while ((socket = listener.accept()) != null)
        {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            final SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
            final Connection connection =
                new Connection(listener.link(socket), key, services, newBuffer(), newBuffer());
            key.attach(connection);
            connections.add(connection);
        }
    }

    private ByteBuffer newBuffer()
    {
        final ByteBuffer spare = spareBuffers.pollFirst();
        return spare == null ? ByteBuffer.allocateDirect(Connection.BUFFER_LENGTH) : spare.clear();
    }
}
