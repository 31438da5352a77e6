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

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.ringwire.api.CloseCode;
import io.ringwire.api.Opcode;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What we write is read by Netty's decoder in the role of the server.
 */
class FrameEncoderTest
{
    private static final int OFFSET = 5;

    private final SplittableRandom random = Seeds.random(FrameEncoderTest.class);
    private final EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder().expectMaskedFrames(true).maxFramePayloadLength(1 << 20).build()));

    @AfterEach
    void closeServer()
    {
        assertThat(server.finishAndReleaseAll()).isFalse();
    }

    @Test
    void shouldEncodeTheExampleOfTheRfc()
    {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[11]);
        final UnsafeBuffer src = new UnsafeBuffer("Hello".getBytes(UTF_8));
        assertThat(FrameEncoder.encode(dst, 0, Opcode.TEXT, true, 0x37fa213d, src, 0, 5)).isEqualTo(11);
        assertThat(HexFormat.of().formatHex(dst.byteArray())).isEqualTo("818537fa213d7f9f4d5158");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 124, 125, 126, 127, 128, 1000, 65_534, 65_535, 65_536, 65_537, 99_999})
    void shouldBeReadByNetty(final int length)
    {
        final byte[] payload = new byte[length];
        random.nextBytes(payload);

        for (int opcode = FrameFormat.OPCODE_CONTINUATION; opcode <= Opcode.BINARY; opcode++)
        {
            final boolean fin = opcode > 0 && random.nextBoolean();
            if (FrameFormat.OPCODE_CONTINUATION == opcode)
            {
                assertReads(Opcode.BINARY, false, payload);
                assertReads(opcode, false, payload);
                assertReads(opcode, true, payload);
            }
            else
            {
                assertReads(opcode, fin, payload);
                if (!fin)
                {
                    assertReads(FrameFormat.OPCODE_CONTINUATION, true, payload);
                }
            }
        }
    }

    @Test
    void shouldKnowHeaderLengths()
    {
        assertThat(FrameEncoder.headerLength(0)).isEqualTo(6);
        assertThat(FrameEncoder.headerLength(125)).isEqualTo(6);
        assertThat(FrameEncoder.headerLength(126)).isEqualTo(8);
        assertThat(FrameEncoder.headerLength(65_535)).isEqualTo(8);
        assertThat(FrameEncoder.headerLength(65_536)).isEqualTo(FrameEncoder.MAX_HEADER_LENGTH);
        assertThat(FrameEncoder.headerLength(Integer.MAX_VALUE)).isEqualTo(FrameEncoder.MAX_HEADER_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 125})
    void shouldEncodePingAndPong(final int length)
    {
        final byte[] payload = new byte[length];
        random.nextBytes(payload);
        final UnsafeBuffer src = new UnsafeBuffer(payload);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[OFFSET + 6 + length]);

        assertThat(FrameEncoder.encodePing(dst, OFFSET, random.nextInt(), src, 0, length)).isEqualTo(6 + length);
        assertRead(dst, PingWebSocketFrame.class, payload);
        assertThat(FrameEncoder.encodePong(dst, OFFSET, random.nextInt(), src, 0, length)).isEqualTo(6 + length);
        assertRead(dst, PongWebSocketFrame.class, payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b", "by", "bye", "going away é", "0123456789012345678901234567890123456789"})
    void shouldEncodeClose(final String reason)
    {
        final byte[] utf8 = reason.getBytes(UTF_8);
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[8 + utf8.length]);
        final int length = FrameEncoder.encodeClose(
            dst, 0, random.nextInt(), CloseCode.GOING_AWAY, new UnsafeBuffer(utf8), 0, utf8.length);

        assertThat(length).isEqualTo(8 + utf8.length);
        server.writeInbound(Unpooled.wrappedBuffer(dst.byteArray()));
        final CloseWebSocketFrame frame = server.readInbound();
        assertThat(frame.statusCode()).isEqualTo(CloseCode.GOING_AWAY);
        assertThat(frame.reasonText()).isEqualTo(reason);
        frame.release();
    }

    @Test
    void shouldEncodeCloseWithoutStatus()
    {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[6]);
        assertThat(FrameEncoder.encodeClose(dst, 0, 0x01020304, CloseCode.NO_STATUS, dst, 0, 0)).isEqualTo(6);
        assertThat(HexFormat.of().formatHex(dst.byteArray())).isEqualTo("888001020304");
    }

    @Test
    void shouldNotEncodeIllegalControlFrames()
    {
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[200]);
        assertThatThrownBy(() -> FrameEncoder.encodeClose(dst, 0, 1, CloseCode.ABNORMAL, dst, 0, 0))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1006");
        assertThatThrownBy(() -> FrameEncoder.encodeClose(dst, 0, 1, CloseCode.NORMAL, dst, 0, 124))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("126");
        assertThatThrownBy(() -> FrameEncoder.encodePing(dst, 0, 1, dst, 0, 126))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrameEncoder.encodePong(dst, 0, 1, dst, 0, 126))
            .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertReads(final int opcode, final boolean fin, final byte[] payload)
    {
        final UnsafeBuffer src = new UnsafeBuffer(new byte[payload.length + 3]);
        src.putBytes(3, payload);
        final int expectedLength = FrameEncoder.headerLength(payload.length) + payload.length;
        final UnsafeBuffer dst = new UnsafeBuffer(new byte[OFFSET + expectedLength]);

        final int length =
            FrameEncoder.encode(dst, OFFSET, opcode, fin, random.nextInt(), src, 3, payload.length);

        assertThat(length).isEqualTo(expectedLength);
        assertThat(dst.getByte(OFFSET) & FrameFormat.OPCODE_BITS).isEqualTo(opcode);
        assertThat(assertRead(dst, WebSocketFrame.class, payload)).isEqualTo(fin);
    }

    private boolean assertRead(
        final UnsafeBuffer frameBytes, final Class<? extends WebSocketFrame> type, final byte[] payload)
    {
        server.writeInbound(Unpooled.wrappedBuffer(frameBytes.byteArray(), OFFSET, frameBytes.capacity() - OFFSET));
        final WebSocketFrame frame = server.readInbound();
        assertThat(frame).isInstanceOf(type);
        assertThat(Arrays.equals(ByteBufUtil.getBytes(frame.content()), payload)).as("payload as sent").isTrue();
        final boolean fin = frame.isFinalFragment();
        frame.release();
        return fin;
    }
}
