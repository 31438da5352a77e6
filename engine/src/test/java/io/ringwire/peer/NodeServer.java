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
package io.ringwire.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A WebSocket server on the npm package {@code ws}: {@code ws-server.js} says what each path does.
 */
public final class NodeServer implements AutoCloseable
{
    private static final String SCRIPT = "ws-server.js";

    private final PeerProcess process;
    private final String scheme;
    private final String host;
    private final String address;
    private int logMark;

    private NodeServer(final String host, final Path directory, final Path key, final Path certificate)
        throws IOException
    {
        final Path modules = PeerInstall.nodeModules();
        final Path home = PeerProcess.directory("ws");
        final Path script = home.resolve(SCRIPT);
        try (InputStream source = NodeServer.class.getResourceAsStream(SCRIPT))
        {
            Files.copy(source, script);
        }

        final List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.add(directory == null ? host : directory.resolve("ws.sock").toString());
        if (key != null)
        {
            command.add(key.toString());
            command.add(certificate.toString());
        }

        this.host = host;
        scheme = key == null ? "ws" : "wss";
        process = new PeerProcess(home, Map.of("NODE_PATH", modules.toString()), command);
        final String ready = process.awaitLine(0, "listening", (line) -> line.startsWith("listening "));
        address = ready.substring("listening ".length());
    }

    /**
     * Listen in the clear.
     *
     * @param host an IP address of the loopback interface.
     * @return the server, which accepts connections.
     */
    public static NodeServer plain(final String host) throws IOException
    {
        return new NodeServer(host, null, null, null);
    }

    /**
     * Listen with TLS.
     *
     * @param host        an IP address of the loopback interface.
     * @param key         file in PEM.
     * @param certificate file in PEM.
     * @return the server, which accepts connections.
     */
    public static NodeServer tls(final String host, final Path key, final Path certificate) throws IOException
    {
        return new NodeServer(host, null, key, certificate);
    }

    /**
     * Listen on a Unix domain socket.
     *
     * @param directory to hold the socket's file.
     * @return the server, which accepts connections.
     */
    public static NodeServer unix(final Path directory) throws IOException
    {
        return new NodeServer(null, directory, null, null);
    }

    /**
     * Where the server listens.
     *
     * @return the port, or the path of the socket.
     */
    public String address()
    {
        return address;
    }

    /**
     * The port of a server that has one.
     *
     * @return the port.
     */
    public int port()
    {
        return Integer.parseInt(address);
    }

    /**
     * A URI of this server.
     *
     * @param pathAndQuery from the slash on.
     * @return the URI.
     */
    public String uri(final String pathAndQuery)
    {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address + pathAndQuery;
    }

    /**
     * Forget what the server has said so far: {@link #await} looks behind this point.
     */
    public void mark()
    {
        logMark = process.log().size();
    }

    /**
     * Wait until the server has said of every connection that it ended.
     */
    public void awaitEnds()
    {
        final long opened = process.log().stream().filter((line) -> line.startsWith("open ")).count();
        final long[] unclosed = {opened};
        if (opened > 0)
        {
            process.awaitLine(0, opened + " ends", (line) -> line.startsWith("closed ") && --unclosed[0] == 0);
        }
    }

    /**
     * Wait until the server says a line.
     *
     * @param prefix of the line.
     * @return the whole line.
     */
    public String await(final String prefix)
    {
        return process.awaitLine(logMark, prefix, (line) -> line.startsWith(prefix));
    }

    /**
     * What the server has said since {@link #mark}.
     *
     * @param prefix of the lines wanted.
     * @return the lines.
     */
    public List<String> said(final String prefix)
    {
        final List<String> log = process.log();
        return log.subList(logMark, log.size()).stream().filter((line) -> line.startsWith(prefix)).toList();
    }

    @Override
    public void close()
    {
        process.close();
    }
}
