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

import io.ringwire.api.Opcode;
import io.ringwire.tape.RecordKind;
import io.ringwire.tape.RecordLayout;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;
import java.util.Set;

/**
 * Overwrites the secrets of records in place: in text that was sent, and in the engine's own text that was received,
 * such as the answer to a login. What a secret is, {@link SecretText} says.
 * <p>
 * A received message in several records says only with the last whether it was the engine's own. It is redacted if
 * the last message sent with a secret has not been answered to the engine yet. Should it turn out to be the engine's
 * own without that, its last record is overwritten whole. Owner: the journal's thread.
 */
final class Redaction
{
    private static final int WHOLE = RecordLayout.FRAME_BEGIN | RecordLayout.MESSAGE_END;
    private static final int ENDS = RecordLayout.MESSAGE_END | RecordLayout.ABANDONED;

    private final SecretKeys keys;
    private final SecretText whole;
    private SessionText[] sessions = new SessionText[0]; // by id plus 1: a frame without a session has -1

    Redaction(final Set<String> redactedKeys)
    {
        keys = new SecretKeys(redactedKeys);
        whole = new SecretText(keys);
    }

    /**
     * Overwrite the secrets of a record. Allocates with the first text of a session and of a message in several records
     * alone.
     *
     * @param buffer that holds it.
     * @param offset of it.
     * @param length of it in bytes.
     */
    void onRecord(final UnsafeBuffer buffer, final int offset, final int length)
    {
        final RecordKind kind = RecordLayout.kind(buffer, offset);
        final boolean isFrame = kind == RecordKind.OUTBOUND || kind == RecordKind.INBOUND;
        if (!isFrame || RecordLayout.opcode(buffer, offset) != Opcode.TEXT || keys.isEmpty())
        {
            return;
        }

        final int flags = RecordLayout.flags(buffer, offset);
        final SessionText session =
            session(RecordLayout.sessionId(buffer, offset), RecordLayout.epoch(buffer, offset));
        final int text = offset + RecordLayout.HEADER_LENGTH;
        final int textLength = length - RecordLayout.HEADER_LENGTH;
        if (kind == RecordKind.OUTBOUND)
        {
            session.isAwaited |= session.outbound.redact(buffer, text, textLength);
            if ((flags & ENDS) != 0)
            {
                session.outbound.reset();
            }
        }
        else
        {
            onInbound(session, flags, buffer, text, textLength);
        }
    }

    private void onInbound(
        final SessionText session,
        final int flags,
        final UnsafeBuffer buffer,
        final int text,
        final int textLength)
    {
        final boolean isEngines = (flags & RecordLayout.ENGINE) != 0;
        if (!session.isOpen && (flags & WHOLE) == WHOLE)
        {
            if (isEngines)
            {
                whole.redact(buffer, text, textLength);
                whole.reset();
            }
        }
        else
        {
            if (!session.isOpen)
            {
                session.open(isEngines, keys);
            }

            if (session.isRedacted)
            {
                session.inbound.redact(buffer, text, textLength);
            }
            else if (isEngines)
            {
                buffer.setMemory(text, textLength, SecretText.STAR);
            }

            session.isOpen = (flags & ENDS) == 0;
        }

        session.isAwaited &= !(isEngines && (flags & ENDS) != 0);
    }

    private SessionText session(final int id, final int epoch)
    {
        final int index = id + 1;
        if (index >= sessions.length)
        {
            sessions = Arrays.copyOf(sessions, index + 1);
        }

        SessionText session = sessions[index];
        if (session == null)
        {
            session = new SessionText(keys);
            sessions[index] = session;
        }

        if (session.epoch != epoch)
        {
            session.epoch = epoch;
            session.outbound.reset();
            session.isOpen = false;
            session.isAwaited = false;
        }

        return session;
    }

    /**
     * Where the texts of a session are. Owner: the journal's thread.
     */
    private static final class SessionText
    {
        private final SecretText outbound;
        private SecretText inbound;
        private int epoch;
        private boolean isAwaited; // a secret was sent, and the engine has had no answer yet
        private boolean isOpen; // a received message in several records has not ended
        private boolean isRedacted; // and its secrets are overwritten

        SessionText(final SecretKeys keys)
        {
            outbound = new SecretText(keys);
        }

        void open(final boolean isEngines, final SecretKeys keys)
        {
            isRedacted = isEngines || isAwaited;
            if (isRedacted)
            {
                if (inbound == null)
                {
                    inbound = new SecretText(keys);
                }

                inbound.reset();
            }
        }
    }
}
