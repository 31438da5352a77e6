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

import io.ringwire.Seed;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.valueEnd;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight bytes at a time against one byte at a time, at all alignments, in heap and direct memory, amid bytes that would
 * change the answer if they were read.
 */
class JsonSkipTest
{
    private static final int MAX_LENGTH = 200;
    private static final int ALIGNMENTS = 8;
    private static final int TEXTS = 20_000;
    private static final byte[] AROUND = Documents.bytesOf("]}\"\\]}\"}");
    private static final String SPECIAL = "\"\\{}[]|_^~;<:z#\u007f\u00a2\u00dd\u06db\u20ac";

    private final UnsafeBuffer heap = new UnsafeBuffer(new byte[MAX_LENGTH * 8]);
    private final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_LENGTH * 8));

    @Test
    void shouldFindTheEndOfStringsAndContainersOfEveryLength()
    {
        for (int length = 0; length <= MAX_LENGTH; length++)
        {
            final String filler = "x".repeat(length);
            for (final String text : new String[] { '"' + filler + '"', "[\"" + filler + "\"]", "{" + filler + "}" })
            {
                assertLikeModel(Documents.bytesOf(text));
                assertThat(endOf(Documents.bytesOf(text), heap, 0)).isEqualTo(text.length());
                assertThat(endOf(Documents.bytesOf(text.substring(0, length + 1)), heap, 0)).isEqualTo(MALFORMED);
            }
        }
    }

    @Test
    void shouldSeeWhatIsSpecialAtEveryPlaceOfAWord()
    {
        for (int place = 0; place < 2 * Long.BYTES + 1; place++)
        {
            for (final int character : SPECIAL.codePoints().toArray())
            {
                for (final int next : "\"\\]}x".codePoints().toArray())
                {
                    final String middle = "x".repeat(place) + Character.toString(character) + Character.toString(next);
                    for (final String text : new String[] {
                        '"' + middle + "\" ", "[\"" + middle + "\"],", "[" + middle + "]]]", "{[" + middle + "]}]" })
                    {
                        assertLikeModel(Documents.bytesOf(text));
                        assertLikeModel(Documents.bytesOf(text + "y".repeat(3 * Long.BYTES)));
                    }
                }
            }
        }
    }

    @Test
    void shouldFindTheEndOfRandomText()
    {
        final SplittableRandom random = Seed.random(getClass());
        int ended = 0;
        for (int i = 0; i < TEXTS; i++)
        {
            final StringBuilder text = new StringBuilder().append("[{\"".charAt(random.nextInt(3)));
            final int length = random.nextInt(MAX_LENGTH);
            final int bound = 1 << 1 + random.nextInt(8);
            while (text.length() < length)
            {
                final int choice = random.nextInt(bound);
                text.append(choice < SPECIAL.length() ? SPECIAL.charAt(choice) : 'x');
            }

            ended += assertLikeModel(Documents.bytesOf(text.toString())) >= 0 ? 1 : 0;
        }

        assertThat(ended).isBetween(TEXTS / 20, TEXTS * 19 / 20);
    }

    @Test
    void shouldFindTheEndOfContainersOfAnyBytes()
    {
        final SplittableRandom random = Seed.random(getClass());
        final byte[] frequent = Documents.bytesOf("\"{}[]\\");
        for (int i = 0; i < TEXTS; i++)
        {
            final byte[] text = new byte[1 + random.nextInt(MAX_LENGTH)];
            random.nextBytes(text);
            final int oneOf = 1 + random.nextInt(2 * Long.BYTES);
            for (int index = 0; index < text.length; index++)
            {
                text[index] = random.nextInt(oneOf) == 0 ? frequent[random.nextInt(frequent.length)] : text[index];
            }

            text[0] = '[';
            assertLikeModel(text);
        }
    }

    private int assertLikeModel(final byte[] text)
    {
        final int expected = modelOf(text);
        for (int alignment = 0; alignment < ALIGNMENTS; alignment++)
        {
            final int heapEnd = endOf(text, heap, alignment);
            final int directEnd = endOf(text, direct, alignment);
            if (heapEnd != expected || directEnd != expected)
            {
                assertThat(new int[] { heapEnd, directEnd }).as("%s at %d", new String(text), alignment)
                    .containsOnly(expected);
            }
        }

        return expected;
    }

    private static int endOf(final byte[] text, final UnsafeBuffer buffer, final int alignment)
    {
        buffer.putBytes(alignment, AROUND);
        final int offset = alignment + AROUND.length;
        buffer.putBytes(offset, text);
        buffer.putBytes(offset + text.length, AROUND);
        final int end = valueEnd(buffer, offset, offset + text.length);
        final byte[] exact = Arrays.copyOf(text, text.length);
        assertThat(valueEnd(new UnsafeBuffer(exact), 0, exact.length)).isEqualTo(end < 0 ? end : end - offset);
        return end < 0 ? end : end - offset;
    }

    /**
     * Byte by byte. Strings have the escapes {@code \"} and {@code \\} alone; any other is malformed in a string that
     * is a value, and skipped in one inside of a container.
     */
    private static int modelOf(final byte[] text)
    {
        final boolean isString = text[0] == '"';
        boolean inString = isString;
        int depth = isString ? 0 : 1;
        for (int i = 1; i < text.length; i++)
        {
            final byte b = text[i];
            if (b == '\\')
            {
                i++;
                if (isString && (i == text.length || text[i] != '"' && text[i] != '\\'))
                {
                    return MALFORMED;
                }
            }
            else if (b == '"')
            {
                inString = !inString;
            }
            else if (!inString)
            {
                depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
            }

            if (!inString && depth == 0)
            {
                return i + 1;
            }
        }

        return MALFORMED;
    }
}
