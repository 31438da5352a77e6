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

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The peer's side of permessage-deflate by hand, as RFC 7692 section 7.2 words it, over {@code java.util.zip}.
 */
final class JdkDeflate implements AutoCloseable
{
    /** What a sender takes off the end of a message and a receiver puts back. */
    static final byte[] TAIL = {0, 0, (byte)0xFF, (byte)0xFF};

    private final Deflater deflater;
    private final Inflater inflater = new Inflater(true);

    JdkDeflate()
    {
        this(Deflater.DEFAULT_COMPRESSION);
    }

    JdkDeflate(final int level)
    {
        deflater = new Deflater(level, true);
    }

    /**
     * One message with no context.
     */
    static byte[] compress(final byte[] message)
    {
        try (JdkDeflate peer = new JdkDeflate())
        {
            return peer.deflate(message);
        }
    }

    /**
     * The payload of the next message.
     */
    byte[] deflate(final byte[] message)
    {
        if (0 == message.length)
        {
            return new byte[1];
        }

        deflater.setInput(message);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final byte[] piece = new byte[4096];
        int length;
        do
        {
            length = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
            out.write(piece, 0, length);
        }
        while (length == piece.length);
        return Arrays.copyOf(out.toByteArray(), out.size() - TAIL.length);
    }

    /**
     * The message in the payloads of its frames, put together.
     */
    byte[] inflate(final byte[] payload)
    {
        final byte[] input = Arrays.copyOf(payload, payload.length + TAIL.length);
        System.arraycopy(TAIL, 0, input, payload.length, TAIL.length);
        inflater.setInput(input);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final byte[] piece = new byte[4096];
        try
        {
            for (int length = inflater.inflate(piece); length > 0; length = inflater.inflate(piece))
            {
                out.write(piece, 0, length);
            }
        }
        catch (final DataFormatException ex)
        {
            throw new AssertionError(ex);
        }

        if (inflater.getRemaining() > 0)
        {
            throw new AssertionError("bytes left: " + inflater.getRemaining());
        }
        return out.toByteArray();
    }

    void forgetSent()
    {
        deflater.reset();
    }

    void forgetReceived()
    {
        inflater.reset();
    }

    @Override
    public void close()
    {
        deflater.end();
        inflater.end();
    }
}
