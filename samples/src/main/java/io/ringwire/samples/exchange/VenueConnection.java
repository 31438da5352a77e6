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
package io.ringwire.samples.exchange;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;

import java.io.IOException;

/**
 * One client after the upgrade: answers control frames and leaves messages to its kind.
 */
abstract class VenueConnection extends SimpleChannelInboundHandler<WebSocketFrame>
{
    private final WebSocketServerHandshaker handshaker;

    VenueConnection(final WebSocketServerHandshaker handshaker)
    {
        this.handshaker = handshaker;
    }

    @Override
    protected final void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
    {
        if (frame instanceof CloseWebSocketFrame close)
        {
            handshaker.close(ctx.channel(), close.retain());
        }
        else if (frame instanceof PingWebSocketFrame)
        {
            ctx.write(new PongWebSocketFrame(frame.content().retain()));
        }
        else if (!(frame instanceof PongWebSocketFrame))
        {
            onMessage(ctx, frame);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx)
    {
        ctx.flush();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) throws Exception
    {
        ctx.close();
        if (!(cause instanceof IOException)) // a client that went away is no news
        {
            super.exceptionCaught(ctx, cause);
        }
    }

    /**
     * End the connection with a close handshake.
     */
    final void close(final ChannelHandlerContext ctx, final int code, final String reason)
    {
        handshaker.close(ctx.channel(), new CloseWebSocketFrame(code, reason));
    }

    /**
     * A whole message of the client; what is written here is flushed at the end of the read.
     */
    abstract void onMessage(ChannelHandlerContext ctx, WebSocketFrame message);
}
