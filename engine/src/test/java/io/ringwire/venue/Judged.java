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

import io.ringwire.api.Opcode;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A verdict as a value.
 *
 * @param kind        of the message.
 * @param id          a Long or a String, null for none.
 * @param channel     empty for none.
 * @param sequence    or {@link Verdict#NO_SEQUENCE}, as the next two.
 * @param first       of the range.
 * @param previous    before it.
 * @param snapshot    is it a whole picture.
 * @param rateLimited does it say that we sent too much.
 */
public record Judged(
    MessageKind kind,
    Object id,
    String channel,
    long sequence,
    long first,
    long previous,
    boolean snapshot,
    boolean rateLimited)
{
    private static final long NONE = Verdict.NO_SEQUENCE;
    private static final byte[] AROUND =
        "{\"id\":5,\"type\":\"x\",\"e\":\"trade\"}}],\"channel\":\"y\"".getBytes(StandardCharsets.UTF_8);

    /** Nothing is known but the kind. */
    public static Judged of(final MessageKind kind)
    {
        return new Judged(kind, null, "", NONE, NONE, NONE, false, false);
    }

    /** The answer to a request. */
    public static Judged of(final MessageKind kind, final Object id)
    {
        return new Judged(kind, id, "", NONE, NONE, NONE, false, false);
    }

    /** An event of a channel. */
    public static Judged stream(final String channel, final long sequence, final boolean snapshot)
    {
        return new Judged(MessageKind.STREAM, null, channel, sequence, NONE, NONE, snapshot, false);
    }

    /** The same, but it says that we sent too much. */
    public Judged limited()
    {
        return new Judged(kind, id, channel, sequence, first, previous, snapshot, true);
    }

    /** What a dialect makes of a message. */
    public static Judged of(final Dialect dialect, final String message)
    {
        return of(dialect, message.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Once in a buffer that ends with the message, once amid bytes that would change the verdict.
     */
    public static Judged of(final Dialect dialect, final byte[] message)
    {
        final byte[] amid = Arrays.copyOf(AROUND, 2 * AROUND.length + message.length);
        System.arraycopy(message, 0, amid, AROUND.length, message.length);
        System.arraycopy(AROUND, 0, amid, AROUND.length + message.length, AROUND.length);
        final Judged judged = judge(dialect, new UnsafeBuffer(message), 0, message.length);
        assertThat(judge(dialect, new UnsafeBuffer(amid), AROUND.length, message.length)).isEqualTo(judged);
        return judged;
    }

    private static Judged judge(
        final Dialect dialect, final UnsafeBuffer buffer, final int offset, final int length)
    {
        final Verdict verdict = new Verdict();
        dialect.classify(buffer, offset, length, Opcode.TEXT, verdict);
        final boolean isReply = verdict.kind() == MessageKind.REPLY || verdict.kind() == MessageKind.ERROR_REPLY;
        final Object id = !isReply ? null : verdict.hasTextId() ?
            slice(buffer, verdict.idOffset(), verdict.idLength(), offset, length) : (Object)verdict.correlationId();
        return new Judged(
            verdict.kind(), id, slice(buffer, verdict.channelOffset(), verdict.channelLength(), offset, length),
            verdict.sequence(), verdict.firstSequence(), verdict.previousSequence(),
            verdict.isSnapshot(), verdict.isRateLimited());
    }

    private static String slice(
        final UnsafeBuffer buffer, final int start, final int size, final int offset, final int length)
    {
        if (size == 0)
        {
            return "";
        }

        assertThat(start).isGreaterThanOrEqualTo(offset);
        assertThat(start + size).isLessThanOrEqualTo(offset + length);
        final byte[] bytes = new byte[size];
        buffer.getBytes(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
