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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 6455 as a checklist. Every case is decoded whole, cut in two at every point, byte by byte, and into sinks that
 * refuse; the outcome must be the same.
 */
class FrameDecoderRfcTest
{
    private static final int MAX_FRAME_LENGTH = 70_000;
    private static final int MAX_MESSAGE_LENGTH = 100_000;
    private static final int EVERY_SPLIT_UP_TO = 600;

    private final SplittableRandom random = Seeds.random(FrameDecoderRfcTest.class);

    @Test
    void shouldDecodeUnmaskedText()
    {
        assertDecodes("81 05 48656c6c6f", "text:Hello");
    }

    @Test
    void shouldDecodeBinary()
    {
        assertDecodes("82 03 00ff7f", "binary:00ff7f");
    }

    @Test
    void shouldDecodeEmptyMessages()
    {
        assertDecodes("81 00 82 00 81 00", "text:", "binary:", "text:");
    }

    @Test
    void shouldDecodeFragmentedText()
    {
        assertDecodes("01 03 48656c 80 02 6c6f", "text:Hello");
    }

    @Test
    void shouldDecodeEmptyFragments()
    {
        assertDecodes("01 00 00 00 80 00", "text:");
        assertDecodes("02 00 00 01 aa 00 00 80 00 81 01 61", "binary:aa", "text:a");
    }

    @Test
    void shouldDecodeControlFramesBetweenFragments()
    {
        assertDecodes(
            "01 03 48656c 89 01 70 8a 00 00 01 6c 89 02 7071 80 01 6f",
            "ping:p", "pong:", "ping:pq", "text:Hello");
    }

    @Test
    void shouldHandleCloseBetweenFragments()
    {
        assertDecodes("01 03 48656c 88 02 03e8 80 02 6c6f", "close:1000:");
    }

    @Test
    void shouldDecodePingAndPong()
    {
        assertDecodes("89 05 48656c6c6f 8a 05 48656c6c6f 89 00 8a 00", "ping:Hello", "pong:Hello", "ping:", "pong:");
    }

    @Test
    void shouldDecodeLongestControlFrame()
    {
        assertDecodes("89 7d " + "61".repeat(125), "ping:" + "a".repeat(125));
    }

    @ParameterizedTest
    @ValueSource(ints = {125, 126, 127, 128, 300, 65_534, 65_535, 65_536, 65_537, MAX_FRAME_LENGTH})
    void shouldDecodeEveryLengthForm(final int length)
    {
        final String header = length <= 125 ? "81 %02x" : length <= 65_535 ? "81 7e %04x" : "81 7f %016x";
        assertDecodes(
            header.formatted(length) + "61".repeat(length) + "82 01 00", "text:" + "a".repeat(length), "binary:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1", "a1", "91", "f1", "c2", "c9", "98", "40"})
    void shouldRejectReservedBits(final String firstByte)
    {
        assertFailsAt(1, firstByte + "00", 1002, "reserved bits set without an extension");
    }

