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
package io.ringwire.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A server made of a bare socket: the test writes every byte the client sees.
 */
public final class RawVenue implements AutoCloseable
{
    private static final int BACKLOG = 16;

    private final ServerSocketChannel server;
    private final List<RawConnection> accepted = new ArrayList<>();

    public RawVenue() throws IOException
    {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    RawVenue(final InetSocketAddress address) throws IOException
    {
        server = ServerSocketChannel.open();
        server.bind(address, BACKLOG);
        server.configureBlocking(false);
    }

    public String uri(final String path)
    {
        return "ws://127.0.0.1:" + port() + path;
    }

    int port()
    {
        return server.socket().getLocalPort();
    }

    /**
     * The next connection; the engine is driven until it is there.
     */
    public RawConnection accept(final Pump pump)
    {
        try
        {
            final Socket socket = pump.accept(server);
            socket.setTcpNoDelay(true);
            final RawConnection connection = new RawConnection(socket, pump);
            accepted.add(connection);
            return connection;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Close and forget the connections accepted.
     */
    public void closeAccepted()
    {
        accepted.forEach(RawConnection::close);
        accepted.clear();
    }

    @Override
    public void close() throws IOException
    {
        closeAccepted();
        server.close();
    }
}
