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

import io.ringwire.AllocatedBytes;
import io.ringwire.api.Opcode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JsonRpcDialectTest
{
    private static final int WINDOWS = 21;
    private static final int WINDOW_LENGTH = 10_000;

    private final Replies dialect = new Replies(new JsonRpcDialect());

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "{\"id\":7} ~ 7",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":true} ~ 7",
        "{\"result\":true,\"id\":7,\"jsonrpc\":\"2.0\"} ~ 7",
        "{\"result\":{\"id\":8},\"id\":7} ~ 7",
        "{\"id\":7,\"result\":[{\"id\":8},{\"method\":\"x\"}]} ~ 7",
        "{\"id\":7,\"error\":{\"code\":-1,\"data\":{\"method\":\"buy\"}}} ~ 7",
        "{\"s\":\"a\\\"id\\\":1\",\"id\":7} ~ 7",
        "{\"s\":\"\\\\\",\"id\":7} ~ 7",
        "{\"s\":\"}],{[\",\"id\":7} ~ 7",
        "{ \"id\" : 7 } ~ 7",
        "{\t\"id\"\t:\t7\t,\"a\" :\t[ ] } ~ 7",
        "{\"id\":0} ~ 0",
        "{\"id\":-7} ~ -7",
        "{\"id\":999999999999999999} ~ 999999999999999999",
        "{\"id\":-999999999999999999} ~ -999999999999999999",
        "{\"usIn\":1,\"usOut\":2,\"usDiff\":1,\"testnet\":false,\"id\":7} ~ 7" })
    void shouldFindTheIdOfAReply(final String message, final long id)
    {
        assertThat(idOf(message)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "{", "}", "{}", "[]", "7", "null", "\"id\"", "[{\"id\":7}]", "[7,\"id\"]",
        "{\"result\":{\"id\":7}}",
        "{\"s\":\"a\\\"id\\\":1\"}",
        "{\"id\":\"7\"}",
        "{\"id\":null}",
        "{\"id\":true}",
        "{\"id\":7.0}",
        "{\"id\":7e3}",
        "{\"id\":[7]}",
        "{\"id\":{\"id\":7}}",
        "{\"id\":-}",
        "{\"id\":}",
        "{\"id\":1234567890123456789}",
        "{\"id\":-1234567890123456789}",
        "{\"id\":99999999999999999999999999}",
        "{\"id\":7,\"method\":\"heartbeat\"}",
        "{\"method\":\"heartbeat\",\"id\":7}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"id\":7}}",
        "{\"id\":7", "{\"id\":7,", "{\"id\":7,\"a", "{\"id\":7,\"a\":\"", "{\"id\":7,\"a\":{\"b\":1}",
        "{\"id\" 7}", "{id:7}", "{'id':7}", "{,\"id\":7}", "{\"id\":7,}", "{\"ID\":7}", "{\"idx\":7}", "{\"d\":7}" })
    void shouldNotTakeForAReplyWhatIsNone(final String message)
    {
        assertThat(idOf(message)).isEqualTo(Replies.NOT_A_REPLY);
    }

    @Test
    void shouldNotLookIntoBinaryMessages()
    {
        final byte[] bytes = "{\"id\":7}".getBytes(StandardCharsets.UTF_8);
        assertThat(dialect.correlationIdOf(new UnsafeBuffer(bytes), 0, bytes.length, Opcode.BINARY))
            .isEqualTo(Replies.NOT_A_REPLY);
    }

    @Test
    void shouldNotSeeWhatStandsAroundTheMessage()
    {
        final String before = "{\"id\":8,\"a\":[";
        final String after = ",\"method\":\"x\",\"id\":9}";
        for (final String message : List.of("{\"id\":7}", "{\"id\":7", "{\"id\":7,\"s\":\"", "{\"id\":", "{"))
        {
            final byte[] bytes = (before + message + after).getBytes(StandardCharsets.UTF_8);
            assertThat(dialect.correlationIdOf(
                new UnsafeBuffer(bytes), before.length(), message.length(), Opcode.TEXT)).isEqualTo(idOf(message));
        }
    }

    @Test
    void shouldNotAllocate()
    {
        final byte[] bytes = "{\"jsonrpc\":\"2.0\",\"result\":{\"a\":[1,\"\\\"\"]},\"id\":123456789}".getBytes(
            StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertThat(AllocatedBytes.median(0, WINDOWS, WINDOW_LENGTH, () ->
        {
            if (dialect.correlationIdOf(buffer, 0, bytes.length, Opcode.TEXT) != 123456789)
            {
                throw new AssertionError("another number");
            }
        })).isZero();
    }

    /**
     * The buffer ends where the message ends, and its bounds are checked.
     */
    private long idOf(final String message)
    {
        final byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return dialect.correlationIdOf(new UnsafeBuffer(bytes), 0, bytes.length, Opcode.TEXT);
    }
}
