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

import io.ringwire.api.Opcode;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.ThreadingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * permessage-deflate against the npm package {@code ws}, whose zlib holds us to the window agreed on.
 */
class WsDeflateTest extends WsTest
{
    @ParameterizedTest
    @CsvSource({
        "'',permessage-deflate",
        "serverNoContextTakeover,server_no_context_takeover",
        "clientNoContextTakeover,client_no_context_takeover",
        "serverMaxWindowBits=9,server_max_window_bits=9",
        "clientMaxWindowBits=9,client_max_window_bits=9",
        "clientMaxWindowBits=8,client_max_window_bits=8",
        "clientMaxWindowBits=12&clientNoContextTakeover,client_max_window_bits=12",
        "serverMaxWindowBits=10&serverNoContextTakeover,server_max_window_bits=10"})
    void shouldTalkAsTheServerWants(final String parameters, final String agreed)
    {
        for (final ThreadingMode mode : new ThreadingMode[] {ThreadingMode.DEDICATED, ThreadingMode.INLINE})
        {
            try (PeerClient client = new PeerClient(mode))
            {
                client.connect(deflating(client, "/fragments?parts=2&deflate&" + parameters, new DeflatePolicy()));
                assertThat(answer(client)).contains(agreed);
                shouldEcho(client);
            }
        }

        assertThat(server.said("error")).isEmpty();
    }

    @Test
    void shouldHaveTheServerDoAsTheClientWants()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(deflating(client, "/echo?deflate", new DeflatePolicy()
                .serverNoContextTakeover(true)
                .clientNoContextTakeover(true)
                .serverMaxWindowBits(10)
                .clientMaxWindowBits(11)));
            assertThat(answer(client))
                .contains("server_no_context_takeover")
                .contains("server_max_window_bits=10");
            shouldEcho(client);
        }
    }

    @Test
    void shouldTalkPlainlyWithAServerThatDeclines()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(deflating(client, "/echo?tap", new DeflatePolicy()));
            shouldEcho(client);
            assertThat(server.said("frame")).isNotEmpty().allMatch((line) -> line.contains("rsv=0"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeTheContextOver(final boolean takeover)
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(deflating(
                client, "/echo?deflate&tap", new DeflatePolicy().clientNoContextTakeover(!takeover)));
            final String text = noise(1_000);
            assertThat(client.sendText(text).nextText()).isEqualTo(text);
            final long before = client.session().metrics().bytesReceived();
            assertThat(client.sendText(text).nextText()).isEqualTo(text);
            client.await("the count of the second message", () -> client.session().metrics().messagesReceived() == 2);
            assertThat(client.session().metrics().bytesReceived() - before).isLessThan(100);
            client.session().close();
            server.await("frame fin=1 rsv=0 opcode=8");
            final int[] lengths = server.said("frame fin=1 rsv=4 opcode=1").stream()
                .mapToInt((line) -> Integer.parseInt(line.substring(line.indexOf("length=") + "length=".length())))
                .toArray();
            assertThat(lengths).hasSize(2);
            assertThat(lengths[1] < 100).isEqualTo(takeover);
        }
    }

    @Test
    void shouldSendWhatIsShortInPlain()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(deflating(client, "/echo?deflate&tap", new DeflatePolicy().minLength(100)));
            assertThat(client.sendText("x".repeat(99)).nextText()).hasSize(99);
            server.await("frame fin=1 rsv=0 opcode=1 length=99");
            assertThat(client.sendText("x".repeat(100)).nextText()).hasSize(100);
            server.await("frame fin=1 rsv=4 opcode=1");
        }
    }

    @Test
    void shouldCompressPartByPart()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(deflating(client, "/echo?deflate&tap", new DeflatePolicy()));
            final byte[] part = "\u20ac and more, ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 2; i++)
            {
                client.sendParts(Opcode.TEXT, part, part, new byte[0], part);
                assertThat(client.nextText()).isEqualTo("\u20ac and more, ".repeat(3_000));
            }

            server.await("frame fin=0 rsv=4 opcode=1");
            assertThat(server.said("frame fin=0 rsv=4 opcode=1")).hasSize(2);
            assertThat(server.said("frame")).noneMatch((line) -> line.contains("rsv=4 opcode=0"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldReceiveABurst(final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(deflating(client, "/burst?deflate&count=5000&size=300", new DeflatePolicy()));
            client.sendText("go");
            for (int i = 0; i < 5_000; i++)
            {
                assertThat(client.nextText()).startsWith(i + ":x");
            }
        }
    }

    @Test
    void shouldStopABombAtTheLimit()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(deflating(client, "/zeros?deflate&size=50000000", new DeflatePolicy())
                .maxMessageLength(1024 * 1024));
            client.sendText("go");
            assertThat(client.nextProtocolError()).startsWith("1009");
            assertThat(server.await("closed /zeros")).startsWith("closed /zeros 1009");
        }
    }

    private static SessionConfig deflating(final PeerClient client, final String path, final DeflatePolicy policy)
    {
        return client.config(server.uri(path)).deflate(policy.enabled(true));
    }

    private static String answer(final PeerClient client)
    {
        return client.session().lastChange().handshake().header("sec-websocket-extensions");
    }

    /**
     * Messages of many lengths, of noise and of repetition near and far, each twice.
     */
    private static void shouldEcho(final PeerClient client)
    {
        final String noise = noise(3_000);
        for (final String text : new String[]
            {"", "x", "\u20ac".repeat(400), noise, noise + "x".repeat(40_000) + noise, noise(100_000)})
        {
            for (int i = 0; i < 2; i++)
            {
                assertThat(client.sendText(text).nextText()).isEqualTo(text);
            }
        }
    }

    private static String noise(final int length)
    {
        final SplittableRandom random = new SplittableRandom(length);
        return random.ints(length, ' ', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    }
}
