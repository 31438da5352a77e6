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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringwire.AllocatedBytes;
import io.ringwire.Captures;
import io.ringwire.Seed;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class JsonScannerTest
{
    private static final int CASES = 10_000;
    private static final int WINDOWS = 21;
    private static final int WINDOW_LENGTH = 10_000;

    private final ObjectMapper oracle = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Test
    void shouldReadDocumentsAsALibraryDoes() throws JsonProcessingException
    {
        final SplittableRandom random = Seed.random(getClass());
        for (int i = 0; i < CASES; i++)
        {
            final String text = Documents.document(random);
            assertThat(treeOf(Documents.bytesOf(text), random)).as(text).isEqualTo(oracle.readTree(text));
        }
    }

    @Test
    void shouldRefuseWhatALibraryRefuses()
    {
        final SplittableRandom random = Seed.random(getClass());
        int refused = 0;
        for (int i = 0; i < CASES; i++)
        {
            final byte[] mutated = Documents.mutate(Documents.bytesOf(Documents.document(random)), random);
            final String text = new String(mutated, StandardCharsets.UTF_8);
            final JsonNode expected = parse(text);
            assertThat(treeOf(Documents.bytesOf(text), random)).as(text).isEqualTo(expected);
            treeOf(mutated, random);
            refused += expected == null ? 1 : 0;
        }

        assertThat(refused).isBetween(CASES / 10, CASES * 9 / 10);
    }

    @Test
    void shouldFindEveryPrefixOfADocumentMalformed()
    {
        final SplittableRandom random = Seed.random(getClass());
        for (int i = 0; i < 100; i++)
        {
            final byte[] bytes = Documents.bytesOf(Documents.object(random, 0));
            for (int length = 0; length < bytes.length; length++)
            {
                final byte[] prefix = Arrays.copyOf(bytes, length);
                final UnsafeBuffer buffer = new UnsafeBuffer(prefix);
                assertThat(Tree.of(buffer, 0, length)).isNull();
                assertThat(JsonScanner.valueEnd(buffer, 0, length)).isEqualTo(JsonScanner.MALFORMED);
            }
        }
    }

    @Test
    void shouldReadRealTrafficAsALibraryDoes() throws JsonProcessingException
    {
        final SplittableRandom random = Seed.random(getClass());
        for (final String venue : Captures.VENUES)
        {
            for (final String message : Captures.messagesOf(venue))
            {
                assertThat(treeOf(Documents.bytesOf(message), random)).as(message).isEqualTo(oracle.readTree(message));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "{\"id\":7,\"id\":8} ~ 8",
        "{\"id\":7,\"\\u0069d\":8} ~ 8",
        "{\"\\u0069\\u0064\":8,\"a\":{\"id\":7}} ~ 8",
        "{\"a\":[{\"id\":7}],\"id\":8} ~ 8",
        "{\"a\":\"\\\"id\\\":7\",\"id\":8} ~ 8" })
    void shouldFindTheLastFieldOfAName(final String text, final long expected)
    {
        final byte[] bytes = Documents.bytesOf(text);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int value = JsonScanner.field(buffer, 0, bytes.length, "id");
        assertThat(JsonScanner.integer(buffer, value, bytes.length)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "[]", "", "7", "{\"a\":{\"id\":7}}", "{\"id\":7", "{\"id\":7,}", "{\"idx\":7}" })
    void shouldFindNoFieldWhereThereIsNone(final String text)
    {
        final byte[] bytes = Documents.bytesOf(text);
        assertThat(JsonScanner.field(new UnsafeBuffer(bytes), 0, bytes.length, "id")).isEqualTo(JsonScanner.MALFORMED);
    }

    @Test
    void shouldSkipDeepNestingWithoutAStack()
    {
        final int depth = 100_000;
        final byte[] bytes = Documents.bytesOf("[".repeat(depth) + "]".repeat(depth));
        assertThat(JsonScanner.valueEnd(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(JsonScanner.valueEnd(new UnsafeBuffer(bytes), 0, bytes.length - 1))
            .isEqualTo(JsonScanner.MALFORMED);
    }

    @Test
    void shouldNotAllocate()
    {
        final byte[] bytes = Documents.bytesOf(
            "{\"jsonrpc\":\"2.0\",\"result\":{\"a\":[1,\"\\\"\",[[2.5]]]},\"\\u0069d\":123456789}");
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertThat(AllocatedBytes.median(0, WINDOWS, WINDOW_LENGTH, () ->
        {
            final int value = JsonScanner.field(buffer, 0, bytes.length, "id");
            if (JsonScanner.integer(buffer, value, bytes.length) != 123456789)
            {
                throw new AssertionError("another number");
            }
        })).isZero();
    }

    /**
     * Once in a buffer that ends with the document, once amid bytes that would change the answer.
     */
    private static JsonNode treeOf(final byte[] document, final SplittableRandom random)
    {
        final JsonNode tree = Tree.of(new UnsafeBuffer(document), 0, document.length);
        final byte[] around = Documents.bytesOf("{\"id\":5,\"method\":\"x\",\"id\":6}}]");
        final int offset = random.nextInt(around.length);
        final byte[] amid = Arrays.copyOf(around, offset + document.length + around.length);
        System.arraycopy(document, 0, amid, offset, document.length);
        System.arraycopy(around, 0, amid, offset + document.length, around.length);
        assertThat(Tree.of(new UnsafeBuffer(amid), offset, document.length)).isEqualTo(tree);
        return tree;
    }

    private JsonNode parse(final String text)
    {
        try
        {
            final JsonNode node = oracle.readTree(text);
            return node.isMissingNode() ? null : node;
        }
        catch (final JsonProcessingException ex)
        {
            return null;
        }
    }
}
