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
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A server made of a bare socket: the test writes every byte the client sees.
 */
final class RawVenue implements AutoCloseable
{
    private static final int ACCEPT_TIMEOUT_MS = 10_000;

    private final ServerSocket server;

    RawVenue() throws IOException
    {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.setSoTimeout(ACCEPT_TIMEOUT_MS);
    }

    String uri(final String path)
    {
        return "ws://127.0.0.1:" + server.getLocalPort() + path;
    }

    int port()
    {
        return server.getLocalPort();
    }

    /**
     * The next connection; the kernel completes it before we accept, so a lock-step test need not drive the engine.
     */
    RawConnection accept(final Pump pump)
    {
        try
        {
            pump.settle();
            final Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            return new RawConnection(socket, pump);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() throws IOException
    {
        server.close();
    }
}
