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
package io.ringwire.bench.server;

import java.nio.file.Path;

/**
 * How a server is to run.
 *
 * @param port    to listen on, 0 for any free one.
 * @param tlsPort to listen on with TLS, 0 for any free one, or {@link #NO_TLS}.
 * @param spin    true to poll and never to wait: the server keeps a core busy.
 * @param feed    what the path {@code /} sends, or null to send back what comes.
 * @param capture file whose messages the path {@code /capture} sends, or null.
 */
public record ServerOptions(int port, int tlsPort, boolean spin, Feed feed, Path capture)
{
    /** There is no port with TLS. */
    public static final int NO_TLS = -1;

    private static final int MAX_PORT = 0xFFFF;

    /**
     * Check the numbers.
     *
     * @throws IllegalArgumentException that begins with the name and value of what is out of range.
     */
    public ServerOptions
    {
        if (port < 0 || port > MAX_PORT)
        {
            throw new IllegalArgumentException("port " + port + " is not within 0 to " + MAX_PORT);
        }

        if (tlsPort < NO_TLS || tlsPort > MAX_PORT)
        {
            throw new IllegalArgumentException("tls-port " + tlsPort + " is not within 0 to " + MAX_PORT);
        }
    }
}
