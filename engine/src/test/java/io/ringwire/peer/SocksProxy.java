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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * microsocks: a SOCKS5 proxy.
 */
public final class SocksProxy implements AutoCloseable
{
    private final PeerProcess process;

    private SocksProxy(final PeerProcess process)
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
    public static SocksProxy start(final String user, final String password) throws IOException
    {
        final Path microsocks = PeerInstall.program("microsocks", "microsocks", null);
        return new SocksProxy(PeerProcess.onFreePort((port) ->
        {
            final List<String> command = new ArrayList<>(
                List.of(microsocks.toString(), "-i", "127.0.0.1", "-p", String.valueOf(port)));
            if (user != null)
            {
                command.addAll(List.of("-u", user, "-P", password));
            }

            return new PeerProcess(PeerProcess.directory("microsocks"), Map.of(), command);
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
     * Wait until a connection was made.
     *
     * @param host as the client gave it.
     * @param port as the client gave it.
     */
    public void awaitTunnel(final String host, final int port)
    {
        final String target = "connected to " + host + ":" + port;
        process.awaitLine(0, target, (line) -> line.contains(target));
    }

    @Override
    public void close()
    {
        process.close();
    }
}
