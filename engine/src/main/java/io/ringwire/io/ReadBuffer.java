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
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The one warm piece of memory that a connection is read into, handed to Netty read after read. While the upgrade is
 * under way, or while the memory still holds bytes the ring had no room for, Netty is given other memory instead.
 * Owner: the IO thread.
 */
final class ReadBuffer implements RecvByteBufAllocator
{
    /** Reads in a row before the duty cycle goes on: a peer that fills every one must not starve the rest. */
    private static final int MAX_READS = 4;

    private final ByteBuffer memory;
    private final ByteBuf byteBuf;
    private final UnsafeBuffer view;
    private final int length;
    private boolean enabled;

    ReadBuffer(final int length)
    {
        this.length = length;
        memory = ByteBuffer.allocateDirect(length);
        view = new UnsafeBuffer(memory);
        byteBuf = Unpooled.wrappedBuffer(memory);
    }

    /**
     * Only frames are read from here on: nobody but us holds on to what is read.
     */
    void enable(final boolean enabled)
    {
        this.enabled = enabled;
    }

    int length()
    {
        return length;
    }

    boolean owns(final ByteBuf candidate)
    {
        return candidate == byteBuf;
    }

    DirectBuffer view()
    {
        return view;
    }

    /**
     * Has the channel let go of the memory?
     */
    boolean isReleased()
    {
        return byteBuf.refCnt() == 1;
    }

    void free()
    {
        BufferUtil.free(memory);
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still declares it
    public Handle newHandle()
    {
        return new FixedHandle();
    }

    private final class FixedHandle implements ExtendedHandle
    {
        private final UncheckedBooleanSupplier bufferWasFilled = this::isBufferFilled;
        private ChannelConfig config;
        private int reads;
        private int lastBytesRead;
        private int attemptedBytesRead;

        @Override
        public ByteBuf allocate(final ByteBufAllocator alloc)
        {
            return enabled && isReleased() ? byteBuf.clear().retain() : alloc.directBuffer(length);
        }

        @Override
        public int guess()
        {
            return length;
        }

        @Override
        public void reset(final ChannelConfig config)
        {
            this.config = config;
            lastBytesRead = 0;
            attemptedBytesRead = 0;
            reads = 0;
        }

        @Override
        public void incMessagesRead(final int messages)
        {
            reads += messages;
        }

        @Override
        public void lastBytesRead(final int bytes)
        {
            lastBytesRead = bytes;
        }

        @Override
        public int lastBytesRead()
        {
            return lastBytesRead;
        }

        @Override
        public void attemptedBytesRead(final int bytes)
        {
            attemptedBytesRead = bytes;
        }

        @Override
        public int attemptedBytesRead()
        {
            return attemptedBytesRead;
        }

        @Override
        public boolean continueReading()
        {
            return continueReading(bufferWasFilled);
        }

        @Override
        public boolean continueReading(final UncheckedBooleanSupplier maybeMoreData)
        {
            return config.isAutoRead() && lastBytesRead > 0 && reads < MAX_READS && maybeMoreData.get();
        }

        private boolean isBufferFilled()
        {
            return lastBytesRead == attemptedBytesRead;
        }

        @Override
        public void readComplete()
        {
            // nothing is adapted to what was read
        }
    }
}
