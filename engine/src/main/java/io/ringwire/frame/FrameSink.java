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
package io.ringwire.frame;

import org.agrona.DirectBuffer;

/**
 * Where a {@link FrameDecoder} pushes what it finds, on the thread that called
 * {@link FrameDecoder#decode(DirectBuffer, int, int, FrameSink)}. Buffers are lent for the call only. A sink must not
 * call back into the decoder.
 * <p>
 * {@code endOfBatch} is false only if the bytes that follow in the same buffer hold another whole, unfragmented data
 * frame with a legal header. That frame can still turn out not to be UTF-8, or not to inflate: then
 * {@link #onProtocolError(int, String)} ends the batch in its place.
 */
public interface FrameSink
{
    /**
     * A whole data message: an unfragmented one that stands complete, header and payload, in the buffer given to the
     * decoder, or a compressed one, inflated, however it came.
     *
     * @param opcode     {@link io.ringwire.api.Opcode#TEXT} or {@link io.ringwire.api.Opcode#BINARY}.
     * @param buffer     the payload is in: the one given to the decoder, or the inflater's.
     * @param offset     of the payload in the buffer.
     * @param length     of the payload in bytes, may be 0.
     * @param endOfBatch false if another whole message, or {@link #onProtocolError}, follows at once.
     * @return true if taken; false if there is no room: the decoder stops before the end of this message and offers it
     * again at the next call.
     */
    boolean onMessage(int opcode, DirectBuffer buffer, int offset, int length, boolean endOfBatch);

    /**
     * The header of a data frame that is not compressed and does not arrive as one whole message in one buffer: a
     * fragment (RFC 6455 section 5.4) or a frame split over reads. All header rules and limits have been checked.
     *
     * @param opcode        of the message, {@link io.ringwire.api.Opcode#TEXT} or
     *                      {@link io.ringwire.api.Opcode#BINARY}, for continuation frames too.
     * @param firstFrame    true for the first frame of the message.
     * @param fin           true for the last frame of the message.
     * @param payloadLength of this frame in bytes, may be 0, at most the decoder's maximum frame length.
     * @return true if taken; false if there is no room: the decoder stops and asks again at the next call.
     */
    boolean onFrameBegin(int opcode, boolean firstFrame, boolean fin, long payloadLength);

    /**
     * The header of a compressed frame that is not the last of its message: the message follows inflated and whole, in
     * {@link #onMessage(int, DirectBuffer, int, int, boolean)}.
     *
     * @param opcode of the message.
     */
    default void onCompressedFragment(final int opcode)
    {
        // only who cares for frames needs to know
    }

    /**
     * A piece of the payload of the frame begun last. A taken frame must be taken to its end.
     *
     * @param buffer the piece is in.
     * @param offset of the piece in the buffer.
     * @param length of the piece in bytes, never 0.
     */
    void onFramePayload(DirectBuffer buffer, int offset, int length);

    /**
     * The last byte of the last frame of a message came: what {@link #onFramePayload(DirectBuffer, int, int)} brought
     * since the first frame is one message.
     *
     * @param opcode     of the message.
     * @param endOfBatch false if another whole message, or {@link #onProtocolError}, follows at once.
     */
    void onMessageEnd(int opcode, boolean endOfBatch);

    /**
     * A ping, to be answered with a pong that carries the same payload (RFC 6455 section 5.5.2).
     *
     * @param buffer the payload is in, not always the one given to the decoder.
     * @param offset of the payload in the buffer.
     * @param length of the payload in bytes, at most 125.
     */
    void onPing(DirectBuffer buffer, int offset, int length);

    /**
     * A pong, asked for or not (RFC 6455 section 5.5.3).
     *
     * @param buffer the payload is in, not always the one given to the decoder.
     * @param offset of the payload in the buffer.
     * @param length of the payload in bytes, at most 125.
     */
    void onPong(DirectBuffer buffer, int offset, int length);

    /**
     * The peer's close frame (RFC 6455 section 5.5.1). Terminal: the decoder ignores all later bytes.
     *
     * @param code   a sendable close code, or {@link io.ringwire.api.CloseCode#NO_STATUS} if the frame carried none.
     * @param buffer the reason is in, not always the one given to the decoder.
     * @param offset of the reason in the buffer.
     * @param length of the reason in bytes, at most 123; the bytes are valid UTF-8.
     */
    void onClose(int code, DirectBuffer buffer, int offset, int length);

    /**
     * The peer broke a rule. Terminal: the decoder ignores all later bytes; an unfinished message stays unfinished.
     *
     * @param closeCode to send (RFC 6455 section 7.4.1).
     * @param reason    a constant that names the rule.
     */
    void onProtocolError(int closeCode, String reason);
}
