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

import java.util.Arrays;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;

/**
 * Stands before Netty's inflater and hands it compressed messages in a form it takes: an empty first frame, as it
 * refuses one with payload that inflates to nothing yet, and nothing at all of a message without payload, as it would
 * put the tail behind it. A DEFLATE stream that ends is the end of what Netty can inflate: then nothing is handed on.
 */
final class NettyInflaterInput extends ChannelInboundHandlerAdapter
{
    private final Inflater watch = new Inflater(true);
    private final byte[] scratch = new byte[4096];
    private final boolean contextTakeover;
    private final Runnable onStreamEnd;
    private boolean open;
    private boolean begun;
    private boolean text;
    private boolean feeding;

    NettyInflaterInput(final boolean contextTakeover, final Runnable onStreamEnd)
    {
        this.contextTakeover = contextTakeover;
        this.onStreamEnd = onStreamEnd;
    }

    /**
     * The inflater to stand before.
     */
    WebSocketExtensionDecoder newInflater()
    {
        final WebSocketExtensionData answer = new WebSocketExtensionData(
            "permessage-deflate", contextTakeover ? Map.of() : Map.of("server_no_context_takeover", ""));
        return new PerMessageDeflateClientExtensionHandshaker(6, false, 15, false, !contextTakeover, 0)
            .handshakeExtension(answer)
            .newExtensionDecoder();
    }

    /**
     * Is what comes out at the other end now of a compressed message?
     */
    boolean isFeeding()
    {
        return feeding;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object received)
    {
        final WebSocketFrame frame = (WebSocketFrame)received;
        final boolean first = 0 != (frame.rsv() & WebSocketExtension.RSV1);
        if (!first && !(open && frame instanceof ContinuationWebSocketFrame))
        {
            ctx.fireChannelRead(frame);
            return;
        }

        if (first)
        {
            text = frame instanceof TextWebSocketFrame;
            begun = false;
            if (!contextTakeover)
            {
                watch.reset();
            }
        }

        open = !frame.isFinalFragment();
        final byte[] payload = ByteBufUtil.getBytes(frame.content());
        frame.release();
        feeding = true;
        onPayload(ctx, payload, !open);
        feeding = false;
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext ctx)
    {
        watch.end();
    }

    private void onPayload(final ChannelHandlerContext ctx, final byte[] payload, final boolean fin)
    {
        if (begun || payload.length > 0)
        {
            if (!begun)
            {
                begun = true;
                ctx.fireChannelRead(empty(false, WebSocketExtension.RSV1));
            }

            if (endsStream(payload, fin))
            {
                onStreamEnd.run();
            }
            else
            {
                ctx.fireChannelRead(new ContinuationWebSocketFrame(fin, 0, Unpooled.wrappedBuffer(payload)));
            }
        }
        else if (fin)
        {
            ctx.fireChannelRead(empty(true, 0));
        }
    }

    private WebSocketFrame empty(final boolean fin, final int rsv)
    {
        final ByteBuf nothing = Unpooled.buffer(0);
        return text ? new TextWebSocketFrame(fin, rsv, nothing) : new BinaryWebSocketFrame(fin, rsv, nothing);
    }

    private boolean endsStream(final byte[] payload, final boolean fin)
    {
        final byte[] input = Arrays.copyOf(payload, payload.length + (fin ? JdkDeflate.TAIL.length : 0));
        System.arraycopy(JdkDeflate.TAIL, 0, input, payload.length, input.length - payload.length);
        watch.setInput(input);
        try
        {
            int length;
            do
            {
                length = watch.inflate(scratch);
            }
            while (length > 0);
            return watch.finished();
        }
        catch (final DataFormatException ex)
        {
            return false; // Netty's turn to find it
        }
    }
}
