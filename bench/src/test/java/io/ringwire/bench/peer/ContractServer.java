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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringwire.bench.client.Stamp;
import io.ringwire.bench.client.Workload;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the path says: {@code /echo}, {@code /feed?size=&stamped=}, {@code /sink}, {@code /drop} as the bench's own
 * server has them, {@code deflate=1} with each; {@code /close} answers a message with a close frame, {@code /mute} does
 * not answer the upgrade. Goes when the bench's own server knows these paths.
 */
final class ContractServer implements AutoCloseable
{
    private static final int MAX_LENGTH = 1 << 20;
    private static final int RSV1 = 4;
    private static final int CLOSE_CODE = 1001;

    private final EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bench-contract", true), NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(group.next());
    private final Queue<String> offers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger compressed = new AtomicInteger();
    private final int port;

    ContractServer()
    {
        final Channel listener = new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<Channel>()
            {
                @Override
                protected void initChannel(final Channel ch)
                {
                    connections.add(ch);
                    ch.pipeline().addLast(
                        new HttpServerCodec(), new HttpObjectAggregator(MAX_LENGTH), new UpgradeFilter());
                }
            })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
        port = ((InetSocketAddress)listener.localAddress()).getPort();
    }

    String uri(final String path)
    {
        return "ws://127.0.0.1:" + port + path;
    }

    /**
     * The extensions of the upgrades since the last call.
     */
    List<String> takeOffers()
    {
        final List<String> taken = List.copyOf(offers);
        offers.clear();
        return taken;
    }

    /**
     * The compressed messages that came since the last call.
     */
    int takeCompressed()
    {
        return compressed.getAndSet(0);
    }

    boolean awaitNoConnections()
    {
        return connections.newCloseFuture().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    @Override
    public void close()
    {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /**
     * Installs what the path of the request asks for.
     */
    private final class UpgradeFilter extends ChannelInboundHandlerAdapter
    {
        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object received)
        {
            final FullHttpRequest request = (FullHttpRequest)received;
            final QueryStringDecoder query = new QueryStringDecoder(request.uri());
            if ("/mute".equals(query.path()))
            {
                request.release();
                return;
            }

            offers.add(String.valueOf(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)));
            if (query.parameters().containsKey("deflate"))
            {
                ctx.pipeline().addLast(new WebSocketServerExtensionHandler(new WithoutContext()));
            }

            ctx.pipeline().addLast(
                new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/")
                    .checkStartsWith(true)
                    .allowExtensions(true)
                    .maxFramePayloadLength(MAX_LENGTH)
                    .build()),
                new Service(query));
            ctx.fireChannelRead(request);
            ctx.pipeline().remove(this);
        }
    }

    /**
     * Answers an offer of permessage-deflate with both sides' no_context_takeover, offered or not.
     */
    private static final class WithoutContext implements WebSocketServerExtensionHandshaker
    {
        private final WebSocketServerExtensionHandshaker deflate =
            new PerMessageDeflateServerExtensionHandshaker(6, false, 15, true, true, 0);

        @Override
        public WebSocketServerExtension handshakeExtension(final WebSocketExtensionData offer)
        {
            return deflate.handshakeExtension(new WebSocketExtensionData(
                offer.name(), Map.of("server_no_context_takeover", "", "client_no_context_takeover", "")));
        }
    }

    /**
     * One connection's. Owner: the event loop.
     */
    private final class Service extends ChannelInboundHandlerAdapter
    {
        private final QueryStringDecoder query;
        private int unacknowledged;

        Service(final QueryStringDecoder query)
        {
            this.query = query;
        }

        @Override
        public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
        {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete)
            {
                ctx.pipeline().addAfter("wsdecoder", null, new CompressedCounter());
                if ("/drop".equals(query.path()))
                {
                    ctx.writeAndFlush(new TextWebSocketFrame("hello"));
                }

                feed(ctx);
            }
        }

        @Override
        public void channelWritabilityChanged(final ChannelHandlerContext ctx)
        {
            feed(ctx);
        }

        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object received)
        {
            if (!(received instanceof WebSocketFrame frame))
            {
                ReferenceCountUtil.release(received);
                return;
            }

            switch (query.path())
            {
                case "/echo" -> ctx.writeAndFlush(frame.retain());
                case "/drop" -> ctx.close();
                case "/close" -> ctx.writeAndFlush(new CloseWebSocketFrame(CLOSE_CODE, "enough"));
                default -> acknowledge(ctx);
            }

            frame.release();
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
        {
            ctx.close(); // the client is gone
        }

        private void acknowledge(final ChannelHandlerContext ctx)
        {
            if (++unacknowledged == Workload.ACKNOWLEDGED_BATCH)
            {
                unacknowledged = 0;
                ctx.writeAndFlush(new TextWebSocketFrame("250"));
            }
        }

        private void feed(final ChannelHandlerContext ctx)
        {
            if (!"/feed".equals(query.path()))
            {
                return;
            }

            final int size = Integer.parseInt(query.parameters().get("size").get(0));
            final boolean stamped = query.parameters().containsKey("stamped");
            final byte[] message = "0".repeat(size).getBytes(StandardCharsets.US_ASCII);
            while (ctx.channel().isWritable())
            {
                if (stamped)
                {
                    final byte[] digits = Long.toString(System.nanoTime()).getBytes(StandardCharsets.US_ASCII);
                    System.arraycopy(digits, 0, message, Stamp.LENGTH - digits.length, digits.length);
                }

                ctx.write(new TextWebSocketFrame(Unpooled.copiedBuffer(message)));
            }

            ctx.flush();
        }
    }

    private final class CompressedCounter extends ChannelInboundHandlerAdapter
    {
        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object received)
        {
            if (received instanceof WebSocketFrame frame && (frame.rsv() & RSV1) != 0)
            {
                compressed.incrementAndGet();
            }

            ctx.fireChannelRead(received);
        }
    }
}
