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
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.ringwire.tls.TlsCodec;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Encoded frames on their way to the socket: one buffer fills while the other is with the kernel, and everything of one
 * duty cycle leaves in one write. Owner: the IO thread.
 */
final class WriteBatch
{
    private final Half[] halves;
    private int filling;
    private boolean inFlight;
    private long settledCharge;
    private TlsCodec codec;

    WriteBatch(final int length)
    {
        halves = new Half[] { new Half(length), new Half(length) };
    }

    /**
     * From here on what gathers is sealed when it is written: one half gathers, the other holds the ciphertext. The
     * caller knows that nothing has gathered and nothing is in flight.
     *
     * @param codec that seals, or null to write what gathers as it is; then something may still be in flight.
     */
    void codec(final TlsCodec codec)
    {
        this.codec = codec;
        if (codec != null)
        {
            filling = 0;
            final int length = TlsCodec.sealedLength(halves[0].view.capacity());
            if (halves[1].view.capacity() < length)
            {
                BufferUtil.free(halves[1].memory);
                halves[1] = new Half(length);
            }
        }
    }

    /**
     * Bytes of direct memory held.
     */
    long memoryLength()
    {
        return (long)halves[0].view.capacity() + halves[1].view.capacity();
    }

    MutableDirectBuffer buffer()
    {
        return halves[filling].view;
    }

    int tail()
    {
        return halves[filling].tail;
    }

    /**
     * A frame was encoded at the tail.
     *
     * @param length   of the frame.
     * @param charge   it holds of the send window, 0 for a control frame.
     * @param messages that end with it: 1 or 0.
     */
    void advance(final int length, final int charge, final int messages)
    {
        final Half half = halves[filling];
        half.tail += length;
        half.charge += charge;
        half.messages += messages;
    }

    boolean isEmpty()
    {
        return halves[filling].tail == 0;
    }

    /**
     * Is a write with the kernel that it has not taken whole?
     */
    boolean isInFlight()
    {
        if (inFlight)
        {
            final Half flying = halves[1 - filling];
            if (flying.isReleased())
            {
                settledCharge += flying.clear();
                inFlight = false;
            }
        }

        return inFlight;
    }

    /**
     * Write what has gathered. The caller knows that nothing is in flight.
     *
     * @return bytes given to the channel, or {@link TlsCodec#FAILED} if none could be.
     */
    int write(final Channel channel)
    {
        if (codec == null)
        {
            filling = 1 - filling;
        }
        else if (!seal())
        {
            return TlsCodec.FAILED;
        }

        final Half half = halves[1 - filling];
        final int length = half.tail;
        fly(channel, half);
        return length;
    }

    /**
     * Write the end of TLS, unless something is in flight: then the peer finds the connection cut.
     */
    void writeClose(final Channel channel)
    {
        if (!isInFlight())
        {
            final Half sealed = halves[1];
            sealed.tail = codec.wrapClose(sealed.view, 0);
            fly(channel, sealed);
        }
    }

    private boolean seal()
    {
        final Half plain = halves[0];
        final Half sealed = halves[1];
        final int length = codec.wrap(plain.view, 0, plain.tail, sealed.view, 0);
        if (length < 0)
        {
            return false;
        }

        sealed.tail = length;
        sealed.messages = plain.messages;
        sealed.charge = plain.clear();
        return true;
    }

    private void fly(final Channel channel, final Half half)
    {
        inFlight = true;
        channel.writeAndFlush(half.toWrite(), channel.voidPromise());
        if (channel.isActive())
        {
            isInFlight(); // mostly the kernel has taken all of it at once
        }
    }

    /**
     * What was written since the last call.
     *
     * @return its charge on the send window.
     */
    long takeSettledCharge()
    {
        final long charge = settledCharge;
        settledCharge = 0;
        return charge;
    }

    /**
     * The connection is gone: forget what has gathered. What is in flight is free when the channel has let go of it;
     * how much of that the peer has seen, nobody knows.
     *
     * @return how many messages are not known to have been written whole.
     */
    int discard()
    {
        final Half gathered = halves[filling];
        final Half flying = halves[1 - filling];
        final int messages = gathered.messages + flying.messages;
        flying.messages = 0; // they are counted, their room comes back later
        settledCharge += gathered.clear();
        return messages;
    }

    void free()
    {
        for (final Half half : halves)
        {
            BufferUtil.free(half.memory);
        }
    }

    private static final class Half
    {
        private final ByteBuffer memory;
        private final UnsafeBuffer view;
        private final ByteBuf byteBuf;
        private int tail;
        private long charge;
        private int messages;

        Half(final int length)
        {
            memory = ByteBuffer.allocateDirect(length);
            view = new UnsafeBuffer(memory);
            byteBuf = Unpooled.wrappedBuffer(memory);
        }

        ByteBuf toWrite()
        {
            return byteBuf.setIndex(0, tail).retain(); // the channel releases it when the kernel has taken all of it
        }

        boolean isReleased()
        {
            return byteBuf.refCnt() == 1;
        }

        long clear()
        {
            final long charge = this.charge;
            this.charge = 0;
            messages = 0;
            tail = 0;
            return charge;
        }
    }
}
