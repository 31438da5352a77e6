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

import org.agrona.DirectBuffer;

/**
 * Where the IO thread puts the inbound messages and events of a session: a ring before a handler thread, or the handler
 * itself. Called on the IO thread only. One that refuses for lack of room lets the consumer see what was put in before,
 * since only the consumer can make room.
 */
public interface Delivery
{
    /**
     * Would a message or an event be taken now? No message in pieces is open.
     *
     * @param length of the message in bytes, 0 for an event.
     * @return false if there is no room now.
     */
    boolean hasRoom(int length);

    /**
     * A whole message that stands in one piece in the read buffer.
     *
     * @param opcode        of the message.
     * @param buffer        that holds it, valid during the call.
     * @param offset        of the payload.
     * @param length        of the payload in bytes.
     * @param epoch         of the connection.
     * @param receiveTimeNs of the read that brought it.
     * @param endOfBatch    false if another message follows out of the same read, or a violation of the protocol in
     *                      its place.
     * @return false if there is no room now.
     */
    boolean message(
        int opcode, DirectBuffer buffer, int offset, int length, int epoch, long receiveTimeNs, boolean endOfBatch);

    /**
     * Start, or continue, a message that comes in pieces: make room for one more frame of it.
     *
     * @param first  true for the first frame of the message.
     * @param length of the frame's payload in bytes.
     * @return false if there is no room now; what was taken so far is kept.
     */
    boolean begin(boolean first, int length);

    /**
     * A piece of the frame begun.
     *
     * @param buffer that holds it, valid during the call.
     * @param offset of the piece.
     * @param length of the piece in bytes.
     */
    void append(DirectBuffer buffer, int offset, int length);

    /**
     * The message in pieces is whole: judge it.
     *
     * @param opcode of the message.
     * @return true if it was the engine's own and is forgotten; else {@link #end} follows.
     */
    boolean isOfEngine(int opcode);

    /**
     * The message in pieces is whole and the handler's.
     *
     * @param opcode        of the message.
     * @param epoch         of the connection.
     * @param receiveTimeNs of the read that brought its last byte.
     * @param endOfBatch    false if another message follows out of the same read, or a violation of the protocol in
     *                      its place.
     */
    void end(int opcode, int epoch, long receiveTimeNs, boolean endOfBatch);

    /**
     * Forget the message in pieces, if one is open: its connection ended or it is being dropped.
     */
    void abandon();

    /**
     * An event. No message in pieces is open.
     *
     * @param event  to deliver in order.
     * @param epoch  of the connection.
     * @param timeNs of the event.
     * @return false if there is no room now.
     */
    boolean event(SessionEvent event, int epoch, long timeNs);

    /**
     * The read is done: let the consumer see what was put in.
     */
    void flush();

    /** {@return does the handler run within these calls? Then none of them refuses} */
    boolean isInline();

    /** {@return how many entries wait for the handler; 0 without a ring} */
    int occupancy();
}
