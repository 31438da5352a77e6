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

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A port on the loopback interface, with or without TLS. Owner: the serving thread, once that runs.
 */
final class Listener
{
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel channel;
    private final SslContext tls; // null without
    private final String authority;

    /**
     * Listen.
     *
     * @param port     to listen on, 0 for any free one.
     * @param tls      the server's side of TLS, or null for none.
     * @param selector that tells of connections, with this as attachment.
     * @throws IOException that says why it cannot listen.
     */
    Listener(final int port, final SslContext tls, final Selector selector) throws IOException
    {
        this.tls = tls;
        channel = ServerSocketChannel.open();
        try
        {
            channel.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), BACKLOG);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT, this);
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            channel.close();
            throw new IOException("cannot listen on " + LOOPBACK + ':' + port + ": " + ex.getMessage(), ex);
        }

        authority = LOOPBACK + ':' + channel.socket().getLocalPort();
    }

    /**
     * Host and port.
     */
    String authority()
    {
        return authority;
    }

    /**
     * Take a connection.
     *
     * @return its socket, or null if none waits.
     */
    SocketChannel accept() throws IOException
    {
        return channel.accept();
    }

    /**
     * The bytes of a connection.
     */
    Link link(final SocketChannel socket) throws IOException
    {
        return tls == null ? new PlainLink(socket) : new TlsLink(socket, tls.newEngine(ByteBufAllocator.DEFAULT));
    }

    void close() throws IOException
    {
        channel.close();
    }
}
