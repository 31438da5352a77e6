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
import io.ringwire.api.Opcode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static io.ringwire.frame.FrameFormat.CLOSE_CODE_LENGTH;
import static io.ringwire.frame.FrameFormat.MAX_SHORT_LENGTH;
import static io.ringwire.frame.FrameFormat.OPCODE_BITS;
import static io.ringwire.frame.FrameFormat.OPCODE_CONTINUATION;
import static io.ringwire.frame.FrameFormat.OPCODE_PING;
import static io.ringwire.frame.FrameFormat.OPCODE_PONG;
import static io.ringwire.frame.FrameFormat.RSV1_BIT;
import static io.ringwire.frame.FrameFormat.unmaskedHeaderLength;
import static io.ringwire.frame.FrameHeader.NOT_WHOLE;
import static io.ringwire.frame.FrameHeader.wholeMessageLength;
import static java.nio.ByteOrder.BIG_ENDIAN;

/**
 * Push parser for the frames a server sends (RFC 6455 section 5). Bytes may come in pieces of any size. Every header
 * rule is checked before a byte of payload is touched, text is checked before it is handed out, and no payload is
 * kept: between calls the decoder holds part of a header, or part of a control frame. Messages compressed with
 * permessage-deflate (RFC 7692) are put together by the connection's {@link MessageInflater}, if it has one, and
 * offered whole. No other extension is known.
 * <p>
 * Owned by the IO thread that reads the connection. Does not allocate.
 */
public final class FrameDecoder
{
    private static final int NO_MESSAGE = 0;
    private static final int PLAIN_ONLY = 0xFF;
    private static final int PLAIN_OR_COMPRESSED = 0xFF & ~RSV1_BIT;

    private static final int AWAIT_HEADER = 0;
    private static final int AWAIT_DATA = 1;
    private static final int AWAIT_CONTROL = 2;
    private static final int AWAIT_COMPRESSED = 3;
    /** The last byte of a compressed message was seen and is not consumed: the sink had no room for the message. */
    private static final int AWAIT_ROOM = 4;
    private static final int TERMINATED = 5;

    private final int maxFrameLength;
    private final int maxMessageLength;
    private final int maxWholeLength;
    private final boolean validateUtf8;
    private final Utf8Validator utf8 = new Utf8Validator();
    private final FrameHeader header = new FrameHeader();
    private final UnsafeBuffer controlBuffer = new UnsafeBuffer(new byte[MAX_SHORT_LENGTH]);

    /** Of the connection; null if it has agreed on no compression. Owned by who gave it. */
    private MessageInflater inflater;
    /** Which bits of a whole message's first byte count: not the one for compression, if that is agreed. */
    private int firstByteMask = PLAIN_ONLY;
    private int state = AWAIT_HEADER;
    private int messageOpcode = NO_MESSAGE;
    private long messageLength;
    private long frameRemaining;
    private boolean finalFrame;
    private boolean compressed;
    /** The message refused last was found valid: spares the check when it is offered again. */
    private boolean refusedIsValid;
    private int controlOpcode;
    private int controlLength;
    private int controlReceived;
    private long framesReceived;

    /**
     * A decoder at the start of a connection.
     *
     * @param maxFrameLength   longest payload of one data frame in bytes; a longer one is answered with 1009.
     * @param maxMessageLength longest message in bytes, the sum of its frames; a longer one is answered with 1009.
     * @param validateUtf8     false to take text as it comes. The reason of a close frame is checked all the same.
     */
    public FrameDecoder(final int maxFrameLength, final int maxMessageLength, final boolean validateUtf8)
    {
        if (maxFrameLength < 1 || maxMessageLength < 1)
        {
            throw new IllegalArgumentException(
                "limits must be positive: maxFrameLength=" + maxFrameLength + " maxMessageLength=" + maxMessageLength);
        }

        this.maxFrameLength = maxFrameLength;
        this.maxMessageLength = maxMessageLength;
        this.maxWholeLength = Math.min(maxFrameLength, maxMessageLength);
        this.validateUtf8 = validateUtf8;
    }

