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
package io.ringwire.feed;

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

/**
 * A venue whose messages are text: kind, channel, sequence, first and previous number, separated by blanks, {@code -}
 * for a number that is not there. Kinds: {@code d} a message of a channel, {@code s} its snapshot, {@code x} the end is
 * near, {@code o} anything else.
 */
public final class TestDialect implements Dialect
{
    public static String text(
        final char kind, final String channel, final long sequence, final long first, final long previous)
    {
        return kind + " " + channel + " " + number(sequence) + " " + number(first) + " " + number(previous) + " ";
    }

    static UnsafeBuffer buffer(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void classify(
        final DirectBuffer buffer, final int offset, final int length, final int opcode, final Verdict verdict)
    {
        final byte kind = buffer.getByte(offset);
        if (kind == 'x')
        {
            verdict.kind(MessageKind.SHUTDOWN);
        }

        if (kind != 'd' && kind != 's')
        {
            return;
        }

        final int channelEnd = blank(buffer, offset + 2);
        final int sequenceEnd = blank(buffer, channelEnd + 1);
        final int firstEnd = blank(buffer, sequenceEnd + 1);
        final int previousEnd = blank(buffer, firstEnd + 1);
        verdict.kind(MessageKind.STREAM)
            .channel(offset + 2, channelEnd - offset - 2)
            .snapshot(kind == 's')
            .sequence(number(buffer, channelEnd + 1, sequenceEnd))
            .firstSequence(number(buffer, sequenceEnd + 1, firstEnd))
            .previousSequence(number(buffer, firstEnd + 1, previousEnd));
    }

    private static String number(final long number)
    {
        return number == Verdict.NO_SEQUENCE ? "-" : Long.toString(number);
    }

    private static long number(final DirectBuffer buffer, final int start, final int end)
    {
        return buffer.getByte(start) == '-' ? Verdict.NO_SEQUENCE : buffer.parseNaturalLongAscii(start, end - start);
    }

    private static int blank(final DirectBuffer buffer, final int from)
    {
        int index = from;
        while (buffer.getByte(index) != ' ')
        {
            index++;
        }

        return index;
    }
}
