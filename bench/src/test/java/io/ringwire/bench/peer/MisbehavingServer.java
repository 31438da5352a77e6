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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * What the bench's own server never does: two paths end the connection in the middle of a frame, every other path gets
 * no answer to the upgrade. A thread accepts, and each connection has one.
 */
final class MisbehavingServer implements AutoCloseable
{
    /** Path where one byte of a frame answers a message of one byte; it is not all of its header. */
    static final String CUT_HEADER = "/cut-header";

    /** Path where the header comes unasked, and one byte of the payload. */
    static final String CUT_PAYLOAD = "/cut-payload";

    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
    private static final String KEY = "sec-websocket-key:";
    private static final int MESSAGE_LENGTH = 7; // on the wire: header, mask, one byte
    private static final byte[] BEGINNING_OF_FRAME = {(byte)0x81, 100, 'a'};

    private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
    private volatile String request = ""; // the latest one; written by the threads of connections

    MisbehavingServer() throws IOException
    {
        start(this::accept);
    }

    String uri(final String path)
    {
        return "ws://127.0.0.1:" + listener.getLocalPort() + path;
    }

    /**
     * The head of the latest request, as it came.
     */
    String request()
    {
        return request;
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
    }

    private static void start(final Runnable task)
    {
        final Thread thread = new Thread(task, "bench-misbehaving");
        thread.setDaemon(true);
        thread.start();
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

    private void serve(final Socket accepted)
    {
        try (accepted)
        {
            answer(accepted);
        }
        catch (final IOException | GeneralSecurityException ex)
        {
            return; // the client is gone
        }
    }

    private void answer(final Socket socket) throws IOException, GeneralSecurityException
    {
        final BufferedReader input =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        final StringBuilder head = new StringBuilder();
        String key = "";
        String line;
        while ((line = input.readLine()) != null && !line.isEmpty())
        {
            head.append(line).append('\n');
            key = line.regionMatches(true, 0, KEY, 0, KEY.length()) ? line.substring(KEY.length()).trim() : key;
        }

        request = head.toString();
        final boolean inPayload = request.startsWith("GET " + CUT_PAYLOAD + ' ');
        if (!inPayload && !request.startsWith("GET " + CUT_HEADER + ' '))
        {
            input.read(); // ends when the client closes
            return;
        }

        final byte[] salted = (key + SALT).getBytes(StandardCharsets.ISO_8859_1);
        final OutputStream output = socket.getOutputStream();
        output.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: " +
            Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted)) + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; !inPayload && i < MESSAGE_LENGTH; i++) // all of it, or closing resets the connection
        {
            input.read();
        }

        output.write(BEGINNING_OF_FRAME, 0, inPayload ? BEGINNING_OF_FRAME.length : 1);
    }
}
