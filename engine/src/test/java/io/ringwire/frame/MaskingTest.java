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

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTest
{
    private static final int CAPACITY = 96;
    private static final int MAX_LENGTH = 40;

    private final SplittableRandom random = Seeds.random(MaskingTest.class);

    @Test
    void shouldMaskLikeTheModelForAllAlignmentsAndPhases()
    {
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[CAPACITY]);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));

        for (int length = 0; length <= MAX_LENGTH; length++)
        {
            for (int srcOffset = 0; srcOffset <= 8; srcOffset++)
            {
                for (int dstOffset = 0; dstOffset <= 8; dstOffset++)
                {
                    for (int phase = 0; phase <= 5; phase++)
                    {
                        assertLikeModel(heap, dstOffset, direct, srcOffset, length, phase);
                        assertLikeModel(direct, dstOffset, heap, srcOffset, length, phase);
                    }
                }
            }
        }
    }

    @Test
    void shouldMaskInPlaceAndBack()
    {
        for (int length = 0; length <= MAX_LENGTH; length++)
        {
            for (int offset = 0; offset <= 8; offset++)
            {
                final byte[] original = randomBytes();
                final UnsafeBuffer buffer = new UnsafeBuffer(original.clone());
                final int key = random.nextInt();

                Masking.copy(buffer, offset, buffer, offset, length, key, 3);
                assertThat(buffer.byteArray()).isEqualTo(model(original, original, offset, offset, length, key, 3));
                Masking.copy(buffer, offset, buffer, offset, length, key, 3);
                assertThat(buffer.byteArray()).isEqualTo(original);
            }
        }
    }

    @Test
    void shouldMaskInPiecesAsInOne()
    {
        final byte[] payload = randomBytes();
        final UnsafeBuffer src = new UnsafeBuffer(payload);
        final int key = random.nextInt();
        final UnsafeBuffer whole = new UnsafeBuffer(new byte[CAPACITY]);
        Masking.copy(whole, 0, src, 0, CAPACITY, key, 0);

        for (int split = 0; split <= CAPACITY; split++)
        {
            final UnsafeBuffer pieces = new UnsafeBuffer(new byte[CAPACITY]);
            Masking.copy(pieces, 0, src, 0, split, key, 0);
            Masking.copy(pieces, split, src, split, CAPACITY - split, key, split);
            assertThat(pieces.byteArray()).as("split at %d", split).isEqualTo(whole.byteArray());
        }
    }

    private void assertLikeModel(
        final UnsafeBuffer dst,
        final int dstOffset,
        final UnsafeBuffer src,
        final int srcOffset,
        final int length,
        final int phase)
    {
        final byte[] payload = randomBytes();
        final byte[] background = randomBytes();
        final int key = random.nextInt();
        src.putBytes(0, payload);
        dst.putBytes(0, background);

        Masking.copy(dst, dstOffset, src, srcOffset, length, key, phase);

        final byte[] actual = new byte[CAPACITY];
        dst.getBytes(0, actual);
        assertThat(actual)
            .as("length=%d srcOffset=%d dstOffset=%d phase=%d", length, srcOffset, dstOffset, phase)
            .isEqualTo(model(background, payload, dstOffset, srcOffset, length, key, phase));
    }

    private static byte[] model(
        final byte[] dst,
        final byte[] src,
        final int dstOffset,
        final int srcOffset,
        final int length,
        final int key,
        final int phase)
    {
        final byte[] keyBytes = ByteBuffer.allocate(4).putInt(key).array();
        final byte[] result = dst.clone();
        for (int i = 0; i < length; i++)
        {
            result[dstOffset + i] = (byte)(src[srcOffset + i] ^ keyBytes[(phase + i) % 4]);
        }
        return result;
    }

    private byte[] randomBytes()
    {
        final byte[] result = new byte[CAPACITY];
        random.nextBytes(result);
        return result;
    }
}
