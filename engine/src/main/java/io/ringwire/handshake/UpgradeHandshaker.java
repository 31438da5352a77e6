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
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.AsciiString;
import io.ringwire.config.SessionConfig;
import io.ringwire.session.Dial;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Netty's opening handshake (RFC 6455 section 4) with our codec in place of Netty's.
 */
final class UpgradeHandshaker extends WebSocketClientHandshaker13
{
    private static final List<String> OWN_HEADERS =
        List.of("Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version");
    /** Netty makes Host, Origin and the request target of it: all three are made here. */
    private static final URI ANY_URI = URI.create("ws://host/");
    private static final String NO_SUBPROTOCOL = null;
    private static final long NO_FORCED_CLOSE = -1; // the control thread has the deadline
    private static final List<AsciiString> SINGLE_HEADERS = List.of(
        HttpHeaderNames.UPGRADE, HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);

    private final Dial dial;
    private final OpeningListener listener;
    private final Extensions extensions;
    private final String offered;
    private String subprotocol;

    UpgradeHandshaker(
        final SessionConfig config, final Dial dial, final OpeningListener listener, final Extensions extensions)
    {
        super(
            ANY_URI,
            WebSocketVersion.V13,
            NO_SUBPROTOCOL, // offered and judged here: Netty would insist that the server chooses one
            false,
            null,
            config.maxFrameLength(),
            true,
            false,
            NO_FORCED_CLOSE);
        this.dial = dial;
        this.listener = listener;
        this.extensions = extensions;
        offered = config.upgrade().subprotocols();
    }

    /**
     * What the server chose of the subprotocols offered, or null: it need not choose any (RFC 6455 section 4.1).
     */
    String subprotocol()
    {
        return subprotocol;
    }

    /**
     * The request of Netty with its headers in an order of ours, and without an Origin: that is for browsers (RFC 6455
     * section 4.1, item 8).
     */
    @Override
    protected FullHttpRequest newHandshakeRequest()
    {
        final FullHttpRequest request = super.newHandshakeRequest();
        final HttpHeaders made = request.headers().copy();
        final HttpHeaders headers = request.headers().clear();
        if (dial.headers().stream().noneMatch((header) -> header.getKey().equalsIgnoreCase("host")))
        {
            headers.add("Host", dial.target().hostHeader());
        }

        for (final String name : OWN_HEADERS)
        {
            headers.add(name, made.getAll(name));
        }

        if (offered != null)
        {
            headers.add("Sec-WebSocket-Protocol", offered);
        }

        extensions.offer(headers);
        for (final Map.Entry<String, String> header : dial.headers())
        {
            headers.add(header.getKey(), header.getValue());
        }

        return request;
    }

    /**
     * Netty would leave out a {@code ?} that nothing follows.
     */
    @Override
    protected String upgradeUrl(final URI uri)
    {
        return dial.target().requestTarget();
    }

    /**
     * Beyond what Netty looks at: none of these headers may come twice (RFC 6455 sections 4.1, 11.3.3 and 11.3.4), and
     * space around their values, as a folded line leaves it, is no part of them.
     */
    @Override
    protected void verify(final FullHttpResponse response)
    {
        for (final AsciiString name : SINGLE_HEADERS)
        {
            final List<String> values = response.headers().getAll(name);
            if (values.size() > 1)
            {
                throw new WebSocketClientHandshakeException("more than one header " + name + ": " + values, response);
            }

            if (values.size() == 1)
            {
                response.headers().set(name, values.get(0).trim());
            }
        }

        super.verify(response);
        subprotocol = response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (subprotocol != null && !isOffered(subprotocol))
        {
            throw new WebSocketClientHandshakeException(
                "server chose the subprotocol '" + subprotocol + "', offered were: " + offered, response);
        }

        response.headers().remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
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

    private boolean isOffered(final String name)
    {
        return offered != null && Arrays.stream(offered.split(",")).map(String::trim).anyMatch(name::equals);
    }

    /**
     * Frames reach the channel as bytes.
     */
    private static final class EncodedAlready extends ChannelOutboundHandlerAdapter implements WebSocketFrameEncoder
    {
    }
}
