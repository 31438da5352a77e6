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
package io.ringwire.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets with TCP_NODELAY, for libraries that do not set it. Any thread.
 */
final class NoDelaySockets extends SocketFactory
{
    @Override
    public Socket createSocket() throws IOException
    {
        final Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(final String host, final int port) throws IOException
    {
        return connect(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(
        final String host, final int port, final InetAddress localHost, final int localPort) throws IOException
    {
        return connect(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(final InetAddress host, final int port) throws IOException
    {
        return connect(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(
        final InetAddress host, final int port, final InetAddress localHost, final int localPort) throws IOException
    {
        return connect(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connect(final SocketAddress server, final SocketAddress local) throws IOException
    {
        final Socket socket = createSocket();
        try
        {
            socket.bind(local);
            socket.connect(server);
            return socket;
        }
        catch (final IOException ex)
        {
            socket.close();
            throw ex;
        }
    }
}
