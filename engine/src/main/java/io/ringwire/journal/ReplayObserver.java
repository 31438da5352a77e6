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

import io.ringwire.api.Session;
import org.agrona.DirectBuffer;

/**
 * Sees what goes out in a replay: what went out when it was recorded, and what the user's code sends now. Neither goes
 * to a socket. Called on the thread that runs the replay.
 */
public interface ReplayObserver
{
    /**
     * User code sent a message, or a part of one, and was told that it was accepted.
     *
     * @param session it was sent on.
     * @param opcode  of the message, 0 for a part behind the first.
     * @param buffer  that holds the payload; valid only during the call.
     * @param offset  of the payload in the buffer.
     * @param length  of the payload in bytes.
     */
    default void onSend(
        final Session session, final int opcode, final DirectBuffer buffer, final int offset, final int length)
    {
    }

    /**
     * Bytes of a frame that was sent when the session was recorded, control frames included.
     *
     * @param session it was sent on.
     * @param opcode  of the frame.
     * @param buffer  that holds the bytes; valid only during the call.
     * @param offset  of the bytes in the buffer.
     * @param length  of the bytes.
     * @param flags   of the record, see {@link io.ringwire.tape.RecordLayout}.
     * @param timeNs  of the record, since 1970.
     */
    default void onOutbound(
        final Session session,
        final int opcode,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int flags,
        final long timeNs)
    {
    }
}
