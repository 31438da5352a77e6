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
package io.ringwire.session;

import io.ringwire.api.Opcode;
import io.ringwire.api.SendResult;
import io.ringwire.ring.OutboundRing;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

/**
 * Sends the engine's own messages: logins, subscriptions, heartbeats. They take the way of the user's messages, and
 * need no state that lets users send. Owner: the control thread.
 */
final class ControlWriter
{
    private final WebSocketSession session;
    private long nextId = MessageRouter.FIRST_ENGINE_ID;
    private int epoch;

    ControlWriter(final WebSocketSession session)
    {
        this.session = session;
    }

    /**
     * A new connection: what is sent goes there.
     */
    void begin(final int epoch)
    {
        this.epoch = epoch;
    }

    /**
     * An id no other request of this session has, which brings the answer to the control thread.
     */
    long nextId()
    {
        return nextId++;
    }

    /**
     * Send a text message, which takes its tokens like those of users.
     *
     * @return the send position, or a negative code of {@code SendResult}: try again on a later cycle.
     */
    long send(final String text)
    {
        return send(text, false);
    }

    /**
     * Send a text message that may take the reserve of the rate limits: an answer without which the venue ends the
     * connection.
     *
     * @return the send position, or a negative code of {@code SendResult}: try again on a later cycle.
     */
    long sendReserved(final String text)
    {
        return send(text, true);
    }

    private long send(final String text, final boolean urgent)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        return buffer.capacity() > session.maxSendLength() ? SendResult.TOO_LONG :
            session.sendPath().send(Opcode.TEXT | OutboundRing.ENGINE, epoch, buffer, 0, buffer.capacity(), urgent);
    }
}
