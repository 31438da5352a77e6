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

import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;

/**
 * The integer ids of replies, as a dialect sees them.
 */
final class Replies
{
    static final long NOT_A_REPLY = Long.MIN_VALUE;

    private final Dialect dialect;
    private final Verdict verdict = new Verdict();

    Replies(final Dialect dialect)
    {
        this.dialect = dialect;
    }

    long correlationIdOf(final DirectBuffer buffer, final int offset, final int length, final int opcode)
    {
        dialect.classify(buffer, offset, length, opcode, verdict.reset());
        final boolean isReply = verdict.kind() == MessageKind.REPLY || verdict.kind() == MessageKind.ERROR_REPLY;
        return isReply && !verdict.hasTextId() ? verdict.correlationId() : NOT_A_REPLY;
    }
}
