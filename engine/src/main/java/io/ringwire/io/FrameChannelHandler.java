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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;

/**
 * The end of the pipeline after the upgrade: what Netty reads goes to the session's link. Installed in place of Netty's
 * frame decoder, so that it also receives the bytes that share a segment with the 101.
 */
final class FrameChannelHandler extends ChannelInboundHandlerAdapter implements WebSocketFrameDecoder
{
    private final SessionLink link;

    FrameChannelHandler(final SessionLink link)
    {
        this.link = link;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        if (message instanceof ByteBuf bytes && link.isCurrent(ctx.channel()))
        {
            link.inbound().onBytes(bytes);
        }
        else
        {
            ReferenceCountUtil.release(message); // the end marker of the HTTP response, or bytes after a drop
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx)
    {
        if (link.isCurrent(ctx.channel()))
        {
            link.inbound().onReadComplete();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        link.onInactive(ctx.channel());
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        link.onChannelFailure(ctx.channel(), cause);
        ctx.close();
    }
}
