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
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.ringwire.api.Opcode;
import io.ringwire.frame.FrameEncoder;
import io.ringwire.frame.MaskKeys;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.nio.ByteBuffer;

/**
 * Encoding of a text frame from direct memory into direct memory, masked with a fresh key: by our encoder with keys of
 * a cipher's stream, and by Netty's encoder with its own keys, which are no secret.
 */
@State(Scope.Thread)
public class FrameEncoderBenchmark extends NettySettings
{
    @Param({ "0", "32", "128", "1024", "16384" })
    private int size;

    private final MaskKeys maskKeys = new MaskKeys();
    private final Channel channel = new EmbeddedChannel();
    private final NettySink nettySink = new NettySink();
    private UnsafeBuffer src;
    private UnsafeBuffer dst;
    private ByteBuf payload;

    /**
     * Make the payload.
     */
    @Setup
    public void open()
    {
        final ByteBuffer memory = ByteBuffer.allocateDirect(size);
        src = new UnsafeBuffer(memory);
        src.setMemory(0, size, (byte)'x');
        dst = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameEncoder.headerLength(size) + size));
        payload = Unpooled.wrappedBuffer(memory);
        channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
        channel.pipeline().addLast(nettySink, new WebSocket13FrameEncoder(true));
    }

    /**
     * Ours.
     *
     * @return length of the frame.
     */
    @Benchmark
    public int ringwire()
    {
        return FrameEncoder.encode(dst, 0, Opcode.TEXT, true, maskKeys.nextKey(), src, 0, size);
    }

    /**
     * Ours without the draw of the key.
     *
     * @return length of the frame.
     */
    @Benchmark
    public int ringwireSameKey()
    {
        return FrameEncoder.encode(dst, 0, Opcode.TEXT, true, 0x12345678, src, 0, size);
    }

    /**
     * Netty's.
     *
     * @return bytes encoded so far.
     */
    @Benchmark
    public long netty()
    {
        channel.write(new TextWebSocketFrame(payload.retainedDuplicate()), channel.voidPromise());
        return nettySink.bytes;
    }

    private static final class NettySink extends ChannelOutboundHandlerAdapter
    {
        private long bytes;

        @Override
        public void write(final ChannelHandlerContext ctx, final Object message, final ChannelPromise promise)
        {
            final ByteBuf frame = (ByteBuf)message;
            bytes += frame.readableBytes();
            frame.release();
        }
    }
}
