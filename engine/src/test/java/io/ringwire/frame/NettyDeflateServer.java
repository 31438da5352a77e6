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
package io.ringwire.frame;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.ringwire.api.Opcode;

/**
 * Netty's server side of permessage-deflate: its judgement of an offer, its frames, its messages.
 */
final class NettyDeflateServer implements AutoCloseable
{
    private static final int MAX_LENGTH = 1 << 24;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final String answer;
    private final EmbeddedChannel channel;

    /**
     * A server which would rather have these parameters, and its answer to the offer.
     */
    NettyDeflateServer(final String offer, final int clientWindowBits, final boolean clientNoTakeover)
    {
        final WebSocketServerExtension extension = new PerMessageDeflateServerExtensionHandshaker(
            6, false, clientWindowBits, true, clientNoTakeover, MAX_LENGTH)
            .handshakeExtension(WebSocketExtensionUtil.extractExtensions(offer).get(0));
        if (null == extension)
        {
            answer = null;
            channel = new EmbeddedChannel();
            return;
        }

        answer = text(extension.newReponseData());
        final WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true).allowExtensions(true).maxFramePayloadLength(MAX_LENGTH).build();
        channel = new EmbeddedChannel(
            new WebSocket13FrameDecoder(config),
            new WebSocket13FrameEncoder(false),
            extension.newExtensionDecoder(),
            extension.newExtensionEncoder());
    }

    /**
     * Null if it declines.
     */
    String answer()
    {
        return answer;
    }

    /**
     * The bytes of one message as the server sends it, in parts.
     */
    byte[] send(final int opcode, final List<byte[]> parts, final boolean pingBetween)
    {
        for (int i = 0; i < parts.size(); i++)
        {
            final boolean fin = i == parts.size() - 1;
            final ByteBuf payload = Unpooled.wrappedBuffer(parts.get(i));
            channel.writeOutbound(i > 0 ? new ContinuationWebSocketFrame(fin, 0, payload) :
                Opcode.TEXT == opcode ? new TextWebSocketFrame(fin, 0, payload) :
                new BinaryWebSocketFrame(fin, 0, payload));
            if (pingBetween && !fin)
            {
                channel.writeOutbound(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {'p'})));
            }
        }

        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuf bytes = channel.readOutbound(); null != bytes; bytes = channel.readOutbound())
        {
            out.writeBytes(ByteBufUtil.getBytes(bytes));
            bytes.release();
        }
        return out.toByteArray();
    }

    /**
     * The messages in bytes of the client.
     */
    List<byte[]> receive(final byte[] stream)
    {
        channel.writeInbound(Unpooled.copiedBuffer(stream));
        final List<byte[]> messages = new ArrayList<>();
        for (WebSocketFrame frame = channel.readInbound(); null != frame; frame = channel.readInbound())
        {
            message.writeBytes(ByteBufUtil.getBytes(frame.content()));
            if (frame.isFinalFragment())
            {
                messages.add(message.toByteArray());
                message.reset();
            }
            frame.release();
        }
        return messages;
    }

    @Override
    public void close()
    {
        channel.finishAndReleaseAll();
    }

    private static String text(final WebSocketExtensionData data)
    {
        final StringBuilder text = new StringBuilder(data.name());
        for (final Map.Entry<String, String> parameter : data.parameters().entrySet())
        {
            text.append("; ").append(parameter.getKey());
            if (null != parameter.getValue())
            {
                text.append('=').append(parameter.getValue());
            }
        }
        return text.toString();
    }
}
