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

import io.ringwire.bench.client.Workload;

import javax.net.ssl.SSLContext;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Serves what the path asks for: {@code /echo}, {@code /feed}, {@code /sink}, {@code /drop}; {@code /cut} ends within a
 * frame, {@code /mute} answers no upgrade, anything else is refused. Simple, not fast.
 */
final class PathServer implements AutoCloseable
{
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int FIN_TEXT = 0x81;
    private static final int CLOSE = 0x8;
    private static final int FEED_SIZE = 40;

    private final ServerSocket listener;
    private final boolean secure;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    PathServer(final SSLContext tls) throws IOException
    {
        secure = tls != null;
        final InetAddress loopback = InetAddress.getByName("127.0.0.1");
        listener = secure ? tls.getServerSocketFactory().createServerSocket(0, 50, loopback) :
            new ServerSocket(0, 50, loopback);
        start(this::accept);
    }

    String uri(final String path)
    {
        return (secure ? "wss://127.0.0.1:" : "ws://127.0.0.1:") + listener.getLocalPort() + path;
    }

    /**
     * Wait until the clients have closed all connections.
     *
     * @return false if they have not.
     */
    boolean awaitNoConnections() throws InterruptedException
    {
        for (final Thread thread : threads.subList(1, threads.size()))
        {
            thread.join(TimeUnit.SECONDS.toMillis(5));
            if (thread.isAlive())
            {
                return false;
            }
        }

        return true;
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
        for (final Socket socket : sockets)
        {
            socket.close();
        }
    }

    private void start(final Runnable work)
    {
        final Thread thread = new Thread(work, "path-server");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept()
    {
        try
        {
            while (true) // ends when the listener is closed
            {
                final Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                start(() -> serve(socket));
            }
        }
        catch (final IOException ex)
        {
            return;
        }
    }

    private void serve(final Socket socket)
    {
        try (socket)
        {
            final DataInputStream input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            final OutputStream output = socket.getOutputStream();
            final String target = upgrade(input, output);
            final String path = target.replaceFirst("\\?.*", "");
            switch (path)
            {
                case "/echo" -> echo(input, output);
                case "/feed" -> feed(output);
                case "/sink" -> sink(input, output);
                case "/drop" -> drop(input, output);
                case "/cut" -> output.write(new byte[]{(byte)FIN_TEXT, 100, 'a'});
                default -> input.read(); // ends when the client closes
            }
        }
        catch (final IOException | GeneralSecurityException ex)
        {
            return; // the client is gone
        }
    }

    private static String upgrade(final DataInputStream input, final OutputStream output)
        throws IOException, GeneralSecurityException
    {
        final StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0)
        {
            request.append((char)input.readUnsignedByte());
        }

        final String target = request.substring(0, request.indexOf("\r\n")).split(" ")[1];
        if (target.startsWith("/mute"))
        {
            return target;
        }

        if (target.startsWith("/none"))
        {
            write(output, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return target;
        }

        final String key = request.toString().replaceFirst("(?si).*\r\nsec-websocket-key:\\s*(\\S+)\r\n.*", "$1");
        final byte[] salted = (key + SALT).getBytes(StandardCharsets.ISO_8859_1);
        final boolean deflate =
            target.contains("deflate=1") && request.toString().contains("permessage-deflate");
        write(output, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            (deflate ? "Sec-WebSocket-Extensions: permessage-deflate;" +
            " server_no_context_takeover; client_no_context_takeover\r\n" : "") +
            "Sec-WebSocket-Accept: " +
            Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted)) + "\r\n\r\n");
        return target;
    }

    private static void echo(final DataInputStream input, final OutputStream output) throws IOException
    {
        int firstByte;
        while (((firstByte = input.readUnsignedByte()) & 0xF) != CLOSE)
        {
            writeFrame(output, firstByte, payload(input));
        }
    }

    private static void feed(final OutputStream output) throws IOException
    {
        while (true) // ends when the client closes
        {
            final String stamp = String.format("%020d", System.nanoTime());
            writeFrame(output, FIN_TEXT, (stamp + "b".repeat(FEED_SIZE - stamp.length())).getBytes());
        }
    }

    private static void sink(final DataInputStream input, final OutputStream output) throws IOException
    {
        for (int count = 1; (input.readUnsignedByte() & 0xF) != CLOSE; count++)
        {
            payload(input);
            if (count % Workload.ACKNOWLEDGED_BATCH == 0)
            {
                writeFrame(output, FIN_TEXT, new byte[]{'k'});
            }
        }
    }

    private static void drop(final DataInputStream input, final OutputStream output) throws IOException
    {
        writeFrame(output, FIN_TEXT, new byte[]{'g'});
        input.readUnsignedByte();
        payload(input);
    }

    private static byte[] payload(final DataInputStream input) throws IOException
    {
        final int bits = input.readUnsignedByte() & 0x7F;
        final long length = bits == 127 ? input.readLong() : bits == 126 ? input.readUnsignedShort() : bits;
        final byte[] key = input.readNBytes(4);
        final byte[] payload = input.readNBytes((int)length);
        for (int i = 0; i < payload.length; i++)
        {
            payload[i] ^= key[i & 3];
        }

        return payload;
    }

    private static void writeFrame(final OutputStream output, final int firstByte, final byte[] payload)
        throws IOException
    {
        final ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte)firstByte);
        if (payload.length < 126)
        {
            frame.put((byte)payload.length);
        }
        else if (payload.length <= 0xFFFF)
        {
            frame.put((byte)126).putShort((short)payload.length);
        }
        else
        {
            frame.put((byte)127).putLong(payload.length);
        }

        frame.put(payload);
        output.write(frame.array(), 0, frame.position());
    }

    private static void write(final OutputStream output, final String text) throws IOException
    {
        output.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
