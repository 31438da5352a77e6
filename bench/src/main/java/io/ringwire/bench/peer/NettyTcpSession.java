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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.Endpoint;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A session of {@link NettyTcpClient}. Owner: the event loop.
 */
final class NettyTcpSession extends NettySession
{
    private final RawFrames frames;
    private final ByteBuf batch;
    private final int batchCount;
    private final int frameLength;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    NettyTcpSession(final Workload workload, final Trial trial, final Tally tally)
    {
        super(trial, tally);
        frames = new RawFrames(workload, tally);
        batchCount = frames.batchCount();
        frameLength = frames.frameLength();
        batch = PooledByteBufAllocator.DEFAULT.directBuffer(batchCount * frameLength);
        batch.writeBytes(frames.newBatch());
    }

    @Override
    void addHandlers(final ChannelPipeline pipeline, final Endpoint server)
    {
        frames.onNewConnection(); // what is read is handled by this session alone
    }

    @Override
    void write(final ChannelHandlerContext ctx, final int count)
    {
        for (int left = count; left > 0; left -= batchCount)
        {
            ctx.write(batch.retainedSlice(0, Math.min(left, batchCount) * frameLength), ctx.voidPromise());
        }
    }

    @Override
    void release()
    {
        batch.release();
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx)
    {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(frames.upgradeRequest()), ctx.voidPromise());
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object received)
    {
        final ByteBuf input = (ByteBuf)received;
        final int length = input.readableBytes();
        view.wrap(input.memoryAddress() + input.readerIndex(), length);
        final int offset = isUpgraded() ? 0 : readUpgrade(ctx, length);
        if (isUpgraded())
        {
            send(ctx, frames.onRead(view, offset, length - offset));
        }

        input.release();
        if (frames.isClosed())
        {
            ctx.close();
        }
    }

    private int readUpgrade(final ChannelHandlerContext ctx, final int length)
    {
        final int used = frames.onResponse(view, 0, length);
        if (frames.refusal() != null)
        {
            onNotConnected(frames.refusal());
            ctx.close();
        }
        else if (frames.isUpgraded())
        {
            onUpgraded(ctx);
        }

        return used;
    }
}
