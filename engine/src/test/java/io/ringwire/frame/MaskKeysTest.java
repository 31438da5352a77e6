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

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MaskKeysTest
{
    private static final int DRAWS = 1 << 16;

    @Test
    void shouldNotRepeatKeys()
    {
        final MaskKeys keys = new MaskKeys();
        final Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < DRAWS; i++)
        {
            seen.add(keys.nextKey());
        }

        // 2^16 of 2^32 values collide half a time on average; a hundred times is not chance.
        assertThat(seen).hasSizeGreaterThan(DRAWS - 100);
    }

    @Test
    void shouldUseEveryBitHalfTheTime()
    {
        final MaskKeys keys = new MaskKeys();
        final int[] ones = new int[Integer.SIZE];
        for (int i = 0; i < DRAWS; i++)
        {
            final int key = keys.nextKey();
            for (int bit = 0; bit < Integer.SIZE; bit++)
            {
                ones[bit] += key >>> bit & 1;
            }
        }

        // Half of 2^16 with a standard deviation of 128: ten deviations are not chance.
        for (final int count : ones)
        {
            assertThat(count).isBetween(DRAWS / 2 - 1280, DRAWS / 2 + 1280);
        }
    }

    @Test
    void shouldDifferBetweenInstances()
    {
        final MaskKeys first = new MaskKeys();
        final MaskKeys second = new MaskKeys();
        int same = 0;
        for (int i = 0; i < 1000; i++)
        {
            same += first.nextKey() == second.nextKey() ? 1 : 0;
        }
        assertThat(same).isLessThan(3);
    }
}
