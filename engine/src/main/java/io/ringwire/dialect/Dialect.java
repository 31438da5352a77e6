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
package io.ringwire.dialect;

import org.agrona.DirectBuffer;

/**
 * What a venue's messages mean, and what it wants to be told. One object may serve many sessions on many threads, so
 * it keeps no state.
 */
public interface Dialect
{
    /** The message names no method. */
    long NO_METHOD = -1;

    /**
     * Judge a message. Called for each data message, on the IO thread or a handler thread: it must neither allocate nor
     * block. What it throws is reported and the message is {@link MessageKind#DATA}.
     *
     * @param buffer  that holds the message, valid only during the call.
     * @param offset  of the message in the buffer.
     * @param length  of the message in bytes.
     * @param opcode  of the message: {@code Opcode.TEXT} or {@code Opcode.BINARY}.
     * @param verdict to fill; it was reset.
     */
    void classify(DirectBuffer buffer, int offset, int length, int opcode, Verdict verdict);

    /**
     * Find the method of a message that is about to be sent, on which its cost depends where the venue limits rates.
     * Called by any sending thread: it must neither allocate nor block.
     *
     * @param buffer that holds the message.
     * @param offset of the message in the buffer.
     * @param length of the message in bytes.
     * @return offset of the method's name in the buffer in the upper 32 bits and its length in bytes in the lower, or
     * {@link #NO_METHOD}.
     */
    default long methodOf(final DirectBuffer buffer, final int offset, final int length)
    {
        return NO_METHOD;
    }

    /**
     * How channels are subscribed to.
     *
     * @return what to say, or null if the venue knows no channels.
     */
    default SubscriptionDialect subscriptions()
    {
        return null;
    }

    /**
     * How signs of life are asked for and given, other than by pings and pongs of the WebSocket.
     *
     * @return what to say, or null if the venue has only those.
     */
    default HeartbeatDialect heartbeats()
    {
        return null;
    }
}
