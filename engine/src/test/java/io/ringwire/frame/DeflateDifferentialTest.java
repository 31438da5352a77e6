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
package io.ringwire.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.ringwire.api.Opcode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every combination of parameters that Netty's server agrees to, then random messages in random fragments cut at random
 * both ways: what one side sends is what the other reads. Netty's zlib has one window size too, so it declines offers
 * with {@code server_max_window_bits}; those are held to {@code java.util.zip} alone. {@code -Ddeflate.messages=} sets
 * how many messages go each way in each conversation.
 */
class DeflateDifferentialTest
{
    private static final int MESSAGES = Integer.getInteger("deflate.messages", 6);
    private static final int MAX_LENGTH = 4000;
    private static final int MAX_INFLATED_LENGTH = 1 << 24;

    private final SplittableRandom random = Seeds.random(DeflateDifferentialTest.class);
    private final MaskKeys maskKeys = new MaskKeys();

    @Test
    void shouldAgreeWithNetty()
    {
        int agreements = 0;
        for (int i = 0; i < 16; i++)
        {
            final boolean serverNoTakeover = 0 != (i & 1);
            final boolean clientNoTakeover = 0 != (i & 2);
            final boolean serverAsksNoTakeover = 0 != (i & 4);
            final int clientBits = 0 != (i & 8) ? 15 : 9;
            for (final int serversChoice : new int[] {8, 9, 12, 15})
            {
                agreements += converse(new DeflateExtension(
                    new DeflateParameters(serverNoTakeover, clientNoTakeover, 15, clientBits)),
                    serversChoice, serverAsksNoTakeover);
            }
        }
        assertThat(agreements).isGreaterThan(32);
    }

    @Test
    void shouldBeDeclinedByNettyWhereItCannot()
    {
        final DeflateExtension extension = new DeflateExtension(new DeflateParameters(false, false, 9, 15));
        try (NettyDeflateServer server = new NettyDeflateServer(extension.offer(), 15, false))
        {
            assertThat(server.answer()).isNull();
        }
    }

    private int converse(final DeflateExtension extension, final int serversChoice, final boolean serverAsksNoTakeover)
    {
        try (NettyDeflateServer server =
            new NettyDeflateServer(extension.offer(), serversChoice, serverAsksNoTakeover))
        {
            if (null == server.answer())
            {
                return 0;
            }

            final DeflateExtension.Answer answer = extension.answer(server.answer());
            if (null == answer.parameters())
            {
                // Netty answers with its own choice even where the client offered less: RFC 7692 section 7.1.2.2
                assertThat(answer.refusal()).contains("is more than the 9 offered");
                assertThat(serversChoice).isGreaterThan(9);
                return 0;
            }

            final DeflateParameters agreed = answer.parameters();
            try (MessageInflater inflater =
                new MessageInflater(MAX_INFLATED_LENGTH, !agreed.serverNoContextTakeover());
                MessageDeflater deflater = new MessageDeflater(
                    random.nextInt(10), !agreed.clientNoContextTakeover(), agreed.clientMaxWindowBits()))
            {
                receive(server, inflater);
                send(server, deflater);
            }
            return 1;
        }
    }

    private void receive(final NettyDeflateServer server, final MessageInflater inflater)
    {
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++)
        {
            final boolean text = random.nextBoolean();
            final int opcode = text ? Opcode.TEXT : Opcode.BINARY;
            final byte[] message =
                text ? DeflateMessages.text(random, MAX_LENGTH) : DeflateMessages.next(random, MAX_LENGTH);
            final List<byte[]> parts = withoutEmpty(parts(message));
            final boolean pingBetween = random.nextBoolean();
            stream.writeBytes(server.send(opcode, parts, pingBetween));
            for (int ping = 1; pingBetween && ping < parts.size(); ping++)
            {
                expected.add("ping:p");
            }
            expected.add(RecordingSink.dataEvent(opcode, message));
        }

        final int refusePercent = random.nextBoolean() ? 0 : 40;
        final RecordingSink sink = new RecordingSink(() -> random.nextInt(100) >= refusePercent);
        final FrameDecoder decoder = new FrameDecoder(MAX_INFLATED_LENGTH, MAX_INFLATED_LENGTH, true);
        decoder.reset(inflater);
        final int longest = 1 + random.nextInt(3000);
        ByteFeed.feed(decoder, stream.toByteArray(), () -> 1 + random.nextInt(longest), sink);
        assertThat(sink.events()).isEqualTo(expected);
    }

    private void send(final NettyDeflateServer server, final MessageDeflater deflater)
    {
        for (int i = 0; i < MESSAGES; i++)
        {
            final byte[] message = DeflateMessages.next(random, MAX_LENGTH);
            final boolean compressed = random.nextInt(5) > 0;
            final List<byte[]> parts = parts(message);
            final ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int part = 0; part < parts.size(); part++)
            {
                stream.writeBytes(frame(
                    compressed ? deflater : null, parts.get(part), 0 == part, part == parts.size() - 1));
            }

            final List<byte[]> received = server.receive(stream.toByteArray());
            assertThat(received).hasSize(1);
            assertThat(received.get(0)).isEqualTo(message);
        }
    }

    private byte[] frame(final MessageDeflater deflater, final byte[] part, final boolean first, final boolean last)
    {
        final int opcode = first ? Opcode.BINARY : FrameFormat.OPCODE_CONTINUATION;
        final UnsafeBuffer plain = new UnsafeBuffer(part);
        final int length = null == deflater ? part.length : deflater.deflate(plain, 0, part.length, last);
        final UnsafeBuffer out = new UnsafeBuffer(new byte[FrameEncoder.headerLength(length) + length]);
        final int key = maskKeys.nextKey();
        if (null == deflater)
        {
            FrameEncoder.encode(out, 0, opcode, last, key, plain, 0, length);
        }
        else if (first)
        {
            FrameEncoder.encodeCompressed(out, 0, opcode, last, key, deflater.buffer(), 0, length);
        }
        else
        {
            FrameEncoder.encode(out, 0, opcode, last, key, deflater.buffer(), 0, length);
        }
        return out.byteArray();
    }

    /**
     * Netty cannot send empty fragments: it finds nothing to flush and throws.
     */
    private static List<byte[]> withoutEmpty(final List<byte[]> parts)
    {
        final List<byte[]> result = new ArrayList<>(parts);
        result.removeIf((part) -> 0 == part.length);
        return result.isEmpty() ? List.of(new byte[0]) : result;
    }

    private List<byte[]> parts(final byte[] message)
    {
        final List<byte[]> parts = new ArrayList<>();
        int position = 0;
        while (random.nextInt(3) == 0)
        {
            final int length = random.nextInt(message.length - position + 1);
            parts.add(Arrays.copyOfRange(message, position, position + length));
            position += length;
        }
        parts.add(Arrays.copyOfRange(message, position, message.length));
        return parts;
    }
}
