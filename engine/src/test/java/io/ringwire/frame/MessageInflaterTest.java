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

import java.util.Arrays;
import java.util.HexFormat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageInflaterTest
{
    private static final int BOMB_LENGTH = 1 << 20;
    private static final int INITIAL_CAPACITY = 64 * 1024;

    /**
     * The examples of RFC 7692 sections 7.2.3.1 to 7.2.3.6, and streams that end at every kind of place.
     */
    @ParameterizedTest
    @CsvSource({
        "f248cdc9c90700, Hello",
        "000500faff48656c6c6f00, Hello",
        "f348cdc9c9070000, Hello",
        "f348cdc9c90700, Hello",
        "f24805000000ffffcac9c90700, Hello",
        "f348cdc9c90700 f348cdc9c90700 00, HelloHello",
        "f348cdc9c90700 f248cdc9c90700, HelloHello",
        "0300 f248cdc9c90700, Hello",
        "0300 0300 00, ''",
        "010000ffff 00, ''",
        "00, ''",
        "'', ''"})
    void shouldInflateAtEverySplitPoint(final String hex, final String text)
    {
        final byte[] payload = bytes(hex);
        for (int split = 0; split <= payload.length; split++)
        {
            try (MessageInflater inflater = new MessageInflater(100, true))
            {
                for (int i = 0; i < 3; i++)
                {
                    inflater.begin();
                    assertThat(inflate(inflater, payload, 0, split)).isNotNegative();
                    assertThat(inflate(inflater, payload, split, payload.length)).isNotNegative();
                    assertThat(inflater.end()).isEqualTo(text.length());
                    assertThat(text(inflater)).isEqualTo(text);
                }
                assertThat(inflater.takeBytesIn()).isEqualTo(3L * payload.length);
                assertThat(inflater.takeBytesOut()).isEqualTo(3L * text.length());
            }
        }
    }

    @Test
    void shouldKeepTheWindowFromMessageToMessage()
    {
        try (MessageInflater inflater = new MessageInflater(100, true))
        {
            assertThat(message(inflater, "f248cdc9c90700")).isEqualTo(5);
            assertThat(message(inflater, "f200110000")).isEqualTo(5);
            assertThat(text(inflater)).isEqualTo("Hello");
        }
    }

    @Test
    void shouldRefuseToLookBackWithoutContextTakeover()
    {
        try (MessageInflater inflater = new MessageInflater(100, false))
        {
            assertThat(message(inflater, "f248cdc9c90700")).isEqualTo(5);
            assertThat(message(inflater, "f248cdc9c90700")).isEqualTo(5);
            assertThat(message(inflater, "f200110000")).isEqualTo(MessageInflater.CORRUPT);
        }
    }

    @Test
    void shouldForgetTheWindowWithTheEndOfAStream()
    {
        try (MessageInflater inflater = new MessageInflater(100, true))
        {
            assertThat(message(inflater, "f348cdc9c9070000")).isEqualTo(5);
            assertThat(message(inflater, "f200110000")).isEqualTo(MessageInflater.CORRUPT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"06", "07", "0000000000", "ff", "f200110000", "000500fbff48"})
    void shouldCallCorruptWhatIsNotDeflate(final String hex)
    {
        try (MessageInflater inflater = new MessageInflater(100, true))
        {
            assertThat(message(inflater, hex)).isEqualTo(MessageInflater.CORRUPT);
        }
    }

    @Test
    void shouldStopABombOneByteBehindTheLimit()
    {
        final byte[] bomb = JdkDeflate.compress(new byte[BOMB_LENGTH]);
        for (final int limit : new int[] {1, 2, 999, INITIAL_CAPACITY - 1, INITIAL_CAPACITY, BOMB_LENGTH - 1})
        {
            try (MessageInflater inflater = new MessageInflater(limit, true))
            {
                inflater.begin();
                assertThat(inflate(inflater, bomb, 0, bomb.length)).isEqualTo(MessageInflater.TOO_LONG);
                assertThat(inflater.length()).isEqualTo(limit + 1);
                assertThat(inflater.takeBytesOut()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, BOMB_LENGTH})
    void shouldTakeAMessageOfExactlyTheLimit(final int length)
    {
        final byte[] payload = JdkDeflate.compress(new byte[length]);
        try (MessageInflater inflater = new MessageInflater(Math.max(1, length), true))
        {
            inflater.begin();
            assertThat(inflate(inflater, payload, 0, payload.length)).isNotNegative();
            assertThat(inflater.end()).isEqualTo(length);
        }
    }

    @Test
    void shouldGiveMemoryBackAfterAHugeMessage()
    {
        final byte[] huge = JdkDeflate.compress(new byte[BOMB_LENGTH]);
        try (MessageInflater inflater = new MessageInflater(4 * BOMB_LENGTH, true))
        {
            assertThat(inflater.buffer().capacity()).isEqualTo(INITIAL_CAPACITY);
            inflater.begin();
            inflate(inflater, huge, 0, huge.length);
            assertThat(inflater.end()).isEqualTo(BOMB_LENGTH);
            assertThat(inflater.buffer().capacity()).isEqualTo(2 * BOMB_LENGTH);

            for (int i = 0; i < 128; i++)
            {
                message(inflater, "f248cdc9c90700");
            }
            assertThat(inflater.buffer().capacity()).isEqualTo(INITIAL_CAPACITY);
            assertThat(text(inflater)).isEqualTo("Hello");
        }
    }

    @Test
    void shouldKeepMemoryThatIsStillNeeded()
    {
        final byte[] large = JdkDeflate.compress(new byte[BOMB_LENGTH / 2]);
        try (MessageInflater inflater = new MessageInflater(BOMB_LENGTH, true))
        {
            for (int i = 0; i < 200; i++)
            {
                inflater.begin();
                inflate(inflater, large, 0, large.length);
                inflater.end();
                assertThat(inflater.buffer().capacity()).isEqualTo(BOMB_LENGTH);
            }
        }
    }

    @Test
    void shouldFreeItsMemoryOnceOnly()
    {
        final MessageInflater inflater = new MessageInflater(100, true);
        inflater.close();
        inflater.close();
        assertThat(inflater.buffer().capacity()).isZero();
    }

    @Test
    void shouldRefuseALimitThatIsNone()
    {
        assertThatThrownBy(() -> new MessageInflater(0, true)).hasMessageContaining(": 0");
        assertThatThrownBy(() -> new MessageInflater(Integer.MAX_VALUE, true)).hasMessageContaining("2147483647");
    }

    private static int message(final MessageInflater inflater, final String hex)
    {
        inflater.begin();
        final byte[] payload = bytes(hex);
        final int result = inflate(inflater, payload, 0, payload.length);
        return result < 0 ? result : inflater.end();
    }

    private static int inflate(final MessageInflater inflater, final byte[] payload, final int from, final int to)
    {
        return inflater.inflate(new UnsafeBuffer(Arrays.copyOfRange(payload, from, to)), 0, to - from);
    }

    private static String text(final MessageInflater inflater)
    {
        final byte[] bytes = new byte[inflater.length()];
        inflater.buffer().getBytes(0, bytes);
        return new String(bytes, US_ASCII);
    }

    private static byte[] bytes(final String hex)
    {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
