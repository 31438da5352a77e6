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
package io.ringwire.samples.exchange;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A blocking socket that takes what comes in the order it comes. For connections where the exchange speaks unasked,
 * since the JDK's client may lose what comes right behind the answer to its upgrade; and for those that it cuts while
 * the client sends, since the JDK's client may see its send fail and then not read the close frame.
 */
final class BareClient implements TestClient
{
    private static final int TIMEOUT_MS = 10_000;
    private static final int FLOOD = 50;
    private static final int TEXT = 0x81; // FIN and opcode, as the others
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final int MAX_PAYLOAD_LENGTH = 125; // of what is sent without an extended length
    private static final int EXTENDED_16 = 126;
    private static final int EXTENDED_64 = 127;

    private final Socket socket;
    private final DataInputStream input;
    private int opcode; // of the frame read last

    BareClient(final String uri) throws IOException
    {
        final URI parsed = URI.create(uri);
        final String target = parsed.getRawPath() + (parsed.getRawQuery() == null ? "" : '?' + parsed.getRawQuery());
        socket = new Socket(parsed.getHost(), parsed.getPort());
        socket.setSoTimeout(TIMEOUT_MS);
        input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\nHost: " + parsed.getRawAuthority() +
            "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            head.append((char)input.readUnsignedByte());
        }

        if (!head.toString().startsWith("HTTP/1.1 101 "))
        {
            throw new IOException("not upgraded: " + head);
        }
    }

    @Override
    public void send(final String text) throws IOException
    {
        write(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void sendPong(final String payload) throws IOException
    {
        write(PONG, payload.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String next() throws IOException
    {
        return new String(read(TEXT), StandardCharsets.UTF_8);
    }

    void answerPing() throws IOException
    {
        write(PONG, read(PING));
    }

    @Override
    public int closeCode() throws IOException
    {
        byte[] payload = read();
        while (opcode != CLOSE)
        {
            payload = read();
        }

        return ByteBuffer.wrap(payload).getShort();
    }

    /**
     * Send a message again and again, faster than any limit, until the other side has had enough.
     */
    void flood(final String text)
    {
        try
        {
            for (int i = 0; i < FLOOD; i++)
            {
                send(text);
            }
        }
        catch (final IOException ex)
        {
            return; // cut; what was received before can still be read
        }
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }

    private void write(final int first, final byte[] payload) throws IOException
    {
        final boolean extended = payload.length > MAX_PAYLOAD_LENGTH;
        final ByteBuffer frame = ByteBuffer.allocate(payload.length + (extended ? 8 : 6));
        frame.put((byte)first).put((byte)(MASKED | (extended ? EXTENDED_16 : payload.length)));
        if (extended)
        {
            frame.putShort((short)payload.length);
        }

        socket.getOutputStream().write(frame.putInt(0).put(payload).array()); // a mask of zeros changes nothing
    }

    private byte[] read(final int expected) throws IOException
    {
        final byte[] payload = read();
        if (opcode != expected)
        {
            throw new IOException(String.format("frame 0x%x in place of 0x%x", opcode, expected));
        }

        return payload;
    }

    private byte[] read() throws IOException
    {
        opcode = input.readUnsignedByte();
        final int length = input.readUnsignedByte();
        final byte[] payload = new byte[length == EXTENDED_64 ? Math.toIntExact(input.readLong()) :
            length == EXTENDED_16 ? input.readUnsignedShort() : length];
        input.readFully(payload);
        return payload;
    }
}
