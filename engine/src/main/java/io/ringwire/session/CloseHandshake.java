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

import io.ringwire.ring.OutboundRing;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The close handshake of one connection after the other (RFC 6455 section 7.1.2): our frame's way into the outbound
 * ring, and the peer's answer. Owner: the control thread.
 */
final class CloseHandshake
{
    private final WebSocketSession session;
    private final OutboundRing outboundRing;
    private final LinkCommands link;
    private boolean frameQueued;
    private boolean answered;
    private int code;
    private String reason;

    CloseHandshake(final WebSocketSession session, final OutboundRing outboundRing, final LinkCommands link)
    {
        this.session = session;
        this.outboundRing = outboundRing;
        this.link = link;
    }

    /**
     * A new connection.
     */
    void reset()
    {
        frameQueued = false;
        answered = false;
    }

    /**
     * The IO thread has sent, or answered, a close frame by itself.
     */
    void onFrameSent()
    {
        frameQueued = true;
    }

    /**
     * Close frames went both ways.
     */
    void onAnswered(final int code, final String reason)
    {
        answered = true;
        this.code = code;
        this.reason = reason;
    }

    boolean isAnswered()
    {
        return answered;
    }

    int code()
    {
        return code;
    }

    String reason()
    {
        return reason;
    }

    /**
     * The close frame goes through the outbound ring, behind what the closing thread sent. A full ring is tried again
     * on the next cycle; the close deadline bounds it.
     */
    void queueFrame(final CloseRequest request, final int epoch)
    {
        if (frameQueued)
        {
            return;
        }

        final byte[] text = request.reason().getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[Short.BYTES + text.length]);
        payload.putShort(0, (short)request.code(), ByteOrder.BIG_ENDIAN);
        payload.putBytes(Short.BYTES, text);
        frameQueued = outboundRing.write(OutboundRing.CLOSE, session.id(), epoch, payload, 0, payload.capacity());
        link.wake();
    }
}
