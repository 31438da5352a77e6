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

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.config.Endpoint;

import java.io.IOException;

/**
 * One session, over all its connections, at the end of each one's pipeline. What the messages of one read ask for
 * leaves with one flush behind the read. Owner: the event loop.
 */
@Sharable // in turn: by the connections that follow each other
abstract class NettySession extends ChannelInboundHandlerAdapter implements ChannelFutureListener
{
    private final Trial trial;
    private final Tally tally;
    private Bootstrap bootstrap;
    private Endpoint server;
    private boolean isUpgraded;
    private boolean isKnown; // to the tally, from the first connection on
    private boolean isUnflushed;
    private String reason = "";

    NettySession(final Trial trial, final Tally tally)
    {
        this.trial = trial;
        this.tally = tally;
    }

    /**
     * Put the handlers of a new connection in front of this one.
     */
    abstract void addHandlers(ChannelPipeline pipeline, Endpoint server);

    /**
     * Write, without a flush.
     *
     * @param count messages, at least one.
     */
    abstract void write(ChannelHandlerContext ctx, int count);

    /**
     * The thread of the trial, when the event loop has ended.
     */
    abstract void release();

    /**
     * The thread of the trial: connect for the first time.
     */
    final void connect(final Bootstrap sockets, final Endpoint endpoint)
    {
        server = endpoint;
        bootstrap = sockets.handler(new ChannelInitializer<Channel>()
        {
            @Override
            protected void initChannel(final Channel ch)
            {
                addHandlers(ch.pipeline(), endpoint);
                ch.pipeline().addLast(NettySession.this);
            }
        });
        connect();
    }

    final Tally tally()
    {
        return tally;
    }

    final boolean isUpgraded()
    {
        return isUpgraded;
    }

    final void onUpgraded(final ChannelHandlerContext ctx)
    {
        isUpgraded = true;
        if (!isKnown)
        {
            isKnown = true;
            send(ctx, tally.onConnected());
        }
    }

    final void send(final ChannelHandlerContext ctx, final int count)
    {
        if (count > 0)
        {
            write(ctx, count);
            isUnflushed = true;
        }
    }

    final void onNotConnected(final String why)
    {
        trial.fail("cannot connect to " + server.uri() + ": " + why);
    }

    @Override
    public final void operationComplete(final ChannelFuture future)
    {
        if (!future.isSuccess())
        {
            onNotConnected(PeerSession.reason(future.cause()));
        }
    }

    @Override
    public final void channelReadComplete(final ChannelHandlerContext ctx)
    {
        if (isUnflushed)
        {
            isUnflushed = false;
            ctx.flush();
        }
    }

    @Override
    public final void channelInactive(final ChannelHandlerContext ctx)
    {
        if (!isUpgraded)
        {
            onNotConnected("the server closed the connection before it answered the upgrade");
        }
        else if (tally.onDisconnected(reason))
        {
            connect();
        }
    }

    @Override
    public final void exceptionCaught(final ChannelHandlerContext ctx, final Throwable exception)
    {
        final Throwable cause =
            exception instanceof DecoderException && exception.getCause() != null ? exception.getCause() : exception;
        if (!isUpgraded)
        {
            onNotConnected(PeerSession.reason(cause));
        }
        else if (cause instanceof IOException)
        {
            reason = cause.getMessage(); // the channel becomes inactive
        }
        else
        {
            trial.fail(cause.toString());
        }

        ctx.close();
    }

    private void connect()
    {
        isUpgraded = false;
        isUnflushed = false;
        bootstrap.connect(server.host(), server.port()).addListener(this);
    }
}
