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

/**
 * A slow DEFLATE decoder (RFC 1951) that knows how far back each match reaches, which zlib does not tell.
 */
final class WindowCheck
{
    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31,
        35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    private static final int[] CODE_LENGTH_ORDER = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int MAX_CODE_LENGTH = 15;
    private static final int END_OF_BLOCK = 256;

    private final byte[] input;
    private byte[] decoded = new byte[1024];
    private int decodedLength;
    private int bitPosition;
    private int maxDistance;

    /**
     * Decode whole blocks, to the end of the input.
     */
    WindowCheck(final byte[] input)
    {
        this.input = input;
        while (bitPosition + 10 <= input.length * 8)
        {
            bits(1);
            block(bits(2));
        }
    }

    byte[] decoded()
    {
        return Arrays.copyOf(decoded, decodedLength);
    }

    int maxDistance()
    {
        return maxDistance;
    }

    private void block(final int type)
    {
        if (0 == type)
        {
            bitPosition = bitPosition + 7 & ~7;
            final int length = bits(16);
            bits(16);
            for (int i = 0; i < length; i++)
            {
                put(bits(8));
            }
        }
        else if (1 == type)
        {
            final int[] literals = new int[288];
            Arrays.fill(literals, 0, 144, 8);
            Arrays.fill(literals, 144, 256, 9);
            Arrays.fill(literals, 256, 280, 7);
            Arrays.fill(literals, 280, 288, 8);
            final int[] distances = new int[30];
            Arrays.fill(distances, 5);
            symbols(literals, distances);
        }
        else
        {
            dynamicBlock();
        }
    }

    private void dynamicBlock()
    {
        final int literals = bits(5) + 257;
        final int distances = bits(5) + 1;
        final int codeLengths = bits(4) + 4;
        final int[] lengthCode = new int[19];
        for (int i = 0; i < codeLengths; i++)
        {
            lengthCode[CODE_LENGTH_ORDER[i]] = bits(3);
        }

        final int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length;)
        {
            final int symbol = symbol(lengthCode);
            if (symbol < 16)
            {
                lengths[i++] = symbol;
            }
            else
            {
                final int repeated = 16 == symbol ? lengths[i - 1] : 0;
                final int count = 16 == symbol ? 3 + bits(2) : 17 == symbol ? 3 + bits(3) : 11 + bits(7);
                Arrays.fill(lengths, i, i + count, repeated);
                i += count;
            }
        }
        symbols(Arrays.copyOf(lengths, literals), Arrays.copyOfRange(lengths, literals, lengths.length));
    }

    private void symbols(final int[] literals, final int[] distances)
    {
        for (int symbol = symbol(literals); END_OF_BLOCK != symbol; symbol = symbol(literals))
        {
            if (symbol < END_OF_BLOCK)
            {
                put(symbol);
            }
            else
            {
                final int index = symbol - 257;
                final int extraBits = index < 8 || 28 == index ? 0 : index / 4 - 1;
                final int length = LENGTH_BASE[index] + bits(extraBits);
                copy(length, distance(symbol(distances)));
            }
        }
    }

    private int distance(final int code)
    {
        return code < 4 ? code + 1 : (2 + (code & 1) << (code / 2 - 1)) + 1 + bits(code / 2 - 1);
    }

    private void copy(final int length, final int distance)
    {
        maxDistance = Math.max(maxDistance, distance);
        for (int i = 0; i < length; i++)
        {
            put(decoded[decodedLength - distance]);
        }
    }

    private void put(final int value)
    {
        if (decodedLength == decoded.length)
        {
            decoded = Arrays.copyOf(decoded, 2 * decodedLength);
        }
        decoded[decodedLength++] = (byte)value;
    }

    private int symbol(final int[] lengths)
    {
        int code = 0;
        int firstCode = 0;
        for (int length = 1; length <= MAX_CODE_LENGTH; length++)
        {
            code = code << 1 | bits(1);
            firstCode <<= 1;
            int rank = code - firstCode;
            for (int symbol = 0; symbol < lengths.length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    if (0 == rank)
                    {
                        return symbol;
                    }
                    rank--;
                    firstCode++;
                }
            }
        }
        throw new AssertionError("no such code");
    }

    private int bits(final int count)
    {
        int result = 0;
        for (int i = 0; i < count; i++, bitPosition++)
        {
            result |= (input[bitPosition >> 3] >> (bitPosition & 7) & 1) << i;
        }
        return result;
    }
}
