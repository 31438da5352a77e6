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
package io.ringwire.journal;

import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Records made by hand, as the tape would hand them over, and read back.
 */
final class Records
{
    static final int WHOLE = RecordLayout.FRAME_BEGIN | RecordLayout.MESSAGE_END;
    static final int TEXT = 1;
    static final long BASE_NS = 1_700_000_000_000_000_000L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[3 * 1024 * 1024]);
    private final RecordSink sink;
    private long timeNs = BASE_NS;

    Records(final RecordSink sink)
    {
        this.sink = sink;
    }

    Records started()
    {
        return put(-1, 0, RecordKind.STARTED, 0, 0, "{\"engine\":\"e\"}");
    }

    Records session(final int id, final String name)
    {
        return put(id, 0, RecordKind.SESSION, 0, 0, name);
    }

    Records inbound(final int sessionId, final String text)
    {
        return put(sessionId, 1, RecordKind.INBOUND, TEXT, WHOLE, text);
    }

    Records outbound(final int sessionId, final String text)
    {
        return put(sessionId, 1, RecordKind.OUTBOUND, TEXT, WHOLE, text);
    }

    Records lost(final long count)
    {
        buffer.putLong(RecordLayout.HEADER_LENGTH, count, ByteOrder.LITTLE_ENDIAN);
        return hand(-1, 0, RecordKind.LOST, 0, 0, Long.BYTES);
    }

    Records stopped()
    {
        return put(-1, 0, RecordKind.STOPPED, 0, 0, "");
    }

    Records put(
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags,
        final String payload)
    {
        return put(sessionId, epoch, kind, opcode, flags, payload.getBytes(StandardCharsets.UTF_8));
    }

    Records put(
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags,
        final byte[] payload)
    {
        buffer.putBytes(RecordLayout.HEADER_LENGTH, payload);
        return hand(sessionId, epoch, kind, opcode, flags, payload.length);
    }

    private Records hand(
        final int sessionId,
        final int epoch,
        final RecordKind kind,
        final int opcode,
        final int flags,
        final int payloadLength)
    {
        RecordLayout.putHeader(buffer, 0, timeNs++, sessionId, epoch, kind, opcode, flags);
        sink.onRecord(buffer, 0, RecordLayout.HEADER_LENGTH + payloadLength);
        return this;
    }

    /**
     * What a source gives from here on, each as its kind and its payload as text.
     */
    static List<String> readAll(final RecordSource source) throws Exception
    {
        final List<String> lines = new ArrayList<>();
        while (source.next())
        {
            lines.add(RecordLayout.kind(source.buffer(), source.offset()) + " " + payload(source));
        }

        return lines;
    }

    static String payload(final RecordSource source)
    {
        return source.buffer().getStringWithoutLengthUtf8(
            source.offset() + RecordLayout.HEADER_LENGTH, source.length() - RecordLayout.HEADER_LENGTH);
    }
}
