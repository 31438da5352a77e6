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

import io.ringwire.api.CloseCode;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import static io.ringwire.frame.FrameFormat.CLOSE_CODE_LENGTH;
import static io.ringwire.frame.FrameFormat.FIN_BIT;
import static io.ringwire.frame.FrameFormat.LENGTH_16_FOLLOWS;
import static io.ringwire.frame.FrameFormat.LENGTH_64_FOLLOWS;
import static io.ringwire.frame.FrameFormat.MASK_BIT;
import static io.ringwire.frame.FrameFormat.MASK_KEY_LENGTH;
import static io.ringwire.frame.FrameFormat.MAX_MEDIUM_LENGTH;
import static io.ringwire.frame.FrameFormat.MAX_SHORT_LENGTH;
import static io.ringwire.frame.FrameFormat.RSV1_BIT;
import static java.nio.ByteOrder.BIG_ENDIAN;

/**
 * Writes the frames of a client, always masked (RFC 6455 section 5.1). Stateless and without allocation; any thread may
 * call it on buffers it owns. A mask key must be fresh for each frame, see {@link MaskKeys}.
 */
public final class FrameEncoder
{
    /** Longest header of a client's frame in bytes. */
    public static final int MAX_HEADER_LENGTH = 14;

    /** Longest payload of a control frame in bytes (RFC 6455 section 5.5). */
    public static final int MAX_CONTROL_PAYLOAD_LENGTH = MAX_SHORT_LENGTH;

    /** Longest reason of a close frame in bytes: a control payload less the code. */
    public static final int MAX_CLOSE_REASON_LENGTH = MAX_CONTROL_PAYLOAD_LENGTH - CLOSE_CODE_LENGTH;

    private FrameEncoder()
    {
    }

    /**
     * Length of the header of a frame, mask key included.
     *
     * @param payloadLength of the frame in bytes.
     * @return 6, 8 or 14.
     */
    public static int headerLength(final int payloadLength)
    {
        return FrameFormat.unmaskedHeaderLength(payloadLength) + MASK_KEY_LENGTH;
    }

    /**
     * Write a frame: header, and the payload masked on the way.
     *
     * @param dst       with room for {@link #headerLength(int)} and the payload.
     * @param dstOffset at which the frame begins.
     * @param opcode    of the frame, 0 for a continuation.
     * @param fin       true if the frame is the last of its message.
     * @param maskKey   of this frame.
     * @param src       the payload is in.
     * @param srcOffset of the payload.
     * @param length    of the payload in bytes.
     * @return length of the whole frame in bytes.
     */
    public static int encode(
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int opcode,
        final boolean fin,
        final int maskKey,
        final DirectBuffer src,
        final int srcOffset,
        final int length)
    {
        return encode(dst, dstOffset, fin ? FIN_BIT | opcode : opcode, maskKey, src, srcOffset, length);
    }

    /**
     * Write the first frame of a compressed message (RFC 7692 section 6): as
     * {@link #encode(MutableDirectBuffer, int, int, boolean, int, DirectBuffer, int, int)} does, with RSV1 set. The
     * frames that continue the message are without it.
     *
     * @param dst       with room for {@link #headerLength(int)} and the payload.
     * @param dstOffset at which the frame begins.
     * @param opcode    of the message.
     * @param fin       true if the frame is the last of its message too.
     * @param maskKey   of this frame.
     * @param src       the compressed payload is in.
     * @param srcOffset of the payload.
     * @param length    of the payload in bytes.
     * @return length of the whole frame in bytes.
     */
    public static int encodeCompressed(
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int opcode,
        final boolean fin,
        final int maskKey,
        final DirectBuffer src,
        final int srcOffset,
        final int length)
    {
        final int firstByte = RSV1_BIT | (fin ? FIN_BIT | opcode : opcode);
        return encode(dst, dstOffset, firstByte, maskKey, src, srcOffset, length);
    }

    /**
     * Write a ping (RFC 6455 section 5.5.2).
     *
     * @param dst       with room for 6 bytes and the payload.
     * @param dstOffset at which the frame begins.
     * @param maskKey   of this frame.
     * @param src       the payload is in.
     * @param srcOffset of the payload.
     * @param length    of the payload in bytes, at most {@link #MAX_CONTROL_PAYLOAD_LENGTH}.
     * @return length of the whole frame in bytes.
     */
    public static int encodePing(
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int maskKey,
        final DirectBuffer src,
        final int srcOffset,
        final int length)
    {
        checkControlLength(length);
        return encode(dst, dstOffset, FrameFormat.OPCODE_PING, true, maskKey, src, srcOffset, length);
    }

