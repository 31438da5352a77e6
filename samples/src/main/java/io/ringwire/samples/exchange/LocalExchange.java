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

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringwire.samples.exchange.connection.ConnectionLog;
import io.ringwire.samples.exchange.connection.ConnectionView;
import io.ringwire.samples.exchange.connection.VenueConnection;
import io.ringwire.samples.exchange.connection.VenueRules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A venue inside the process, on a loopback port and one thread beside the listener's, made of Netty's own WebSocket
 * codec so that the client talks to code which is not ours. The path says which venue it is:
 * <pre>
 *   /deribit/ws/api/v2            Deribit
 *   /binance/stream?streams=...   Binance's combined streams
 *   /binance/ws[/...]             Binance's raw streams
 *   /binance/ws-api/v3            Binance's WebSocket API
 *   /coinbase                     Coinbase Exchange
 *   /kraken, /kraken/v2           Kraken, version 1 and 2
 *   /echo                         sends back what it receives
 *   /replay                       sends the capture at once
 *   /status/N                     answers the upgrade with HTTP status N
 * </pre>
 * and every other path is JSON-RPC 2.0 like Deribit's, without login and limits. What the venues demand is in {@link
 * ExchangeConfig#rules()}, what they saw of their clients in {@link #connections()}.
 */
public final class LocalExchange implements AutoCloseable
{
    /** The path of the JSON-RPC interface. */
    public static final String API_PATH = "/ws/api/v2";

    private static final int MAX_REQUEST_LENGTH = 64 * 1024;
    private static final long SHUTDOWN_TIMEOUT_S = 5;

    private final ExchangeConfig config;
    private final MultiThreadIoEventLoopGroup group = newLoop("local-exchange");
    private final ChannelGroup connections = new DefaultChannelGroup(group.next());
    private final ConnectionLog log = new ConnectionLog();
    private final AtomicInteger accepted = new AtomicInteger();
    private final SelfMadeCertificate certificate; // null without TLS
    private final int port;
    /** Of the listener alone: NIO closes its socket only with the loop's next turn, or with the loop. */
    private MultiThreadIoEventLoopGroup listenerGroup; // guarded by this
    private Channel listener; // guarded by this

    private LocalExchange(final ExchangeConfig config)
    {
        this.config = config;
        certificate = config.tls() ? new SelfMadeCertificate(SslProvider.JDK) : null;
        listener = bind(config.port());
        port = ((InetSocketAddress)listener.localAddress()).getPort();
    }

    /**
     * Start an exchange.
     *
     * @param config of the exchange.
     * @return the exchange, listening.
     */
    public static LocalExchange launch(final ExchangeConfig config)
    {
        return new LocalExchange(config);
    }

    /**
     * Start an exchange with the defaults.
     *
     * @return the exchange, listening.
     */
    public static LocalExchange launch()
    {
        return launch(new ExchangeConfig());
    }

    /**
     * Where it listens.
     *
     * @return the port.
     */
    public int port()
    {
        return port;
    }

    /**
     * A URI of the exchange.
     *
     * @param path beginning with a slash.
     * @return the URI.
     */
    public String uri(final String path)
    {
        return (certificate == null ? "ws://127.0.0.1:" : "wss://localhost:") + port + path;
    }

    /**
     * What a client has to trust.
     *
     * @return a PEM file that lives until the exchange is closed, or null without TLS.
     */
    public Path caFile()
    {
        return certificate == null ? null : certificate.caFile();
    }

    /**
     * The URI of the JSON-RPC interface.
     *
     * @return the URI.
     */
    public String uri()
    {
        return uri(API_PATH);
    }

    /**
     * How many TCP connections there have been.
     *
     * @return the number.
     */
    public int accepted()
    {
        return accepted.get();
    }

    /**
     * How many TCP connections there are.
     *
     * @return the number.
     */
    public int open()
    {
        return connections.size();
    }

    /**
     * What the venues saw of their clients, also of those that are gone.
     *
     * @return one view for each upgraded connection, the oldest first; the last 256.
     */
    public List<ConnectionView> connections()
    {
        return log.views();
    }

    /**
     * Wait for a client.
     *
     * @param number    of its connection, 1 for the first that was upgraded.
     * @param timeoutMs to wait at most.
     * @return the view of its connection.
     * @throws InterruptedException  if interrupted.
     * @throws IllegalStateException if it did not come in time.
     */
    public ConnectionView awaitConnection(final int number, final long timeoutMs) throws InterruptedException
    {
        return log.await(number, timeoutMs);
    }

    /**
     * Announce to all clients, in their venue's way, that their connections are about to end, and end them after
     * {@link VenueRules#shutdownNoticeMs()}.
     */
    public void planShutdown()
    {
        for (final Channel channel : connections)
        {
            channel.eventLoop().execute(() -> planShutdown(channel)); // behind an upgrade that is being answered
        }
    }

    private static void planShutdown(final Channel channel)
    {
        final VenueConnection connection = channel.pipeline().get(VenueConnection.class);
        if (connection != null)
        {
            connection.planShutdown();
        }
    }

    /**
     * The rules of the venues.
     *
     * @return to be read and changed at any time.
     */
    public VenueRules rules()
    {
        return config.rules();
    }

    /**
     * End all connections without a close handshake.
     */
    public void dropConnections()
    {
        connections.close().awaitUninterruptibly();
    }

    /**
     * Listen no more: clients that connect are refused. What is connected stays.
     */
    public synchronized void stopListening()
    {
        listener.close().awaitUninterruptibly();
        end(listenerGroup);
    }

    /**
     * Listen again, on the same port.
     */
    public synchronized void startListening()
    {
        listener = bind(port);
    }

    @Override
    public void close()
    {
        stopListening();
        dropConnections();
        end(group);
        if (certificate != null)
        {
            certificate.close();
        }
    }

    private Channel bind(final int bindPort)
    {
        listenerGroup = newLoop("local-exchange-listener");
        final ChannelFuture bound = new ServerBootstrap()
            .group(listenerGroup, group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new PipelineInitializer())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), bindPort))
            .awaitUninterruptibly();
        if (!bound.isSuccess())
        {
            end(listenerGroup);
            throw new UncheckedIOException("cannot listen on port " + bindPort + ": " + bound.cause().getMessage(),
                new IOException(bound.cause()));
        }

        return bound.channel();
    }

    private static MultiThreadIoEventLoopGroup newLoop(final String threadName)
    {
        return new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(threadName, true), NioIoHandler.newFactory());
    }

    private static void end(final MultiThreadIoEventLoopGroup loop)
    {
        loop.shutdownGracefully(0, SHUTDOWN_TIMEOUT_S, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class PipelineInitializer extends ChannelInitializer<SocketChannel>
    {
        @Override
        protected void initChannel(final SocketChannel channel)
        {
            accepted.incrementAndGet();
            connections.add(channel);
            if (certificate != null)
            {
                channel.pipeline().addLast(certificate.context().newHandler(channel.alloc()));
            }

            channel.pipeline().addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(MAX_REQUEST_LENGTH),
                new WebSocketServerCompressionHandler(UpgradeRouter.MAX_FRAME_LENGTH), // for those who offer it
                new UpgradeRouter(config, log));
        }
    }
}
