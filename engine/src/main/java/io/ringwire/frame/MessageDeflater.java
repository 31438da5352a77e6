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

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compresses the messages of one connection with permessage-deflate (RFC 7692 section 7.2.1), whole or part by part.
 * <p>
 * The window of {@code java.util.zip} is always 32 KiB. A smaller {@code client_max_window_bits} is honoured by a full
 * flush each time a window's length of bytes has gone in: it makes zlib forget what it has seen, so no distance can
 * reach farther back than the agreed window. It costs compression, and time: zlib clears 64 KiB of hash table each
 * time, also at the end of each message without context takeover.
 * <p>
 * Memory outside of the heap: 264 KiB in zlib, {@value #INPUT_LENGTH} bytes for input, and the compressed part: 64 KiB
 * at first, given back some messages after more was needed. Owned by the IO thread that writes the connection. Does
 * not allocate while parts fit the memory taken.
 */
public final class MessageDeflater implements AutoCloseable
{
    private static final int INPUT_LENGTH = 8192;
    private static final int TAIL_LENGTH = 4;
    private static final int MAX_STORED_LENGTH = 65535;
    private static final int STORED_HEADER_LENGTH = 5;

    /** A block of no bytes less the tail: what an empty message is sent as (RFC 7692 section 7.2.3.6). */
    private static final byte EMPTY_BLOCK = 0;

    /** More than zlib wants to see free at a flush, so that it does not write the end of the flush twice. */
    private static final int MIN_ROOM = 16;

    private final boolean contextTakeover;
    private final int windowLength;
    private final Deflater deflater;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_LENGTH);
    private final UnsafeBuffer inputView = new UnsafeBuffer(input);
    private final MessageBuffer output = new MessageBuffer(Integer.MAX_VALUE);
    private int windowUsed;
    private boolean closed;

    /**
     * A deflater for a new connection.
     *
     * @param level           of compression, 0 (none) to 9, or -1 for zlib's default.
     * @param contextTakeover false if {@code client_no_context_takeover} is agreed: then no message refers to one
     *                        before it.
     * @param windowBits      the agreed {@code client_max_window_bits}, 8 to 15.
     */
    public MessageDeflater(final int level, final boolean contextTakeover, final int windowBits)
    {
        if (windowBits < DeflateExtension.MIN_WINDOW_BITS || windowBits > DeflateExtension.MAX_WINDOW_BITS)
        {
            throw new IllegalArgumentException("windowBits must be from 8 to 15: " + windowBits);
        }

        this.contextTakeover = contextTakeover;
        windowLength = DeflateExtension.MAX_WINDOW_BITS == windowBits ? Integer.MAX_VALUE : 1 << windowBits;
        deflater = new Deflater(level, true);
    }

    /**
     * Compress the next part of a message. The result of the call before is forgotten.
     *
     * @param src    the part is in; read during the call only.
     * @param offset of the part.
     * @param length of the part in bytes, may be 0.
     * @param last   true if the message ends with it; a whole message is its own last part.
     * @return length of the payload of the frame to send, which stands in {@link #buffer()}. 0 only for an empty part
     * that is not the last.
     */
    public int deflate(final DirectBuffer src, final int offset, final int length, final boolean last)
    {
        output.clear();
        for (int done = 0; done < length;)
        {
            final int step = Math.min(Math.min(INPUT_LENGTH, length - done), windowLength - windowUsed);
            inputView.putBytes(0, src, offset + done, step);
            done += step;
            deflateInput(step, flushAfter(step, done == length));
        }

        if (last)
        {
            endMessage(length);
        }
        return output.length();
    }

    /**
     * As {@link #deflate(DirectBuffer, int, int, boolean)}, for a part that is sent whatever comes out: one that zlib
     * makes longer goes into blocks that are not compressed (RFC 1951 section 3.2.4).
     *
     * @param src    the part is in; read during the call only.
     * @param offset of the part.
     * @param length of the part in bytes, may be 0.
     * @param last   true if the message ends with it.
     * @return length of the payload of the frame to send, at most {@link #maxPartLength(int)}.
     */
    public int deflatePart(final DirectBuffer src, final int offset, final int length, final boolean last)
    {
        final int deflatedLength = deflate(src, offset, length, last);
        if (deflatedLength <= maxPartLength(length))
        {
            return deflatedLength;
        }

        forget(); // its receiver will know what zlib was given, but not from zlib
        store(src, offset, length);
        if (last)
        {
            output.memory().put(EMPTY_BLOCK);
        }
        return output.length();
    }

    /**
     * The longest that {@link #deflatePart(DirectBuffer, int, int, boolean)} makes a part.
     *
     * @param length of the part in bytes.
     * @return length in bytes.
     */
    public static int maxPartLength(final int length)
    {
        final int blocks = (length + MAX_STORED_LENGTH - 1) / MAX_STORED_LENGTH;
        return length + blocks * STORED_HEADER_LENGTH + 1;
    }

    /**
     * What was compressed last is not sent, or not compressed: its receiver will not know it. Begin again, so that
     * nothing later refers to it.
     */
    public void forget()
    {
        deflater.reset();
        windowUsed = 0;
    }

    /**
     * The compressed part, from offset 0 on.
     *
     * @return a buffer with other memory behind it after each {@link #deflate(DirectBuffer, int, int, boolean)}, and
     * with none after {@link #close()}.
     */
    public DirectBuffer buffer()
    {
        return output.view();
    }

    /**
     * Free what zlib holds and the buffers. Nothing but this may be called afterwards.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            deflater.end();
            output.free();
            BufferUtil.free(input);
        }
    }

    private int flushAfter(final int length, final boolean endOfPart)
    {
        windowUsed += length;
        if (windowUsed == windowLength)
        {
            windowUsed = 0;
            return Deflater.FULL_FLUSH;
        }

        return endOfPart ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
    }

    private void endMessage(final int lastLength)
    {
        if (0 == lastLength)
        {
            output.memory().put(EMPTY_BLOCK);
        }
        else
        {
            output.memory().position(output.length() - TAIL_LENGTH);
        }

        if (!contextTakeover)
        {
            forget();
        }
    }

    /**
     * Every flush ends at a whole byte, so the blocks are whole bytes too.
     */
    private void store(final DirectBuffer src, final int offset, final int length)
    {
        output.clear();
        for (int done = 0; done < length;)
        {
            final int step = Math.min(MAX_STORED_LENGTH, length - done);
            while (output.memory().remaining() < step + STORED_HEADER_LENGTH + MIN_ROOM)
            {
                output.grow();
            }

            final ByteBuffer memory = output.memory();
            memory.put(EMPTY_BLOCK);
            memory.put((byte)step).put((byte)(step >>> 8)).put((byte)~step).put((byte)(~step >>> 8));
            src.getBytes(offset + done, memory, step);
            done += step;
        }
    }

    private void deflateInput(final int length, final int flush)
    {
        input.limit(length).position(0);
        deflater.setInput(input);
        do
        {
            if (output.memory().remaining() < MIN_ROOM)
            {
                output.grow();
            }
            deflater.deflate(output.memory(), flush);
        }
        while (!output.memory().hasRemaining()); // then zlib may hold more of it back
    }
}
