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
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of a TLS context, with TCP_NODELAY. Any thread.
 */
final class NoDelayTlsSockets extends SSLSocketFactory
{
    private final SSLSocketFactory sockets;

    /**
     * Make a factory.
     *
     * @param context of its sockets.
     */
    NoDelayTlsSockets(final SSLContext context)
    {
        sockets = context.getSocketFactory();
    }

    @Override
    public String[] getDefaultCipherSuites()
    {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites()
    {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException
    {
        return noDelay(sockets.createSocket());
    }

    @Override
    public Socket createSocket(
        final Socket socket, final String host, final int port, final boolean autoClose) throws IOException
    {
        return noDelay(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(final String host, final int port) throws IOException
    {
        return noDelay(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(
        final String host, final int port, final InetAddress localHost, final int localPort) throws IOException
    {
        return noDelay(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(final InetAddress host, final int port) throws IOException
    {
        return noDelay(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(
        final InetAddress host, final int port, final InetAddress localHost, final int localPort) throws IOException
    {
        return noDelay(sockets.createSocket(host, port, localHost, localPort));
    }

    private static Socket noDelay(final Socket socket) throws IOException
    {
        socket.setTcpNoDelay(true);
        return socket;
    }
}
