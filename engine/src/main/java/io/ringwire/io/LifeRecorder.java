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
package io.ringwire.io;

import io.ringwire.config.Endpoint;
import io.ringwire.config.JournalPolicy;
import io.ringwire.session.SessionEvent;
import io.ringwire.session.SessionEventCodec;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.TapeWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes to the tape what happens to sessions besides their frames, or nothing where there is no tape. One for all
 * sessions of an engine. Owner: the IO thread.
 */
final class LifeRecorder
{
    private static final int MAX_TEXT_LENGTH = 4096;

    private final TapeWriter tape; // null: nothing is recorded
    private final SessionEventCodec codec;
    private final Set<String> redactedKeys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SessionEventCodec.MAX_LENGTH]);

    /**
     * @param tape   of the engine, or null.
     * @param policy whose rules of redaction hold.
     */
    LifeRecorder(final TapeWriter tape, final JournalPolicy policy)
    {
        this.tape = tape;
        codec = new SessionEventCodec(policy.redactedHeaders());
        redactedKeys.addAll(policy.redactedKeys());
    }

    /**
     * A session became known.
     */
    void session(final int sessionId, final String name, final long timeNs)
    {
        if (tape != null)
        {
            text(RecordKind.SESSION, sessionId, 0, name, timeNs);
        }
    }

    /**
     * A connection is being made.
     */
    void connect(final int sessionId, final int epoch, final Endpoint target)
    {
        if (tape != null)
        {
            final String uri = redacted(Endpoint.withoutKeys(target.uri().toString()));
            text(RecordKind.CONNECT, sessionId, epoch, uri, tape.nowNs());
        }
    }

    /**
     * An event of a session.
     */
    void event(final int sessionId, final int epoch, final SessionEvent event, final long timeNs)
    {
        if (tape != null)
        {
            final int length = codec.encode(event, buffer);
            tape.write(timeNs, sessionId, epoch, RecordKind.EVENT, 0, 0, buffer, 0, length);
        }
    }

    private void text(
        final RecordKind kind, final int sessionId, final int epoch, final String text, final long timeNs)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int length = Math.min(bytes.length, MAX_TEXT_LENGTH);
        buffer.putBytes(0, bytes, 0, length);
        tape.write(timeNs, sessionId, epoch, kind, 0, 0, buffer, 0, length);
    }

    /**
     * A URI without the values in its query that may be secret.
     */
    private String redacted(final String uri)
    {
        final int query = uri.indexOf('?');
        if (query < 0)
        {
            return uri;
        }

        final StringBuilder text = new StringBuilder(uri.substring(0, query));
        char separator = '?';
        for (final String parameter : uri.substring(query + 1).split("&", -1))
        {
            final int equals = parameter.indexOf('=');
            final boolean secret = equals >= 0 && redactedKeys.contains(parameter.substring(0, equals));
            text.append(separator)
                .append(secret ? parameter.substring(0, equals + 1) + SessionEventCodec.REDACTED : parameter);
            separator = '&';
        }

        return text.toString();
    }
}
