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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Unix domain socket that leads to a venue, on threads of its own.
 */
final class UnixDoor implements AutoCloseable
{
    private final ExecutorService threads = Executors.newCachedThreadPool((target) ->
    {
        final Thread thread = new Thread(target, "test-unix-door");
        thread.setDaemon(true);
        return thread;
    });
    private final Path path;
    private final int port;
    private final ServerSocketChannel server;

    UnixDoor(final Path path, final int port) throws IOException
    {
        this.path = path;
        this.port = port;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        threads.execute(this::acceptAll);
    }

    Path path()
    {
        return path;
    }

    @Override
    public void close() throws IOException
    {
        server.close();
        threads.shutdownNow();
        Files.deleteIfExists(path);
    }

    private void acceptAll()
    {
        try
        {
            while (true) // closing the server ends it
            {
                final SocketChannel client = server.accept();
                final SocketChannel venue =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                venue.setOption(StandardSocketOptions.TCP_NODELAY, true);
                threads.execute(() -> copy(client, venue));
                threads.execute(() -> copy(venue, client));
            }
        }
        catch (final IOException ex)
        {
            // closed
        }
    }

    private static void copy(final SocketChannel from, final SocketChannel to)
    {
        try (to)
        {
            final ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (from.read(buffer.clear()) >= 0)
            {
                buffer.flip();
                while (buffer.hasRemaining())
                {
                    to.write(buffer);
                }
            }
        }
        catch (final IOException ex)
        {
            // one side has ended, and so does the other
        }
    }
}
