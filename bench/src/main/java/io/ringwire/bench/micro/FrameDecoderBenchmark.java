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
package io.ringwire.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringwire.api.Opcode;
import io.ringwire.frame.FrameDecoder;
import io.ringwire.frame.FrameSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decoding of whole frames that stand in direct memory, one frame a call and as many a call as a read of 64 KiB brings,
 * by our decoder and by Netty's decoder with its UTF-8 check behind it. The row {@code frames} is the time per frame.
 */
@State(Scope.Thread)
public class FrameDecoderBenchmark extends NettySettings
{
    private static final int BATCH_LENGTH = 64 * 1024;
    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_HEADER_LENGTH = 4;

    /** Counted by the sinks. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Counts
    {
        /** Messages that came. */
        public long frames;
    }

    @Param({ "0", "32", "128", "1024", "16384" })
    private int size;

    @Param({ "TEXT", "BINARY" })
    private String kind;

    private final CountingSink sink = new CountingSink();
    private final NettySink nettySink = new NettySink();
    private final FrameDecoder decoder = new FrameDecoder(MAX_LENGTH, MAX_LENGTH, true);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private UnsafeBuffer buffer;
    private ByteBuf nettyBuffer;
    private int frameLength;
    private int batchLength;

    /**
     * Write the frames.
     */
    @Setup
    public void open()
    {
        final ByteBuffer memory = ByteBuffer.allocateDirect(BATCH_LENGTH).order(ByteOrder.BIG_ENDIAN);
        final byte[] payload = "{\"price\":64000.5,\"size\":123},".repeat(size).substring(0, size)
            .getBytes(StandardCharsets.US_ASCII);
        frameLength = size + (size > 125 ? MAX_HEADER_LENGTH : 2);
        while (memory.remaining() >= frameLength)
        {
            memory.put((byte)(0x80 | (kind.equals("TEXT") ? Opcode.TEXT : Opcode.BINARY)));
            if (size > 125)
            {
                memory.put((byte)126).putShort((short)size);
            }
            else
            {
                memory.put((byte)size);
            }

            memory.put(payload);
        }

        batchLength = memory.position();
        buffer = new UnsafeBuffer(memory);
        nettyBuffer = Unpooled.wrappedBuffer(memory.flip());
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.pipeline().addLast(
            new WebSocket13FrameDecoder(false, false, MAX_LENGTH), new Utf8FrameValidator(), nettySink);
    }

    /**
     * Ours, one frame a call.
     *
     * @return bytes that came.
     */
    @Benchmark
    public long ringwireOne()
    {
        decoder.decode(buffer, 0, frameLength, sink);
        return sink.bytes;
    }

    /**
     * Ours, many frames a call.
     *
     * @param counts of frames.
     * @return bytes that came.
     */
    @Benchmark
    public long ringwireBatch(final Counts counts)
    {
        decoder.decode(buffer, 0, batchLength, sink);
        counts.frames += sink.frames;
        sink.frames = 0;
        return sink.bytes;
    }

    /**
     * Netty's, one frame a call.
     *
     * @return bytes that came.
     */
    @Benchmark
    public long nettyOne()
    {
        return netty(frameLength);
    }

    /**
     * Netty's, many frames a call.
     *
     * @param counts of frames.
     * @return bytes that came.
     */
    @Benchmark
    public long nettyBatch(final Counts counts)
    {
        netty(batchLength);
        counts.frames += nettySink.frames;
        nettySink.frames = 0;
        return nettySink.bytes;
    }

    private long netty(final int length)
    {
        channel.pipeline().fireChannelRead(nettyBuffer.retain().setIndex(0, length));
        return nettySink.bytes;
    }

    private static final class NettySink extends ChannelInboundHandlerAdapter
    {
        private long frames;
        private long bytes;

        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message)
        {
            final WebSocketFrame frame = (WebSocketFrame)message;
            frames++;
            bytes += frame.content().readableBytes();
            frame.release();
        }
    }

    private static final class CountingSink implements FrameSink
    {
        private long frames;
        private long bytes;

        @Override
        public boolean onMessage(
            final int opcode,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final boolean endOfBatch)
        {
            frames++;
            bytes += length;
            return true;
        }

        @Override
        public boolean onFrameBegin(
            final int opcode, final boolean firstFrame, final boolean fin, final long payloadLength)
        {
            return true;
        }

        @Override
        public void onFramePayload(final DirectBuffer buffer, final int offset, final int length)
        {
            bytes += length;
        }

        @Override
        public void onMessageEnd(final int opcode, final boolean endOfBatch)
        {
            frames++;
        }

        @Override
        public void onPing(final DirectBuffer buffer, final int offset, final int length)
        {
            frames++;
        }

        @Override
        public void onPong(final DirectBuffer buffer, final int offset, final int length)
        {
            frames++;
        }

        @Override
        public void onClose(final int code, final DirectBuffer buffer, final int offset, final int length)
        {
            frames++;
        }

        @Override
        public void onProtocolError(final int closeCode, final String reason)
        {
            throw new IllegalStateException(closeCode + ": " + reason);
        }
    }
}
