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

import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.ringwire.config.SessionConfig;

import java.util.Map;

/**
 * Netty's opening handshake (RFC 6455 section 4) with our codec in place of Netty's.
 */
final class UpgradeHandshaker extends WebSocketClientHandshaker13
{
    private static final long NO_FORCED_CLOSE = -1; // the control thread has the deadline

    private final SessionConfig config;
    private final OpeningListener listener;
    private final Extensions extensions;

    UpgradeHandshaker(final SessionConfig config, final OpeningListener listener, final Extensions extensions)
    {
        super(
            config.endpoint().uri(),
            WebSocketVersion.V13,
            config.upgrade().subprotocols(),
            false,
            headersOf(config),
            config.maxFrameLength(),
            true,
            false,
            NO_FORCED_CLOSE);
        this.config = config;
        this.listener = listener;
        this.extensions = extensions;
    }

    @Override
    protected FullHttpRequest newHandshakeRequest()
    {
        final FullHttpRequest request = super.newHandshakeRequest();
        if (config.upgrade().headers().stream().noneMatch((header) -> header.getKey().equalsIgnoreCase("origin")))
        {
            request.headers().remove(HttpHeaderNames.ORIGIN); // it is for browsers (RFC 6455 section 4.1, item 8)
        }

        extensions.offer(request.headers());
        return request;
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder()
    {
        return listener.frameHandler();
    }

    @Override
    protected WebSocketFrameEncoder newWebSocketEncoder()
    {
        return new EncodedAlready();
    }

    private static HttpHeaders headersOf(final SessionConfig config)
    {
        final HttpHeaders headers = new DefaultHttpHeaders();
        for (final Map.Entry<String, String> header : config.upgrade().headers())
        {
            headers.add(header.getKey(), header.getValue());
        }

        return headers;
    }

    /**
     * Frames reach the channel as bytes.
     */
    private static final class EncodedAlready extends ChannelOutboundHandlerAdapter implements WebSocketFrameEncoder
    {
    }
}
