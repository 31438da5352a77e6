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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * A server with Netty's TLS that upgrades every connection and echoes frames of up to 125 bytes.
 */
final class TlsVenue implements AutoCloseable
{
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger handshakes = new AtomicInteger();
    final AtomicInteger closeNotifies = new AtomicInteger();
    final List<String> serverNames = new CopyOnWriteArrayList<>();
    final List<String> applicationProtocols = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("tls-venue", true), NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(group.next());
    private final SslContext context;
    private final Channel listener;
    private volatile byte[] early = {};
    private volatile byte[] behind = {};
    private volatile boolean endsBehind;
    private volatile boolean byteByByte;
    private volatile String redirect;

    TlsVenue(final SslContextBuilder builder) throws SSLException
    {
        context = builder.build();
        listener = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
            .childHandler(new Initializer())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly().channel();
    }

    /**
     * Bytes that share a TLS record with the 101.
     */
    TlsVenue early(final byte... early)
    {
        this.early = early;
        return this;
    }

    /**
     * Bytes in records of their own that reach the socket in one write with the record of the 101.
     */
    TlsVenue behind(final byte... behind)
    {
        this.behind = behind;
        return this;
    }

    /**
     * End the connection, with close_notify, in the same write too.
     */
    TlsVenue endsBehind()
    {
        endsBehind = true;
        return this;
    }

    /**
     * Write ciphertext in pieces of one byte.
     */
    TlsVenue byteByByte()
    {
        byteByByte = true;
        return this;
    }

    /**
     * Answer upgrades with a redirect.
     */
    TlsVenue redirect(final String location)
    {
        redirect = location;
        return this;
    }

    /**
     * Ask for a second handshake in all connections (RFC 5246 section 7.4.1.1).
     */
    void renegotiate()
    {
        for (final Channel connection : connections)
        {
            connection.pipeline().get(SslHandler.class).renegotiate();
        }
    }

    SslContext context()
    {
        return context;
    }

    int port()
    {
        return ((InetSocketAddress)listener.localAddress()).getPort();
    }

    String uri(final String host)
    {
        return "wss://" + host + ":" + port() + "/";
    }

    String uri()
    {
        return uri("localhost");
    }

    void stopReading()
    {
        connections.forEach((connection) -> connection.config().setAutoRead(false));
    }

    /**
     * End all connections with close_notify.
     */
    void endConnections()
    {
        connections.close().syncUninterruptibly();
    }

    /**
     * End all connections without close_notify.
     */
    void cutConnections()
    {
        for (final Channel connection : connections)
        {
            connection.eventLoop().submit(() ->
                connection.pipeline().context(SslHandler.class).close()).syncUninterruptibly();
        }
    }

    @Override
    public void close()
    {
        listener.close().syncUninterruptibly();
        endConnections();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        ReferenceCountUtil.release(context);
    }

    private final class Initializer extends ChannelInitializer<SocketChannel>
    {
        @Override
        protected void initChannel(final SocketChannel channel)
        {
            accepted.incrementAndGet();
            connections.add(channel);
            if (byteByByte)
            {
                channel.config().setTcpNoDelay(true);
                channel.pipeline().addLast(new ByteByByte());
            }

            final SslHandler sslHandler = context.newHandler(channel.alloc());
            sslHandler.sslCloseFuture().addListener((future) ->
            {
                if (future.isSuccess())
                {
                    closeNotifies.incrementAndGet();
                }
            });
            final Cork cork = new Cork();
            channel.pipeline().addLast(cork, sslHandler, new Echo(sslHandler.engine(), cork));
        }
    }

    private static final class ByteByByte extends ChannelOutboundHandlerAdapter
    {
        @Override
        public void write(final ChannelHandlerContext ctx, final Object message, final ChannelPromise promise)
        {
            final ByteBuf bytes = (ByteBuf)message;
            while (bytes.readableBytes() > 1)
            {
                ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] { bytes.readByte() }));
            }

            ctx.writeAndFlush(message, promise);
        }
    }

    /**
     * Gathers what several flushes write.
     */
    private static final class Cork extends ChannelOutboundHandlerAdapter
    {
        private boolean corked;

        @Override
        public void flush(final ChannelHandlerContext ctx)
        {
            if (!corked)
            {
                ctx.flush();
            }
        }
    }

    private final class Echo extends ChannelInboundHandlerAdapter
    {
        private final SSLEngine engine;
        private final Cork cork;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();
        private boolean upgraded;

        Echo(final SSLEngine engine, final Cork cork)
        {
            this.engine = engine;
            this.cork = cork;
        }

        @Override
        public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
        {
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess())
            {
                handshakes.incrementAndGet();
                applicationProtocols.add(String.valueOf(engine.getApplicationProtocol()));
                if (engine.getSession() instanceof ExtendedSSLSession session)
                {
                    serverNames.add(String.valueOf(session.getRequestedServerNames()));
                }
            }
        }

        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message)
        {
            final ByteBuf bytes = (ByteBuf)message;
            final byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            bytes.release();
            input.writeBytes(copy);
            if (!upgraded)
            {
                upgrade(ctx);
            }

            if (upgraded)
            {
                echo(ctx);
            }
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
        {
            failures.add(cause);
            ctx.close();
        }

        private void upgrade(final ChannelHandlerContext ctx)
        {
            final String request = input.toString(StandardCharsets.ISO_8859_1);
            if (!request.endsWith("\r\n\r\n"))
            {
                return;
            }

            input.reset();
            if (redirect != null)
            {
                ctx.writeAndFlush(Unpooled.copiedBuffer("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " +
                    redirect + "\r\n\r\n", StandardCharsets.ISO_8859_1));
                return;
            }

            upgraded = true;
            final String response =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Accept: " + RawConnection.acceptOf(request) + "\r\n\r\n";
            cork.corked = true;
            ctx.writeAndFlush(Unpooled.wrappedBuffer(response.getBytes(StandardCharsets.ISO_8859_1), early));
            ctx.writeAndFlush(Unpooled.wrappedBuffer(behind));
            if (endsBehind)
            {
                ctx.close();
            }

            cork.corked = false;
            ctx.pipeline().context(cork).flush();
        }

        private void echo(final ChannelHandlerContext ctx)
        {
            final byte[] bytes = input.toByteArray();
            int offset = 0;
            while (bytes.length - offset >= 6 && bytes.length - offset >= 6 + (bytes[offset + 1] & 0x7f))
            {
                final byte[] payload = new byte[bytes[offset + 1] & 0x7f];
                for (int i = 0; i < payload.length; i++)
                {
                    payload[i] = (byte)(bytes[offset + 6 + i] ^ bytes[offset + 2 + (i & 3)]);
                }

                final boolean isPing = (bytes[offset] & 0xf) == 9;
                ctx.writeAndFlush(Unpooled.wrappedBuffer(
                    RawConnection.frame(isPing ? 0x8a : bytes[offset] & 0xff, payload)));
                if ((bytes[offset] & 0xf) == 8)
                {
                    ctx.close();
                }

                offset += 6 + payload.length;
            }

            input.reset();
            input.write(bytes, offset, bytes.length - offset);
        }
    }
}
