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
package io.ringwire.bench.client;

import org.agrona.DirectBuffer;

import java.nio.ByteBuffer;

/**
 * The time at the beginning of a message: {@link #LENGTH} characters, {@link System#nanoTime()} in decimal digits
 * behind zeroes or spaces. All processes of a machine have one such clock.
 */
public final class Stamp
{
    /** Length of a stamp in bytes. */
    public static final int LENGTH = 20;

    /** There is no stamp. */
    public static final long NONE = -1;

    private static final int PADDING = ' ' - '0';

    private Stamp()
    {
    }

    /**
     * Read a stamp.
     *
     * @param buffer with the message.
     * @param offset of the message.
     * @param length of the message.
     * @return the time in ns, or {@link #NONE}.
     */
    public static long read(final DirectBuffer buffer, final int offset, final int length)
    {
        long value = NONE;
        for (int i = 0; i < LENGTH && length >= LENGTH; i++)
        {
            value = next(value, buffer.getByte(offset + i) - '0');
        }

        return valueOf(value);
    }

    /**
     * Read a stamp.
     *
     * @param message from its position on.
     * @return the time in ns, or {@link #NONE}.
     */
    public static long read(final ByteBuffer message)
    {
        long value = NONE;
        for (int i = 0; i < LENGTH && message.remaining() >= LENGTH; i++)
        {
            value = next(value, message.get(message.position() + i) - '0');
        }

        return valueOf(value);
    }

    /**
     * Read a stamp.
     *
     * @param message from its first character on.
     * @return the time in ns, or {@link #NONE}.
     */
    public static long read(final CharSequence message)
    {
        long value = NONE;
        for (int i = 0; i < LENGTH && message.length() >= LENGTH; i++)
        {
            value = next(value, message.charAt(i) - '0');
        }

        return valueOf(value);
    }

    private static long valueOf(final long value)
    {
        return value < 0 ? NONE : value;
    }

    /**
     * One character more: NONE before the first digit, less than that once something else was found.
     */
    private static long next(final long value, final int digit)
    {
        if (value < NONE)
        {
            return value;
        }

        if (digit >= 0 && digit <= 9)
        {
            return Math.max(0, value) * 10 + digit;
        }

        return digit == PADDING && value == NONE ? NONE : NONE - 1;
    }
}
