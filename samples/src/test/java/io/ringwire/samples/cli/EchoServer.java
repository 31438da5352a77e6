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
package io.ringwire.samples.cli;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Netty's server codec as an echo server. Text beginning with {@code !} is obeyed: {@code !close CODE},
 * {@code !drop}, {@code !text} for a frame that is not UTF-8. The path {@code /sink} answers nothing, {@code /STATUS}
 * refuses the upgrade.
 */
final class EchoServer implements AutoCloseable
{
    private static final long TIMEOUT_S = 20;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;
    private final List<HttpHeaders> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private volatile Channel connection;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    EchoServer()
    {
        listening = new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Pipeline())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    }

    String uri(final String path)
    {
        return "ws://127.0.0.1:" + ((InetSocketAddress)listening.localAddress()).getPort() + path;
    }

    /** Upgrades are not answered before the gate is completed. */
    void gate(final CompletableFuture<Void> gate)
    {
        this.gate = gate;
    }

    List<HttpHeaders> requests()
    {
        return requests;
    }

    /** The next frame received, as {@code text X}, {@code binary X}, {@code ping} or {@code close CODE}. */
    String nextFrame() throws InterruptedException
    {
        return frames.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }

    /** Send a text message on the connection upgraded last. */
    void send(final String text)
    {
        connection.writeAndFlush(new TextWebSocketFrame(text));
    }

    /** Close the connection upgraded last. */
    void close(final int closeCode)
    {
        connection.writeAndFlush(new CloseWebSocketFrame(closeCode, "as told"));
    }

    @Override
    public void close()
    {
        group.shutdownGracefully(0, TIMEOUT_S, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Pipeline extends ChannelInitializer<Channel>
    {
        @Override
        protected void initChannel(final Channel channel)
        {
            final WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .subprotocols("chat,json")
                .maxFramePayloadLength(1024 * 1024)
                .handleCloseFrames(false)
                .dropPongFrames(true)
                .build();

            channel.pipeline().addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(1024),
                new RequestHandler(),
                new WebSocketServerProtocolHandler(config)
                {
                    @Override
                    protected void decode(
                        final ChannelHandlerContext ctx, final WebSocketFrame frame, final List<Object> out)
                        throws Exception
                    {
                        if (frame instanceof PingWebSocketFrame)
                        {
                            frames.add("ping");
                        }

                        super.decode(ctx, frame, out);
                    }
                },
                new FrameHandler());
        }
    }

    private final class RequestHandler extends ChannelInboundHandlerAdapter
    {
        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message)
        {
            if (!(message instanceof FullHttpRequest request))
            {
                ctx.fireChannelRead(message);
                return;
            }

            requests.add(request.headers().copy());
            final String path = request.uri().substring(1);
            if (path.matches("\\d{3}"))
            {
                request.release();
                final DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(Integer.parseInt(path)));
                ctx.writeAndFlush(response).addListener((future) -> ctx.close());
                return;
            }

            connection = ctx.channel();
            ctx.pipeline().get(FrameHandler.class).sink = path.equals("sink");
            gate.thenRun(() -> ctx.executor().execute(() -> ctx.fireChannelRead(request)));
        }
    }

    private final class FrameHandler extends SimpleChannelInboundHandler<WebSocketFrame>
    {
        private boolean sink;

        @Override
        protected void channelRead0(final ChannelHandlerContext ctx, final WebSocketFrame frame)
        {
            if (frame instanceof TextWebSocketFrame text)
            {
                frames.add("text " + text.text());
                onText(ctx, text);
            }
            else if (frame instanceof BinaryWebSocketFrame)
            {
                frames.add("binary " + frame.content().toString(StandardCharsets.UTF_8));
                ctx.writeAndFlush(frame.retain());
            }
            else if (frame instanceof CloseWebSocketFrame close)
            {
                frames.add("close " + close.statusCode());
                ctx.writeAndFlush(close.retain()).addListener((future) -> ctx.close());
            }
        }

        private void onText(final ChannelHandlerContext ctx, final TextWebSocketFrame text)
        {
            final String[] words = text.text().split(" ");
            switch (words[0])
            {
                case "!close" -> ctx.writeAndFlush(new CloseWebSocketFrame(Integer.parseInt(words[1]), "as told"));
                case "!drop" -> ctx.pipeline().firstContext().close(); // without the close frame that Netty would add
                case "!text" ->
                    ctx.writeAndFlush(new TextWebSocketFrame(true, 0, ctx.alloc().buffer().writeByte(0xff)));
                default ->
                {
                    if (!sink)
                    {
                        ctx.writeAndFlush(text.retain());
                    }
                }
            }
        }
    }
}
