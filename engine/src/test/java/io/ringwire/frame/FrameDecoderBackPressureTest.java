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

import java.util.HexFormat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FrameDecoderBackPressureTest
{
    private boolean hasRoom = true;
    private final RecordingSink sink = new RecordingSink(() -> hasRoom);
    private final FrameDecoder decoder = new FrameDecoder(1000, 1000, true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "81 01 61                      | message, end",
        "81 01 61 82 01 62             | message; message, end",
        "81 01 61 81 00 81 7e 0080 %s  | message; message; message, end",
        "81 01 61 89 00 81 01 61       | message, end; control; message, end",
        "81 01 61 81                   | message, end",
        "81 01 61 81 01                | message, end; begin 1",
        "81 01 61 81 7e 00             | message, end",
        "81 01 61 81 02 61             | message, end; begin 2; payload 1",
        "81 01 61 01 01 61             | message, end; begin 1; payload 1",
        "81 01 61 01 01 61 80 00 81 00 | message, end; begin 1; payload 1; begin 0; end; message, end",
        "81 01 61 81 81 00000000 61    | message, end; error",
        "81 01 61 c1 01 61             | message, end; error",
        "81 01 61 83 01 61             | message, end; error",
        "81 01 61 81 7e 0001 61        | message, end; error",
        "81 01 61 82 7e 03e9 %s        | message, end; error",
        "81 01 61 81 01 ff             | message; error",
        "01 00 80 00                   | begin 0; begin 0; end, end",
        "01 00 80 00 82 00             | begin 0; begin 0; end; message, end"})
    void shouldSayWhetherAnotherWholeMessageFollows(final String hex, final String calls)
    {
        final byte[] stream = bytes(hex.formatted("61".repeat(128)));
        assertThat(decode(stream, 0, stream.length)).isEqualTo(stream.length);
        assertThat(sink.calls()).containsExactly(calls.split("; "));
    }

    @Test
    void shouldOfferRefusedMessageAgain()
    {
        final byte[] stream = bytes("81 01 61 81 03 62c3a9 81 01 63");
        hasRoom = false;
        assertThat(decode(stream, 0, 3)).isZero();
        assertRefusedAgain(stream, 0, stream.length, 0);

        hasRoom = true;
        sink.pollRefused();
        assertThat(decode(stream, 0, 8)).isEqualTo(8);
        assertThat(decode(stream, 8, 11)).isEqualTo(3);
        assertThat(sink.events()).containsExactly("text:a", "text:bé", "text:c");
        assertThat(decoder.framesReceived()).isEqualTo(3);
    }

    @Test
    void shouldStopBetweenMessages()
    {
        final int[] room = {1};
        final RecordingSink oneByOne = new RecordingSink(() -> room[0]-- > 0);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes("81 01 61 82 01 62 81 01 63"));

        assertThat(decoder.decode(buffer, 0, 9, oneByOne)).isEqualTo(3);
        assertThat(oneByOne.pollRefused()).isTrue();
        room[0] = 2;
        assertThat(decoder.decode(buffer, 3, 6, oneByOne)).isEqualTo(6);
        assertThat(oneByOne.events()).containsExactly("text:a", "binary:62", "text:c");
    }

    @Test
    void shouldShowRefusalOfEmptyMessage()
    {
        final byte[] stream = bytes("81 00");
        hasRoom = false;
        assertThat(decode(stream, 0, 2)).isZero();
        hasRoom = true;
        sink.pollRefused();
        assertThat(decode(stream, 0, 2)).isEqualTo(2);
        assertThat(sink.events()).containsExactly("text:");
    }

    @ParameterizedTest
    @CsvSource({"81 05, 2", "01 00, 2", "81 7e 0100, 4", "82 7e 00ff 00, 4"})
    void shouldShowRefusalOfHeaderWithoutPayload(final String hex, final int headerLength)
    {
        final byte[] stream = bytes(hex);
        hasRoom = false;
        assertThat(decode(stream, 0, stream.length)).isEqualTo(headerLength - 1);
        assertRefusedAgain(stream, headerLength - 1, stream.length, headerLength - 1);
        assertThat(decoder.framesReceived()).isZero();

        hasRoom = true;
        sink.pollRefused();
        decode(stream, headerLength - 1, stream.length);
        assertThat(sink.calls()).first().asString().startsWith("begin ");
        assertThat(decoder.framesReceived()).isOne();
    }

    @Test
    void shouldValidateRefusedMessageThatComesBackInPieces()
    {
        final byte[] stream = bytes("81 04 61c3a962");
        hasRoom = false;
        assertThat(decode(stream, 0, 6)).isZero();
        hasRoom = true;
        sink.pollRefused();
        decode(stream, 0, 4);
        decode(stream, 4, 6);
        decode(bytes("81 01 ff"), 0, 3);
        assertThat(sink.events()).containsExactly("text:aéb", "error:1007:text is not UTF-8");
    }

    @Test
    void shouldNotOfferInvalidTextAtAll()
    {
        hasRoom = false;
        final byte[] stream = bytes("81 01 ff");
        assertThat(decode(stream, 0, 3)).isEqualTo(3);
        assertThat(sink.events()).containsExactly("error:1007:text is not UTF-8");
    }

    @Test
    void shouldTakeControlFramesWithoutRoom()
    {
        hasRoom = false;
        final byte[] stream = bytes("89 01 61 8a 00 88 00");
        assertThat(decode(stream, 0, stream.length)).isEqualTo(stream.length);
        assertThat(sink.events()).containsExactly("ping:a", "pong:", "close:1005:");
    }

    @ParameterizedTest
    @CsvSource({"01 03 61", "81", "81 7e 01", "01 02 61c3", "89 05 61", "88 00", "83", "01 00"})
    void shouldForgetConnectionOnReset(final String hex)
    {
        final byte[] before = bytes(hex);
        decode(before, 0, before.length);
        final long framesBefore = decoder.framesReceived();
        decoder.reset(null);

        final RecordingSink next = new RecordingSink();
        final byte[] stream = bytes("81 01 61 01 01 62 80 01 63 89 01 64 88 00");
        ByteFeed.feed(decoder, stream, () -> 1, next);
        assertThat(next.events()).containsExactly("text:a", "text:bc", "ping:d", "close:1005:");
        assertThat(decoder.framesReceived()).isEqualTo(framesBefore + 5);
    }

    @Test
    void shouldForgetRefusalOnReset()
    {
        hasRoom = false;
        decode(bytes("81 01 61"), 0, 3);
        decoder.reset(null);
        hasRoom = true;
        sink.pollRefused();
        decode(bytes("81 01 ff"), 0, 3);
        assertThat(sink.events()).containsExactly("error:1007:text is not UTF-8");
    }

    @Test
    void shouldConsumeEverythingAfterTheEnd()
    {
        final byte[] stream = bytes("83 00 81 01 61");
        assertThat(decode(stream, 0, stream.length)).isEqualTo(stream.length);
        assertThat(decode(stream, 0, stream.length)).isEqualTo(stream.length);
        assertThat(decode(stream, 0, 0)).isZero();
        assertThat(sink.events()).hasSize(1);
        assertThat(decoder.framesReceived()).isZero();
    }

    @Test
    void shouldRefuseLimitsThatAreNotPositive()
    {
        assertThatThrownBy(() -> new FrameDecoder(0, 1, true)).hasMessageContaining("maxFrameLength=0");
        assertThatThrownBy(() -> new FrameDecoder(1, -1, true)).hasMessageContaining("maxMessageLength=-1");
    }

    private void assertRefusedAgain(final byte[] stream, final int from, final int to, final int expectedPosition)
    {
        for (int i = 0; i < 3; i++)
        {
            assertThat(sink.pollRefused()).isTrue();
            assertThat(from + decode(stream, from, to)).isEqualTo(expectedPosition);
        }
        assertThat(sink.calls()).isEmpty();
    }

    private int decode(final byte[] stream, final int from, final int to)
    {
        return decoder.decode(new UnsafeBuffer(stream), from, to - from, sink);
    }

    private static byte[] bytes(final String hex)
    {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
