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
package io.ringwire.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringwire.Seed;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class SecretTextTest
{
    private static final int DOCUMENTS = 2_000;
    private static final Set<String> KEYS = Set.of("secret", "sig", "signature", "k\u00e9y");
    private static final String[] NAMES =
        {"secret", "sig", "signature", "k\u00e9y", "a", "secrets", "", "id", "\u20ac"};
    private static final String[] LEAVES = {
        "true", "null", "0", "-12", "12.5e3", "\"\"", "\"secret\"", "\"a\\\"b\\\\\"", "\"\u20ac\"", "\"{[,\"",
        "\"\\u0007:\"", "\"\\ud83d\\ude00\""};
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SecretText text = new SecretText(new SecretKeys(KEYS));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"secret\":\"abc\"}|{\"secret\":\"***\"}",
        "{\"secret\":\"\"}|{\"secret\":\"\"}",
        "{\"a\":\"abc\", \"sig\" : \"a\\\"b\" , \"b\":1}|{\"a\":\"abc\", \"sig\" : \"****\" , \"b\":1}",
        "{\"secret\":\"\\u0041\\n\\\\\"}|{\"secret\":\"**********\"}",
        "{\"s\\u0065cret\":\"abc\"}|{\"s\\u0065cret\":\"***\"}",
        "{\"k\\u00e9y\":\"abc\"}|{\"k\\u00e9y\":\"***\"}",
        "{\"secret\":{\"a\":\"x\",\"b\":[\"y\",[]]},\"c\":\"z\"}" +
            "|{\"secret\":{\"a\":\"*\",\"b\":[\"*\",[]]},\"c\":\"z\"}",
        "{\"p\":{\"q\":[{\"secret\":\"abc\"},{\"a\":\"b\"}]}}|{\"p\":{\"q\":[{\"secret\":\"***\"},{\"a\":\"b\"}]}}",
        "{\"a\":\"secret\",\"b\":[\"secret\",\"sig\"]}|{\"a\":\"secret\",\"b\":[\"secret\",\"sig\"]}",
        "{\"secrets\":\"abc\",\"asecret\":1}|{\"secrets\":\"abc\",\"asecret\":1}",
        "{\"p\":\"a=1&sig=abc&b=2\"}|{\"p\":\"a=1&sig=***&b=2\"}",
        "{\"p\":\"a=1\\u0026sig\\u003dabc\"}|{\"p\":\"a=1\\u0026sig\\u003d***\"}",
        "{\"p\":\"https://x/y?sig=abc\",\"b\":2}|{\"p\":\"https://x/y?sig=***\",\"b\":2}",
        "sig=abc&a=b|sig=***&a=b",
        "a=b&sig=abc==&sigs=1|a=b&sig=*****&sigs=1",
        "login sig={x} now|login sig=*** now",
        "42[\"auth\",{\"sig\":\"abc\"}]|42[\"auth\",{\"sig\":\"***\"}]",
        "{\"secret\":\"abc\"}{\"secret\":\"abc\"}|{\"secret\":\"***\"}{\"secret\":\"***\"}",
        "ping|ping",
        "hello \"world\" = 7|hello \"world\" = 7",
    })
    void shouldOverwriteTheValuesOfSecretKeys(final String message, final String expected)
    {
        assertThat(redact(message)).isEqualTo(expected);
        for (int cut = 0; cut <= bytes(message).length; cut++)
        {
            assertThat(redact(message, cut)).as("cut at %d", cut).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"secret\":123}|{\"secret\":\"*\"}",
        "{\"secret\":12}|{\"secret\":\"\"}",
        "{\"secret\":7}|{\"secret\":0}",
        "{\"secret\":-1.5e9,\"a\":-1.5e9}|{\"secret\":\"****\",\"a\":-1.5e9}",
        "{\"secret\":true}|{\"secret\":\"**\"}",
        "{\"secret\":{\"a\":[1,12345]},\"c\":1}|{\"secret\":{\"a\":[0,\"***\"]},\"c\":1}",
    })
    void shouldMakeAStringOfAnyOtherValue(final String message, final String expected)
    {
        assertThat(redact(message)).isEqualTo(expected);
    }

    @Test
    void shouldEndANumberWithThePieceThatItBeganIn()
    {
        final String message = "{\"secret\":12345,\"a\":1}";
        assertThat(redact(message, 11)).isEqualTo("{\"secret\":0    ,\"a\":1}");
        assertThat(redact(message, 13)).isEqualTo("{\"secret\":\"*\"  ,\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1\"secret\":\"abc\"}|{\"a\":1",
        "{\"a\":\"x ,\"secret\":\"abc\"}|{\"a\":\"x ,\"",
        "{\"secret\":abc}|{\"secret\":",
        "{\"secret\"\"abc\"}|{\"secret\"",
        "{\"a\":[1},\"secret\":\"abc\"}|{\"a\":[1",
        "{secret:\"abc\"}|{",
        "{\"a\\x\":1,\"secret\":\"abc\"}|{\"a\\",
        "{\"a\":1},\"secret\":\"abc\"}|{\"a\":1}",
        "\"a\":1,\"secret\" : \"abc\"}|\"a\":1,\"secret\" :",
        "secret: abc|secret:",
        "{\"a\":1,\"b\":{\"c\":\"d\"|{\"a\":1,\"b\":{\"c\":\"d\"",
    })
    void shouldOverwriteAllThatFollowsAnError(final String message, final String prefix)
    {
        assertThat(redact(message)).isEqualTo(prefix + "*".repeat(message.length() - prefix.length()));
    }

    @Test
    void shouldOverwriteWhatIsTooDeep()
    {
        assertThat(redact("[".repeat(300) + "\"x\"")).isEqualTo("[".repeat(256) + "*".repeat(44 + 3));
    }

    @Test
    void shouldBeginAnewWithEachText()
    {
        redact("{\"a\":[broken \"");
        assertThat(redact("{\"a\":1}")).isEqualTo("{\"a\":1}");
    }

    @Test
    void shouldTellWhetherThereWasASecret()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes("{\"a\":1,\"sig\":\"x\",\"b\":2}"));
        assertThat(text.redact(buffer, 0, 7)).isFalse();
        assertThat(text.redact(buffer, 7, 9)).isTrue();
        assertThat(text.redact(buffer, 16, 7)).isTrue();
    }

    @Test
    void shouldLeaveAllElseOfRandomDocumentsAsItIs() throws Exception
    {
        final SplittableRandom random = Seed.random(SecretTextTest.class);
        for (int i = 0; i < DOCUMENTS; i++)
        {
            final JsonNode document = document(random, 0);
            final String message = random.nextBoolean() ? document.toString() : document.toPrettyString();
            final String redacted = redact(message);

            assertThat(bytes(redacted)).hasSameSizeAs(bytes(message));
            assertSame(document, MAPPER.readTree(redacted), false);
        }
    }

    @Test
    void shouldNeverShowASecretOfABrokenDocument() throws Exception
    {
        final SplittableRandom random = Seed.random(SecretTextTest.class);
        for (int i = 0; i < DOCUMENTS; i++)
        {
            final ObjectNode document = MAPPER.createObjectNode();
            document.set("a", document(random, 1));
            document.put("sig", "HIDDEN");
            document.set("b", document(random, 1));
            final byte[] bytes = bytes(document.toString());
            final int key = document.toString().indexOf("\"sig\":\"HIDDEN\"");
            final int at = bytes(document.toString().substring(0, Math.max(0, key))).length;
            bytes[random.nextInt(at + 1)] = (byte)"{}[]\",:\\x".charAt(random.nextInt(9));

            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            text.reset();
            text.redact(buffer, 0, bytes.length);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).as(document.toString()).doesNotContain("HIDDEN");
        }
    }

    private String redact(final String message)
    {
        return redact(message, 0);
    }

    private String redact(final String message, final int cut)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes(message));
        text.reset();
        text.redact(buffer, 0, cut);
        text.redact(buffer, cut, buffer.capacity() - cut);
        return buffer.getStringWithoutLengthUtf8(0, buffer.capacity());
    }

    private static void assertSame(final JsonNode expected, final JsonNode actual, final boolean isSecret)
    {
        if (expected.isObject())
        {
            assertThat(actual.isObject()).isTrue();
            final Iterator<String> names = actual.fieldNames();
            expected.fieldNames().forEachRemaining((name) ->
            {
                assertThat(names.next()).isEqualTo(name);
                assertSame(expected.get(name), actual.get(name), isSecret || KEYS.contains(name));
            });
            assertThat(names.hasNext()).isFalse();
        }
        else if (expected.isArray())
        {
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++)
            {
                assertSame(expected.get(i), actual.get(i), isSecret);
            }
        }
        else if (isSecret)
        {
            assertThat(actual.asText()).matches("\\**|0");
        }
        else
        {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static JsonNode document(final SplittableRandom random, final int depth)
    {
        final int fields = random.nextInt(4);
        if (depth < 4 && random.nextBoolean())
        {
            final ObjectNode object = MAPPER.createObjectNode();
            for (int i = 0; i < fields; i++)
            {
                object.set(NAMES[random.nextInt(NAMES.length)], document(random, depth + 1));
            }

            return object;
        }

        if (depth < 4 && random.nextBoolean() || depth == 0)
        {
            final ArrayNode array = MAPPER.createArrayNode();
            for (int i = 0; i < fields; i++)
            {
                array.add(document(random, depth + 1));
            }

            return array;
        }

        try
        {
            return MAPPER.readTree(LEAVES[random.nextInt(LEAVES.length)]);
        }
        catch (final com.fasterxml.jackson.core.JsonProcessingException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