    @ParameterizedTest
    @ValueSource(strings = {"83", "84", "85", "86", "87", "8b", "8c", "8d", "8e", "8f", "03", "0f"})
    void shouldRejectUnknownOpcode(final String firstByte)
    {
        assertFailsAt(1, firstByte + "00", 1002, "unknown opcode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "09", "0a"})
    void shouldRejectFragmentedControlFrame(final String firstByte)
    {
        assertFailsAt(1, firstByte + "00", 1002, "fragmented control frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"88 7e 007e", "89 7e 007e", "8a 7e 007e", "89 7f 0000000000010000"})
    void shouldRejectLongControlFrame(final String stream)
    {
        assertFailsAt(2, stream, 1002, "control frame longer than 125 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 85 37fa213d 7f9f4d5158", "89 80 00000000", "82 fe 0100", "81 ff", "88 81"})
    void shouldRejectMaskedFrame(final String stream)
    {
        assertFailsAt(2, stream, 1002, "masked frame from a server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"82 7e 0000", "81 7e 007d", "82 7f 0000000000000000", "81 7f 000000000000ffff"})
    void shouldRejectLengthNotInShortestForm(final String stream)
    {
        assertFailsAt(length(stream), stream + "61".repeat(200), 1002, "length not in its shortest form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"82 7f 8000000000000000", "82 7f ffffffffffffffff", "81 7f 8000000000010000"})
    void shouldRejectLengthWithTopBitSet(final String stream)
    {
        assertFailsAt(10, stream, 1002, "64-bit length with the top bit set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00", "80 00", "80 01 61"})
    void shouldRejectContinuationWithoutStart(final String stream)
    {
        assertFailsAt(1, stream, 1002, "continuation without a message to continue");
        assertFailsAt(4, "81 01 61" + stream, 1002, "continuation without a message to continue", "text:a");
        assertFailsAt(6, "01 00 80 01 61" + stream, 1002, "continuation without a message to continue", "text:a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 01 61", "82 00", "01 00", "02 01 00"})
    void shouldRejectNewMessageInsideMessage(final String stream)
    {
        assertFailsAt(4, "01 01 61" + stream, 1002, "new message inside a fragmented message");
        assertFailsAt(5, "02 00 89 00" + stream, 1002, "new message inside a fragmented message", "ping:");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "82 7f 0000000000011171", "01 7f 0000000000011171", "82 7f 0000000080000000", "82 7f 7fffffffffffffff"})
    void shouldRejectFrameLongerThanLimit(final String stream)
    {
        assertFailsAt(10, stream, 1009, "frame longer than the limit");
    }

    @Test
    void shouldRejectMessageLongerThanLimit()
    {
        final String start = "02 7f 0000000000010000" + "00".repeat(65_536);
        final byte[] fits = bytes(start + "80 7e 86a0" + "00".repeat(34_464));
        assertThat(fits).hasSize(65_546 + 4 + 34_464);
        assertThat(decode(fits, Integer.MAX_VALUE)).hasSize(1).first().asString().startsWith("binary:");

        final byte[] tooLong = bytes(start + "00 7e 86a0" + "00".repeat(34_464) + "80 01");
        assertThat(decode(tooLong, 1000)).containsExactly("error:1009:message longer than the limit");
        assertThat(decode(tooLong, Integer.MAX_VALUE)).containsExactly("error:1009:message longer than the limit");
    }

    @Test
    void shouldCountMessageLimitForEachMessageAnew()
    {
        final FrameDecoder decoder = new FrameDecoder(4, 4, true);
        final RecordingSink sink = new RecordingSink();
        final String message = "02 03 616161 80 01 61";
        final byte[] stream = bytes(message + message + "82 04 61616161" + message + "02 03 616161 80 02");
        ByteFeed.feed(decoder, stream, () -> 2, sink);
        assertThat(sink.events()).containsExactly(
            "binary:61616161", "binary:61616161", "binary:61616161", "binary:61616161",
            "error:1009:message longer than the limit");
    }

    @Test
    void shouldJudgeMessageLimitAtTheHeader()
    {
        final FrameDecoder decoder = new FrameDecoder(10, 5, true);
        final RecordingSink sink = new RecordingSink();
        ByteFeed.feed(decoder, bytes("82 06"), () -> 1, sink);
        assertThat(sink.events()).containsExactly("error:1009:message longer than the limit");

        final FrameDecoder sum = new FrameDecoder(Integer.MAX_VALUE, Integer.MAX_VALUE, true);
        final RecordingSink sumSink = new RecordingSink();
        ByteFeed.feed(sum, bytes("02 01 00 80 7f 000000007fffffff"), () -> 100, sumSink);
        assertThat(sumSink.events()).containsExactly("error:1009:message longer than the limit");
    }

    @ParameterizedTest
    @CsvSource({
        "81 01 80, 3", "81 01 ff, 3", "81 02 c0af, 3", "81 02 61c1, 4", "81 03 e0809f, 4", "81 03 eda080, 4",
        "81 04 f0808080, 4", "81 04 f4908080, 4", "81 01 f5, 3", "81 04 c3a961fe, 6", "81 05 c328000000, 4",
        "01 02 61c3 80 01 61, 7", "01 01 e2 00 01 82 80 01 ff, 9", "01 05 61ff616161, 4",
        "81 7e 0100 61616161616161616161616180, 17", "81 7d 6161616161616161616161616161616180, 19"})
    void shouldRejectTextThatIsNotUtf8(final String stream, final int failsAt)
    {
        assertFailsAt(failsAt, stream, 1007, "text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "01 01 c3 80 00", "01 02 61e2 89 00 80 01 82", "01 03 f09f98 00 00 80 00", "01 04 616161f0 80 02 9f98"})
    void shouldRejectTextThatEndsInsideCodePoint(final String stream)
    {
        final List<String> pings = stream.contains("89 00") ? List.of("ping:") : List.of();
        assertFailsAt(
            length(stream), stream, 1007, "text ends inside a code point", pings.toArray(new String[0]));
    }

    @Test
    void shouldRejectUnfragmentedTextThatEndsInsideCodePoint()
    {
        final byte[] stream = bytes("81 01 61 81 03 61e282 81 01 61");
        for (int split = 1; split <= stream.length; split++)
        {
            assertThat(decode(stream, split)).hasSize(2).contains("text:a").last().asString()
                .startsWith("error:1007:text");
        }
    }

    @Test
    void shouldAcceptCodePointsSplitOverFragments()
    {
        assertDecodes("01 01 c3 00 00 80 01 a9", "text:é");
        assertDecodes("01 03 61f09f 89 01 ff 00 01 98 80 01 80", "ping:\ufffd", "text:a😀");
    }

    @Test
    void shouldNotCheckBinaryForUtf8()
    {
        assertDecodes("82 02 c0af 02 01 ff 80 01 fe 81 01 61", "binary:c0af", "binary:fffe", "text:a");
    }

    @Test
    void shouldTakeTextAsItComesIfToldSo()
    {
        final FrameDecoder decoder = new FrameDecoder(100, 100, false);
        final RecordingSink sink = new RecordingSink();
        ByteFeed.feed(decoder, bytes("81 01 ff 01 01 c3 80 00 88 03 03e8ff"), () -> 2, sink);
        assertThat(sink.events()).containsExactly(
            "text:\ufffd", "text:\ufffd", "error:1007:close reason is not UTF-8");
    }

    @Test
    void shouldDecodeClose()
    {
        assertDecodes("88 00", "close:1005:");
        assertDecodes("88 02 03e8", "close:1000:");
        assertDecodes("88 05 03e9 627965", "close:1001:bye");
        assertDecodes("88 04 1387 c3a9", "close:4999:é");
        assertDecodes("88 7d 03f3" + "61".repeat(123), "close:1011:" + "a".repeat(123));
    }

    @Test
    void shouldIgnoreEverythingAfterClose()
    {
        assertDecodes("88 02 03e8 81 01 61 83 00 ff ff", "close:1000:");
    }

    @Test
    void shouldRejectCloseWithHalfACode()
    {
        assertFailsAt(2, "88 01 03", 1002, "close frame with half a code");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2999, 5000, 32_767, 32_768, 65_535})
    void shouldRejectCloseCodeThatMustNotBeSent(final int code)
    {
        assertFailsAt(4, "88 02 %04x".formatted(code), 1002, "close code that must not be sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"88 03 03e8 ff", "88 03 03e8 c3", "88 05 03e8 eda080"})
    void shouldRejectCloseReasonThatIsNotUtf8(final String stream)
    {
        assertFailsAt(length(stream), stream, 1007, "close reason is not UTF-8");
    }

    private void assertFailsAt(
        final int byteNumber, final String hex, final int code, final String rule, final String... before)
    {
        final String[] expected = new String[before.length + 1];
        System.arraycopy(before, 0, expected, 0, before.length);
        expected[before.length] = "error:" + code + ':' + rule;
        assertDecodes(hex + "81 01 61", expected);

        final FrameDecoder decoder = decoder();
        final RecordingSink sink = new RecordingSink();
        final byte[] stream = bytes(hex);
        ByteFeed.feed(decoder, Arrays.copyOf(stream, byteNumber - 1), () -> 1, sink);
        assertThat(sink.events()).as("too early").containsExactly(before);
        ByteFeed.feed(decoder, new byte[]{stream[byteNumber - 1]}, () -> 1, sink);
        assertThat(sink.events()).as("at the byte that breaks the rule").containsExactly(expected);
    }

    private void assertDecodes(final String hex, final String... expected)
    {
        final byte[] stream = bytes(hex);
        final int step = Math.max(1, stream.length / EVERY_SPLIT_UP_TO);

        for (int split = 1; split <= stream.length; split += step)
        {
            assertThat(decode(stream, split)).as("split at %d", split).containsExactly(expected);

            final RecordingSink unwilling = new RecordingSink(() -> random.nextInt(3) > 0);
            ByteFeed.feed(decoder(), stream, ByteFeed.splitAt(split), unwilling);
            assertThat(unwilling.events()).as("refused, split at %d", split).containsExactly(expected);
        }

        final RecordingSink byteByByte = new RecordingSink();
        ByteFeed.feed(decoder(), stream, () -> 1, byteByByte);
        assertThat(byteByByte.events()).as("byte by byte").containsExactly(expected);

        final RecordingSink unwilling = new RecordingSink(random::nextBoolean);
        ByteFeed.feed(decoder(), stream, () -> random.nextInt(5), unwilling);
        assertThat(unwilling.events()).as("refused, in small pieces").containsExactly(expected);
    }

    private static List<String> decode(final byte[] stream, final int split)
    {
        final RecordingSink sink = new RecordingSink();
        ByteFeed.feed(decoder(), stream, ByteFeed.splitAt(split), sink);
        return sink.events();
    }

    private static FrameDecoder decoder()
    {
        return new FrameDecoder(MAX_FRAME_LENGTH, MAX_MESSAGE_LENGTH, true);
    }

    private static int length(final String hex)
    {
        return bytes(hex).length;
    }

    private static byte[] bytes(final String hex)
    {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
