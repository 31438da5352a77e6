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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The server's end of one connection. Reads drive the engine until the bytes are there.
 */
final class RawConnection implements AutoCloseable
{
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Socket socket;
    private final Pump pump;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;

    RawConnection(final Socket socket, final Pump pump) throws IOException
    {
        this.socket = socket;
        this.pump = pump;
        in = socket.getInputStream();
    }

    /**
     * Read the upgrade request.
     */
    String readRequest()
    {
        final StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0)
        {
            request.append((char)read());
        }

        return request.toString();
    }

    /**
     * Answer the upgrade request, with bytes that share the segment with the 101.
     */
    String upgrade(final byte... early)
    {
        return upgradeWith("", early);
    }

    /**
     * Answer the upgrade request with more headers, each with its line end.
     */
    String upgradeWith(final String headers, final byte... early)
    {
        final String request = readRequest();
        final String response =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " + acceptOf(request) + "\r\n" + headers + "\r\n";
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(response.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(early);
        write(bytes.toByteArray());
        return request;
    }

    static String acceptOf(final String request)
    {
        final int from = request.toLowerCase().indexOf("sec-websocket-key:") + "sec-websocket-key:".length();
        final String key = request.substring(from, request.indexOf('\r', from)).trim();
        try
        {
            final MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(
                sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    void write(final byte[] bytes)
    {
        try
        {
            socket.getOutputStream().write(bytes);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    void write(final String text)
    {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void writeHex(final String hex)
    {
        write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    void writeText(final String text)
    {
        write(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * An unmasked frame as a server sends it.
     */
    static byte[] frame(final int firstByte, final byte[] payload)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstByte);
        if (payload.length < 126)
        {
            out.write(payload.length);
        }
        else if (payload.length < 65536)
        {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        else
        {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8)
            {
                out.write((int)((long)payload.length >> shift));
            }
        }

        out.writeBytes(payload);
        return out.toByteArray();
    }

    /**
     * Read one masked frame of the client.
     */
    Frame readFrame()
    {
        final int first = read();
        final int second = read();
        if ((second & 0x80) == 0)
        {
            throw new AssertionError("client frame is not masked");
        }

        long length = second & 0x7f;
        final int lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (lengthBytes > 0)
        {
            length = 0;
            for (int i = 0; i < lengthBytes; i++)
            {
                length = length << 8 | read();
            }
        }

        final byte[] mask = read(4);
        final byte[] payload = read((int)length);
        for (int i = 0; i < payload.length; i++)
        {
            payload[i] ^= mask[i & 3];
        }

        return new Frame(first, payload);
    }

    /**
     * Wait until the client has ended the connection, and throw away what it still sent.
     */
    void untilEnded()
    {
        pump.until("the client ends the connection", this::isEnded);
    }

    /**
     * The next frame, which must be a close, or fail.
     */
    int readClose()
    {
        final Frame frame = readFrame();
        if (frame.opcode() != 8)
        {
            throw new AssertionError("not a close frame: " + frame.opcode() + " " + frame.text());
        }

        return frame.payload().length == 0 ? 1005 : frame.closeCode();
    }

    /**
     * Has the client sent anything that was not read?
     */
    boolean hasByte()
    {
        try
        {
            return position < limit || in.available() > 0;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Does the client end the connection, with or without a reset?
     */
    boolean isEnded()
    {
        try
        {
            socket.setSoTimeout(1);
            return in.read() < 0;
        }
        catch (final java.net.SocketTimeoutException ex)
        {
            return false;
        }
        catch (final IOException ex)
        {
            return true;
        }
    }

    /**
     * End the connection with a reset.
     */
    void reset()
    {
        try
        {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        try
        {
            socket.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private byte[] read(final int length)
    {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)read();
        }

        return bytes;
    }

    private int read()
    {
        if (position == limit)
        {
            pump.until("the client sends a byte", this::hasByte);
            try
            {
                position = 0;
                limit = in.read(buffer);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }

        return buffer[position++] & 0xff;
    }

    /**
     * A frame of the client, unmasked.
     */
    record Frame(int firstByte, byte[] payload)
    {
        int opcode()
        {
            return firstByte & 0xf;
        }

        String text()
        {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode()
        {
            return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }
}
