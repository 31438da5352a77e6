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
package io.ringwire.samples.doctor;

import java.util.BitSet;
import java.util.StringJoiner;

/**
 * Cores as the kernel lists them: {@code 0-3,8}.
 */
final class CpuSet
{
    private static final String NO_LIST = "(null)"; // printed by kernels for a list that was never made
    private static final int MAX_CPU = 65_535;
    private static final int BITS_PER_DIGIT = 4;
    private static final int HEX = 16;

    private final BitSet cpus;

    private CpuSet(final BitSet cpus)
    {
        this.cpus = cpus;
    }

    static CpuSet none()
    {
        return new CpuSet(new BitSet());
    }

    /**
     * Parse a list, which may be empty.
     *
     * @throws NumberFormatException if it is none.
     */
    static CpuSet ofList(final String list)
    {
        final BitSet cpus = new BitSet();
        for (final String part : list.trim().split(","))
        {
            if (!part.isBlank() && !part.equals(NO_LIST))
            {
                final String[] ends = part.split("-", 2);
                final int first = cpuOf(ends[0], list);
                final int last = cpuOf(ends[ends.length - 1], list);
                if (last < first)
                {
                    throw new NumberFormatException("'" + list + "' is not a list of cores");
                }

                cpus.set(first, last + 1);
            }
        }

        return new CpuSet(cpus);
    }

    /**
     * Parse a mask such as {@code 3} or {@code 00ff,00000001}.
     *
     * @throws NumberFormatException if it is none.
     */
    static CpuSet ofMask(final String mask)
    {
        final BitSet cpus = new BitSet();
        final String digits = mask.trim().replace(",", "");
        if (digits.isEmpty() || digits.length() > MAX_CPU / BITS_PER_DIGIT)
        {
            throw new NumberFormatException("'" + mask + "' is not a mask of cores");
        }

        for (int i = 0; i < digits.length(); i++)
        {
            final int digit = Character.digit(digits.charAt(digits.length() - 1 - i), HEX);
            if (digit < 0)
            {
                throw new NumberFormatException("'" + mask + "' is not a mask of cores");
            }

            for (int bit = 0; bit < BITS_PER_DIGIT; bit++)
            {
                cpus.set(i * BITS_PER_DIGIT + bit, (digit >> bit & 1) != 0);
            }
        }

        return new CpuSet(cpus);
    }

    private static int cpuOf(final String text, final String list)
    {
        if (!text.trim().matches("\\d{1,5}") || Integer.parseInt(text.trim()) > MAX_CPU)
        {
            throw new NumberFormatException("'" + list + "' is not a list of cores");
        }

        return Integer.parseInt(text.trim());
    }

    int count()
    {
        return cpus.cardinality();
    }

    boolean isEmpty()
    {
        return cpus.isEmpty();
    }

    CpuSet and(final CpuSet other)
    {
        final BitSet both = (BitSet)cpus.clone();
        both.and(other.cpus);
        return new CpuSet(both);
    }

    CpuSet or(final CpuSet other)
    {
        final BitSet either = (BitSet)cpus.clone();
        either.or(other.cpus);
        return new CpuSet(either);
    }

    CpuSet without(final CpuSet other)
    {
        final BitSet rest = (BitSet)cpus.clone();
        rest.andNot(other.cpus);
        return new CpuSet(rest);
    }

    int[] toArray()
    {
        return cpus.stream().toArray();
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof CpuSet set && cpus.equals(set.cpus);
    }

    @Override
    public int hashCode()
    {
        return cpus.hashCode();
    }

    @Override
    public String toString()
    {
        final StringJoiner list = new StringJoiner(",");
        for (int first = cpus.nextSetBit(0); first >= 0;)
        {
            final int end = cpus.nextClearBit(first);
            list.add(end - first == 1 ? Integer.toString(first) : first + "-" + (end - 1));
            first = cpus.nextSetBit(end);
        }

        return cpus.isEmpty() ? "none" : list.toString();
    }
}
