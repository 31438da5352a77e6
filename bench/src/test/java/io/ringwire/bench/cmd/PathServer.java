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
package io.ringwire.bench.cmd;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves what a soak of bursts connects to, with a thread for each connection: {@code /feed} as many messages as its
 * {@code messages} says and a close, {@code /drop} a greeting until something comes. May leave a message out.
 */
final class PathServer implements AutoCloseable
{
    private static final Pattern MESSAGES = Pattern.compile("[?&]messages=(\\d+)");
    private static final int MESSAGE_LENGTH = 20;
    private static final int FRAME_LENGTH = 2 + MESSAGE_LENGTH;
    private static final int LINGER_MS = 100;
    private static final int TEXT = 0x81;
    private static final byte[] CLOSE = {(byte)0x88, 2, 3, (byte)0xE8}; // 1000

    private final ServerSocket listener;
    private final boolean losing;

    PathServer(final boolean losing) throws IOException
    {
        this.losing = losing;
        listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String uri()
    {
        return "ws://127.0.0.1:" + listener.getLocalPort() + '/';
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
    }

    private void accept()
    {
        try
        {
            while (true) // ends when the listener is closed
            {
                final Socket socket = listener.accept();
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
            final BufferedReader input =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            final String request = input.readLine();
            String line;
            String key = "";
            while (!(line = input.readLine()).isEmpty())
            {
                key = line.toLowerCase().startsWith("sec-websocket-key:") ? line.split(": *")[1] : key;
            }

            final OutputStream output = socket.getOutputStream();
            output.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            final Matcher messages = MESSAGES.matcher(request);
            if (messages.find())
            {
                output.write(frames(Integer.parseInt(messages.group(1)) - (losing ? 1 : 0)));
                awaitLinger(socket, input);
                output.write(CLOSE);
                socket.shutdownOutput();
            }
            else
            {
                output.write(frames(1));
            }

            input.read(); // a close frame or what asks for a drop
        }
        catch (final IOException ex)
        {
            return; // the client is gone
        }
    }

    /**
     * Stay connected for a while, as a server does that has a rate.
     */
    private static void awaitLinger(final Socket socket, final BufferedReader input) throws IOException
    {
        socket.setSoTimeout(LINGER_MS);
        try
        {
            input.read();
        }
        catch (final SocketTimeoutException ex)
        {
            socket.setSoTimeout(0);
        }
    }

    private static byte[] frames(final int count)
    {
        final ByteArrayOutputStream frames = new ByteArrayOutputStream(count * FRAME_LENGTH);
        for (int i = 0; i < count; i++)
        {
            frames.write(TEXT);
            frames.write(MESSAGE_LENGTH);
            frames.writeBytes("a".repeat(MESSAGE_LENGTH).getBytes(StandardCharsets.US_ASCII));
        }

        return frames.toByteArray();
    }

    private static String accept(final String key)
    {
        try
        {
            final byte[] salted = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static void start(final Runnable task)
    {
        final Thread thread = new Thread(task, "path-server");
        thread.setDaemon(true);
        thread.start();
    }
}
