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

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A blocking socket that has upgraded and does no more than it is told to.
 */
final class BareClient implements AutoCloseable
{
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; // RFC 6455 section 1.3
    private static final int BUFFER_LENGTH = 256 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_LENGTH).flip();

    BareClient(final String uri) throws IOException
    {
        final URI parsed = URI.create(uri);
        channel = SocketChannel.open(new InetSocketAddress(parsed.getHost(), parsed.getPort()));
        write(("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nsec-websocket-key: " + KEY + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        final StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0)
        {
            response.append((char)next());
        }

        if (!response.toString().startsWith("HTTP/1.1 101 ") || response.indexOf(ACCEPT) < 0)
        {
            throw new IOException("not upgraded: " + response);
        }
    }

    void write(final byte[] bytes) throws IOException
    {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining())
        {
            channel.write(buffer);
        }
    }

    byte[] read(final int length) throws IOException
    {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = next();
        }

        return bytes;
    }

    /**
     * Walk over frames without a look at their payload.
     */
    void skipFrames(final long count) throws IOException
    {
        long left = count;
        while (left > 0)
        {
            final int start = received.position();
            final int available = received.remaining();
            final int headerLength = available < 2 || received.get(start + 1) < FrameHeaders.LENGTH_16 ? 2 : 4;
            final int payloadLength = available < headerLength ? 0 :
                headerLength == 2 ? received.get(start + 1) : received.getShort(start + 2) & 0xFFFF;
            if (available < headerLength + payloadLength)
            {
                fill();
            }
            else
            {
                received.position(start + headerLength + payloadLength);
                left--;
            }
        }
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }

    private byte next() throws IOException
    {
        if (!received.hasRemaining())
        {
            fill();
        }

        return received.get();
    }

    private void fill() throws IOException
    {
        received.compact();
        if (channel.read(received) < 0)
        {
            throw new EOFException("the server closed");
        }

        received.flip();
    }
}
