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
package io.ringwire.system;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringwire.Seed;

import javax.net.ssl.SSLException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Netty's TLS in front of a venue that knows none, so that the venue writes every byte of plaintext and this spoils, if
 * told to, what becomes of it. Ciphertext reaches the client in pieces of random length.
 */
final class TlsRelay implements AutoCloseable
{
    final AtomicInteger closeNotifies = new AtomicInteger();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("tls-relay", true), NioIoHandler.newFactory());
    private final SslContext context;
    private final int venuePort;
    private final Channel listener;
    private volatile Channel client;
    private volatile boolean corrupting;

    TlsRelay(final SslContextBuilder builder, final int venuePort) throws SSLException
    {
        context = builder.build();
        this.venuePort = venuePort;
        listener = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Initializer())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly().channel();
    }

    String uri()
    {
        return "wss://localhost:" + ((InetSocketAddress)listener.localAddress()).getPort() + "/";
    }

    /**
     * Flip a bit in the last byte of each write from here on.
     */
    void corrupt()
    {
        corrupting = true;
    }

    /**
     * End the latest connection with close_notify.
     */
    void end()
    {
        client.close().syncUninterruptibly();
    }

    /**
     * End the latest connection without close_notify.
     */
    void cut()
    {
        client.eventLoop().submit(() -> client.pipeline().context(SslHandler.class).close()).syncUninterruptibly();
    }

    @Override
    public void close()
    {
        listener.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        ReferenceCountUtil.release(context);
    }

    private final class Initializer extends ChannelInitializer<SocketChannel>
    {
        @Override
        protected void initChannel(final SocketChannel channel)
        {
            client = channel;
            final SslHandler sslHandler = context.newHandler(channel.alloc());
            sslHandler.sslCloseFuture().addListener((future) ->
            {
                if (future.isSuccess())
                {
                    closeNotifies.incrementAndGet();
                }
            });
            channel.pipeline().addLast(new Ciphertext(), sslHandler);
            new Bootstrap().group(channel.eventLoop()).channel(NioSocketChannel.class)
                .handler(new Forward(channel))
                .connect(InetAddress.getLoopbackAddress(), venuePort)
                .addListener((io.netty.channel.ChannelFutureListener)(connected) ->
                {
                    channel.pipeline().addLast(new Forward(connected.channel()));
                    channel.config().setAutoRead(true);
                });
        }
    }

    /**
     * What is written to the client.
     */
    private final class Ciphertext extends ChannelOutboundHandlerAdapter
    {
        private final SplittableRandom random = Seed.random(TlsRelay.class);

        @Override
        public void write(final ChannelHandlerContext ctx, final Object message, final ChannelPromise promise)
        {
            final ByteBuf bytes = (ByteBuf)message;
            if (corrupting && bytes.isReadable())
            {
                final int last = bytes.writerIndex() - 1;
                bytes.setByte(last, bytes.getByte(last) ^ 1);
            }

            while (bytes.readableBytes() > 1 && random.nextInt(4) > 0)
            {
                ctx.writeAndFlush(bytes.readRetainedSlice(random.nextInt(1, bytes.readableBytes())));
            }

            ctx.write(message, promise);
        }
    }

    /**
     * Plaintext from one side to the other, and its end.
     */
    private final class Forward extends ChannelInboundHandlerAdapter
    {
        private final Channel to;

        Forward(final Channel to)
        {
            this.to = to;
        }

        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message)
        {
            to.writeAndFlush(message);
        }

        @Override
        public void channelInactive(final ChannelHandlerContext ctx)
        {
            to.close();
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
        {
            failures.add(cause);
            ctx.close();
        }
    }
}