    /**
     * Write a pong (RFC 6455 section 5.5.3).
     *
     * @param dst       with room for 6 bytes and the payload.
     * @param dstOffset at which the frame begins.
     * @param maskKey   of this frame.
     * @param src       the payload is in.
     * @param srcOffset of the payload.
     * @param length    of the payload in bytes, at most {@link #MAX_CONTROL_PAYLOAD_LENGTH}.
     * @return length of the whole frame in bytes.
     */
    public static int encodePong(
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int maskKey,
        final DirectBuffer src,
        final int srcOffset,
        final int length)
    {
        checkControlLength(length);
        return encode(dst, dstOffset, FrameFormat.OPCODE_PONG, true, maskKey, src, srcOffset, length);
    }

    /**
     * Write a close frame (RFC 6455 section 5.5.1).
     *
     * @param dst          with room for 8 bytes and the reason.
     * @param dstOffset    at which the frame begins.
     * @param maskKey      of this frame.
     * @param code         sendable, see {@link CloseCode#isSendable(int)}, or {@link CloseCode#NO_STATUS} for a frame
     *                     without payload: then there is no room for a reason and none is written.
     * @param reason       the reason is in, UTF-8.
     * @param reasonOffset of the reason.
     * @param reasonLength in bytes, at most {@link #MAX_CLOSE_REASON_LENGTH}.
     * @return length of the whole frame in bytes.
     */
    public static int encodeClose(
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int maskKey,
        final int code,
        final DirectBuffer reason,
        final int reasonOffset,
        final int reasonLength)
    {
        if (CloseCode.NO_STATUS == code)
        {
            return putHeader(dst, dstOffset, FIN_BIT | FrameFormat.OPCODE_CLOSE, maskKey, 0);
        }

        if (!CloseCode.isSendable(code))
        {
            throw new IllegalArgumentException("close code may not be sent: " + code);
        }

        final int length = CLOSE_CODE_LENGTH + reasonLength;
        checkControlLength(length);

        final int headerLength = putHeader(dst, dstOffset, FIN_BIT | FrameFormat.OPCODE_CLOSE, maskKey, length);
        final int payloadOffset = dstOffset + headerLength;
        dst.putShort(payloadOffset, (short)(code ^ maskKey >>> 16), BIG_ENDIAN);
        Masking.copy(
            dst, payloadOffset + CLOSE_CODE_LENGTH, reason, reasonOffset, reasonLength, maskKey, CLOSE_CODE_LENGTH);
        return headerLength + length;
    }

    private static int encode(
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int firstByte,
        final int maskKey,
        final DirectBuffer src,
        final int srcOffset,
        final int length)
    {
        final int headerLength = putHeader(dst, dstOffset, firstByte, maskKey, length);
        Masking.copy(dst, dstOffset + headerLength, src, srcOffset, length, maskKey, 0);
        return headerLength + length;
    }

    private static int putHeader(
        final MutableDirectBuffer dst, final int offset, final int firstByte, final int maskKey, final int length)
    {
        dst.putByte(offset, (byte)firstByte);

        final int headerLength = headerLength(length);
        if (length <= MAX_SHORT_LENGTH)
        {
            dst.putByte(offset + 1, (byte)(MASK_BIT | length));
        }
        else if (length <= MAX_MEDIUM_LENGTH)
        {
            dst.putByte(offset + 1, (byte)(MASK_BIT | LENGTH_16_FOLLOWS));
            dst.putShort(offset + 2, (short)length, BIG_ENDIAN);
        }
        else
        {
            dst.putByte(offset + 1, (byte)(MASK_BIT | LENGTH_64_FOLLOWS));
            dst.putLong(offset + 2, length, BIG_ENDIAN);
        }

        dst.putInt(offset + headerLength - MASK_KEY_LENGTH, maskKey, BIG_ENDIAN);
        return headerLength;
    }

    private static void checkControlLength(final int length)
    {
        if (length > MAX_CONTROL_PAYLOAD_LENGTH)
        {
            throw new IllegalArgumentException("control payload longer than 125 bytes: " + length);
        }
    }
}
