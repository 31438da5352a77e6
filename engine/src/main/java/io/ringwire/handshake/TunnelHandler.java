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

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks4ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.util.ReferenceCountUtil;
import io.ringwire.api.HandshakeResponse;
import io.ringwire.config.ProxyPolicy;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.Dial;

import java.net.SocketAddress;
import java.util.Map;

/**
 * Stands behind Netty's proxy handler and holds back from the rest of the pipeline that TCP to the proxy is up, until
 * the tunnel is: then it takes all that belongs to the proxy, and itself, out of the pipeline.
 */
final class TunnelHandler extends ChannelInboundHandlerAdapter
{
    private static final long NO_TIMEOUT = 0; // the control thread has the deadline

    private final OpeningListener listener;
    private final String proxyName;

    private TunnelHandler(final OpeningListener listener, final String proxyName)
    {
        this.listener = listener;
        this.proxyName = proxyName;
    }

    /**
     * Add what a tunnel needs; what is added behind it becomes active in the tunnel.
     */
    static void addTo(
        final ChannelPipeline pipeline, final ProxyPolicy policy, final Dial dial, final OpeningListener listener)
    {
        final ProxyHandler proxyHandler = proxyHandler(policy, dial.address());
        proxyHandler.setConnectTimeoutMillis(NO_TIMEOUT);
        final String proxyName = "proxy " + policy.kind() + ' ' + dial.address();
        final TunnelHandler tunnelHandler = new TunnelHandler(listener, proxyName);
        pipeline.addLast(proxyHandler, tunnelHandler);
        if (policy.kind() == ProxyPolicy.Kind.HTTP)
        {
            pipeline.addBefore(
                pipeline.context(proxyHandler).name(), "connect-answer", tunnelHandler.new ConnectAnswerHandler());
        }
    }

    @Override
    public void channelActive(final ChannelHandlerContext ctx)
    {
        // TCP to the proxy: nothing of that matters to what is behind
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event)
    {
        if (event instanceof ProxyConnectionEvent)
        {
            ctx.executor().execute(() -> open(ctx)); // the proxy handler is in the middle of its own clean-up
        }
        else
        {
            ctx.fireUserEventTriggered(event);
        }
    }

    /**
     * What the proxy sends besides its answer, or behind one that Netty's handler is about to complain of.
     */
    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        ReferenceCountUtil.release(message);
        ctx.executor().execute(() -> fail(ctx, "sent more than its answer", null));
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        fail(ctx, cause.getMessage(), null);
    }

    private void open(final ChannelHandlerContext ctx)
    {
        if (!ctx.channel().isActive())
        {
            fail(ctx, "the connection ended", null);
            return;
        }

        final ChannelPipeline pipeline = ctx.pipeline();
        while (pipeline.first() != this)
        {
            pipeline.removeFirst();
        }

        listener.onConnected(ctx.channel());
        ctx.fireChannelActive();
        pipeline.remove(this);
    }

    private void fail(final ChannelHandlerContext ctx, final String reason, final HandshakeResponse response)
    {
        listener.onOpeningFailed(ctx.channel(), ConnectFailure.of(proxyName + ": " + reason, response));
        ctx.close();
    }

    private static ProxyHandler proxyHandler(final ProxyPolicy policy, final SocketAddress address)
    {
        return switch (policy.kind())
        {
            case SOCKS5 -> new Socks5ProxyHandler(address, policy.user(), policy.password());
            case SOCKS4 -> new Socks4ProxyHandler(address, policy.user());
            case HTTP -> policy.user() == null ?
                new HttpProxyHandler(address, headersOf(policy)) :
                new HttpProxyHandler(address, policy.user(), policy.password(), headersOf(policy));
        };
    }

    private static HttpHeaders headersOf(final ProxyPolicy policy)
    {
        final HttpHeaders headers = new DefaultHttpHeaders();
        for (final Map.Entry<String, String> header : policy.headers())
        {
            headers.add(header.getKey(), header.getValue());
        }

        return headers;
    }

    /**
     * Tells the answer to CONNECT when it is not 200. Netty's handler would wait for the end of its body and keep
     * status and headers to itself.
     */
    private final class ConnectAnswerHandler extends ChannelInboundHandlerAdapter
    {
        @Override
        public void channelRead(final ChannelHandlerContext ctx, final Object message)
        {
            if (message instanceof HttpResponse response && !isTunnel(response))
            {
                final HandshakeResponse answer = new HandshakeResponse(
                    response.status().code(), response.status().reasonPhrase(), response.headers().entries(), "");
                final boolean malformed = response.decoderResult().isFailure();
                fail(ctx, malformed ? "malformed HTTP response: " + response.decoderResult().cause().getMessage() :
                    "answered " + response.status() + " to CONNECT", malformed ? null : answer);
                ReferenceCountUtil.release(message);
            }
            else
            {
                ctx.fireChannelRead(message);
            }
        }

        private static boolean isTunnel(final HttpResponse response)
        {
            return response.decoderResult().isSuccess() && response.status().equals(HttpResponseStatus.OK);
        }
    }
}
