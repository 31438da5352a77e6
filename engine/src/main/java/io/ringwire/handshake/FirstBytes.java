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

import java.nio.charset.StandardCharsets;

/**
 * Keeps what a server says first, for the case that it is not TLS, and leaves the pipeline.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter
{
    private static final int MAX_LENGTH = 32;

    private String text = "";

    /**
     * What was said, a character for a byte.
     */
    String text()
    {
        return text;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message)
    {
        if (message instanceof ByteBuf bytes)
        {
            text = bytes.toString(
                bytes.readerIndex(), Math.min(MAX_LENGTH, bytes.readableBytes()), StandardCharsets.ISO_8859_1);
        }

        ctx.fireChannelRead(message);
        ctx.pipeline().remove(this);
    }
}
