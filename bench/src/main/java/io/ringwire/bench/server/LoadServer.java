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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A WebSocket server on a loopback port that loads its clients. Its threads are daemons.
 */
public final class LoadServer implements AutoCloseable
{
    private static final String LOOPBACK = "127.0.0.1";

    private final ServerSocketChannel listener;
    private final Supplier<Connection> connections;
    private final boolean spin;
    private final Set<SocketChannel> channels = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private LoadServer(final int port, final boolean spin, final Supplier<Connection> connections) throws IOException
    {
        this.connections = connections;
        this.spin = spin;
        listener = ServerSocketChannel.open();
        try
        {
            listener.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
        }
        catch (final IOException ex)
        {
            listener.close();
            throw new IOException("cannot listen on " + LOOPBACK + ':' + port + ": " + ex.getMessage(), ex);
        }

        acceptor = new Thread(this::accept, "bench-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /**
     * Start a server that sends every frame back.
     *
     * @param port to listen on, 0 for any free one.
     * @param spin true to poll sockets in place of waiting: a core for each connection.
     * @return the server, listening.
     * @throws IOException that says why it cannot listen.
     */
    public static LoadServer echo(final int port, final boolean spin) throws IOException
    {
        return new LoadServer(port, spin, EchoConnection::new);
    }

    /**
     * Start a server that sends messages.
     *
     * @param port to listen on, 0 for any free one.
     * @param spin true to poll sockets in place of waiting: a core for each connection.
     * @param feed sent on each connection.
     * @return the server, listening.
     * @throws IOException that says why it cannot listen.
     */
    public static LoadServer feed(final int port, final boolean spin, final Feed feed) throws IOException
    {
        return new LoadServer(port, spin, () -> new FeedConnection(feed));
    }

    /**
     * Where the server listens.
     *
     * @return a URI such as {@code ws://127.0.0.1:4711/}.
     */
    public String uri()
    {
        return "ws://" + LOOPBACK + ':' + listener.socket().getLocalPort() + '/';
    }

    /**
     * Wait until the server is closed.
     *
     * @throws InterruptedException if the calling thread is interrupted.
     */
    public void awaitEnd() throws InterruptedException
    {
        acceptor.join();
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
        for (final SocketChannel channel : channels)
        {
            channel.close();
        }
    }

    private void accept()
    {
        try
        {
            while (true) // ends when the listener is closed
            {
                final SocketChannel channel = listener.accept();
                channels.add(channel);
                final Thread thread = new Thread(() -> serve(channel), "bench-serve");
                thread.setDaemon(true);
                thread.start();
            }
        }
        catch (final ClosedChannelException ex)
        {
            return;
        }
        catch (final IOException ex)
        {
            System.err.println("cannot accept: " + ex.getMessage());
        }
    }

    private void serve(final SocketChannel channel)
    {
        try (channel)
        {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(!spin);
            final Peer peer = new Peer(channel);
            if (peer.upgrade())
            {
                connections.get().serve(peer);
            }
        }
        catch (final IOException ex)
        {
            return; // the peer is gone: nobody is left to tell
        }
        finally
        {
            channels.remove(channel);
        }
    }
}
