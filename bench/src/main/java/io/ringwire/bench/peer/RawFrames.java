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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.Endpoint;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the floors know of RFC 6455: no more than the server needs to serve them. The upgrade is a text, its answer is
 * not checked but for the status; a frame sent is encoded beforehand, with a mask that never changes; of a frame
 * received the opcode and the length are read, and the payload is skipped. Pings are not answered. Owner: the thread
 * that reads the session's socket.
 */
final class RawFrames
{
    private static final int FIN_TEXT = 0x81;
    private static final int OPCODE_BITS = 0x0F;
    private static final int CLOSE = 0x8;
    private static final int MASK_BIT = 0x80;
    private static final int LENGTH_BITS = 0x7F;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MIN_HEADER_LENGTH = 2;
    private static final long MAX_PAYLOAD_LENGTH = Integer.MAX_VALUE;
    private static final int MASK_KEY = 0x12345678;
    private static final int MAX_HEADER_LENGTH = 14;
    private static final int MAX_BATCH_LENGTH = 64 * 1024;
    private static final int HEAD_LENGTH = 64; // holds a header and a stamp
    private static final int MAX_RESPONSE_LENGTH = 64 * 1024;
    private static final String SWITCHING = "HTTP/1.1 101";
    private static final String END_OF_RESPONSE = "\r\n\r\n";

    private final Workload workload;
    private final Tally tally;
    private final int frameLength;
    private final UnsafeBuffer head = new UnsafeBuffer(ByteBuffer.allocateDirect(HEAD_LENGTH));
    private final StringBuilder response = new StringBuilder();
    private long headLength; // bytes of a frame that earlier reads brought; its first ones are in head
    private boolean isUpgraded;
    private boolean isClosed;
    private String refusal;

    RawFrames(final Workload workload, final Tally tally)
    {
        this.workload = workload;
        this.tally = tally;
        frameLength = putFrame(ByteBuffer.allocate(MAX_HEADER_LENGTH + workload.sizeBytes()), workload.sizeBytes());
    }

    /**
     * A floor has no inflater and no TLS.
     */
    static boolean supports(final Workload workload)
    {
        return !workload.deflate() && !Endpoint.parse(workload.uri()).isSecure();
    }

    /**
     * The length of a frame sent.
     */
    int frameLength()
    {
        return frameLength;
    }

    /**
     * Frames in a batch: what a SEND sends at once, as far as 64 KiB hold it.
     */
    int batchCount()
    {
        return workload.kind() == Workload.Kind.SEND ?
            Math.max(1, Math.min(Workload.ACKNOWLEDGED_BATCH, MAX_BATCH_LENGTH / frameLength)) : 1;
    }

    ByteBuffer newBatch()
    {
        final ByteBuffer batch = ByteBuffer.allocateDirect(batchCount() * frameLength);
        while (batch.hasRemaining())
        {
            putFrame(batch, workload.sizeBytes());
        }

        return batch.flip();
    }

