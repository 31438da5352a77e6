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

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 7692 as a checklist: every stream is decoded whole, cut in two at every point, byte by byte, and into sinks that
 * refuse; the outcome must be the same. {@code H} stands for the compressed Hello of section 7.2.3.1.
 */
class FrameDecoderDeflateTest
{
    private static final int LIMIT = 1000;
    private static final int INFLATED_LIMIT = 500;

    private final SplittableRandom random = Seeds.random(FrameDecoderDeflateTest.class);
    private final FrameDecoder decoder = new FrameDecoder(LIMIT, LIMIT, true);
    private MessageInflater inflater;

    @AfterEach
    void closeInflater()
    {
        if (null != inflater)
        {
            inflater.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "c1 07 H                                        | text:Hello",
        "c2 07 H                                        | binary:48656c6c6f",
        "41 03 f248cd 80 04 c9c90700                    | text:Hello",
        "41 00 00 03 f248cd 00 00 00 04 c9c90700 80 00  | text:Hello",
        "41 03 f248cd 89 01 70 80 04 c9c90700 8a 00     | ping:p; text:Hello; pong:",
        "c1 07 H c1 05 f200110000                       | text:Hello; text:Hello",
        "41 03 f248cd 80 04 c9c90700 c1 05 f200110000   | text:Hello; text:Hello",
        "c1 0b 000500faff48656c6c6f00                   | text:Hello",
        "c1 08 f348cdc9c9070000                         | text:Hello",
        "c1 0d f24805000000ffffcac9c90700               | text:Hello",
        "c1 01 00                                       | text:",
        "c1 00 c1 07 H                                  | text:; text:Hello",
        "81 05 48656c6c6f c1 07 H 81 01 61 82 01 62     | text:Hello; text:Hello; text:a; binary:62",
        "c1 07 H 81 01 61 c1 05 f200110000              | text:Hello; text:a; text:Hello",
        "c1 07 H 01 01 61 80 01 62 c1 05 f200110000     | text:Hello; text:ab; text:Hello",
        "c1 07 H 88 02 03e8                             | text:Hello; close:1000:"})
    void shouldInflateMessages(final String hex, final String events)
    {
        assertDecodes(hex, events.split("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "c9 00                     | 1002:compressed control frame",
        "c8 02 03e8                | 1002:compressed control frame",
        "49 00                     | 1002:compressed control frame",
        "a1 01 61                  | 1002:reserved bits set without an extension",
        "91 01 61                  | 1002:reserved bits set without an extension",
        "e1 07 H                   | 1002:reserved bits set without an extension",
        "d1 07 H                   | 1002:reserved bits set without an extension",
        "c0 00                     | 1002:compression bit set on a continuation",
        "c3 00                     | 1002:unknown opcode",
        "41 03 f248cd c0 04 c9c90700 | 1002:compression bit set on a continuation",
        "01 01 61 c0 01 62         | 1002:compression bit set on a continuation",
        "41 03 f248cd c1 07 H      | 1002:new message inside a fragmented message",
        "c1 01 ff                  | 1007:message does not inflate",
        "c1 05 f200110000          | 1007:message does not inflate",
        "42 01 06 00 01 00         | 1007:message does not inflate",
        "c1 87 00000000 H          | 1002:masked frame from a server",
        "c2 7e 03e9                | 1009:frame longer than the limit"})
    void shouldRefuse(final String hex, final String error)
    {
        assertDecodes("c1 07 H 89 00" + hex.replace("f200110000", "ff"), "text:Hello", "ping:", "error:" + error);
    }

    @Test
    void shouldRefuseCompressionThatWasNotAgreedOn()
    {
        final RecordingSink sink = new RecordingSink();
        decoder.reset(null);
        ByteFeed.feed(decoder, bytes("c1 07 H"), () -> 1, sink);
        assertThat(sink.events()).containsExactly("error:1002:reserved bits set without an extension");
    }

    @Test
    void shouldLimitTheMessageOnTheWireAndInflated()
    {
        final String emptyBlocks = "000000ffff";
        assertDecodes("42 7e 0258" + emptyBlocks.repeat(120) + "80 7e 0190" + emptyBlocks.repeat(80), "binary:");
        assertDecodes("42 7e 0258" + emptyBlocks.repeat(120) + "80 7e 0191",
            "error:1009:message longer than the limit");
        assertDecodes(bomb(INFLATED_LIMIT), "binary:" + "00".repeat(INFLATED_LIMIT));
        assertDecodes(bomb(INFLATED_LIMIT + 1), "error:1009:message inflates to more than the limit");
        assertDecodes(bomb(100_000), "error:1009:message inflates to more than the limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c328", "eda080", "f4908080", "41c0"})
    void shouldFindBadTextInsideAnUnfinishedFragment(final String text)
    {
        final byte[] payload = JdkDeflate.compress(bytes("61".repeat(20) + text));
        final byte[] stream = new byte[4 + payload.length];
        stream[0] = 0x41;
        stream[1] = 126;
        stream[2] = 1;
        stream[3] = 0;
        System.arraycopy(payload, 0, stream, 4, payload.length);
        final RecordingSink sink = new RecordingSink();
        newConnection();
        ByteFeed.feed(decoder, stream, () -> 1, sink);
        assertThat(sink.events()).containsExactly("error:1007:text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e282", "f09f98"})
    void shouldRefuseTextThatEndsInsideACodePoint(final String text)
    {
        final byte[] payload = JdkDeflate.compress(bytes(text));
        final String frame = "%02x".formatted(payload.length) + HexFormat.of().formatHex(payload);
        assertDecodes("c1" + frame, "error:1007:text ends inside a code point");
        assertDecodes("c2" + frame, "binary:" + text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "c1 07 H c1 07 H                | message; message, end",
        "81 01 61 c1 07 H 81 01 61      | message; message; message, end",
        "c1 07 H 41 01 f2               | message, end",
        "c1 07 H c1 07 f2               | message, end",
        "c1 07 H 89 00 c1 07 H          | message, end; control; message, end",
        "41 03 f248cd 80 04 c9c90700 c1 07 H | message; message, end",
        "01 01 61 80 00 c1 07 H         | begin 1; payload 1; begin 0; end; message, end",
        "81 01 61 c1 01 ff              | message; error",
        "81 01 61 c9 00                 | message, end; error"})
    void shouldSayWhetherAnotherWholeMessageFollows(final String hex, final String calls)
    {
        final RecordingSink sink = new RecordingSink();
        newConnection();
        final byte[] stream = bytes(hex);
        ByteFeed.feed(decoder, stream, () -> stream.length, sink);
        assertThat(sink.calls()).containsExactly(calls.split("; "));
    }

    @ParameterizedTest
    @CsvSource({"c1 07 H, 8", "c1 00, 1", "41 07 H 80 00, 10", "c1 01 00 c1 07 H, 2"})
    void shouldKeepOneByteBackUntilThereIsRoom(final String hex, final int consumed)
    {
        final boolean[] hasRoom = {false};
        final RecordingSink sink = new RecordingSink(() -> hasRoom[0]);
        newConnection();
        final byte[] stream = bytes(hex);
        assertThat(decode(stream, 0, stream.length, sink)).isEqualTo(consumed);
        for (int i = 0; i < 3; i++)
        {
            assertThat(sink.pollRefused()).isTrue();
            assertThat(decode(stream, consumed, stream.length, sink)).isZero();
        }

        assertThat(sink.pollRefused()).isTrue();
        hasRoom[0] = true;
        assertThat(decode(stream, consumed, stream.length, sink)).isEqualTo(stream.length - consumed);
        assertThat(sink.events()).isNotEmpty();
        assertThat(decoder.framesReceived()).isEqualTo("c1 07 H".equals(hex) || "c1 00".equals(hex) ? 1 : 2);
    }

    @Test
    void shouldForgetARefusedMessageWithItsConnection()
    {
        final RecordingSink full = new RecordingSink(() -> false);
        newConnection();
        decode(bytes("c1 07 H"), 0, 9, full);
        final RecordingSink sink = new RecordingSink();
        newConnection();
        ByteFeed.feed(decoder, bytes("c1 07 H 81 01 61"), () -> 100, sink);
        assertThat(sink.events()).containsExactly("text:Hello", "text:a");
    }

    private void assertDecodes(final String hex, final String... events)
    {
        final byte[] stream = bytes(hex);
        for (int split = 0; split < stream.length; split++)
        {
            assertThat(eventsOf(stream, split, 0)).as("split at %d", split).isEqualTo(List.of(events));
        }

        assertThat(eventsOf(stream, -1, 0)).as("byte by byte").isEqualTo(List.of(events));
        for (int i = 0; i < 20; i++)
        {
            assertThat(eventsOf(stream, random.nextInt(stream.length), 50)).isEqualTo(List.of(events));
        }
    }

    private List<String> eventsOf(final byte[] stream, final int split, final int refusePercent)
    {
        final RecordingSink sink = new RecordingSink(() -> random.nextInt(100) >= refusePercent);
        newConnection();
        ByteFeed.feed(decoder, stream, split < 0 ? () -> 1 : ByteFeed.splitAt(split), sink);
        return sink.events();
    }

    private void newConnection()
    {
        closeInflater();
        inflater = new MessageInflater(INFLATED_LIMIT, true);
        decoder.reset(inflater);
    }

    private int decode(final byte[] stream, final int from, final int to, final RecordingSink sink)
    {
        return decoder.decode(new UnsafeBuffer(Arrays.copyOf(stream, to)), from, to - from, sink);
    }

    private static String bomb(final int length)
    {
        final byte[] payload = JdkDeflate.compress(new byte[length]);
        return "c2 7e %04x".formatted(payload.length).replace(payload.length < 126 ? "7e 00" : "-", "") +
            HexFormat.of().formatHex(payload);
    }

    private static byte[] bytes(final String hex)
    {
        return HexFormat.of().parseHex(hex.replace("H", "f248cdc9c90700").replace(" ", ""));
    }
}
