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

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.ringwire.config.ConfigurationException;
import io.ringwire.config.Endpoint;
import io.ringwire.config.TlsPolicy;
import io.ringwire.tls.TlsContext;
import io.ringwire.tls.TlsContexts;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The baseline: Netty's own WebSocket codec with pooled buffers, void promises, reads as long as Ringwire's, the next
 * message of an echo sent from the read, and an event loop that spins if asked to.
 */
public final class NettyClient implements Client
{
    private static final int READ_LENGTH = 64 * 1024;
    private static final int MAX_FRAME_LENGTH = 16 * 1024 * 1024;
    private static final int MAX_RESPONSE_LENGTH = 64 * 1024;

    private final ClientOptions options;

    /**
     * Make a client.
     *
     * @param options to run with.
     */
    public NettyClient(final ClientOptions options)
    {
        this.options = options;
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        final Trial trial = new Trial(workload);
        final NettyTransport transport;
        try
        {
            transport = NettyTransport.load(options.transport(), options.idle());
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }

        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
        try (TlsContext tls = tls(workload))
        {
            final List<Channel> channels = trial.tallies().stream()
                .map((tally) -> connect(workload, new NettyReceiver(workload, trial, tally), group, transport, tls))
                .toList();
            trial.await();
            channels.forEach(Channel::close);
        }
        catch (final ConfigurationException ex)
        {
            throw new BenchException(ex.getMessage(), ex);
        }
        finally
        {
            group.shutdownGracefully(0, workload.timeoutNs(), TimeUnit.NANOSECONDS).awaitUninterruptibly();
        }

        return trial.result(transport.transport().name().toLowerCase(Locale.ROOT));
    }

    /**
     * Ringwire's own: both have the same certificates, provider and checks, and Netty's handler carries the data here.
     */
    private TlsContext tls(final Workload workload)
    {
        final boolean secure = Endpoint.parse(workload.uri()).isSecure();
        return secure ? TlsContexts.open(options.tls() == null ? new TlsPolicy() : options.tls()) : null;
    }

    private static Channel connect(
        final Workload workload,
        final NettyReceiver receiver,
        final EventLoopGroup group,
        final NettyTransport transport,
        final TlsContext tls)
    {
        final Endpoint server = Endpoint.parse(workload.uri());
        final URI uri = URI.create(workload.uri());
        final WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(uri)
            .allowExtensions(false)
            .maxFramePayloadLength(MAX_FRAME_LENGTH)
            .handshakeTimeoutMillis(TimeUnit.NANOSECONDS.toMillis(workload.timeoutNs()))
            .build();
        return new Bootstrap()
            .group(group)
            .channelFactory(transport.channel()::get)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_LENGTH))
            .handler(new ChannelInitializer<Channel>()
            {
                @Override
                protected void initChannel(final Channel ch)
                {
                    if (tls != null)
                    {
                        ch.pipeline().addLast(tls.newHandler(ch.alloc(), server));
                    }

                    ch.pipeline().addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(MAX_RESPONSE_LENGTH),
                        new WebSocketClientProtocolHandler(config),
                        receiver);
                }
            })
            .connect(server.host(), server.port())
            .addListener((future) ->
            {
                if (!future.isSuccess())
                {
                    receiver.onNotConnected(uri, future.cause());
                }
            })
            .channel();
    }
}
