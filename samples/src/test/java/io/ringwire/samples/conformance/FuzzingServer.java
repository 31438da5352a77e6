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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fuzzing server on a bare socket and one thread: it serves one connection after the other, and keeps a verdict on
 * each case that was run.
 */
final class FuzzingServer implements AutoCloseable
{
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final Pattern CASE = Pattern.compile("/runCase\\?case=(\\d+)&agent=(\\S+)");
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols";

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final String count;
    private final List<FuzzCase> cases;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Boolean> deflateOffers = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::serve, "fuzzing-server");

    FuzzingServer(final List<FuzzCase> cases) throws IOException
    {
        this(String.valueOf(cases.size()), cases);
    }

    FuzzingServer(final String count, final List<FuzzCase> cases) throws IOException
    {
        this.count = count;
        this.cases = cases;
        thread.setDaemon(true);
        thread.start();
    }

    String uri()
    {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    /**
     * What was asked for, a case with its verdict.
     */
    List<String> log()
    {
        return log;
    }

    /**
     * Whether each request offered compression.
     */
    List<Boolean> deflateOffers()
    {
        return deflateOffers;
    }

    /**
     * What the log says when all went well.
     */
    List<String> expectedLog(final String agent)
    {
        final List<String> expected = new ArrayList<>();
        expected.add("count");
        cases.forEach((fuzzCase) -> expected.add(fuzzCase.name() + ": OK for " + agent));
        expected.add("reports for " + agent);
        return expected;
    }

    @Override
    public void close() throws IOException
    {
        server.close();
    }

    private void serve()
    {
        while (!server.isClosed())
        {
            try (Socket socket = server.accept(); FuzzConnection connection = new FuzzConnection(socket))
            {
                serve(connection);
            }
            catch (final IOException ex)
            {
                if (!server.isClosed())
                {
                    log.add("failed: " + ex);
                }
            }
        }
    }

    private void serve(final FuzzConnection connection) throws IOException
    {
        final String request = connection.readRequest();
        final String path = request.substring("GET ".length(), request.indexOf(" HTTP/1.1"));
        deflateOffers.add(request.contains("permessage-deflate"));
        final Matcher matcher = CASE.matcher(path);
        if (matcher.matches())
        {
            final FuzzCase fuzzCase = cases.get(Integer.parseInt(matcher.group(1)) - 1);
            log.add(fuzzCase.name() + ": " + verdict(fuzzCase, connection, request) + " for " + matcher.group(2));
        }
        else if (path.equals("/getCaseCount"))
        {
            log.add("count");
            connection.write(response(SWITCHING, request));
            connection.writeText(count);
            connection.close(1000);
        }
        else
        {
            log.add("reports for " + path.substring("/updateReports?agent=".length()));
            connection.write(response(SWITCHING, request));
            connection.close(1000);
        }
    }

    private static String verdict(
        final FuzzCase fuzzCase, final FuzzConnection connection, final String request)
    {
        try
        {
            final ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.writeBytes(response(fuzzCase.statusLine(), request));
            first.writeBytes(fuzzCase.early());
            connection.write(first.toByteArray());
            fuzzCase.script().run(connection);
            return "OK";
        }
        catch (final IOException | AssertionError ex)
        {
            return "FAILED " + ex;
        }
    }

    private static byte[] response(final String statusLine, final String request)
    {
        final Matcher key = KEY.matcher(request);
        if (!key.find())
        {
            throw new IllegalStateException("no key in " + request);
        }

        return (statusLine + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
            accept(key.group(1)) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String accept(final String key)
    {
        try
        {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * What is done to a client.
     *
     * @param name       of the case.
     * @param statusLine of the answer to the upgrade.
     * @param early      bytes in the segment of that answer.
     * @param script     of the rest.
     */
    record FuzzCase(String name, String statusLine, byte[] early, Script script)
    {
        FuzzCase(final String name, final Script script)
        {
            this(name, SWITCHING, new byte[0], script);
        }
    }

    /** What a case writes, and what it expects. */
    @FunctionalInterface
    interface Script
    {
        void run(FuzzConnection connection) throws IOException;
    }
}
