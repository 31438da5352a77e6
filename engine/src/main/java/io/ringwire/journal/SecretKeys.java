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
package io.ringwire.journal;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The keys whose values are not recorded. Immutable.
 */
final class SecretKeys
{
    private final byte[][] keys;
    private final int maxLength;

    SecretKeys(final Set<String> keys)
    {
        this.keys = keys.stream().map((key) -> key.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        int longest = 0;
        for (final byte[] key : this.keys)
        {
            longest = Math.max(longest, key.length);
        }

        maxLength = longest;
    }

    /** {@return are there none?} */
    boolean isEmpty()
    {
        return keys.length == 0;
    }

    /** {@return bytes of the longest} */
    int maxLength()
    {
        return maxLength;
    }

    /**
     * Is a word one of them?
     *
     * @param word   as UTF-8.
     * @param length of it in bytes.
     * @return true if it is.
     */
    boolean contains(final byte[] word, final int length)
    {
        for (final byte[] key : keys)
        {
            if (key.length == length && isEqual(key, word))
            {
                return true;
            }
        }

        return false;
    }

    private static boolean isEqual(final byte[] key, final byte[] word)
    {
        for (int i = 0; i < key.length; i++)
        {
            if (key[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }
}