    /**
     * Decode the next bytes of the connection and push what they hold into the sink.
     *
     * @param buffer the bytes are in; read during the call only.
     * @param offset of the first byte.
     * @param length how many bytes there are.
     * @param sink   that takes messages and control frames.
     * @return bytes consumed: {@code length}, or less if and only if the sink had no room. Then the next call must
     * begin with the first byte not consumed. After a close frame or an error every byte is consumed and ignored.
     */
    public int decode(final DirectBuffer buffer, final int offset, final int length, final FrameSink sink)
    {
        final int limit = offset + length;
        int position = offset;

        while (position < limit)
        {
            final int next;
            switch (state)
            {
                case AWAIT_HEADER:
                    next = onFrames(buffer, position, limit, sink);
                    break;

                case AWAIT_DATA:
                    next = onData(buffer, position, limit, sink);
                    break;

                case AWAIT_CONTROL:
                    next = onControlPayload(buffer, position, limit, sink);
                    break;

                case AWAIT_COMPRESSED:
                    next = onCompressedData(buffer, position, limit, sink);
                    break;

                case AWAIT_ROOM:
                    next = onInflatedMessage(buffer, position + 1, limit, sink);
                    break;

                default:
                    return length;
            }

            if (next < 0)
            {
                return ~next - offset;
            }
            position = next;
        }

        return length;
    }

    /**
     * Forget the connection and be ready for the next. Counts go on.
     *
     * @param inflater of the next connection, for its first message, or null if it has agreed on no compression. It
     *                 stays the caller's, who closes it when the connection is over.
     */
    public void reset(final MessageInflater inflater)
    {
        this.inflater = inflater;
        firstByteMask = null == inflater ? PLAIN_ONLY : PLAIN_OR_COMPRESSED;
        state = AWAIT_HEADER;
        header.reset();
        messageOpcode = NO_MESSAGE;
        messageLength = 0;
        refusedIsValid = false;
    }

    /**
     * Frames of every kind whose header was legal and which the sink did not refuse, over all connections. Written by
     * the owning thread only, plainly.
     *
     * @return the count since the decoder was made.
     */
    public long framesReceived()
    {
        return framesReceived;
    }

    /**
     * Takes frames from the first byte of a header on, or from where a header was cut. Like all steps it returns the
     * next position, or the complement of the position to resume at if the sink had no room.
     */
    private int onFrames(final DirectBuffer buffer, final int position, final int limit, final FrameSink sink)
    {
        if (header.isEmpty() && NO_MESSAGE == messageOpcode)
        {
            final int payloadLength = wholeLength(buffer, position, limit);
            if (NOT_WHOLE != payloadLength && isPlain(buffer, position))
            {
                return onWholeMessages(buffer, position, limit, payloadLength, sink);
            }
        }

        return onHeaderBytes(buffer, position, limit, sink);
    }

