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
import java.util.List;
import java.util.Map;

/**
 * A WebSocket server on Debian's {@code python3-websockets}, which offers permessage-deflate as it does by default.
 */
public final class PythonServer implements AutoCloseable
{
    private static final String SCRIPT = "websockets-server.py";

    private final PeerProcess process;
    private final int port;

    private PythonServer(final PeerProcess process)
    {
        this.process = process;
        port = Integer.parseInt(process.awaitLine(0, "listening", (line) -> line.startsWith("listening "))
            .substring("listening ".length()));
    }

    /**
     * Listen on the loopback address.
     *
     * @return the server, which accepts connections.
     */
    public static PythonServer start() throws IOException
    {
        final Path modules = PeerInstall.pythonWebsockets();
        final Path home = PeerProcess.directory("python");
        try (InputStream source = PythonServer.class.getResourceAsStream(SCRIPT))
        {
            Files.copy(source, home.resolve(SCRIPT));
        }

        return new PythonServer(new PeerProcess(
            home, Map.of("PYTHONPATH", modules.toString()), List.of("python3", "-u", SCRIPT)));
    }

    /**
     * A URI of this server.
     *
     * @param pathAndQuery from the slash on.
     * @return the URI.
     */
    public String uri(final String pathAndQuery)
    {
        return "ws://127.0.0.1:" + port + pathAndQuery;
    }

    /**
     * Wait until the server says a line.
     *
     * @param prefix of the line.
     * @return the whole line.
     */
    public String await(final String prefix)
    {
        return process.awaitLine(0, prefix, (line) -> line.startsWith(prefix));
    }

    @Override
    public void close()
    {
        process.close();
    }
}
