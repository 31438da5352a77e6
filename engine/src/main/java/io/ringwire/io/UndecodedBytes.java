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
import io.ringwire.frame.FrameSink;
import io.ringwire.tls.TlsCodec;

import java.util.ArrayDeque;

/**
 * Bytes as they were read from a connection, in their order: those that wait for room or for the session to be live,
 * and those that are being decoded. Owner: the IO thread.
 */
final class UndecodedBytes
{
    private final FrameReader reader;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private TlsCodec codec;
    private int plainWaiting;

    UndecodedBytes(final FrameReader reader)
    {
        this.reader = reader;
    }

    boolean isEmpty()
    {
        return waiting.isEmpty();
    }

    /**
     * Takes over the reference.
     */
    void add(final ByteBuf bytes)
    {
        waiting.addLast(bytes);
    }

    /**
     * From here on the connection is read through a codec of ours; what waits was read through Netty's.
     */
    void codec(final TlsCodec codec)
    {
        this.codec = codec;
        plainWaiting = waiting.size();
        reader.codec(codec);
    }

    /**
     * Has TLS ended, so that no plaintext follows?
     */
    boolean hasTlsEnded()
    {
        return codec != null && codec.hasEnded();
    }

    /**
     * Those that wait longest; they go on waiting.
     */
    ByteBuf first()
    {
        return waiting.peekFirst();
    }

    void removeFirst()
    {
        waiting.pollFirst();
    }

    /**
     * Decode what is left of the bytes; when all are, give the reference back.
     */
    boolean decode(final ByteBuf bytes, final FrameSink sink)
    {
        final boolean done;
        try
        {
            done = reader.decode(bytes, plainWaiting == 0, sink);
        }
        catch (final Throwable t)
        {
            if (waiting.peekFirst() == bytes)
            {
                waiting.pollFirst();
            }

            bytes.release(); // the memory must come back for the next connection
            throw t;
        }

        if (done)
        {
            bytes.release();
            plainWaiting -= plainWaiting > 0 ? 1 : 0;
        }

        return done;
    }

    /**
     * Give up what waits.
     */
    void release()
    {
        while (!waiting.isEmpty())
        {
            waiting.pollFirst().release();
        }
    }

    /**
     * Bytes of direct memory held: those of what is read, and of what it opens to.
     */
    long memoryLength()
    {
        return reader.memoryLength();
    }

    void free()
    {
        reader.free();
    }
}
