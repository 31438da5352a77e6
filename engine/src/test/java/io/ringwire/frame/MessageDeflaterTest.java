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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageDeflaterTest
{
    private static final byte[] HELLO = "Hello".getBytes(US_ASCII);
    private static final String TAIL = "0000ffff";

    @Test
    void shouldCompressTheExampleOfTheRfc()
    {
        try (MessageDeflater deflater = new MessageDeflater(-1, true, 15))
        {
            assertThat(hex(whole(deflater, HELLO))).isEqualTo("f248cdc9c90700");
            assertThat(hex(whole(deflater, HELLO))).isEqualTo("f200110000");
            deflater.forget();
            assertThat(hex(whole(deflater, HELLO))).isEqualTo("f248cdc9c90700");
        }
    }

    @Test
    void shouldNotLookBackWithoutContextTakeover()
    {
        try (MessageDeflater deflater = new MessageDeflater(-1, false, 15))
        {
            assertThat(hex(whole(deflater, HELLO))).isEqualTo("f248cdc9c90700");
            assertThat(hex(whole(deflater, HELLO))).isEqualTo("f248cdc9c90700");
        }
    }

    @Test
    void shouldSendAnEmptyMessageAsOneByte()
    {
        try (MessageDeflater deflater = new MessageDeflater(-1, true, 15))
        {
            assertThat(hex(whole(deflater, new byte[0]))).isEqualTo("00");
            assertThat(hex(whole(deflater, HELLO))).isEqualTo("f248cdc9c90700");
            assertThat(hex(whole(deflater, new byte[0]))).isEqualTo("00");
        }
    }

    @Test
    void shouldCompressPartByPart()
    {
        try (MessageDeflater deflater = new MessageDeflater(-1, true, 15); JdkDeflate peer = new JdkDeflate())
        {
            final ByteArrayOutputStream payload = new ByteArrayOutputStream();
            final byte[] first = part(deflater, "Hel".getBytes(US_ASCII), false);
            assertThat(hex(first)).endsWith(TAIL);
            payload.writeBytes(first);
            assertThat(part(deflater, new byte[0], false)).isEmpty();
            payload.writeBytes(part(deflater, "lo".getBytes(US_ASCII), false));
            final byte[] last = part(deflater, new byte[0], true);
            assertThat(hex(last)).isEqualTo("00");
            payload.writeBytes(last);
            assertThat(peer.inflate(payload.toByteArray())).isEqualTo(HELLO);
            assertThat(peer.inflate(whole(deflater, HELLO))).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "-1, false", "0, true", "0, false", "1, true", "1, false", "9, true", "9, false"})
    void shouldBeUndoneByThePeer(final int level, final boolean contextTakeover)
    {
        final SplittableRandom random = Seeds.random(MessageDeflaterTest.class);
        try (MessageDeflater deflater = new MessageDeflater(level, contextTakeover, 15);
            JdkDeflate peer = new JdkDeflate())
        {
            for (int i = 0; i < 100; i++)
            {
                final byte[] message = DeflateMessages.next(random, i % 20 == 0 ? 300_000 : 3000);
                assertThat(peer.inflate(parts(deflater, message, random))).isEqualTo(message);
                if (!contextTakeover)
                {
                    peer.forgetReceived();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
    void shouldNotReachFartherBackThanTheWindow(final int windowBits)
    {
        final SplittableRandom random = Seeds.random(MessageDeflaterTest.class);
        try (MessageDeflater deflater = new MessageDeflater(9, true, windowBits))
        {
            final ByteArrayOutputStream stream = new ByteArrayOutputStream();
            final ByteArrayOutputStream messages = new ByteArrayOutputStream();
            for (int i = 0; i < 40; i++)
            {
                final byte[] message = DeflateMessages.next(random, 2 << windowBits);
                messages.writeBytes(message);
                if (message.length > 0)
                {
                    stream.writeBytes(parts(deflater, message, random));
                    stream.writeBytes(HexFormat.of().parseHex(TAIL));
                }
            }

            final WindowCheck check = new WindowCheck(stream.toByteArray());
            assertThat(check.decoded()).isEqualTo(messages.toByteArray());
            assertThat(check.maxDistance()).isBetween(1 << windowBits - 2, 1 << windowBits);
        }
    }

    @Test
    void shouldReachFarWithTheWholeWindow()
    {
        final byte[] block = new byte[20_000];
        final SplittableRandom random = Seeds.random(MessageDeflaterTest.class);
        for (int i = 0; i < block.length; i++)
        {
            block[i] = (byte)random.nextInt();
        }

        try (MessageDeflater deflater = new MessageDeflater(-1, true, 15))
        {
            assertThat(whole(deflater, block)).hasSizeGreaterThan(20_000);
            assertThat(whole(deflater, block)).hasSizeLessThan(1000);
        }
    }

    @Test
    void shouldGrowForDataThatCannotBeCompressed()
    {
        final byte[] message = new byte[1 << 20];
        final SplittableRandom random = Seeds.random(MessageDeflaterTest.class);
        for (int i = 0; i < message.length; i++)
        {
            message[i] = (byte)random.nextInt();
        }

        for (final int windowBits : new int[] {8, 9, 15})
        {
            try (MessageDeflater deflater = new MessageDeflater(-1, true, windowBits);
                JdkDeflate peer = new JdkDeflate())
            {
                assertThat(peer.inflate(whole(deflater, message))).isEqualTo(message);
            }
        }
    }

    @Test
    void shouldFreeItsMemoryOnceOnly()
    {
        final MessageDeflater deflater = new MessageDeflater(-1, true, 15);
        deflater.close();
        deflater.close();
        assertThat(deflater.buffer().capacity()).isZero();
    }

    @Test
    void shouldRefuseAWindowThatIsNone()
    {
        assertThatThrownBy(() -> new MessageDeflater(-1, true, 7)).hasMessageContaining(": 7");
        assertThatThrownBy(() -> new MessageDeflater(-1, true, 16)).hasMessageContaining(": 16");
    }

    private static byte[] whole(final MessageDeflater deflater, final byte[] message)
    {
        return part(deflater, message, true);
    }

    private static byte[] parts(final MessageDeflater deflater, final byte[] message, final SplittableRandom random)
    {
        final ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int position = 0;
        while (random.nextInt(3) > 0)
        {
            final int length = random.nextInt(message.length - position + 1);
            payload.writeBytes(part(deflater, Arrays.copyOfRange(message, position, position + length), false));
            position += length;
        }
        payload.writeBytes(part(deflater, Arrays.copyOfRange(message, position, message.length), true));
        return payload.toByteArray();
    }

    private static byte[] part(final MessageDeflater deflater, final byte[] part, final boolean last)
    {
        final int length = deflater.deflate(new UnsafeBuffer(part), 0, part.length, last);
        final byte[] payload = new byte[length];
        deflater.buffer().getBytes(0, payload);
        return payload;
    }

    private static String hex(final byte[] bytes)
    {
        return HexFormat.of().formatHex(bytes);
    }
}
