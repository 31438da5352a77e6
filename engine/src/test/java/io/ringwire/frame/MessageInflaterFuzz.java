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

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fuzz target: compressed messages, each behind a byte that says how long it is, behind two bytes that set up the
 * inflater. However the messages are cut they inflate to the same, which is what the JDK's inflater makes of them when
 * it is fed all at once, and never to more than the limit.
 */
public final class MessageInflaterFuzz
{
    private static final int[] LIMITS = {1, 100, 4096, 200_000};
    private static final byte[] TAIL = {0x00, 0x00, (byte)0xFF, (byte)0xFF};
    private static final byte[] FAILED = null;

    private MessageInflaterFuzz()
    {
    }

    /**
     * Called by the fuzzer, and by {@link FuzzCorpusTest} for each file of the corpus.
     *
     * @param data made up by the fuzzer.
     */
    public static void fuzzerTestOneInput(final byte[] data)
    {
        if (data.length > 2)
        {
            final boolean contextTakeover = (data[0] & 1) != 0;
            final int limit = LIMITS[data[0] >> 1 & 3];
            final SplittableRandom random = new SplittableRandom(data[1]);
            final List<byte[]> messages = messages(data);
            final List<byte[]> expected = expected(messages, limit, contextTakeover);
            requireSame(expected, inflated(messages, limit, contextTakeover, (left) -> left), "whole");
            requireSame(expected, inflated(messages, limit, contextTakeover, (left) -> 1), "byte by byte");
            requireSame(
                expected, inflated(messages, limit, contextTakeover, (left) -> random.nextInt(left + 1)), "cut");
        }
    }

    private static List<byte[]> messages(final byte[] data)
    {
        final List<byte[]> messages = new ArrayList<>();
        for (int position = 2; position < data.length;)
        {
            final int end = Math.min(data.length, position + 1 + (data[position] & 0xFF));
            messages.add(Arrays.copyOfRange(data, position + 1, end));
            position = end;
        }

        return messages;
    }

    private static List<byte[]> inflated(
        final List<byte[]> messages, final int limit, final boolean contextTakeover, final IntUnaryOperator pieceLength)
    {
        final List<byte[]> results = new ArrayList<>();
        try (MessageInflater inflater = new MessageInflater(limit, contextTakeover))
        {
            for (final byte[] message : messages)
            {
                final byte[] result = inflated(inflater, message, pieceLength);
                results.add(result);
                if (result == FAILED)
                {
                    break;
                }
            }
        }

        return results;
    }

    private static byte[] inflated(
        final MessageInflater inflater, final byte[] message, final IntUnaryOperator pieceLength)
    {
        inflater.begin();
        for (int position = 0; position < message.length;)
        {
            final int length = pieceLength.applyAsInt(message.length - position);
            final byte[] piece = Arrays.copyOfRange(message, position, position + length);
            if (inflater.inflate(new UnsafeBuffer(piece), 0, length) < 0)
            {
                return FAILED;
            }

            position += length;
        }

        final int length = inflater.end();
        if (length < 0)
        {
            return FAILED;
        }

        final byte[] result = new byte[length];
        inflater.buffer().getBytes(0, result);
        return result;
    }

    private static List<byte[]> expected(
        final List<byte[]> messages, final int limit, final boolean contextTakeover)
    {
        final List<byte[]> results = new ArrayList<>();
        final Inflater inflater = new Inflater(true);
        try
        {
            for (final byte[] message : messages)
            {
                if (!contextTakeover)
                {
                    inflater.reset();
                }

                final byte[] result = expected(inflater, message, limit);
                results.add(result);
                if (result == FAILED)
                {
                    break;
                }
            }
        }
        finally
        {
            inflater.end();
        }

        return results;
    }

    private static byte[] expected(final Inflater inflater, final byte[] message, final int limit)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final byte[] input = Arrays.copyOf(message, message.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, message.length, TAIL.length);
        final byte[] chunk = new byte[4096];
        int left = message.length == 0 ? 0 : input.length;
        try
        {
            while (left > 0)
            {
                inflater.setInput(input, input.length - left, left);
                int length;
                do
                {
                    length = inflater.inflate(chunk);
                    out.write(chunk, 0, length);
                    if (out.size() > limit)
                    {
                        return FAILED;
                    }
                }
                while (length > 0);

                left = inflater.getRemaining();
                if (inflater.finished())
                {
                    inflater.reset();
                    left = left == TAIL.length ? 0 : left; // nothing of a block to end
                }
                else if (left > 0)
                {
                    return FAILED;
                }
            }
        }
        catch (final DataFormatException ex)
        {
            return FAILED;
        }

        return out.toByteArray();
    }

    private static void requireSame(final List<byte[]> expected, final List<byte[]> actual, final String how)
    {
        final Object[] left = expected.toArray();
        final Object[] right = actual.toArray();
        if (!Arrays.deepEquals(left, right))
        {
            throw new AssertionError(
                "expected " + Arrays.deepToString(left) + ' ' + how + ": " + Arrays.deepToString(right));
        }
    }
}
