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
package io.ringwire.allocation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server of one connection on a thread of its own. It answers pings, counts data frames, sends them back where told
 * to, and lets the test write whatever else the client is to see.
 */
final class EchoVenue implements AutoCloseable
{
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BUFFER_LENGTH = 256 * 1024;
    private static final int OPCODE_PING = 0x9;
    private static final int OPCODE_PONG = 0xA;
    private static final int OPCODE_CLOSE = 0x8;

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicLong frames = new AtomicLong();
    private final Object writeLock = new Object();
    private final byte[] in = new byte[BUFFER_LENGTH];
    private final byte[] out = new byte[BUFFER_LENGTH + 1024];
    private int outLength;
    private volatile boolean echoing;
    private volatile OutputStream output;

    EchoVenue() throws IOException
    {
        final Thread thread = new Thread(this::serve, "echo-venue");
        thread.setDaemon(true);
        thread.start();
    }

    String uri()
    {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/";
    }

    void echoing(final boolean echoing)
    {
        this.echoing = echoing;
    }

    /**
     * How many data frames have come.
     */
    long frames()
    {
        return frames.get();
    }

    /**
     * Write frames, as often as told.
     */
    void write(final byte[] frames, final int times)
    {
        try
        {
            for (int i = 0; i < times; i++)
            {
                write(frames, 0, frames.length);
            }
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

    private void write(final byte[] bytes, final int offset, final int length) throws IOException
    {
        synchronized (writeLock)
        {
            output.write(bytes, offset, length);
        }
    }

    private void serve()
    {
        try (Socket socket = server.accept())
        {
            socket.setTcpNoDelay(true);
            final InputStream input = socket.getInputStream();
            output = socket.getOutputStream();
            upgrade(input);
            int length = 0;
            while (true)
            {
                final int count = input.read(in, length, in.length - length);
                if (count < 0)
                {
                    return;
                }

                length += count;
                final int consumed = serveFrames(length);
                System.arraycopy(in, consumed, in, 0, length - consumed);
                length -= consumed;
            }
        }
        catch (final IOException ex)
        {
            // the client, or the end of the test, ended the connection
        }
    }

    private void upgrade(final InputStream input) throws IOException
    {
        final StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0)
        {
            request.append((char)input.read());
        }

        final String name = "sec-websocket-key:";
        final int from = request.toString().toLowerCase().indexOf(name) + name.length();
        final String key = request.substring(from, request.indexOf("\r", from)).trim();
        final byte[] response = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        write(response, 0, response.length);
    }

    private static String accept(final String key)
    {
        try
        {
            final byte[] digest =
                MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Serve the whole masked frames of at most 65,535 bytes that stand in the buffer.
     */
    private int serveFrames(final int limit) throws IOException
    {
        int index = 0;
        outLength = 0;
        while (limit - index >= 2)
        {
            final int shortLength = in[index + 1] & 0x7f;
            final int headerLength = shortLength == 126 ? 8 : 6;
            if (limit - index < headerLength)
            {
                break;
            }

            final int length = shortLength == 126 ? (in[index + 2] & 0xff) << 8 | in[index + 3] & 0xff : shortLength;
            if (limit - index < headerLength + length)
            {
                break;
            }

            serveFrame(in[index] & 0xf, index + headerLength, length);
            index += headerLength + length;
        }

        if (outLength > 0)
        {
            write(out, 0, outLength);
        }

        return index;
    }

    private void serveFrame(final int opcode, final int offset, final int length)
    {
        if (opcode == OPCODE_PING)
        {
            answer(OPCODE_PONG, offset, length);
        }
        else if (opcode == OPCODE_CLOSE)
        {
            answer(OPCODE_CLOSE, offset, length);
        }
        else if (opcode != OPCODE_PONG)
        {
            if (echoing)
            {
                answer(opcode, offset, length);
            }

            frames.lazySet(frames.getPlain() + 1);
        }
    }

    private void answer(final int opcode, final int offset, final int length)
    {
        out[outLength++] = (byte)(0x80 | opcode);
        if (length < 126)
        {
            out[outLength++] = (byte)length;
        }
        else
        {
            out[outLength++] = 126;
            out[outLength++] = (byte)(length >> 8);
            out[outLength++] = (byte)length;
        }

        for (int i = 0; i < length; i++)
        {
            out[outLength++] = (byte)(in[offset + i] ^ in[offset - 4 + (i & 3)]);
        }
    }
}
