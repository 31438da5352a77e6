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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipelineException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringwire.api.Opcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Netty's decoder in the role of the client, with its UTF-8 check, its frames put together to messages and written down
 * as {@link RecordingSink} does, errors without their reason.
 */
@ChannelHandler.Sharable
final class NettyOracle extends ChannelInboundHandlerAdapter implements AutoCloseable
{
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private Decoder decoder;
    /** Null without compression. */
    private NettyInflaterInput inflaterInput;
    private int maxFrameLength;
    private int maxInflatedLength;
    private int messageOpcode;
    private boolean terminated;
    private boolean outOfReach;

    NettyOracle()
    {
        channel.config().setAllocator(new UnpooledByteBufAllocator(false));
    }

    /**
     * A new connection, without compression if that is null.
     */
    void reset(final int newMaxFrameLength, final Compression compression)
    {
        maxFrameLength = newMaxFrameLength;
        terminated = false;
        outOfReach = false;
        events.clear();
        message.reset();
        while (null != channel.pipeline().last())
        {
            channel.pipeline().removeLast();
        }
        channel.releaseInbound();
        try
        {
            channel.checkException();
        }
        catch (final ChannelPipelineException ex)
        {
            // removed, Netty's inflater fails once more for what it failed for
            assertThat(ex).hasCauseInstanceOf(DecompressionException.class);
        }

        final WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .maxFramePayloadLength(maxFrameLength)
            .allowExtensions(null != compression)
            .closeOnProtocolViolation(false)
            .build();
        decoder = new Decoder(config);
        inflaterInput = null;
        channel.pipeline().addLast(decoder);
        if (null != compression)
        {
            maxInflatedLength = compression.maxInflatedLength();
            inflaterInput = new NettyInflaterInput(compression.contextTakeover(), this::onStreamEnd);
            channel.pipeline().addLast(inflaterInput, inflaterInput.newInflater());
        }
        channel.pipeline().addLast(new Utf8FrameValidator(false), this);
    }

    List<String> events()
    {
        return events;
    }

    boolean isTerminated()
    {
        return terminated;
    }

    /**
     * Did the stream end at what Netty cannot inflate? Then what it found holds as far as it goes.
     */
    boolean isOutOfReach()
    {
        return outOfReach;
    }

    void feed(final byte[] stream, final IntSupplier pieceLength)
    {
        int position = 0;
        while (position < stream.length && !terminated)
        {
            final int length = Math.min(pieceLength.getAsInt(), stream.length - position);
            channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(stream, position, position + length)));
            position += length;
        }
    }

    /**
     * Netty judges a header when its second byte is there and UTF-8 when the frame is. Zeros bring that moment about
     * without making legal what is not.
     */
    void completeFrame()
    {
        final byte[] zeros = new byte[1024];
        for (int length = 0; length <= maxFrameLength + zeros.length && !terminated; length += zeros.length)
        {
            feed(zeros, () -> zeros.length);
        }
    }

    /**
     * Netty's inflater keeps output back while it has no input, and so bad text, until the message ends: zeros to the
     * end of the frame and an empty last one bring that about without making legal what is not.
     */
    void completeMessage()
    {
        final byte[] zero = {0};
        while (!terminated && !decoder.isBetweenFrames())
        {
            feed(zero, () -> 1);
        }
        feed(new byte[] {(byte)FrameFormat.FIN_BIT, 0}, () -> 2);
    }

    @Override
    public void close()
    {
        channel.finishAndReleaseAll();
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object received)
    {
        final WebSocketFrame frame = (WebSocketFrame)received;
        if (!terminated)
        {
            onFrame(frame, ByteBufUtil.getBytes(frame.content()));
        }
        frame.release();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause)
    {
        if (!terminated)
        {
            terminate(
                cause instanceof CorruptedWebSocketFrameException broken ? "error:" + broken.closeStatus().code() :
                cause instanceof DecompressionException ? "error:1007" : cause.toString());
        }
    }

    private void onFrame(final WebSocketFrame frame, final byte[] payload)
    {
        if (frame instanceof PingWebSocketFrame)
        {
            events.add("ping:" + RecordingSink.text(payload));
        }
        else if (frame instanceof PongWebSocketFrame)
        {
            events.add("pong:" + RecordingSink.text(payload));
        }
        else if (frame instanceof CloseWebSocketFrame)
        {
            onClose(payload);
        }
        else
        {
            if (!(frame instanceof ContinuationWebSocketFrame))
            {
                messageOpcode = frame instanceof TextWebSocketFrame ? Opcode.TEXT : Opcode.BINARY;
            }
            message.writeBytes(payload);
            if (null != inflaterInput && inflaterInput.isFeeding() && message.size() > maxInflatedLength)
            {
                terminate("error:1009");
            }
            else if (frame.isFinalFragment())
            {
                events.add(RecordingSink.dataEvent(messageOpcode, message.toByteArray()));
                message.reset();
            }
        }
    }

    private void onClose(final byte[] payload)
    {
        if (0 == payload.length)
        {
            terminate("close:1005:");
            return;
        }

        final ByteBuffer buffer = ByteBuffer.wrap(payload);
        final int code = buffer.getShort() & 0xFFFF;
        try
        {
            terminate("close:" + code + ':' + UTF_8.newDecoder().decode(buffer));
        }
        catch (final CharacterCodingException ex)
        {
            terminate("error:1007");
        }
    }

    private void onStreamEnd()
    {
        outOfReach = true;
        terminated = true;
    }

    private void terminate(final String event)
    {
        events.add(event);
        terminated = true;
    }

    /**
     * Netty's decoder, but without its taste for close codes from 5000 on, and where extensions are allowed, with an
     * eye on the bits that permessage-deflate has no use for.
     */
    private static final class Decoder extends WebSocket13FrameDecoder
    {
        private final boolean extensions;
        private boolean betweenFrames = true;

        Decoder(final WebSocketDecoderConfig config)
        {
            super(config);
            extensions = config.allowExtensions();
        }

        boolean isBetweenFrames()
        {
            return betweenFrames;
        }

        @Override
        protected void decode(final ChannelHandlerContext ctx, final ByteBuf in, final List<Object> out)
            throws Exception
        {
            if (betweenFrames && in.isReadable() && extensions)
            {
                checkReservedBits(in.getByte(in.readerIndex()));
            }

            betweenFrames &= !in.isReadable();
            final int frames = out.size();
            super.decode(ctx, in, out);
            betweenFrames |= out.size() > frames;
        }

        private static void checkReservedBits(final int firstByte)
        {
            final int opcode = firstByte & FrameFormat.OPCODE_BITS;
            final boolean begins = Opcode.TEXT == opcode || Opcode.BINARY == opcode;
            if (0 != (firstByte & 0x30) || 0 != (firstByte & FrameFormat.RSV1_BIT) && !begins)
            {
                throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits");
            }
        }

        @Override
        protected void checkCloseFrameBody(final ChannelHandlerContext ctx, final ByteBuf body)
        {
            if (body.readableBytes() > 1 && body.getUnsignedShort(body.readerIndex()) >= 5000)
            {
                throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, "no such close code");
            }
            super.checkCloseFrameBody(ctx, body);
        }
    }
}
