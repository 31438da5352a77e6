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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.util.ReferenceCountUtil;
import io.ringwire.api.HandshakeResponse;
import io.ringwire.session.ConnectFailure;
import io.ringwire.tls.TlsContext;
import io.ringwire.tls.TlsFailure;
import io.ringwire.tls.TlsFault;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Sends the upgrade request and judges the answer. A refusal is kept with the first bytes of its body, for which it
 * waits a little: a body that never ends must not hide the status.
 */
final class UpgradeHandler extends ChannelInboundHandlerAdapter
{
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final long BODY_TIMEOUT_MS = 250;

    private final OpeningListener listener;
    private final UpgradeHandshaker handshaker;
    private final Extensions extensions;
    private final TlsContext tls;
    private final StringBuilder body = new StringBuilder();
    private HttpResponse refusal;
    private boolean done;

    UpgradeHandler(
        final OpeningListener listener,
        final UpgradeHandshaker handshaker,
        final Extensions extensions,
        final TlsContext tls)
    {
        this.listener = listener;
        this.handshaker = handshaker;
        this.extensions = extensions;
        this.tls = tls;
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx)
    {
        handshaker.handshake(ctx.channel()).addListener((future) ->
        {
            if (!future.isSuccess())
            {
                fail(ctx, ConnectFailure.of("cannot send the upgrade request: " + future.cause()));
            }
        });
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        try
        {
            if (!done && message instanceof HttpObject part)
            {
                onPart(ctx, part);
            }
        }
        finally
        {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx)
    {
        if (refusal != null)
        {
            refuse(ctx);
        }
        else
        {
            fail(ctx, ConnectFailure.of("connection closed before the upgrade was answered"));
        }

        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        // TLS 1.3: what the server thinks of our certificate comes behind the handshake (RFC 8446 section 4.4.2.4)
        if (tls != null && TlsFailure.isTls(cause))
        {
            final TlsFault fault = tls.explain(cause);
            fail(ctx, new ConnectFailure(fault.reason(), null, fault.failure().isCertificate()));
        }
        else
        {
            fail(ctx, ConnectFailure.of("connection failed during the upgrade: " + cause.getMessage()));
        }

        ctx.close();
    }

    private void onPart(final ChannelHandlerContext ctx, final HttpObject part)
    {
        if (part.decoderResult().isFailure())
        {
            final HandshakeResponse response = refusal == null ? null : handshakeResponse(refusal);
            fail(ctx, ConnectFailure.of(
                "malformed HTTP response: " + part.decoderResult().cause().getMessage(), response));
        }
        else if (part instanceof HttpResponse response)
        {
            onHead(ctx, response);
        }

        if (part instanceof HttpContent content && refusal != null)
        {
            onBody(ctx, content);
        }
    }

    private void onHead(final ChannelHandlerContext ctx, final HttpResponse response)
    {
        if (response.status().code() == SWITCHING_PROTOCOLS)
        {
            onSwitch(ctx, response);
        }
        else if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL)
        {
            refusal = response;
            ctx.executor().schedule(() -> refuse(ctx), BODY_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void onSwitch(final ChannelHandlerContext ctx, final HttpResponse response)
    {
        final String refusal = extensions.answer(response.headers());
        if (refusal != null)
        {
            fail(ctx, ConnectFailure.of(refusal, handshakeResponse(response)));
            return;
        }

        final FullHttpResponse fullResponse = new DefaultFullHttpResponse(
            response.protocolVersion(),
            response.status(),
            ctx.alloc().buffer(0),
            response.headers().copy(), // the handshaker takes out what it has judged
            EmptyHttpHeaders.INSTANCE);
        try
        {
            handshaker.finishHandshake(ctx.channel(), fullResponse);
        }
        catch (final WebSocketClientHandshakeException ex)
        {
            fail(ctx, ConnectFailure.of("upgrade refused: " + ex.getMessage(), handshakeResponse(response)));
            return;
        }
        finally
        {
            fullResponse.release();
        }

        done = true;
        ctx.pipeline().remove(this);
        // behind the task with which Netty takes its HTTP codec out of the pipeline
        ctx.channel().eventLoop().execute(() -> listener.onUpgraded(
            ctx.channel(), handshakeResponse(response), handshaker.subprotocol(), extensions.deflate()));
    }

    private void onBody(final ChannelHandlerContext ctx, final HttpContent content)
    {
        final ByteBuf bytes = content.content();
        final int length = Math.min(bytes.readableBytes(), HandshakeResponse.MAX_BODY_LENGTH - body.length());
        body.append(bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1));
        if (content instanceof LastHttpContent || body.length() == HandshakeResponse.MAX_BODY_LENGTH)
        {
            refuse(ctx);
        }
    }

    private void refuse(final ChannelHandlerContext ctx)
    {
        fail(ctx, ConnectFailure.of(
            "server answered " + refusal.status() + " instead of 101", handshakeResponse(refusal)));
    }

    private void fail(final ChannelHandlerContext ctx, final ConnectFailure failure)
    {
        if (!done)
        {
            done = true;
            listener.onOpeningFailed(ctx.channel(), failure);
            ctx.close();
        }
    }

    private HandshakeResponse handshakeResponse(final HttpResponse response)
    {
        return new HandshakeResponse(
            response.status().code(), response.status().reasonPhrase(), response.headers().entries(), body.toString());
    }
}
