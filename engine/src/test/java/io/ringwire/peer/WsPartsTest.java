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
import io.ringwire.config.ThreadingMode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages sent in parts, as the npm package {@code ws} takes them.
 */
class WsPartsTest extends WsTest
{
    @ParameterizedTest
    @EnumSource(value = ThreadingMode.class, names = {"DEDICATED", "INLINE"})
    void shouldSendAFirstAMiddleAndALastPart(final ThreadingMode mode)
    {
        try (PeerClient client = new PeerClient(mode))
        {
            client.connect(server.uri("/echo?tap"));
            client.sendParts(Opcode.TEXT, bytes("one,"), bytes("two,"), bytes(""), bytes("three"));
            assertThat(client.nextText()).isEqualTo("one,two,three");
            server.await("frame fin=1");
            assertThat(server.said("frame")).containsExactly(
                "frame fin=0 rsv=0 opcode=1 length=4",
                "frame fin=0 rsv=0 opcode=0 length=4",
                "frame fin=0 rsv=0 opcode=0 length=0",
                "frame fin=1 rsv=0 opcode=0 length=5");
            assertThat(client.sendText("whole").nextText()).isEqualTo("whole");
        }

        assertThat(server.said("error")).isEmpty();
    }

    @Test
    void shouldSplitCharactersBetweenParts()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            final String text = "\u00e4\u20ac\ud83d\ude00";
            final byte[] utf8 = bytes(text);
            final byte[][] parts = new byte[utf8.length][];
            for (int i = 0; i < parts.length; i++)
            {
                parts[i] = new byte[] {utf8[i]};
            }

            client.connect(server.uri("/echo")).sendParts(Opcode.TEXT, parts);
            assertThat(client.nextText()).isEqualTo(text);
        }
    }

    @Test
    void shouldSendMoreInPartsThanFitsAMessage()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(server.uri("/fragments?parts=2"));
            final byte[] part = new byte[client.session().maxSendLength()];
            for (int i = 0; i < part.length; i++)
            {
                part[i] = (byte)(i * 31);
            }

            client.sendParts(Opcode.BINARY, part, part, part, part, part);
            final byte[] whole = client.nextBinary();
            assertThat(whole).hasSize(5 * part.length);
            for (int i = 0; i < whole.length; i++)
            {
                if (whole[i] != part[i % part.length])
                {
                    throw new AssertionError("byte " + i + " is " + whole[i]);
                }
            }
        }
    }

    @Test
    void shouldAnswerAPingBetweenParts()
    {
        try (PeerClient client = new PeerClient(ThreadingMode.DEDICATED))
        {
            client.connect(server.uri("/pings?tap"));
            final UnsafeBuffer part = new UnsafeBuffer(bytes("part"));
            assertThat(client.session().sendFirst(Opcode.TEXT, part, 0, part.capacity())).isPositive();
            server.await("frame fin=0 rsv=0 opcode=1 length=4");
            server.mark();
            server.await("frame fin=1 rsv=0 opcode=10 length=12");
            assertThat(client.session().sendLast(part, 0, part.capacity())).isPositive();
            assertThat(client.nextText()).isEqualTo("partpart");
        }
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
