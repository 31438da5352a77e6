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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.ringwire.json.JsonNames.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonNamesTest
{
    private static final int CAPACITY = 256;
    private static final int ALIGNMENTS = 8;
    private static final List<String> NAMES = List.of(
        "a", "U", "u", "pu", "sym", "data", "event", "method", "channel", "sequence", "change_id", "prev_change_id",
        "errorMessage");

    private final JsonNames names = new JsonNames(NAMES.toArray(new String[0]));
    private final UnsafeBuffer heap = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));

    @Test
    void shouldFindEachNameAndNothingElse()
    {
        for (final String name : NAMES)
        {
            assertFound(name);
            assertFound(name + 'x');
            assertFound('x' + name);
            for (int i = 0; i < name.length(); i++)
            {
                assertFound(name.substring(0, i));
                assertFound(name.substring(i));
                for (final char c : "x_z0\u00e9".toCharArray())
                {
                    assertFound(name.substring(0, i) + c + name.substring(i + 1));
                }
            }
        }
    }

    @Test
    void shouldReadEscapesAtEveryPlace()
    {
        for (int index = 0; index < NAMES.size(); index++)
        {
            final String name = NAMES.get(index);
            for (int i = 0; i < name.length(); i++)
            {
                final String escape = String.format("\\u%04x", (int)name.charAt(i));
                assertIndex(name.substring(0, i) + escape + name.substring(i + 1), index);
                assertIndex(name.substring(0, i) + "\\n" + name.substring(i + 1), NONE);
                assertIndex(name.substring(0, i) + "\\\"" + name.substring(i), NONE);
            }
        }
    }

    @Test
    void shouldRefuseNamesThatBeginAlike()
    {
        assertThatThrownBy(() -> new JsonNames("sequence_a", "sequence_b"))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("sequence_a");
    }

    private void assertFound(final String key)
    {
        assertIndex(key, NAMES.indexOf(key));
    }

    /**
     * With as much of a message behind the key as there may be, and bytes behind the message that look like a key.
     */
    private void assertIndex(final String key, final int expected)
    {
        final byte[] text = ('"' + key + "\":1,\"pu\":2}").getBytes(StandardCharsets.UTF_8);
        final int keyLength = key.getBytes(StandardCharsets.UTF_8).length + 2;
        for (int length = keyLength; length <= text.length; length++)
        {
            for (int alignment = 0; alignment < ALIGNMENTS; alignment++)
            {
                for (final UnsafeBuffer buffer : List.of(heap, direct))
                {
                    buffer.setMemory(0, CAPACITY, (byte)'"');
                    buffer.putBytes(alignment, text, 0, length);
                    assertThat(names.indexOf(buffer, alignment, alignment + length)).as(key).isEqualTo(expected);
                }
            }

            final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
            exact.putBytes(0, text, 0, length);
            assertThat(names.indexOf(exact, 0, length)).as(key).isEqualTo(expected);
        }
    }
}
