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
import io.netty.handler.codec.http.HttpClientCodec;
import io.ringwire.config.SessionConfig;

import java.net.SocketAddress;

/**
 * One connection on its way from a socket to the first frame: TCP, then the upgrade. It has no deadline, whoever
 * started it has: closing the channel ends it.
 */
public final class Opening
{
    private static final int MAX_HTTP_LINE_LENGTH = 8 * 1024;
    private static final int MAX_HTTP_HEADER_LENGTH = 64 * 1024;
    private static final int MAX_HTTP_CHUNK_LENGTH = 8 * 1024;

    private final SessionConfig config;
    private final OpeningListener listener;
    private final ChannelFuture registered;

    /**
     * Make the channel; it does not connect yet, so that the listener can know it before anything is said of it.
     *
     * @param config    of the session.
     * @param bootstrap with event loop, kind of channel and socket options.
     * @param listener  told of the steps.
     */
    public Opening(final SessionConfig config, final Bootstrap bootstrap, final OpeningListener listener)
    {
        this.config = config;
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
     * @param address of the server.
     */
    public void connect(final SocketAddress address)
    {
        if (registered.isDone() && !registered.isSuccess())
        {
            fail(address, registered.cause()); // no socket to be had: a listener would run on a thread of Netty's
        }
        else
        {
            channel().connect(address).addListener((future) ->
            {
                if (!future.isSuccess())
                {
                    fail(address, future.cause());
                }
            });
        }
    }

    private void fail(final SocketAddress address, final Throwable cause)
    {
        channel().close();
        listener.onOpeningFailed(channel(), "cannot connect to " + address + ": " + cause.getMessage(), null);
    }

    /**
     * What an upgrade needs; the handshake itself replaces it by the frame handler.
     */
    private final class PipelineInitializer extends ChannelInitializer<Channel>
    {
        @Override
        protected void initChannel(final Channel channel)
        {
            final Extensions extensions = new Extensions(config);
            channel.pipeline().addLast(
                new HttpClientCodec(MAX_HTTP_LINE_LENGTH, MAX_HTTP_HEADER_LENGTH, MAX_HTTP_CHUNK_LENGTH),
                new UpgradeHandler(listener, new UpgradeHandshaker(config, listener, extensions), extensions));
        }
    }
}
