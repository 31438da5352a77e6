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
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.agrona.DirectBuffer;

import static io.ringwire.json.JsonScanner.MALFORMED;
import static io.ringwire.json.JsonScanner.behind;
import static io.ringwire.json.JsonScanner.firstElement;
import static io.ringwire.json.JsonScanner.firstKey;
import static io.ringwire.json.JsonScanner.isWhole;
import static io.ringwire.json.JsonScanner.nextElement;
import static io.ringwire.json.JsonScanner.nextKey;
import static io.ringwire.json.JsonScanner.valueEnd;
import static io.ringwire.json.JsonScanner.valueOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Builds a tree by walking through all of a document, so that it can be compared with another library's. Containers are
 * skipped, too, and must end where the walk ends.
 */
final class Tree
{
    private static final ObjectMapper NUMBERS = new ObjectMapper();

    private final DirectBuffer buffer;
    private final int limit;
    private int end;

    private Tree(final DirectBuffer buffer, final int limit)
    {
        this.buffer = buffer;
        this.limit = limit;
    }

    /**
     * The tree of a document, null if it is malformed.
     */
    static JsonNode of(final DirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        final Tree tree = new Tree(buffer, limit);
        final JsonNode root = tree.read(JsonScanner.blanksEnd(buffer, offset, limit));
        return root != null && isWhole(buffer, ~tree.end, limit) ? root : null;
    }

    private JsonNode read(final int value)
    {
        final int skipped = valueEnd(buffer, value, limit);
        final JsonNode node = switch (JsonScanner.typeOf(buffer, value, limit))
        {
            case OBJECT -> object(value);
            case ARRAY -> array(value);
            case NONE -> null;
            default -> leaf(value, skipped);
        };

        if (node != null)
        {
            assertThat(skipped).isEqualTo(end);
        }

        return node;
    }

    private JsonNode object(final int value)
    {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        int key = firstKey(buffer, value, limit);
        while (key >= 0)
        {
            final JsonNode child = read(valueOf(buffer, key, limit));
            if (child == null)
            {
                return null;
            }

            final String name = JsonText.string(buffer, key, limit);
            assertThat(JsonScanner.isEqual(buffer, key, limit, "id")).isEqualTo("id".equals(name));
            assertThat(JsonScanner.isEqual(buffer, key, limit, "method")).isEqualTo("method".equals(name));
            node.set(name, child);
            key = nextKey(buffer, end, limit);
        }

        end = behind(key);
        return key == MALFORMED ? null : node;
    }

    private JsonNode array(final int value)
    {
        final ArrayNode node = JsonNodeFactory.instance.arrayNode();
        int element = firstElement(buffer, value, limit);
        while (element >= 0)
        {
            final JsonNode child = read(element);
            if (child == null)
            {
                return null;
            }

            node.add(child);
            element = nextElement(buffer, end, limit);
        }

        end = behind(element);
        return element == MALFORMED ? null : node;
    }

    private JsonNode leaf(final int value, final int leafEnd)
    {
        end = leafEnd;
        if (leafEnd == MALFORMED)
        {
            return null;
        }

        final String text = JsonText.string(buffer, value, limit);
        if (text != null)
        {
            return JsonNodeFactory.instance.textNode(text);
        }

        try
        {
            final JsonNode node = NUMBERS.readTree(JsonText.raw(buffer, value, leafEnd));
            final boolean isInteger = node.isIntegralNumber() && leafEnd - value <= 18;
            assertThat(JsonScanner.integer(buffer, value, limit)).isEqualTo(
                isInteger || node.isLong() && JsonText.raw(buffer, value, leafEnd).matches("-[0-9]{18}") ?
                    node.longValue() : JsonScanner.NOT_AN_INTEGER);
            return node;
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError("no number: " + JsonText.raw(buffer, value, leafEnd), ex);
        }
    }
}
