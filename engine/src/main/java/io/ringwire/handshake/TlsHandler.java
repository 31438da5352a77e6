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

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.ringwire.session.ConnectFailure;
import io.ringwire.tls.TlsContext;
import io.ringwire.tls.TlsFault;

import java.nio.channels.ClosedChannelException;

/**
 * Holds the upgrade back until the TLS handshake is done, and says how it ended. Stays in the pipeline, right behind
 * Netty's handler, for the end of the connection.
 */
final class TlsHandler extends ChannelDuplexHandler
{
    private final OpeningListener listener;
    private final TlsContext tls;
    private final SslHandler sslHandler;
    private final FirstBytes firstBytes;
    private boolean secured;
    private boolean reported;
    private Throwable failure;

    TlsHandler(
        final OpeningListener listener,
        final TlsContext tls,
        final SslHandler sslHandler,
        final FirstBytes firstBytes)
    {
        this.listener = listener;
        this.tls = tls;
        this.sslHandler = sslHandler;
        this.firstBytes = firstBytes;
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx)
    {
        // for those behind it the channel is active once it is secure
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
    {
        if (event instanceof SslHandshakeCompletionEvent handshake)
        {
            onHandshake(ctx, handshake);
        }
        else if (event == SslCloseCompletionEvent.SUCCESS)
        {
            close(ctx, ctx.newPromise()); // nothing will come any more (RFC 8446 section 6.1)
        }
        else
        {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        if (!secured)
        {
            report(ctx, new ClosedChannelException());
        }

        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        if (secured)
        {
            ctx.fireExceptionCaught(cause);
        }
        else
        {
            report(ctx, cause);
        }
    }

    /**
     * Say goodbye if there is somebody to say it to, and go: Netty's handler would wait for the socket to take it.
     */
    @Override
    public void close(final ChannelHandlerContext ctx, final ChannelPromise promise)
    {
        final ChannelHandlerContext sslContext = ctx.pipeline().context(sslHandler);
        if (sslContext == null)
        {
            ctx.close(promise);
            return;
        }

        if (secured && ctx.channel().isActive())
        {
            sslHandler.closeOutbound();
        }

        sslContext.close(promise);
    }

    private void onHandshake(final ChannelHandlerContext ctx, final SslHandshakeCompletionEvent handshake)
    {
        if (handshake.isSuccess())
        {
            secured = true;
            listener.onSecured(ctx.channel(), tls.explain(sslHandler.engine()));
            ctx.fireChannelActive();
        }
        else
        {
            failure = handshake.cause(); // reported when the alert that tells the server is out
        }
    }

    private void report(final ChannelHandlerContext ctx, final Throwable cause)
    {
        if (!reported)
        {
            reported = true;
            final Throwable first = failure == null ? cause : failure;
            final TlsFault fault = tls.explain(first, firstBytes.text());
            listener.onOpeningFailed(
                ctx.channel(), new ConnectFailure(fault.reason(), null, fault.failure().isCertificate()));
            ctx.close();
        }
    }
}
