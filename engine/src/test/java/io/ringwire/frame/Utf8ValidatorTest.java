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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Compared with the JDK's own decoder, told to report what is malformed.
 */
class Utf8ValidatorTest
{
    private static final int[] EDGE_BYTES = {
        0x00, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFB, 0xFC, 0xFE, 0xFF};
    private static final int[] EDGE_CODE_POINTS = {
        0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF, 0x40000,
        0xFFFFF, 0x100000, 0x10FFFF};

    private final SplittableRandom random = Seeds.random(Utf8ValidatorTest.class);
    private final CharsetDecoder oracle = UTF_8.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(1024);
    private final Utf8Validator validator = new Utf8Validator();

    @Test
    void shouldJudgeEveryPairAndTripleOfBytes()
    {
        for (int first = 0; first < 256; first++)
        {
            assertLikeOracle((byte)first);
            for (int second = 0; second < 256; second++)
            {
                assertLikeOracle((byte)first, (byte)second);
                for (final int third : EDGE_BYTES)
                {
                    assertLikeOracle((byte)first, (byte)second, (byte)third);
                }
            }
        }
    }

    @Test
    void shouldJudgeEdgeSequencesOfFourBytesAtEverySplit()
    {
        for (final int first : EDGE_BYTES)
        {
            for (final int second : EDGE_BYTES)
            {
                for (final int third : EDGE_BYTES)
                {
                    for (final int fourth : EDGE_BYTES)
                    {
                        assertLikeOracleAtEverySplit((byte)first, (byte)second, (byte)third, (byte)fourth);
                    }
                }
            }
        }
    }

    @Test
    void shouldAcceptEveryCodePointAndNoSurrogate()
    {
        final byte[] bytes = new byte[4];
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++)
        {
            final int length = encodeAsIfLegal(codePoint, bytes);
            validator.reset();
            final boolean valid = validator.validate(new UnsafeBuffer(bytes), 0, length) && validator.isComplete();
            if (valid != (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE))
            {
                fail("U+%04X", codePoint);
            }
        }
    }

    @Test
    void shouldJudgeRandomAndMutatedTextsAtEverySplit()
    {
        for (int i = 0; i < 5000; i++)
        {
            final byte[] text = randomText(random.nextInt(60));
            assertLikeOracleAtEverySplit(text);
            if (text.length > 0)
            {
                text[random.nextInt(text.length)] = (byte)(random.nextBoolean() ?
                    random.nextInt(256) : EDGE_BYTES[random.nextInt(EDGE_BYTES.length)]);
                assertLikeOracleAtEverySplit(text);
            }
        }
    }

    @Test
    void shouldSeeOneBadByteAnywhereInLongAscii()
    {
        for (int length = 1; length <= 100; length++)
        {
            final byte[] text = "a".repeat(length).getBytes(UTF_8);
            assertLikeOracle(text);
            for (int i = 0; i < length; i++)
            {
                text[i] = (byte)0x80;
                assertLikeOracle(text);
                text[i] = 'a';
            }
        }
    }

    @Test
    void shouldJudgeLongTextsOfAllScripts()
    {
        for (int length = 0; length <= 200; length++)
        {
            final byte[] text = randomText(length);
            assertLikeOracle(text);
            for (int i = 0; i < text.length; i++)
            {
                final byte before = text[i];
                text[i] = (byte)EDGE_BYTES[random.nextInt(EDGE_BYTES.length)];
                assertLikeOracle(text);
                text[i] = before;
            }
        }
    }

    @Test
    void shouldStayFailedUntilReset()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[]{(byte)0xFF, 'a'});
        assertThat(validator.validate(buffer, 0, 1)).isFalse();
        assertThat(validator.validate(buffer, 1, 1)).isFalse();
        assertThat(validator.validate(buffer, 1, 0)).isFalse();
        assertThat(validator.isComplete()).isFalse();
        validator.reset();
        assertThat(validator.isComplete()).isTrue();
        assertThat(validator.validate(buffer, 1, 1)).isTrue();
    }

    private void assertLikeOracleAtEverySplit(final byte... text)
    {
        final Verdict expected = judge(text);
        for (int split = 0; split <= text.length; split++)
        {
            if (judgeOurs(text, split) != expected)
            {
                fail("%s split at %d: not %s", HexFormat.of().formatHex(text), split, expected);
            }
        }
    }

    private void assertLikeOracle(final byte... text)
    {
        final Verdict expected = judge(text);
        if (judgeOurs(text, text.length) != expected)
        {
            fail("%s: not %s", HexFormat.of().formatHex(text), expected);
        }
    }

    private Verdict judgeOurs(final byte[] text, final int split)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(text);
        validator.reset();
        final boolean valid =
            validator.validate(buffer, 0, split) && validator.validate(buffer, split, text.length - split);
        return !valid ? Verdict.INVALID : validator.isComplete() ? Verdict.COMPLETE : Verdict.UNFINISHED;
    }

    private Verdict judge(final byte[] text)
    {
        final Verdict verdict = decode(text);
        return Verdict.UNFINISHED != verdict || canBeCompleted(text, 0x80) || canBeCompleted(text, 0xBF) ?
            verdict : Verdict.INVALID;
    }

    /**
     * The JDK's decoder does not see that ED A0 can only become a surrogate. Every unfinished code point that can be
     * completed at all can be completed by the lowest or by the highest continuation bytes.
     */
    private boolean canBeCompleted(final byte[] text, final int continuationByte)
    {
        final byte[] completed = Arrays.copyOf(text, text.length + 3);
        for (int i = text.length; i < completed.length; i++)
        {
            completed[i] = (byte)continuationByte;
            if (Verdict.COMPLETE == decode(Arrays.copyOf(completed, i + 1)))
            {
                return true;
            }
        }
        return false;
    }

    private Verdict decode(final byte[] text)
    {
        final ByteBuffer in = ByteBuffer.wrap(text);
        oracle.reset();
        chars.clear();
        final CoderResult result = oracle.decode(in, chars, false);
        return result.isError() ? Verdict.INVALID : in.hasRemaining() ? Verdict.UNFINISHED : Verdict.COMPLETE;
    }

    private byte[] randomText(final int codePoints)
    {
        final StringBuilder text = new StringBuilder();
        final int asciiPercent = random.nextInt(101);
        for (int i = 0; i < codePoints; i++)
        {
            if (random.nextInt(100) < asciiPercent)
            {
                text.append((char)random.nextInt(0x80));
            }
            else
            {
                text.appendCodePoint(EDGE_CODE_POINTS[random.nextInt(EDGE_CODE_POINTS.length)]);
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static int encodeAsIfLegal(final int codePoint, final byte[] bytes)
    {
        if (codePoint < 0x80)
        {
            bytes[0] = (byte)codePoint;
            return 1;
        }

        final int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        for (int i = length - 1; i > 0; i--)
        {
            bytes[i] = (byte)(0x80 | codePoint >>> 6 * (length - 1 - i) & 0x3F);
        }
        bytes[0] = (byte)(0xF0 << 4 - length | codePoint >>> 6 * (length - 1));
        return length;
    }

    private enum Verdict
    {
        COMPLETE, UNFINISHED, INVALID
    }
}
