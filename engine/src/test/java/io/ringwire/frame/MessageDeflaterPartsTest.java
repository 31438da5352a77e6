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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts are sent whatever comes out of the compressor, so none may grow beyond its bound, and noise must not spoil what
 * follows it.
 */
class MessageDeflaterPartsTest
{
    @ParameterizedTest
    @CsvSource({
        "-1, true, 15", "-1, false, 15", "0, true, 15", "1, true, 15", "9, true, 15", "-1, true, 8", "6, false, 9"})
    void shouldKeepPartsWithinTheirBound(final int level, final boolean contextTakeover, final int windowBits)
    {
        final SplittableRandom random = Seeds.random(MessageDeflaterPartsTest.class);
        try (MessageDeflater deflater = new MessageDeflater(level, contextTakeover, windowBits);
            JdkDeflate peer = new JdkDeflate())
        {
            for (int i = 0; i < 200; i++)
            {
                final byte[] message = DeflateMessages.next(random, i % 20 == 0 ? 300_000 : 600);
                assertThat(peer.inflate(parts(deflater, message, random))).isEqualTo(message);
                if (!contextTakeover)
                {
                    peer.forgetReceived();
                }
            }
        }
    }

    private static byte[] parts(final MessageDeflater deflater, final byte[] message, final SplittableRandom random)
    {
        final ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int position = 0;
        while (random.nextInt(4) > 0)
        {
            final int length = random.nextInt(1 + random.nextInt(message.length - position + 1));
            payload.writeBytes(part(deflater, Arrays.copyOfRange(message, position, position + length), false));
            position += length;
        }
        payload.writeBytes(part(deflater, Arrays.copyOfRange(message, position, message.length), true));
        return payload.toByteArray();
    }

    private static byte[] part(final MessageDeflater deflater, final byte[] part, final boolean last)
    {
        final int length = deflater.deflatePart(new UnsafeBuffer(part), 0, part.length, last);
        assertThat(length).isLessThanOrEqualTo(MessageDeflater.maxPartLength(part.length));
        final byte[] payload = new byte[length];
        deflater.buffer().getBytes(0, payload);
        return payload;
    }
}
