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
package io.ringwire.bench.micro;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.ringwire.frame.Utf8Validator;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The check that text in direct memory is UTF-8: ours, the JDK's decoder into a buffer of characters, and Netty's check
 * of a frame. The text is of ASCII alone, of ASCII with a name in another script in each 60 bytes, or all of another
 * script.
 */
@State(Scope.Thread)
public class Utf8Benchmark extends NettySettings
{
    @Param({ "32", "128", "1024", "16384" })
    private int size;

    @Param({ "ascii", "mixed", "other" })
    private String script;

    private final Utf8Validator validator = new Utf8Validator();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private ByteBuffer memory;
    private UnsafeBuffer text;
    private CharBuffer chars;
    private TextWebSocketFrame frame;

    /**
     * Make the text, as much as fits of it.
     */
    @Setup
    public void open()
    {
        final String unit = switch (script)
        {
            case "ascii" -> "{\"symbol\":\"BTC-PERPETUAL\",\"price\":64000.5}";
            case "mixed" -> "{\"symbol\":\"BTC-PERPETUAL\",\"trader\":\"\u5c0f\u660e\",\"price\":64000.5,\"size\":10}";
            default -> "\u5e02\u573a\u6570\u636e\u00e9\ud83d\ude80";
        };
        memory = ByteBuffer.allocateDirect(size);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(unit.repeat(size)), memory, true);
        while (memory.hasRemaining())
        {
            memory.put((byte)' ');
        }

        memory.flip();
        text = new UnsafeBuffer(memory);
        chars = CharBuffer.allocate(size);
        frame = new TextWebSocketFrame(Unpooled.wrappedBuffer(memory));
        channel.pipeline().addLast(new Utf8FrameValidator(), new ChannelInboundHandlerAdapter()
        {
            @Override
            public void channelRead(final ChannelHandlerContext ctx, final Object message)
            {
                // stays ours
            }
        });
    }

    /**
     * Ours.
     *
     * @return is it UTF-8?
     */
    @Benchmark
    public boolean ringwire()
    {
        validator.reset();
        return validator.validate(text, 0, size) && validator.isComplete();
    }

    /**
     * The JDK's.
     *
     * @return is it UTF-8?
     */
    @Benchmark
    public boolean jdk()
    {
        memory.position(0);
        chars.clear();
        return !decoder.reset().decode(memory, chars, true).isError();
    }

    /**
     * Netty's.
     *
     * @return the frame.
     */
    @Benchmark
    public TextWebSocketFrame netty()
    {
        channel.pipeline().fireChannelRead(frame);
        return frame;
    }
}
