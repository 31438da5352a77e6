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
package io.ringwire.io;

import io.netty.buffer.ByteBuf;
import io.ringwire.frame.FrameDecoder;
import io.ringwire.frame.FrameSink;
import io.ringwire.tls.TlsCodec;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Takes what was read from a connection to the decoder, through TLS where a codec was given for it. Plaintext the
 * decoder has no room for waits in memory of its own, ciphertext behind it where it was read to. Owner: the IO thread.
 */
final class FrameReader
{
    private final ReadBuffer readBuffer;
    private final FrameDecoder decoder;
    private final UnsafeBuffer foreignView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer plaintext = new UnsafeBuffer(0, 0);
    private TlsCodec codec;
    private int position;
    private int limit;

    FrameReader(final ReadBuffer readBuffer, final FrameDecoder decoder)
    {
        this.readBuffer = readBuffer;
        this.decoder = decoder;
    }

    /**
     * What is read from now on is ciphertext, or again plain.
     *
     * @param codec that opens it, or null.
     */
    void codec(final TlsCodec codec)
    {
        this.codec = codec;
        position = 0;
        limit = 0;
        if (codec != null && plaintext.capacity() == 0)
        {
            // all of one read, and the part of a record before it
            final int length = readBuffer.length() + TlsCodec.MAX_PLAINTEXT_LENGTH;
            plaintext.wrap(ByteBuffer.allocateDirect(length));
        }
    }

    /**
     * Decode what is left of the bytes, and move their reader index.
     *
     * @param bytes  as they were read.
     * @param sealed false if they are plain although there is a codec: they were read before it.
     * @param sink   of the decoder.
     * @return false if the sink had no room for all of it: then call again with the same bytes.
     */
    boolean decode(final ByteBuf bytes, final boolean sealed, final FrameSink sink)
    {
        final int length = bytes.readableBytes();
        final DirectBuffer view = readBuffer.owns(bytes) ? readBuffer.view() : foreign(bytes, length);
        final int offset = view == foreignView ? 0 : bytes.readerIndex();
        if (codec != null && sealed)
        {
            return decodeSealed(bytes, view, offset, length, sink);
        }

        final int consumed = decoder.decode(view, offset, length, sink);
        bytes.skipBytes(consumed);
        return consumed == length;
    }

    /**
     * Bytes of direct memory held: those of what is read, and of what it opens to.
     */
    long memoryLength()
    {
        return (long)readBuffer.length() + plaintext.capacity();
    }

    void free()
    {
        BufferUtil.free(plaintext);
    }

    private boolean decodeSealed(
        final ByteBuf bytes, final DirectBuffer view, final int offset, final int length, final FrameSink sink)
    {
        int opened = 0;
        do
        {
            position += decoder.decode(plaintext, position, limit - position, sink);
            if (position < limit)
            {
                bytes.skipBytes(opened);
                return false;
            }

            final boolean drained = opened == length && limit < plaintext.capacity();
            position = 0;
            limit = 0;
            if (codec != null && !drained) // a callback may have ended the connection
            {
                final int capacity = plaintext.capacity();
                limit = Math.max(0, codec.unwrap(view, offset + opened, length - opened, plaintext, 0, capacity));
                opened += codec.consumed();
            }
        }
        while (limit > 0);

        bytes.skipBytes(length);
        return true;
    }

    private DirectBuffer foreign(final ByteBuf bytes, final int length)
    {
        if (bytes.hasArray())
        {
            foreignView.wrap(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), length);
        }
        else if (bytes.hasMemoryAddress())
        {
            foreignView.wrap(bytes.memoryAddress() + bytes.readerIndex(), length);
        }
        else
        {
            foreignView.wrap(bytes.nioBuffer(bytes.readerIndex(), length));
        }

        return foreignView;
    }
}
