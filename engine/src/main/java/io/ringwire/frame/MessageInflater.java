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
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Undoes permessage-deflate (RFC 7692 section 7.2.2) for the messages of one connection, one after the other:
 * {@link #begin()}, {@link #inflate(DirectBuffer, int, int)} for the payload as it comes, {@link #end()}. The window
 * is always 32 KiB, so every {@code server_max_window_bits} is served.
 * <p>
 * A block with BFINAL set ends a DEFLATE stream (RFC 1951 section 3.2.3), and what follows it begins another, which
 * knows nothing of the one before (RFC 7692 section 7.2.3.4). A message that ends in the middle of a block is not
 * found out: zlib takes the tail for a part of the block.
 * <p>
 * Memory outside of the heap: 40 KiB in zlib, {@value #INPUT_LENGTH} bytes for input, and the inflated message: 64 KiB
 * at first, at most the limit, given back some messages after it was needed. Owned by the IO thread that reads the
 * connection. Does not allocate while messages fit the memory taken.
 */
public final class MessageInflater implements AutoCloseable
{
    /** The message inflates to more than the limit. */
    public static final int TOO_LONG = -1;

    /** The payload is not DEFLATE data, or refers to what a message may not refer to. */
    public static final int CORRUPT = -2;

    private static final int INPUT_LENGTH = 8192;
    private static final byte[] TAIL = {0x00, 0x00, (byte)0xFF, (byte)0xFF};

    private final int maxInflatedLength;
    private final boolean contextTakeover;
    private final Inflater inflater = new Inflater(true);
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_LENGTH);
    private final UnsafeBuffer inputView = new UnsafeBuffer(input);
    private final MessageBuffer output;

    /** No bit of a block has been seen since the message began or a stream ended: there is nothing to flush. */
    private boolean betweenStreams;
    private long bytesIn;
    private long bytesOut;
    private boolean closed;

    /**
     * An inflater for a new connection.
     *
     * @param maxInflatedLength longest message in bytes after inflating; the limit is found exceeded when one byte
     *                          more has been inflated.
     * @param contextTakeover   false if {@code server_no_context_takeover} is agreed: then a message that refers to
     *                          one before it is {@link #CORRUPT}.
     */
    public MessageInflater(final int maxInflatedLength, final boolean contextTakeover)
    {
        if (maxInflatedLength < 1 || Integer.MAX_VALUE == maxInflatedLength)
        {
            throw new IllegalArgumentException("maxInflatedLength must be from 1 to " + (Integer.MAX_VALUE - 1) +
                ": " + maxInflatedLength);
        }

        this.maxInflatedLength = maxInflatedLength;
        this.contextTakeover = contextTakeover;
        output = new MessageBuffer(maxInflatedLength + 1);
    }

    /**
     * Begin a message. The message before is forgotten.
     */
    public void begin()
    {
        output.clear();
        betweenStreams = true;
        if (!contextTakeover)
        {
            inflater.reset();
        }
    }

    /**
     * Inflate the next piece of the payload as far as it goes.
     *
     * @param buffer the piece is in; read during the call only.
     * @param offset of the piece in the buffer.
     * @param length of the piece in bytes, may be 0.
     * @return length of the inflated message so far, {@link #TOO_LONG} or {@link #CORRUPT}. After these two the
     * inflater can only be closed.
     */
    public int inflate(final DirectBuffer buffer, final int offset, final int length)
    {
        int result = output.length();
        for (int done = 0; done < length && result >= 0;)
        {
            final int step = Math.min(INPUT_LENGTH, length - done);
            inputView.putBytes(0, buffer, offset + done, step);
            result = inflateInput(step);
            done += step;
        }

        bytesIn += length;
        return result;
    }

    /**
     * The payload is complete: put back the four bytes the sender took off its end.
     *
     * @return length of the inflated message, {@link #TOO_LONG} or {@link #CORRUPT}.
     */
    public int end()
    {
        int result = output.length();
        if (!betweenStreams)
        {
            inputView.putBytes(0, TAIL);
            result = inflateInput(TAIL.length);
        }

        bytesOut += Math.max(0, result);
        return result;
    }

    /**
     * The inflated message, from offset 0 on.
     *
     * @return a buffer with other memory behind it after each {@link #begin()} and
     * {@link #inflate(DirectBuffer, int, int)}, and with none after {@link #close()}.
     */
    public DirectBuffer buffer()
    {
        return output.view();
    }

    /**
     * Length of the inflated message so far.
     *
     * @return the length in bytes.
     */
    public int length()
    {
        return output.length();
    }

    /**
     * Payload bytes taken since this was last asked. Owner only.
     *
     * @return the count of compressed bytes.
     */
    public long takeBytesIn()
    {
        final long result = bytesIn;
        bytesIn = 0;
        return result;
    }

    /**
     * Bytes of the messages that were inflated to their end since this was last asked. Owner only.
     *
     * @return the count of plain bytes.
     */
    public long takeBytesOut()
    {
        final long result = bytesOut;
        bytesOut = 0;
        return result;
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
            inflater.end();
            output.free();
            BufferUtil.free(input);
        }
    }

    private int inflateInput(final int length)
    {
        input.limit(length).position(0);
        inflater.setInput(input);
        betweenStreams = false;
        try
        {
            return inflateInput();
        }
        catch (final DataFormatException ex)
        {
            return CORRUPT;
        }
    }

    private int inflateInput() throws DataFormatException
    {
        while (true)
        {
            final int inflated = inflater.inflate(output.memory());
            if (output.length() > maxInflatedLength)
            {
                return TOO_LONG;
            }

            if (inflater.finished())
            {
                inflater.reset();
                if (!input.hasRemaining())
                {
                    betweenStreams = true;
                    return output.length();
                }
                inflater.setInput(input);
            }
            else if (!output.memory().hasRemaining())
            {
                output.grow(); // zlib may hold more even if all input is taken
            }
            else if (!input.hasRemaining())
            {
                return output.length();
            }
            else if (0 == inflated)
            {
                return CORRUPT;
            }
        }
    }
}
