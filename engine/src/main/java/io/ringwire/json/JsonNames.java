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
package io.ringwire.json;

import org.agrona.DirectBuffer;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Names of fields that are looked for in one walk through an object: a key is compared with one of them at most. Their
 * heads, the first eight characters, lie in a table that a multiplication leads into. Does not change; any thread.
 */
public final class JsonNames
{
    /** The key is none of the names. */
    public static final int NONE = -1;

    /** More names take too long to find a place for each. */
    public static final int MAX_NAMES = 32;

    private final String[] names;
    /** By slot. An empty slot has the first name, whose head leads elsewhere. */
    private final int[] indices;
    private final long[] heads;
    private final long multiplier;
    private final int shift;

    /**
     * Names to look for.
     *
     * @param names 1 to {@value #MAX_NAMES}, ASCII without quotes and backslashes, which differ in their first eight
     *              characters.
     */
    public JsonNames(final String... names)
    {
        if (names.length == 0 || names.length > MAX_NAMES)
        {
            throw new IllegalArgumentException("1 to " + MAX_NAMES + " names, not " + names.length);
        }

        this.names = names.clone();
        final long[] headsOfNames = Arrays.stream(names).mapToLong(JsonNames::headOf).toArray();
        if (Arrays.stream(headsOfNames).distinct().count() < names.length)
        {
            throw new IllegalArgumentException("names alike in their first 8 characters: " + Arrays.toString(names));
        }

        final int slotBits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * names.length);
        shift = Long.SIZE - slotBits;
        multiplier = multiplier(headsOfNames, shift);
        indices = new int[1 << slotBits];
        heads = new long[1 << slotBits];
        Arrays.fill(heads, headsOfNames[0]);
        for (int i = 0; i < names.length; i++)
        {
            final int slot = (int)(headsOfNames[i] * multiplier >>> shift);
            indices[slot] = i;
            heads[slot] = headsOfNames[i];
        }
    }

    /**
     * Which of the names is a key? Escaped characters are the characters that they stand for. Neither allocates nor
     * throws.
     *
     * @param buffer that holds the key.
     * @param key    index of the quote before the key, a string that is known to end.
     * @param limit  behind the last byte that may be read.
     * @return index of the name, in the order in which they were given, or {@link #NONE}.
     */
    public int indexOf(final DirectBuffer buffer, final int key, final int limit)
    {
        JsonSkip.boundsCheck(buffer, key, limit);
        final long base = buffer.addressOffset();
        final long word = JsonSkip.word(buffer.byteArray(), base + key, base + key + 1, base + limit);
        final long quoteLanes = JsonSkip.lanesOf(word, JsonSkip.QUOTES);
        final long head = word & JsonSkip.lanesBefore(quoteLanes);
        final int slot = (int)(head * multiplier >>> shift);
        if (heads[slot] == head)
        {
            final int index = indices[slot];
            return quoteLanes != 0 || JsonScanner.isEqual(buffer, key, limit, names[index]) ? index : NONE;
        }

        return JsonSkip.lanesOf(head, JsonSkip.BACKSLASHES) != 0 ? indexOfEscaped(buffer, key, limit) : NONE;
    }

    private int indexOfEscaped(final DirectBuffer buffer, final int key, final int limit)
    {
        int index = names.length - 1;
        while (index >= 0 && !JsonScanner.isEqual(buffer, key, limit, names[index]))
        {
            index--;
        }

        return index;
    }

    private static long headOf(final String name)
    {
        long head = 0;
        for (int i = Math.min(name.length(), Long.BYTES) - 1; i >= 0; i--)
        {
            head = head << Byte.SIZE | name.charAt(i);
        }

        return head;
    }

    private static long multiplier(final long[] headsOfNames, final int shift)
    {
        final SplittableRandom random = new SplittableRandom(1);
        while (true)
        {
            final long multiplier = random.nextLong() | 1;
            if (Arrays.stream(headsOfNames).map((head) -> head * multiplier >>> shift).distinct().count() ==
                headsOfNames.length)
            {
                return multiplier;
            }
        }
    }
}
