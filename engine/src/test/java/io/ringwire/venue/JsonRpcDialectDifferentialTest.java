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
package io.ringwire.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringwire.Captures;
import io.ringwire.Seed;
import io.ringwire.api.Opcode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class JsonRpcDialectDifferentialTest
{
    private static final int CASES = 10_000;
    private static final int MAX_DEPTH = 3;
    private static final long MAX_ID = 999_999_999_999_999_999L;
    private static final String[] KEYS = { "id", "id", "method", "result", "params", "error", "i", "ids", "a\\\"id" };
    private static final String[] LEAVES = {
        "true", "null", "\"\"", "\"id\"", "\"\\\\\"", "\"{\\\"id\\\":1}\"", "\"\u20ac\"", "1.5", "-2e9", "[]", "{}"
    };

    private final ObjectMapper oracle = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Replies dialect = new Replies(new JsonRpcDialect());

    @Test
    void shouldAgreeWithAJsonLibraryAboutWhatIsJson()
    {
        final SplittableRandom random = Seed.random(getClass());
        int replies = 0;
        for (int i = 0; i < CASES; i++)
        {
            final String message = blank(random) + object(random, 0) + blank(random);
            final long expected = expectedIdOf(message);
            assertThat(idOf(bytesOf(message), random)).as(message).isEqualTo(expected);
            replies += expected != Replies.NOT_A_REPLY ? 1 : 0;
        }

        assertThat(replies).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void shouldSurviveGarbageAndStillAgreeWhereItIsJson()
    {
        final SplittableRandom random = Seed.random(getClass());
        for (int i = 0; i < CASES; i++)
        {
            final byte[] mutated = mutate(bytesOf(object(random, 0)), random);
            final long id = idOf(mutated, random);
            final String text = new String(mutated, StandardCharsets.UTF_8);
            try
            {
                assertThat(id).as(text).isEqualTo(idIn(oracle.readTree(text)));
            }
            catch (final JsonProcessingException ex)
            {
                continue; // not JSON: any answer will do, none may throw
            }
        }
    }

    @Test
    void shouldFindTheOneReplyInRealTrafficOfDeribit()
    {
        final List<String> messages = Captures.messagesOf("deribit");
        assertThat(messages).hasSize(136);
        final long[] replies = messages.stream()
            .mapToLong((message) -> dialect.correlationIdOf(
                new UnsafeBuffer(bytesOf(message)), 0, bytesOf(message).length, Opcode.TEXT))
            .filter((id) -> id != Replies.NOT_A_REPLY)
            .toArray();
        assertThat(replies).containsExactly(0);
    }

    @Test
    void shouldAgreeWithAJsonLibraryAboutRealTraffic()
    {
        final SplittableRandom random = Seed.random(getClass());
        for (final String venue : Captures.VENUES)
        {
            for (final String message : Captures.messagesOf(venue))
            {
                assertThat(idOf(bytesOf(message), random)).as(message).isEqualTo(expectedIdOf(message));
            }
        }
    }

    /**
     * Once in a buffer that ends with the message, once amid bytes that would change the answer.
     */
    private long idOf(final byte[] message, final SplittableRandom random)
    {
        final long id = dialect.correlationIdOf(new UnsafeBuffer(message), 0, message.length, Opcode.TEXT);
        final byte[] around = bytesOf("{\"id\":5,\"method\":\"x\",\"id\":6}}]");
        final int offset = random.nextInt(around.length);
        final byte[] amid = Arrays.copyOf(around, offset + message.length + around.length);
        System.arraycopy(message, 0, amid, offset, message.length);
        System.arraycopy(around, 0, amid, offset + message.length, around.length);
        assertThat(dialect.correlationIdOf(new UnsafeBuffer(amid), offset, message.length, Opcode.TEXT)).isEqualTo(id);
        return id;
    }

    private long expectedIdOf(final String message)
    {
        try
        {
            return idIn(oracle.readTree(message));
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError("the test has made no JSON: " + message, ex);
        }
    }

    private static long idIn(final JsonNode message)
    {
        final JsonNode id = message.get("id");
        final boolean isReply = message.isObject() && !message.has("method") && id != null &&
            id.isIntegralNumber() && id.canConvertToLong() && Math.abs(id.longValue()) <= MAX_ID;
        return isReply ? id.longValue() : Replies.NOT_A_REPLY;
    }

    private static String object(final SplittableRandom random, final int depth)
    {
        final StringBuilder text = new StringBuilder("{").append(blank(random));
        final int fields = random.nextInt(5);
        for (int i = 0; i < fields; i++)
        {
            text.append(i > 0 ? "," : "").append(blank(random)).append('"').append(key(random, depth)).append('"')
                .append(blank(random)).append(':').append(blank(random)).append(value(random, depth + 1))
                .append(blank(random));
        }

        return text.append('}').toString();
    }

    private static String key(final SplittableRandom random, final int depth)
    {
        return depth == 0 && random.nextInt(3) == 0 ? "id" : KEYS[random.nextInt(KEYS.length)];
    }

    private static String value(final SplittableRandom random, final int depth)
    {
        final int choice = random.nextInt(10);
        if (choice < 5)
        {
            return Long.toString(random.nextLong() >> random.nextInt(64));
        }

        if (choice < 8 || depth > MAX_DEPTH)
        {
            return LEAVES[random.nextInt(LEAVES.length)];
        }

        return choice == 8 ? object(random, depth) :
            "[" + value(random, depth + 1) + blank(random) + "," + object(random, depth + 1) + "]";
    }

    private static String blank(final SplittableRandom random)
    {
        return random.nextInt(4) > 0 ? "" : " \t\r\n".substring(random.nextInt(5));
    }

    private static byte[] mutate(final byte[] message, final SplittableRandom random)
    {
        final byte[] mutated = Arrays.copyOf(message, random.nextInt(4) == 0 ?
            random.nextInt(message.length + 1) : message.length);
        final int changes = random.nextInt(4);
        for (int i = 0; i < changes && mutated.length > 0; i++)
        {
            final int index = random.nextInt(mutated.length);
            mutated[index] = random.nextBoolean() ?
                (byte)"{}[]\",:\\-0e".charAt(random.nextInt(11)) : (byte)random.nextInt(256);
        }

        return mutated;
    }

    private static byte[] bytesOf(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
