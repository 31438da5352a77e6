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
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The far end of an accepted socket: what was read and is not yet used, and the server's half of the upgrade. Owner:
 * the thread of the connection.
 */
final class Peer
{
    private static final int BUFFER_LENGTH = 64 * 1024;
    private static final String KEY_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
    private static final Pattern KEY =
        Pattern.compile("(?imd)^Sec-WebSocket-Key:[ \\t]*(\\S+)[ \\t]*\\r$");
    private static final String END_OF_REQUEST = "\r\n\r\n";

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_LENGTH).flip();

    Peer(final SocketChannel channel)
    {
        this.channel = channel;
    }

    /**
     * Answer the upgrade request (RFC 6455 section 4.2).
     *
     * @return false if it was none, which has been answered with a 400.
     */
    boolean upgrade() throws IOException
    {
        final StringBuilder request = new StringBuilder();
        int end;
        while ((end = request.indexOf(END_OF_REQUEST)) < 0)
        {
            if (request.length() > BUFFER_LENGTH || !fill())
            {
                return false;
            }

            request.append(StandardCharsets.ISO_8859_1.decode(received));
        }

        final int requestLength = end + END_OF_REQUEST.length();
        final byte[] early = request.substring(requestLength).getBytes(StandardCharsets.ISO_8859_1);
        received.clear().put(early).flip(); // frames that share a segment with the request

        final Matcher key = KEY.matcher(request.substring(0, requestLength));
        if (!key.find())
        {
            write(ascii("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            return false;
        }

        write(ascii(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " + accept(key.group(1)) + END_OF_REQUEST));
        return true;
    }

    /**
     * What was read and is not yet used.
     */
    ByteBuffer received()
    {
        return received;
    }

    /**
     * Read more behind what is not yet used; waits until there is something.
     *
     * @return false at the end of the stream.
     */
    boolean fill() throws IOException
    {
        received.compact();
        try
        {
            int length;
            while ((length = channel.read(received)) == 0)
            {
                Thread.onSpinWait(); // only a non-blocking socket reads nothing; ends with a byte or the stream
            }

            return length > 0;
        }
        finally
        {
            received.flip();
        }
    }

    /**
     * Wait for the peer to close, whatever else it sends.
     */
    void discardUntilEnd() throws IOException
    {
        do
        {
            received.position(received.limit());
        }
        while (fill());
    }

    void write(final ByteBuffer bytes) throws IOException
    {
        while (bytes.hasRemaining())
        {
            if (channel.write(bytes) == 0)
            {
                Thread.onSpinWait();
            }
        }
    }

    void endOfOutput() throws IOException
    {
        channel.shutdownOutput();
    }

    private static ByteBuffer ascii(final String text)
    {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String accept(final String key)
    {
        try
        {
            final byte[] salted = (key + KEY_SALT).getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every JDK has SHA-1", ex);
        }
    }
}