    byte[] upgradeRequest()
    {
        final Endpoint server = Endpoint.parse(workload.uri());
        return ("GET " + server.requestTarget() + " HTTP/1.1\r\nHost: " + server.hostHeader() + "\r\n" +
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    void onNewConnection()
    {
        response.setLength(0);
        headLength = 0;
        isUpgraded = false;
        isClosed = false;
        refusal = null;
    }

    /**
     * The answer to the upgrade, or a part of it.
     *
     * @return bytes used; frames may follow if it is all there.
     */
    int onResponse(final UnsafeBuffer input, final int offset, final int length)
    {
        int used = 0;
        while (used < length && !isUpgraded && refusal == null)
        {
            response.append((char)(input.getByte(offset + used++) & 0xFF));
            if (response.length() > MAX_RESPONSE_LENGTH)
            {
                refusal = "no end of the answer to the upgrade within " + MAX_RESPONSE_LENGTH + " bytes";
            }
            else if (input.getByte(offset + used - 1) == '\n' && endsResponse())
            {
                isUpgraded = response.indexOf(SWITCHING) == 0;
                refusal = isUpgraded ? null : "the server answered " + response.substring(0, response.indexOf("\r\n"));
            }
        }

        return used;
    }

    boolean isUpgraded()
    {
        return isUpgraded;
    }

    /**
     * Why the upgrade failed, or null.
     */
    String refusal()
    {
        return refusal;
    }

    /**
     * Has the server sent a close frame?
     */
    boolean isClosed()
    {
        return isClosed;
    }

    /**
     * Walk over the frames of a read.
     *
     * @return how many messages to send now.
     */
    int onRead(final UnsafeBuffer input, final int offset, final int length)
    {
        final int limit = offset + length;
        int position = offset;
        int next = 0;
        if (headLength > 0)
        {
            final long before = headLength;
            final long needed = appendToHead(input, offset, length);
            if (needed > headLength)
            {
                return 0;
            }

            position = offset + (int)(needed - before);
            headLength = 0;
            next = onFrame(head, 0, needed);
        }

        while (limit - position >= MIN_HEADER_LENGTH)
        {
            final long frame = frameLengthAt(input, position, limit - position);
            if (frame > limit - position)
            {
                break;
            }

            next += onFrame(input, position, frame);
            position += (int)frame;
        }

        if (position < limit)
        {
            appendToHead(input, position, limit - position);
        }

        return next;
    }

    /**
     * @return the length of the frame begun, or the longest there is while its header is not all there.
     */
    private long appendToHead(final UnsafeBuffer input, final int offset, final int length)
    {
        if (headLength < HEAD_LENGTH)
        {
            head.putBytes((int)headLength, input, offset, (int)Math.min(HEAD_LENGTH - headLength, length));
        }

        headLength += length;
        return frameLengthAt(head, 0, (int)Math.min(headLength, HEAD_LENGTH));
    }

    private static long frameLengthAt(final UnsafeBuffer buffer, final int offset, final int available)
    {
        final int lengthBits = available < MIN_HEADER_LENGTH ? LENGTH_64 : buffer.getByte(offset + 1) & LENGTH_BITS;
        if (lengthBits < LENGTH_16)
        {
            return MIN_HEADER_LENGTH + lengthBits;
        }

        final int headerLength = MIN_HEADER_LENGTH + (lengthBits == LENGTH_16 ? Short.BYTES : Long.BYTES);
        if (available < headerLength)
        {
            return Long.MAX_VALUE;
        }

        return headerLength + (lengthBits == LENGTH_16 ?
            buffer.getShort(offset + MIN_HEADER_LENGTH, ByteOrder.BIG_ENDIAN) & 0xFFFF :
            buffer.getLong(offset + MIN_HEADER_LENGTH, ByteOrder.BIG_ENDIAN) & MAX_PAYLOAD_LENGTH);
    }

    private int onFrame(final UnsafeBuffer buffer, final int offset, final long length)
    {
        if ((buffer.getByte(offset) & OPCODE_BITS) >= CLOSE)
        {
            isClosed |= (buffer.getByte(offset) & OPCODE_BITS) == CLOSE;
            return 0;
        }

        final int lengthBits = buffer.getByte(offset + 1) & LENGTH_BITS;
        final int headerLength =
            lengthBits < LENGTH_16 ? MIN_HEADER_LENGTH :
            lengthBits == LENGTH_16 ? MIN_HEADER_LENGTH + Short.BYTES : MIN_HEADER_LENGTH + Long.BYTES;
        return tally.onMessage(buffer, offset + headerLength, (int)length - headerLength);
    }

    private boolean endsResponse()
    {
        final int end = response.length() - END_OF_RESPONSE.length();
        return end >= 0 && response.indexOf(END_OF_RESPONSE, end) == end;
    }

    /**
     * @return its length.
     */
    private static int putFrame(final ByteBuffer buffer, final int payloadLength)
    {
        final int start = buffer.position();
        buffer.put((byte)FIN_TEXT);
        if (payloadLength < LENGTH_16)
        {
            buffer.put((byte)(MASK_BIT | payloadLength));
        }
        else if (payloadLength <= 0xFFFF)
        {
            buffer.put((byte)(MASK_BIT | LENGTH_16)).putShort((short)payloadLength);
        }
        else
        {
            buffer.put((byte)(MASK_BIT | LENGTH_64)).putLong(payloadLength);
        }

        buffer.putInt(MASK_KEY);
        for (int i = 0; i < payloadLength; i++)
        {
            buffer.put((byte)('a' ^ MASK_KEY >>> 24 - (i & 3) * 8));
        }

        return buffer.position() - start;
    }
}
