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
package io.ringwire.session;

import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * The ids of a {@link RequestTable}, by slot: an integer, or the bytes of a string. An integer is given here by a
 * length of {@link Verdict#NO_TEXT_ID}; 1 and "1" are different ids. Whoever reserved a slot writes its id; all threads
 * may compare it, and the state of the slot tells them whether it was still the one they meant.
 */
final class RequestKeys
{
    /** The longest id that is a string, in bytes: a UUID takes 36, the hex digits of a SHA-256 take 64. */
    static final int MAX_TEXT_LENGTH = 64;

    private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long TEXT_MULTIPLIER = 0x100000001B3L;

    private final long[] numbers;
    private final int[] textLengths;
    private final UnsafeBuffer texts;

    RequestKeys(final int slots)
    {
        numbers = new long[slots];
        textLengths = new int[slots];
        Arrays.fill(textLengths, Verdict.NO_TEXT_ID);
        texts = new UnsafeBuffer(new byte[slots * MAX_TEXT_LENGTH]);
    }

    /**
     * Spread ids over all 64 bits.
     *
     * @param number of a request with an integer id.
     * @param text   that holds the id of another.
     * @param offset of the id.
     * @param length of the id in bytes, or {@link Verdict#NO_TEXT_ID}.
     * @return the hash, best in its upper bits.
     */
    static long hash(final long number, final DirectBuffer text, final int offset, final int length)
    {
        if (length == Verdict.NO_TEXT_ID)
        {
            return number * HASH_MULTIPLIER;
        }

        long hash = length;
        for (int i = 0; i < length; i++)
        {
            hash = (hash ^ text.getByte(offset + i)) * TEXT_MULTIPLIER;
        }

        return hash * HASH_MULTIPLIER;
    }

    /**
     * Keep an id.
     *
     * @param slot   that is reserved.
     * @param number the integer id, or what the caller knows a request with a string id by.
     * @param text   that holds the string id.
     * @param offset of the string id.
     * @param length of the string id in bytes, at most {@link #MAX_TEXT_LENGTH}, or {@link Verdict#NO_TEXT_ID}.
     */
    void put(final int slot, final long number, final DirectBuffer text, final int offset, final int length)
    {
        numbers[slot] = number;
        textLengths[slot] = length;
        if (length > 0)
        {
            texts.putBytes(slot * MAX_TEXT_LENGTH, text, offset, length);
        }
    }

    long number(final int slot)
    {
        return numbers[slot];
    }

    /**
     * Compare an id, byte for byte.
     */
    boolean matches(final int slot, final long number, final DirectBuffer text, final int offset, final int length)
    {
        if (textLengths[slot] != length)
        {
            return false;
        }

        if (length == Verdict.NO_TEXT_ID)
        {
            return numbers[slot] == number;
        }

        final int start = slot * MAX_TEXT_LENGTH;
        for (int i = 0; i < length; i++)
        {
            if (texts.getByte(start + i) != text.getByte(offset + i))
            {
                return false;
            }
        }

        return true;
    }
}
