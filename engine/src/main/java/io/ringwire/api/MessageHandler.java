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
package io.ringwire.api;

import org.agrona.DirectBuffer;

/**
 * Receives the messages of a session, in order, on the session's handler thread (in INLINE mode the IO thread).
 * <p>
 * A handler that throws loses nothing: the exception is counted, given to the engine's error handler, and the next
 * message follows.
 */
@FunctionalInterface
public interface MessageHandler
{
    /**
     * One whole message, or an element of a batch (a JSON array whose elements are messages of their own).
     *
     * @param session       it came from; all of its verbs may be called from here.
     * @param buffer        that holds the payload; valid only during the call.
     * @param offset        of the payload in the buffer.
     * @param length        of the payload in bytes.
     * @param opcode        {@link Opcode#TEXT} or {@link Opcode#BINARY}.
     * @param receiveTimeNs the engine's nano clock when the last bytes of the message were read from the socket.
     * @param endOfBatch    false when another message stands right behind this one and follows at once, unless it
     *                      breaks the protocol and ends the connection: then {@link SessionListener#onProtocolError}
     *                      and {@link SessionListener#onClosed} follow in its place, and are the moment to publish
     *                      what was gathered. True is that moment otherwise.
     */
    void onMessage(
        Session session,
        DirectBuffer buffer,
        int offset,
        int length,
        int opcode,
        long receiveTimeNs,
        boolean endOfBatch);

    /**
     * A reply that ends no request: its request timed out, was cancelled or was sent on a connection before this one,
     * or nobody asked. By itself or an element of a batch.
     *
     * @param session       it came from; all of its verbs may be called from here.
     * @param buffer        that holds the reply; valid only during the call.
     * @param offset        of the reply in the buffer.
     * @param length        of the reply in bytes.
     * @param receiveTimeNs the engine's nano clock when its last bytes were read from the socket.
     */
    default void onUnmatchedReply(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        onMessage(session, buffer, offset, length, Opcode.TEXT, receiveTimeNs, true);
    }

    /**
     * A request of the venue, with an id of the venue's that the answer has to bear. It never ends a request of ours,
     * whatever its id. By itself or an element of a batch.
     *
     * @param session       it came from; all of its verbs may be called from here.
     * @param buffer        that holds the request; valid only during the call.
     * @param offset        of the request in the buffer.
     * @param length        of the request in bytes.
     * @param receiveTimeNs the engine's nano clock when its last bytes were read from the socket.
     */
    default void onServerRequest(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        onMessage(session, buffer, offset, length, Opcode.TEXT, receiveTimeNs, true);
    }
}
