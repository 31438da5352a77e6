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

    private final String response;

    BareClient(final String uri) throws IOException
    {
        this(uri, "");
        if (!response.startsWith("HTTP/1.1 101 ") || !response.contains(ACCEPT))
        {
            throw new IOException("not upgraded: " + response);
        }
    }

    /**
     * @param headers beside those of every request, each with its end of line.
     */
    BareClient(final String uri, final String headers) throws IOException
    {
        final URI parsed = URI.create(uri);
        final String target = parsed.getRawPath() + (parsed.getRawQuery() == null ? "" : '?' + parsed.getRawQuery());
        channel = SocketChannel.open(new InetSocketAddress(parsed.getHost(), parsed.getPort()));
        write(request(target, headers));
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            head.append((char)next());
        }

        response = head.toString();
    }

    /**
     * A request of the upgrade.
     *
     * @param headers beside those of every request, each with its end of line.
     */
    static byte[] request(final String target, final String headers)
    {
        return ("GET " + target + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\n" +
            "sec-websocket-key: " + KEY + "\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The head of the answer.
     */
    String response()
    {
        return response;
    }

    /**
     * All up to the end of the stream.
     */
    String rest() throws IOException
    {
        final StringBuilder rest = new StringBuilder();
        while (received.hasRemaining() || fills())
        {
            rest.append((char)received.get());
        }

        return rest.toString();
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
        if (!fills())
        {
            throw new EOFException("the server closed");
        }
    }

    private boolean fills() throws IOException
    {
        received.compact();
        final int length = channel.read(received);
        received.flip();
        return length >= 0;
    }
}
