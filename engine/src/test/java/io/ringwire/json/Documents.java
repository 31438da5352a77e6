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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random JSON documents, and bytes that were JSON.
 */
final class Documents
{
    private static final int MAX_DEPTH = 5;
    private static final String[] NAMES = {
        "id", "\\u0069d", "i\\u0064", "method", "m\\u0065thod", "params", "", "i", "ids", "a\\\"id", "\\\\", "\u20ac" };
    private static final String[] LEAVES = {
        "true", "false", "null", "\"\"", "\"id\"", "\"\\\\\"", "\"{\\\"id\\\":1}\"", "\"\u20ac\\u20aC\"", "1.5", "-2e9",
        "0", "-0", "1E+2", "0.25e-3", "[]", "{}", "\"]}\"", "\"a|b~c_d#e$f!\"", "\"\\b\\f\\n\\r\\t\\/\\\"\"" };
    private static final String NOISE = "{}[]\",:\\-0e|tu. ";

    private Documents()
    {
    }

    static String document(final SplittableRandom random)
    {
        return blank(random) + value(random, 0) + blank(random);
    }

    static String object(final SplittableRandom random, final int depth)
    {
        final StringBuilder text = new StringBuilder("{").append(blank(random));
        final int fields = random.nextInt(5);
        for (int i = 0; i < fields; i++)
        {
            text.append(i > 0 ? "," : "").append(blank(random))
                .append('"').append(NAMES[random.nextInt(NAMES.length)]).append('"')
                .append(blank(random)).append(':').append(blank(random)).append(value(random, depth + 1))
                .append(blank(random));
        }

        return text.append('}').toString();
    }

    static byte[] mutate(final byte[] message, final SplittableRandom random)
    {
        final byte[] mutated = random.nextInt(4) == 0 ?
            Arrays.copyOf(message, random.nextInt(message.length + 1)) : message.clone();
        final int changes = random.nextInt(4);
        for (int i = 0; i < changes && mutated.length > 0; i++)
        {
            final int index = random.nextInt(mutated.length);
            mutated[index] = random.nextBoolean() ?
                (byte)NOISE.charAt(random.nextInt(NOISE.length())) : (byte)random.nextInt(256);
        }

        return mutated;
    }

    static byte[] bytesOf(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String array(final SplittableRandom random, final int depth)
    {
        final StringBuilder text = new StringBuilder("[").append(blank(random));
        final int elements = random.nextInt(5);
        for (int i = 0; i < elements; i++)
        {
            text.append(i > 0 ? "," : "").append(blank(random)).append(value(random, depth + 1)).append(blank(random));
        }

        return text.append(']').toString();
    }

    private static String value(final SplittableRandom random, final int depth)
    {
        final int choice = depth == 0 ? 8 + random.nextInt(2) : depth > MAX_DEPTH ? random.nextInt(8) :
            random.nextInt(10);
        return switch (choice)
        {
            case 0, 1, 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 3 -> '"' + "x".repeat(random.nextInt(30)) + '"';
            case 8 -> array(random, depth);
            case 9 -> object(random, depth);
            default -> LEAVES[random.nextInt(LEAVES.length)];
        };
    }

    private static String blank(final SplittableRandom random)
    {
        return random.nextInt(4) > 0 ? "" : " \t\r\n".substring(random.nextInt(5));
    }
}
