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

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;

/**
 * Finds the costs of a method by its name in a message, without making an object of it. Never changes once made. Any
 * thread.
 */
final class MethodCosts
{
    private static final int MIN_LENGTH = 4;

    private final byte[][] names;
    private final int[][] costs;
    private final int mask;

    MethodCosts(final int size)
    {
        final int length = BitUtil.findNextPositivePowerOfTwo(Math.max(MIN_LENGTH, 2 * size)); // half stays empty
        names = new byte[length][];
        costs = new int[length][];
        mask = length - 1;
    }

    /**
     * While the table is made: add a method that is not there.
     */
    void add(final String method, final int[] cost)
    {
        final byte[] name = method.getBytes(StandardCharsets.US_ASCII);
        int hash = 0;
        for (final byte b : name)
        {
            hash = next(hash, b);
        }

        int slot = slotOf(hash);
        while (names[slot] != null)
        {
            slot = slot + 1 & mask;
        }

        names[slot] = name;
        costs[slot] = cost;
    }

    /**
     * The costs of a method.
     *
     * @return its costs, or null if it has none of its own.
     */
    int[] find(final DirectBuffer buffer, final int offset, final int length)
    {
        int hash = 0;
        for (int i = 0; i < length; i++)
        {
            hash = next(hash, buffer.getByte(offset + i));
        }

        int slot = slotOf(hash);
        while (names[slot] != null && !matches(names[slot], buffer, offset, length))
        {
            slot = slot + 1 & mask;
        }

        return costs[slot];
    }

    /**
     * The costs of a method.
     *
     * @return its costs, or null if it has none of its own.
     */
    int[] find(final CharSequence method)
    {
        int hash = 0;
        for (int i = 0; i < method.length(); i++)
        {
            hash = next(hash, method.charAt(i));
        }

        int slot = slotOf(hash);
        while (names[slot] != null && !matches(names[slot], method))
        {
            slot = slot + 1 & mask;
        }

        return costs[slot];
    }

    private int slotOf(final int hash)
    {
        return (hash ^ hash >>> 16) & mask;
    }

    private static int next(final int hash, final int character)
    {
        return 31 * hash + character;
    }

    private static boolean matches(final byte[] name, final DirectBuffer buffer, final int offset, final int length)
    {
        boolean matches = name.length == length;
        for (int i = 0; matches && i < length; i++)
        {
            matches = name[i] == buffer.getByte(offset + i);
        }

        return matches;
    }

    private static boolean matches(final byte[] name, final CharSequence method)
    {
        boolean matches = name.length == method.length();
        for (int i = 0; matches && i < name.length; i++)
        {
            matches = name[i] == method.charAt(i);
        }

        return matches;
    }
}
