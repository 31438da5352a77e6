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
package io.ringwire.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.URI;

/**
 * The end of the baseline's pipeline. Owner: the event loop.
 */
final class NettyReceiver extends ChannelInboundHandlerAdapter
{
    private final Trial trial;
    private final Tally tally;
    private final ByteBuf message;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    NettyReceiver(final Workload workload, final Trial trial, final Tally tally)
    {
        this.trial = trial;
        this.tally = tally;
        message = Unpooled.directBuffer(Math.max(1, workload.sizeBytes()));
        for (int i = 0; i < workload.sizeBytes(); i++)
        {
            message.writeByte('a');
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
    {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE)
        {
            send(ctx, tally.onConnected());
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object received)
    {
        if (received instanceof WebSocketFrame frame)
        {
            final ByteBuf content = frame.content();
            final int length = content.readableBytes();
            if (content.hasMemoryAddress())
            {
                view.wrap(content.memoryAddress() + content.readerIndex(), length);
            }
            else
            {
                view.wrap(content.nioBuffer());
            }

            final int next = tally.onMessage(view, 0, length);
            frame.release();
            send(ctx, next);
        }
        else
        {
            ReferenceCountUtil.release(received);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        tally.onDisconnected("");
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext ctx)
    {
        message.release();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        trial.fail(cause.toString());
        ctx.close();
    }

    void onNotConnected(final URI uri, final Throwable cause)
    {
        trial.fail("cannot connect to " + uri + ": " + cause.getMessage());
    }

    private void send(final ChannelHandlerContext ctx, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            ctx.write(new TextWebSocketFrame(message.retainedDuplicate()), ctx.voidPromise());
        }

        if (count > 0)
        {
            ctx.flush();
        }
    }
}
