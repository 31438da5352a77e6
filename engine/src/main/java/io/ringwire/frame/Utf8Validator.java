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

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

import static org.agrona.BitUtil.SIZE_OF_LONG;
import static org.agrona.DirectBuffer.SHOULD_BOUNDS_CHECK;

/**
 * Incremental UTF-8 check (RFC 3629, asked for by RFC 6455 section 8.1): overlong forms, surrogates and code points
 * above U+10FFFF fail at the first byte that can not be part of a valid text, also inside an unfinished code point.
 * Not thread safe.
 * <p>
 * A state is a bit offset into a row of {@link #TRANSITIONS}, one row for each value of a byte, so that a step is one
 * load and one shift, by the lowest six bits of what the step before left. Runs of ASCII are passed over eight bytes a
 * load.
 */
public final class Utf8Validator
{
    private static final int REJECT = 0;
    private static final int ACCEPT = 6;
    private static final int ONE_MORE = 12;
    private static final int TWO_MORE = 18;
    private static final int THREE_MORE = 24;
    private static final int AFTER_E0 = 30;
    private static final int AFTER_ED = 36;
    private static final int AFTER_F0 = 42;
    private static final int AFTER_F4 = 48;
    private static final int STATE_BITS = 0x3F;

    /** Bytes that are walked without a look at the state in between. */
    private static final int BLOCK_LENGTH = 8;

    private static final long NON_ASCII_BITS = 0x8080808080808080L;

    /** What is not listed leads to {@link #REJECT}, which is 0. */
    private static final long[] TRANSITIONS = new long[256];

    static
    {
        transition(ACCEPT, 0x00, 0x7F, ACCEPT);
        transition(ACCEPT, 0xC2, 0xDF, ONE_MORE);
        transition(ACCEPT, 0xE0, 0xE0, AFTER_E0);
        transition(ACCEPT, 0xE1, 0xEC, TWO_MORE);
        transition(ACCEPT, 0xED, 0xED, AFTER_ED);
        transition(ACCEPT, 0xEE, 0xEF, TWO_MORE);
        transition(ACCEPT, 0xF0, 0xF0, AFTER_F0);
        transition(ACCEPT, 0xF1, 0xF3, THREE_MORE);
        transition(ACCEPT, 0xF4, 0xF4, AFTER_F4);
        transition(ONE_MORE, 0x80, 0xBF, ACCEPT);
        transition(TWO_MORE, 0x80, 0xBF, ONE_MORE);
        transition(THREE_MORE, 0x80, 0xBF, TWO_MORE);
        transition(AFTER_E0, 0xA0, 0xBF, ONE_MORE);
        transition(AFTER_ED, 0x80, 0x9F, ONE_MORE);
        transition(AFTER_F0, 0x90, 0xBF, TWO_MORE);
        transition(AFTER_F4, 0x80, 0x8F, TWO_MORE);
    }

    private int state = ACCEPT;

    /**
     * A validator at the start of a text.
     */
    public Utf8Validator()
    {
    }

    private static void transition(final int from, final int firstByte, final int lastByte, final int to)
    {
        for (int i = firstByte; i <= lastByte; i++)
        {
            TRANSITIONS[i] |= (long)to << from;
        }
    }

    /**
     * Check the next piece of a text. State is kept between calls; a failure stays until {@link #reset()}.
     *
     * @param buffer the piece is in.
     * @param offset of the piece in the buffer.
     * @param length of the piece in bytes.
     * @return false if no continuation could make the text so far valid.
     */
    public boolean validate(final DirectBuffer buffer, final int offset, final int length)
    {
        if (SHOULD_BOUNDS_CHECK)
        {
            buffer.boundsCheck(offset, length);
        }

        final byte[] array = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        int position = 0;
        long current = state;

        while (position < length && REJECT != current)
        {
            if (ACCEPT == current && UnsafeApi.getByte(array, address + position) >= 0)
            {
                position = skipAscii(array, address, position, length);
            }
            else if (length - position >= BLOCK_LENGTH)
            {
                // what leads to REJECT stays there: a look at the end of the block is enough
                for (int i = 0; i < BLOCK_LENGTH; i++)
                {
                    current = TRANSITIONS[UnsafeApi.getByte(array, address + position + i) & 0xFF] >>> current;
                }
                current &= STATE_BITS;
                position += BLOCK_LENGTH;
            }
            else
            {
                current = TRANSITIONS[UnsafeApi.getByte(array, address + position) & 0xFF] >>> current & STATE_BITS;
                position++;
            }
        }

        state = (int)current;
        return REJECT != current;
    }

    /**
     * Does the text end with a whole code point?
     *
     * @return true if the text so far is valid as it stands; an empty text is.
     */
    public boolean isComplete()
    {
        return ACCEPT == state;
    }

    /**
     * Forget the text so far and begin the next.
     */
    public void reset()
    {
        state = ACCEPT;
    }

    /**
     * Position of the first byte from {@code begin} on that is not ASCII, or the length.
     */
    private static int skipAscii(final byte[] array, final long address, final int begin, final int length)
    {
        int position = begin;

        for (final int last = length - 4 * SIZE_OF_LONG; position <= last; position += 4 * SIZE_OF_LONG)
        {
            final long bits =
                UnsafeApi.getLong(array, address + position) |
                UnsafeApi.getLong(array, address + position + SIZE_OF_LONG) |
                UnsafeApi.getLong(array, address + position + 2 * SIZE_OF_LONG) |
                UnsafeApi.getLong(array, address + position + 3 * SIZE_OF_LONG);
            if (0 != (bits & NON_ASCII_BITS))
            {
                break;
            }
        }

        for (final int last = length - SIZE_OF_LONG; position <= last; position += SIZE_OF_LONG)
        {
            if (0 != (UnsafeApi.getLong(array, address + position) & NON_ASCII_BITS))
            {
                break;
            }
        }

        while (position < length && UnsafeApi.getByte(array, address + position) >= 0)
        {
            position++;
        }

        return position;
    }
}
