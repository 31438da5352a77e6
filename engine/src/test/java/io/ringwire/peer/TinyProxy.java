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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * tinyproxy: an HTTP proxy that takes CONNECT.
 */
public final class TinyProxy implements AutoCloseable
{
    private static final String CONFIG = "tinyproxy.conf";

    private final PeerProcess process;

    private TinyProxy(final PeerProcess process)
    {
        this.process = process;
    }

    /**
     * Listen on the loopback address.
     *
     * @param user     that clients must give, or null to ask for none.
     * @param password that clients must give.
     * @return the proxy, which accepts connections.
     */
    public static TinyProxy start(final String user, final String password) throws IOException
    {
        final Path tinyproxy = PeerInstall.program("tinyproxy", "tinyproxy-bin", "-v");
        return new TinyProxy(PeerProcess.onFreePort((port) ->
        {
            final Path home = PeerProcess.directory("tinyproxy");
            Files.writeString(
                home.resolve(CONFIG),
                "Port " + port + "\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\nLogLevel Connect\n" +
                (user == null ? "" : "BasicAuth " + user + " " + password + "\n"));
            return new PeerProcess(home, Map.of(), List.of(tinyproxy.toString(), "-d", "-c", CONFIG));
        }));
    }

    /**
     * The port of the loopback address.
     *
     * @return the port.
     */
    public int port()
    {
        return process.port();
    }

    /**
     * Wait until a tunnel was opened.
     *
     * @param host as the client gave it.
     * @param port as the client gave it.
     */
    public void awaitTunnel(final String host, final int port)
    {
        final String request = "CONNECT " + host + ":" + port + " HTTP/1.1";
        process.awaitLine(0, request, (line) -> line.contains(request));
    }

    @Override
    public void close()
    {
        process.close();
    }
}
