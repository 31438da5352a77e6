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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * nginx, which ends TLS in front of a {@link NodeServer} and tells it, in headers {@code X-Tls-...}, what was agreed
 * on.
 */
public final class NginxServer implements AutoCloseable
{
    private static final String CONFIG = "nginx.conf";

    private final PeerProcess process;

    private NginxServer(final PeerProcess process)
    {
        this.process = process;
    }

    /**
     * Listen on the loopback address.
     *
     * @param certificates whose server's pair it shows.
     * @param protocol     the only one it speaks: {@code TLSv1.2} or {@code TLSv1.3}.
     * @param clients      must a client show a certificate?
     * @param behind       the server behind it.
     * @return the proxy, which accepts connections.
     */
    public static NginxServer start(
        final PeerCertificates certificates, final String protocol, final boolean clients, final NodeServer behind)
        throws IOException
    {
        final Path nginx = PeerInstall.program("nginx", "nginx", "-v");
        final String template;
        try (InputStream source = NginxServer.class.getResourceAsStream(CONFIG))
        {
            template = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }

        return new NginxServer(PeerProcess.onFreePort((port) ->
        {
            final Path home = PeerProcess.directory("nginx");
            Files.writeString(home.resolve(CONFIG), template
                .replace("@PORT@", String.valueOf(port))
                .replace("@BEHIND@", String.valueOf(behind.port()))
                .replace("@PROTOCOL@", protocol)
                .replace("@CHAIN@", certificates.serverChain().toString())
                .replace("@KEY@", certificates.serverKey().toString())
                .replace("@AUTHORITY@", certificates.authority().toString())
                .replace("@CLIENTS@", clients ? "on" : "off"));
            return new PeerProcess(
                home, Map.of(), List.of(nginx.toString(), "-p", home + "/", "-c", CONFIG, "-e", "stderr"));
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
     * What it has written to its log.
     *
     * @return the lines.
     */
    public List<String> log()
    {
        return process.log();
    }

    @Override
    public void close()
    {
        process.close();
    }
}
