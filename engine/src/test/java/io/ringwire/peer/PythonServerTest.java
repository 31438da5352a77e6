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

import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.system.LeakWatcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Against Debian's {@code python3-websockets}: a second opinion on what {@link WsServerTest} shows.
 */
@Timeout(120)
@ExtendWith(LeakWatcher.class)
class PythonServerTest
{
    private static PythonServer server;

    @BeforeAll
    static void start() throws IOException
    {
        server = PythonServer.start();
    }

    @AfterAll
    static void stop()
    {
        if (server != null)
        {
            server.close();
        }
    }

    @Test
    void shouldEchoAndClose()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(server.uri("/echo"));
            for (final int length : new int[] {0, 1, 125, 126, 65_535, 65_536, 200_000})
            {
                final String text = "\u00e4".repeat(length / 2) + "x".repeat(length % 2);
                assertThat(client.sendText(text).nextText()).isEqualTo(text);
                final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                assertThat(client.sendBinary(bytes).nextBinary()).isEqualTo(bytes);
            }

            client.session().close(3456, "\u20ac");
            assertThat(server.await("closed /echo")).isEqualTo("closed /echo 3456 \u20ac []");
            assertThat(client.nextClosed().code()).isEqualTo(3456);
        }
    }

    @Test
    void shouldJoinALetterPerFragment()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.INLINE))
        {
            final String text = "\u00e4\u20ac\ud83d\ude00 letters".repeat(50);
            assertThat(client.connect(server.uri("/letters")).sendText(text).nextText()).isEqualTo(text);
        }
    }

    @Test
    void shouldAnswerAPing()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            assertThat(client.connect(server.uri("/ping")).sendText("\u20ac").nextText()).isEqualTo("\u20ac");
        }
    }

    @Test
    void shouldTalkCompressed()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(client.config(server.uri("/letters?deflate")).deflate(new DeflatePolicy().enabled(true)));
            assertThat(client.session().lastChange().handshake().header("sec-websocket-extensions"))
                .contains("client_max_window_bits=12");
            for (int i = 1; i < 20; i++)
            {
                final String text = ("\u20ac compressed " + i).repeat(i * 5);
                assertThat(client.sendText(text).nextText()).isEqualTo(text);
            }

            client.session().close(1000, "");
            assertThat(server.await("closed /letters?deflate")).contains("[permessage-deflate]");
        }
    }
}
