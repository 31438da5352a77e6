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
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.netty.util.ReferenceCountUtil;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.Endpoint;
import io.ringwire.tls.TlsContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A session of {@link NettyClient}. Owner: the event loop.
 */
final class NettyCodecSession extends NettySession
{
    private static final int MAX_FRAME_LENGTH = 16 * 1024 * 1024;
    private static final int MAX_RESPONSE_LENGTH = 64 * 1024;
    private static final int DEFLATE_LEVEL = 6;
    private static final int WINDOW_BITS = 15;

    private final boolean deflate;
    private final TlsContext tls;
    private final ByteBuf message;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private WebSocketClientHandshaker handshaker;

    NettyCodecSession(final Workload workload, final TlsContext tls, final Trial trial, final Tally tally)
    {
        super(trial, tally);
        deflate = workload.deflate();
        this.tls = tls;
        message = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, workload.sizeBytes()));
        for (int i = 0; i < workload.sizeBytes(); i++)
        {
            message.writeByte('a');
        }
    }

    /**
     * The handshaker takes the HTTP handlers out when it is done, the aggregator too. Netty's own handler of the
     * protocol is left out: it would pass each frame through a list, to answer pings and closes, which is done here.
     */
    @Override
    void addHandlers(final ChannelPipeline pipeline, final Endpoint server)
    {
        handshaker = WebSocketClientHandshakerFactory.newHandshaker(
            server.uri(), WebSocketVersion.V13, null, deflate, EmptyHttpHeaders.INSTANCE, MAX_FRAME_LENGTH);
        if (tls != null)
        {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc(), server));
        }

        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_RESPONSE_LENGTH));
        if (deflate)
        {
            pipeline.addLast(new WebSocketClientExtensionHandler(new PerMessageDeflateClientExtensionHandshaker(
                DEFLATE_LEVEL,
                ZlibCodecFactory.isSupportingWindowSizeAndMemLevel(),
                WINDOW_BITS,
                true,
                false, // else a new inflater for each message
                MAX_FRAME_LENGTH)));
        }

        pipeline.addLast(new Utf8FrameValidator());
    }

    @Override
    void write(final ChannelHandlerContext ctx, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            ctx.write(new TextWebSocketFrame(message.retainedDuplicate()), ctx.voidPromise());
        }
    }

    @Override
    void release()
    {
        message.release();
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx)
    {
        handshaker.handshake(ctx.channel());
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object received)
    {
        if (received instanceof TextWebSocketFrame || received instanceof BinaryWebSocketFrame)
        {
            final ByteBuf content = ((WebSocketFrame)received).content();
            onMessage(ctx, content);
            content.release();
        }
        else if (received instanceof FullHttpResponse response && !isUpgraded())
        {
            onResponse(ctx, response);
        }
        else if (received instanceof PingWebSocketFrame ping)
        {
            ctx.writeAndFlush(new PongWebSocketFrame(ping.content()), ctx.voidPromise());
        }
        else
        {
            onOther(ctx, received);
        }
    }

    private void onMessage(final ChannelHandlerContext ctx, final ByteBuf content)
    {
        final int length = content.readableBytes();
        if (content.hasMemoryAddress())
        {
            view.wrap(content.memoryAddress() + content.readerIndex(), length);
        }
        else
        {
            view.wrap(content.nioBuffer());
        }

        send(ctx, tally().onMessage(view, 0, length));
    }

    private void onResponse(final ChannelHandlerContext ctx, final FullHttpResponse response)
    {
        try
        {
            handshaker.finishHandshake(ctx.channel(), response);
            onUpgraded(ctx);
        }
        catch (final WebSocketHandshakeException ex)
        {
            onNotConnected(ex.getMessage());
            ctx.close();
        }
        finally
        {
            response.release();
        }
    }

    private static void onOther(final ChannelHandlerContext ctx, final Object received)
    {
        if (received instanceof CloseWebSocketFrame)
        {
            ctx.close();
        }

        ReferenceCountUtil.release(received);
    }
}
