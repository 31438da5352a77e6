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

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.ringwire.samples.exchange.binance.BinanceApiConnection;
import io.ringwire.samples.exchange.binance.BinanceStreamConnection;
import io.ringwire.samples.exchange.coinbase.CoinbaseConnection;
import io.ringwire.samples.exchange.connection.Arrival;
import io.ringwire.samples.exchange.connection.ConnectionLog;
import io.ringwire.samples.exchange.connection.VenueConnection;
import io.ringwire.samples.exchange.deribit.DeribitConnection;
import io.ringwire.samples.exchange.kraken.KrakenConnection;
import io.ringwire.samples.exchange.kraken.KrakenV2Connection;

import java.nio.charset.StandardCharsets;

/**
 * Answers the upgrade request and installs what serves its path.
 */
final class UpgradeRouter extends SimpleChannelInboundHandler<FullHttpRequest>
{
    static final int MAX_FRAME_LENGTH = 16 * 1024 * 1024;
    private static final String STATUS_PATH = "/status/";

    private final ExchangeConfig config;
    private final ConnectionLog log;

    UpgradeRouter(final ExchangeConfig config, final ConnectionLog log)
    {
        this.config = config;
        this.log = log;
    }

    @Override
    protected void channelRead0(final ChannelHandlerContext ctx, final FullHttpRequest request)
    {
        final String path = new QueryStringDecoder(request.uri()).path();
        if (path.startsWith(STATUS_PATH))
        {
            refuse(ctx, statusOf(path.substring(STATUS_PATH.length())));
            return;
        }

        final WebSocketServerHandshaker handshaker =
            new WebSocketServerHandshakerFactory(path, config.subprotocols(), true, MAX_FRAME_LENGTH)
                .newHandshaker(request);
        if (handshaker == null || !request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY))
        {
            refuse(ctx, HttpResponseStatus.UPGRADE_REQUIRED);
            return;
        }

        handshaker.handshake(ctx.channel(), request);
        final Arrival arrival = new Arrival(
            handshaker, request.uri(), config.rules(), config.marketDataRate(), log.open(request.uri()));
        ctx.pipeline().addLast(new WebSocketFrameAggregator(MAX_FRAME_LENGTH), connectionFor(path, arrival));
        ctx.pipeline().remove(this);
    }

    /**
     * A client that ends its TLS handshake or its connection is no fault of ours.
     */
    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        ctx.close();
    }

    private VenueConnection connectionFor(final String path, final Arrival arrival)
    {
        if (config.recording() != null)
        {
            return new ReplayConnection(arrival, config);
        }

        return switch (path)
        {
            case "/echo" -> new EchoConnection(arrival);
            case "/replay" -> new ReplayConnection(arrival, config);
            case "/deribit/ws/api/v2" -> new DeribitConnection(arrival, config.minHeartbeatSeconds());
            case "/binance/ws-api/v3" -> new BinanceApiConnection(arrival);
            case "/coinbase" -> new CoinbaseConnection(arrival);
            case "/kraken" -> new KrakenConnection(arrival);
            case "/kraken/v2" -> new KrakenV2Connection(arrival);
            default -> BinanceStreamConnection.serves(path) ?
                new BinanceStreamConnection(arrival) : new JsonRpcConnection(arrival, config);
        };
    }

    private static HttpResponseStatus statusOf(final String code)
    {
        return code.matches("[2-5]\\d\\d") ?
            HttpResponseStatus.valueOf(Integer.parseInt(code)) : HttpResponseStatus.NOT_FOUND;
    }

    private static void refuse(final ChannelHandlerContext ctx, final HttpResponseStatus status)
    {
        final FullHttpResponse response = new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            Unpooled.copiedBuffer("refused with " + status + "\n", StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
