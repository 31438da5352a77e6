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

import io.ringwire.config.EngineContext;
import io.ringwire.config.SocketPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.config.Transport;
import io.ringwire.system.LeakWatcher;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Over a Unix domain socket to the npm package {@code ws}.
 */
@Timeout(120)
@ExtendWith(LeakWatcher.class)
class UnixSocketTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"EPOLL", "NIO"})
    void shouldTalkOverAUnixDomainSocket(final Transport transport) throws IOException
    {
        try (NodeServer server = NodeServer.unix(directory))
        {
            final Path path = Path.of(server.address());
            try (PeerClient client = new PeerClient(context(transport)))
            {
                client.connect(client.config("ws://venue.test/request?a=1").socket(new SocketPolicy().unixPath(path)));
                assertThat(client.nextText()).contains("\"url\":\"/request?a=1\"").contains("\"venue.test\"");
            }

            try (PeerClient client = new PeerClient(context(transport)))
            {
                client.connect(client.config("ws://venue.test/echo").socket(new SocketPolicy().unixPath(path)));
                final String text = "x".repeat(200_000);
                assertThat(client.sendText(text).nextText()).isEqualTo(text);
            }
        }
    }

    private static EngineContext context(final Transport transport)
    {
        return PeerClient.context(ThreadingMode.DEDICATED).transport(transport);
    }
}
