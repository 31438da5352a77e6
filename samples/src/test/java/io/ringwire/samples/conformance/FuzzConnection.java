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
package io.ringwire.samples.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server's end of a connection, as a case writes and judges it. Owner: the server's thread.
 */
final class FuzzConnection implements AutoCloseable
{
    private static final int READ_TIMEOUT_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    FuzzConnection(final Socket socket) throws IOException
    {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    }

    /** {@return the upgrade request} */
    String readRequest() throws IOException
    {
        final StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0)
        {
            request.append((char)in.readUnsignedByte());
        }

        return request.toString();
    }

    void write(final byte[] bytes) throws IOException
    {
        socket.getOutputStream().write(bytes);
    }

    void writeHex(final String hex) throws IOException
    {
        write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    void writeText(final String text) throws IOException
    {
        write(frame(0x81, utf8(text)));
    }

    /**
     * Each byte in a segment of its own.
     */
    void writeByteByByte(final byte[] bytes) throws IOException
    {
        for (final byte b : bytes)
        {
            socket.getOutputStream().write(b);
        }
    }

    void expectText(final String text) throws IOException
    {
        expect(0x1, utf8(text));
    }

    void expectPong(final String payload) throws IOException
    {
        expect(0xA, utf8(payload));
    }

    /**
     * A message, in as many frames as the client likes.
     */
    void expect(final int opcode, final byte[] payload) throws IOException
    {
        final ByteArrayOutputStream message = new ByteArrayOutputStream(payload.length);
        int first = in.readUnsignedByte();
        assertThat(first & 0xF).as("opcode").isEqualTo(opcode);
        while (true)
        {
            assertThat(first & 0x70).as("reserved bits").isZero();
            message.writeBytes(readPayload());
            if ((first & 0x80) != 0)
            {
                break;
            }

            first = in.readUnsignedByte();
            assertThat(first & 0xF).as("opcode of a part").isZero();
        }

        assertThat(message.size()).as("length").isEqualTo(payload.length);
        assertThat(Arrays.equals(message.toByteArray(), payload)).as("same bytes").isTrue();
    }

    /**
     * A close frame with a code, and then nothing but the end of TCP, which is the server's to make.
     */
    void expectClose(final int code) throws IOException
    {
        assertThat(in.readUnsignedByte()).as("close frame").isEqualTo(0x88);
        final byte[] payload = readPayload();
        assertThat(payload.length == 0 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff).isEqualTo(code);
        socket.shutdownOutput();
        expectEnd();
    }

    /**
     * Close as agreed.
     */
    void close(final int code) throws IOException
    {
        write(frame(0x88, new byte[]{ (byte)(code >> 8), (byte)code }));
        expectClose(code);
    }

    /**
     * The client ends the connection, without another byte.
     */
    void expectEnd() throws IOException
    {
        try
        {
            assertThat(in.read()).as("end of the connection").isEqualTo(-1);
        }
        catch (final SocketException ex)
        {
            // a reset is an end, too
        }
    }

    void reset() throws IOException
    {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }

    static byte[] utf8(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An unmasked frame, as a server sends it.
     */
    static byte[] frame(final int firstByte, final byte[] payload)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 10);
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

    private byte[] readPayload() throws IOException
    {
        final int second = in.readUnsignedByte();
        assertThat(second & 0x80).as("mask bit").isNotZero();
        final int shortLength = second & 0x7f;
        final long length =
            shortLength == 126 ? in.readUnsignedShort() : shortLength == 127 ? in.readLong() : shortLength;
        final byte[] mask = in.readNBytes(4);
        final byte[] payload = in.readNBytes((int)length);
        if (payload.length != length)
        {
            throw new EOFException("the client ended the connection inside of a frame");
        }

        for (int i = 0; i < payload.length; i++)
        {
            payload[i] ^= mask[i & 3];
        }

        return payload;
    }
}