    /**
     * The common case: plain messages that stand whole in the buffer, one behind the other. Each header is parsed once,
     * as look-ahead of the message before it.
     */
    private int onWholeMessages(
        final DirectBuffer buffer, final int offset, final int limit, final int firstLength, final FrameSink sink)
    {
        int position = offset;
        int length = firstLength;

        do
        {
            final int opcode = buffer.getByte(position) & OPCODE_BITS;
            final int payload = position + unmaskedHeaderLength(length);
            final int end = payload + length;
            final int nextLength = wholeLength(buffer, end, limit);

            if (validateUtf8 && Opcode.TEXT == opcode && !refusedIsValid && !isText(buffer, payload, length))
            {
                return fail(sink, limit, CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
            }
            if (!sink.onMessage(opcode, buffer, payload, length, NOT_WHOLE == nextLength))
            {
                refusedIsValid = true;
                return ~position;
            }

            refusedIsValid = false;
            framesReceived++;
            position = end;
            length = nextLength;
        }
        while (NOT_WHOLE != length && isPlain(buffer, position));

        return position;
    }

    private int wholeLength(final DirectBuffer buffer, final int position, final int limit)
    {
        return wholeMessageLength(buffer, position, limit, firstByteMask, maxWholeLength);
    }

    private static boolean isPlain(final DirectBuffer buffer, final int position)
    {
        return 0 == (buffer.getByte(position) & RSV1_BIT);
    }

    private boolean isText(final DirectBuffer buffer, final int offset, final int length)
    {
        utf8.reset();
        return utf8.validate(buffer, offset, length) && utf8.isComplete();
    }

    /**
     * Every other case: a header is gathered byte by byte and judged as soon as a byte can be.
     */
    private int onHeaderBytes(final DirectBuffer buffer, final int offset, final int limit, final FrameSink sink)
    {
        int position = offset;

        while (position < limit)
        {
            final String brokenRule = header.append(
                buffer.getByte(position++), NO_MESSAGE != messageOpcode, null != inflater);
            if (null != brokenRule)
            {
                return fail(sink, limit, CloseCode.PROTOCOL_ERROR, brokenRule);
            }
            if (header.isComplete())
            {
                return header.isControl() ?
                    onControlHeader(buffer, position, limit, sink) :
                    onDataHeader(buffer, position, limit, sink);
            }
        }

        return position;
    }

    private int onDataHeader(final DirectBuffer buffer, final int position, final int limit, final FrameSink sink)
    {
        final long length = header.payloadLength();
        if (length > maxFrameLength)
        {
            return fail(sink, limit, CloseCode.TOO_BIG, "frame longer than the limit");
        }
        if (length > maxMessageLength - messageLength)
        {
            return fail(sink, limit, CloseCode.TOO_BIG, "message longer than the limit");
        }

        final int frameOpcode = header.opcode();
        final boolean firstFrame = OPCODE_CONTINUATION != frameOpcode;
        final boolean fin = header.isFin();
        final int opcode = firstFrame ? frameOpcode : messageOpcode;
        compressed = firstFrame ? header.isCompressed() : compressed;
        if (!compressed && !sink.onFrameBegin(opcode, firstFrame, fin, length))
        {
            // The last byte of the header is left unconsumed: it marks the refusal even if no payload is there yet.
            header.dropLast();
            return ~(position - 1);
        }

        if (firstFrame)
        {
            utf8.reset();
            if (compressed)
            {
                inflater.begin();
            }
        }
        if (compressed && !fin)
        {
            sink.onCompressedFragment(opcode);
        }
        messageOpcode = opcode;
        messageLength += length;
        frameRemaining = length;
        finalFrame = fin;
        refusedIsValid = false;
        header.reset();
        framesReceived++;
        state = compressed ? AWAIT_COMPRESSED : AWAIT_DATA;
        return compressed ? onCompressedData(buffer, position, limit, sink) : onData(buffer, position, limit, sink);
    }

    private int onData(final DirectBuffer buffer, final int position, final int limit, final FrameSink sink)
    {
        final boolean checked = validateUtf8 && Opcode.TEXT == messageOpcode;
        final int length = (int)Math.min(frameRemaining, limit - position);
        if (length > 0)
        {
            if (checked && !utf8.validate(buffer, position, length))
            {
                return fail(sink, limit, CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
            }
            sink.onFramePayload(buffer, position, length);
            frameRemaining -= length;
        }

        final int end = position + length;
        if (0 == frameRemaining)
        {
            state = AWAIT_HEADER;
            if (finalFrame)
            {
                if (checked && !utf8.isComplete())
                {
                    return fail(sink, limit, CloseCode.INVALID_PAYLOAD, "text ends inside a code point");
                }

                final int opcode = messageOpcode;
                messageOpcode = NO_MESSAGE;
                messageLength = 0;
                sink.onMessageEnd(opcode, NOT_WHOLE == wholeLength(buffer, end, limit));
            }
        }

        return end;
    }

    private int onCompressedData(final DirectBuffer buffer, final int position, final int limit, final FrameSink sink)
    {
        final int length = (int)Math.min(frameRemaining, limit - position);
        frameRemaining -= length;
        final boolean endOfMessage = 0 == frameRemaining && finalFrame;

        final int checkedLength = inflater.length();
        int inflatedLength = inflater.inflate(buffer, position, length);
        if (endOfMessage && inflatedLength >= 0)
        {
            inflatedLength = inflater.end();
        }

        if (inflatedLength < 0)
        {
            return MessageInflater.TOO_LONG == inflatedLength ?
                fail(sink, limit, CloseCode.TOO_BIG, "message inflates to more than the limit") :
                fail(sink, limit, CloseCode.INVALID_PAYLOAD, "message does not inflate");
        }

        if (validateUtf8 && Opcode.TEXT == messageOpcode)
        {
            if (!utf8.validate(inflater.buffer(), checkedLength, inflatedLength - checkedLength))
            {
                return fail(sink, limit, CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
            }
            if (endOfMessage && !utf8.isComplete())
            {
                return fail(sink, limit, CloseCode.INVALID_PAYLOAD, "text ends inside a code point");
            }
        }

        state = 0 == frameRemaining ? AWAIT_HEADER : AWAIT_COMPRESSED;
        final int end = position + length;
        return endOfMessage ? onInflatedMessage(buffer, end, limit, sink) : end;
    }

    private int onInflatedMessage(final DirectBuffer buffer, final int end, final int limit, final FrameSink sink)
    {
        final boolean endOfBatch = NOT_WHOLE == wholeLength(buffer, end, limit);
        if (!sink.onMessage(messageOpcode, inflater.buffer(), 0, inflater.length(), endOfBatch))
        {
            // What was inflated stays inflated: the last byte stands for the message until there is room for it.
            state = AWAIT_ROOM;
            return ~(end - 1);
        }

        messageOpcode = NO_MESSAGE;
        messageLength = 0;
        state = AWAIT_HEADER;
        return end;
    }

    private int onControlHeader(final DirectBuffer buffer, final int position, final int limit, final FrameSink sink)
    {
        controlOpcode = header.opcode();
        controlLength = (int)header.payloadLength();
        controlReceived = 0;
        header.reset();
        framesReceived++;
        state = AWAIT_CONTROL;
        return onControlPayload(buffer, position, limit, sink);
    }

    private int onControlPayload(final DirectBuffer buffer, final int position, final int limit, final FrameSink sink)
    {
        final int length = Math.min(controlLength - controlReceived, limit - position);
        final int end = position + length;

        if (length == controlLength)
        {
            return onControl(buffer, position, end, limit, sink);
        }

        controlBuffer.putBytes(controlReceived, buffer, position, length);
        controlReceived += length;
        return controlReceived == controlLength ? onControl(controlBuffer, 0, end, limit, sink) : end;
    }

    private int onControl(
        final DirectBuffer buffer, final int payload, final int end, final int limit, final FrameSink sink)
    {
        state = AWAIT_HEADER;
        switch (controlOpcode)
        {
            case OPCODE_PING:
                sink.onPing(buffer, payload, controlLength);
                return end;

            case OPCODE_PONG:
                sink.onPong(buffer, payload, controlLength);
                return end;

            default:
                return onClose(buffer, payload, limit, sink);
        }
    }

    private int onClose(final DirectBuffer buffer, final int payload, final int limit, final FrameSink sink)
    {
        state = TERMINATED;
        if (0 == controlLength)
        {
            sink.onClose(CloseCode.NO_STATUS, buffer, payload, 0);
            return limit;
        }

        final int code = buffer.getShort(payload, BIG_ENDIAN) & 0xFFFF;
        if (!CloseCode.isSendable(code))
        {
            return fail(sink, limit, CloseCode.PROTOCOL_ERROR, "close code that must not be sent");
        }

        final int reason = payload + CLOSE_CODE_LENGTH;
        final int reasonLength = controlLength - CLOSE_CODE_LENGTH;
        if (!isText(buffer, reason, reasonLength))
        {
            return fail(sink, limit, CloseCode.INVALID_PAYLOAD, "close reason is not UTF-8");
        }

        sink.onClose(code, buffer, reason, reasonLength);
        return limit;
    }

    private int fail(final FrameSink sink, final int limit, final int closeCode, final String brokenRule)
    {
        state = TERMINATED;
        sink.onProtocolError(closeCode, brokenRule);
        return limit;
    }
}
