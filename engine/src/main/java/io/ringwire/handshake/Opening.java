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
package io.ringwire.handshake;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.ringwire.config.SessionConfig;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.Dial;
import io.ringwire.tls.TlsContext;

import java.io.FileNotFoundException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * One connection on its way from a socket to the first frame: TCP, a tunnel if there is a proxy, TLS, the upgrade. It
 * has no deadline, whoever started it has: closing the channel ends it.
 */
public final class Opening
{
    private static final int MAX_HTTP_LINE_LENGTH = 8 * 1024;
    private static final int MAX_HTTP_HEADER_LENGTH = 64 * 1024;
    private static final int MAX_HTTP_CHUNK_LENGTH = 8 * 1024;

    private final SessionConfig config;
    private final Dial dial;
    private final TlsContext tls;
    private final OpeningListener listener;
    private final ChannelFuture registered;

    /**
     * Make the channel; it does not connect yet, so that the listener can know it before anything is said of it.
     *
     * @param config    of the session.
     * @param dial      where to, and what the upgrade asks for.
     * @param tls       of the session, or null if it never leads to a secure server.
     * @param bootstrap with event loop, kind of channel and memory to read into.
     * @param listener  told of the steps.
     */
    public Opening(
        final SessionConfig config,
        final Dial dial,
        final TlsContext tls,
        final Bootstrap bootstrap,
        final OpeningListener listener)
    {
        this.config = config;
        this.dial = dial;
        this.tls = tls;
        this.listener = listener;
        registered = bootstrap
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the control thread has the deadline
            .handler(new PipelineInitializer())
            .register();
    }

    /** {@return the channel} */
    public Channel channel()
    {
        return registered.channel();
    }

    /**
     * Connect and upgrade.
     *
     * @param address of the dial, as the transport wants it.
     */
    public void connect(final SocketAddress address)
    {
        if (registered.isDone() && !registered.isSuccess())
        {
            fail(address, registered.cause()); // no socket to be had: a listener would run on a thread of Netty's
        }
        else
        {
            final SocketAddress remote = dial.tunnelTo() == null ? address : dial.tunnelTo();
            channel().connect(remote, localAddress()).addListener((future) ->
            {
                if (future.isSuccess())
                {
                    if (dial.tunnelTo() == null) // else the tunnel says so when it is there
                    {
                        listener.onConnected(channel());
                    }
                }
                else
                {
                    fail(address, future.cause());
                }
            });
        }
    }

    private InetSocketAddress localAddress()
    {
        final InetSocketAddress local = config.socket().localAddress();
        return local == null ? null : new InetSocketAddress(local.getHostString(), local.getPort());
    }

    /**
     * Values are not validated here: the first line of a folded one may be empty (RFC 7230 section 3.2.4), which Netty
     * refuses, and those that count are compared with what they must be.
     */
    static HttpDecoderConfig decoderConfig()
    {
        return new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_HTTP_LINE_LENGTH)
            .setMaxHeaderSize(MAX_HTTP_HEADER_LENGTH)
            .setMaxChunkSize(MAX_HTTP_CHUNK_LENGTH)
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValueValidation(false));
    }

    private void fail(final SocketAddress address, final Throwable cause)
    {
        final InetSocketAddress local = config.socket().localAddress();
        channel().close();
        listener.onOpeningFailed(channel(), ConnectFailure.of(
            "cannot connect to " + (dial.tunnelTo() == null ? "" : "proxy ") + address +
            (local == null ? "" : " from local address " + local.getHostString() + ':' + local.getPort()) + ": " +
            (cause instanceof FileNotFoundException ? "no such file" : cause.getMessage()))); // Netty's has no message
    }

    /**
     * What an upgrade needs; the handshake itself replaces it by the frame handler.
     */
    private final class PipelineInitializer extends ChannelInitializer<Channel>
    {
        @Override
        protected void initChannel(final Channel channel)
        {
            if (config.proxy() != null)
            {
                TunnelHandler.addTo(channel.pipeline(), config.proxy(), dial, listener);
            }

            if (dial.target().isSecure())
            {
                final SslHandler sslHandler = tls.newHandler(channel.alloc(), dial.target());
                final FirstBytes firstBytes = new FirstBytes();
                channel.pipeline().addLast(
                    firstBytes, sslHandler, new TlsHandler(listener, tls, sslHandler, firstBytes));
            }

            final Extensions extensions = new Extensions(config);
            final UpgradeHandshaker handshaker = new UpgradeHandshaker(config, dial, listener, extensions);
            channel.pipeline().addLast(
                new HttpClientCodec(decoderConfig(), false, false),
                new UpgradeHandler(listener, handshaker, extensions, tls));
        }
    }
}
