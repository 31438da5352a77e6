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
package io.ringwire.system;

import io.ringwire.config.ThreadingMode;
import io.ringwire.dialect.Dialect;
import io.ringwire.venue.JsonRpcDialect;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Arrays of messages.
 */
class BatchTest extends RequestSystemTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    @DisplayName("W19: the elements of a batch end their requests one by one; the rest goes where it belongs")
    void shouldDeliverEachElementToWhereItBelongs(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        assertThat(request(2)).isPositive();
        assertThat(request(30, "c")).isPositive();
        assertThat(request(4)).isPositive();
        connection.writeText(
            " [ {\"id\":2,\"error\":{}} ,{\"tick\":[1]},{\"id\":\"c\"},{\"id\":1,\"method\":\"ask\"}," +
            "[{\"id\":4}],{\"id\":9},{\"result\":[{\"id\":4}],\"id\":1},7 ] ");
        untilHandlerSaw("text 7");
        assertThat(messages()).containsExactly(
            "reply 2 ERROR_REPLY {\"id\":2,\"error\":{}}",
            "text {\"tick\":[1]}",
            "reply 30 REPLY {\"id\":\"c\"}",
            "server {\"id\":1,\"method\":\"ask\"}",
            "text [{\"id\":4}]",
            "unmatched {\"id\":9}",
            "reply 1 REPLY {\"result\":[{\"id\":4}],\"id\":1}",
            "text 7");
        assertThat(session.metrics().batches()).isOne();
        assertThat(session.metrics().replies()).isEqualTo(2);
        assertThat(session.metrics().errorReplies()).isOne();
        assertThat(session.metrics().messagesReceived()).isOne();
        assertThat(session.metrics().messagesDelivered()).isEqualTo(5);
        assertThat(session.metrics().requestsInFlight()).as("the nested one").isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "[ ]", "[{\"id\":1}", "[{\"id\":1},", "[{\"id\":1},]", "[{\"id\":1}]]", "[{\"id\":1} {\"id\":1}]",
        "[{\"id\":1},tru]", "[{\"id\":1}] x", "[{\"id\":1},\"]" })
    void shouldDeliverABrokenOrEmptyArrayWhole(final String message)
    {
        launch();
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        connection.writeText(message);
        untilHandlerSaw("text " + message);
        assertThat(messages()).containsExactly("text " + message);
        assertThat(session.metrics().requestsInFlight()).isOne();
        assertThat(session.metrics().batches()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldTakeABatchThatComesInPieces(final ThreadingMode mode)
    {
        launch(mode);
        final RawConnection connection = connectLive(rpc());
        assertThat(request(1)).isPositive();
        connection.write(RawConnection.frame(0x01, "[{\"i".getBytes(StandardCharsets.US_ASCII)));
        connection.write(RawConnection.frame(0x80, "d\":1},{}]".getBytes(StandardCharsets.US_ASCII)));
        untilHandlerSaw("text {}");
        assertThat(messages()).containsExactly("reply 1 REPLY {\"id\":1}", "text {}");
    }

    @ParameterizedTest
    @CsvSource({ "INVOKER", "INLINE" })
    void shouldGoOnBehindAnElementThatTheDialectOrTheHandlerThrowsAt(final ThreadingMode mode)
    {
        launch(mode);
        final Dialect rpc = new JsonRpcDialect();
        final RawConnection connection = connectLive(config().dialect((buffer, offset, length, opcode, verdict) ->
        {
            rpc.classify(buffer, offset, length, opcode, verdict);
            if (buffer.getStringWithoutLengthAscii(offset, length).startsWith("{\"throw\""))
            {
                throw new IllegalStateException("thrown by a dialect");
            }
        }));
        assertThat(request(1, SECOND_NS, (s, id, outcome, buffer, offset, length, rttNs) ->
        {
            throw new IllegalStateException("thrown by a handler");
        })).isPositive();
        assertThat(request(2)).isPositive();
        connection.writeText("[{\"throw\":1,\"id\":2},{\"id\":1},{\"id\":2}]");
        untilHandlerSaw("reply 2 REPLY {\"id\":2}");
        assertThat(messages()).containsExactly("text {\"throw\":1,\"id\":2}", "reply 2 REPLY {\"id\":2}");
        assertThat(errors).extracting(Throwable::getMessage).containsExactly(
            "thrown by a dialect", "thrown by a handler");
        errors.clear();
    }

    @Test
    void shouldNotSkipWhatMayEndARequest()
    {
        launch();
        final RawConnection connection = connectLive(rpc().messageHandler(
            (s, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
                final String text = buffer.getStringWithoutLengthAscii(offset, length);
                handler.log().add("text " + text + (text.equals("1") ? " skips " + s.skipBehind(1) : ""));
            }));
        assertThat(request(1)).isPositive();
        connection.write(frames("1", "2", "[{\"id\":1},3]", "{\"id\":9}", "4", "5"));
        untilHandlerSaw("text 5");
        assertThat(messages()).containsExactly(
            "text 1 skips 4", "reply 1 REPLY {\"id\":1}", "text 3", "text {\"id\":9}", "text 5");
        assertThat(session.metrics().messagesSkipped()).isEqualTo(2);
    }
}
