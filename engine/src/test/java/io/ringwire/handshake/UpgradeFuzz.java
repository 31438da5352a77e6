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

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.List;
import java.util.function.IntUnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import io.ringwire.api.HandshakeResponse;
import io.ringwire.config.DeflatePolicy;
import io.ringwire.config.EngineContext;
import io.ringwire.config.SessionConfig;
import io.ringwire.config.UpgradePolicy;
import io.ringwire.session.ConnectFailure;
import io.ringwire.session.Dial;
import io.ringwire.frame.DeflateParameters;

/**
 * Fuzz target: a server's answer to an upgrade with the bytes behind it, behind two bytes that set up the client;
 * {@code $accept} stands for the right answer to the key. However it is cut, it comes to one outcome and the same one,
 * nothing is thrown, nothing leaks, and what follows the answer reaches the frame handler byte for byte. No session
 * gets live without the right accept value and its status.
 */
public final class UpgradeFuzz
{
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String PLACEHOLDER = "$accept";
    private static final SessionConfig[] CONFIGS = {
        config("", false), config("", true), config("orders,ticks", false), config("orders,ticks", true)};

    private UpgradeFuzz()
    {
    }

    /**
     * Called by the fuzzer, and by {@code FuzzCorpusTest} for each file of the corpus.
     *
     * @param data made up by the fuzzer.
     */
    public static void fuzzerTestOneInput(final byte[] data)
    {
        if (data.length > 2)
        {
            final SessionConfig config = CONFIGS[data[0] & 3];
            final SplittableRandom random = new SplittableRandom(data[1]);
            final byte[] answer = Arrays.copyOfRange(data, 2, data.length);
            final String whole = play(config, answer, (left) -> left);
            requireSame(whole, play(config, answer, (left) -> 1), "byte by byte");
            requireSame(whole, play(config, answer, (left) -> 1 + random.nextInt(left)), "cut");
        }
    }

    private static SessionConfig config(final String subprotocols, final boolean deflate)
    {
        return new SessionConfig()
            .uri("ws://venue.test/feed")
            .messageHandler((session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch) ->
            {
            })
            .upgrade(new UpgradePolicy().subprotocols(subprotocols))
            .deflate(new DeflatePolicy().enabled(deflate))
            .conclude(new EngineContext().conclude(1));
    }

    private static String play(final SessionConfig config, final byte[] answer, final IntUnaryOperator pieceLength)
    {
        final Outcome outcome = new Outcome();
        final Extensions extensions = new Extensions(config);
        final Dial dial = new Dial(config.endpoint(), new InetSocketAddress(0), null, List.of());
        final EmbeddedChannel channel = new EmbeddedChannel(
            new HttpClientCodec(Opening.decoderConfig(), false, false),
            new UpgradeHandler(outcome, new UpgradeHandshaker(config, dial, outcome, extensions), extensions, null));
        channel.freezeTime(); // a slow machine must not make another outcome
        final ByteBuf request = channel.readOutbound();
        final String accept = acceptOf(request.toString(StandardCharsets.ISO_8859_1));
        request.release();

        final byte[] bytes = filledIn(answer, accept);
        for (int position = 0; position < bytes.length && channel.isActive();)
        {
            final int length = pieceLength.applyAsInt(bytes.length - position);
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, position, length));
            position += length;
        }

        channel.finishAndReleaseAll();
        channel.checkException();
        if (outcome.text.startsWith("live") && !isPromised(bytes, accept))
        {
            throw new AssertionError("live without the right answer");
        }

        return (outcome.text + " frames " + outcome.frames.toString(StandardCharsets.ISO_8859_1))
            .replace(accept, PLACEHOLDER); // the key is another for each connection
    }

    private static boolean isPromised(final byte[] bytes, final String accept)
    {
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains(accept) && text.contains(" 101");
    }

    /**
     * In one call: the fuzzer looks into every comparison.
     */
    private static byte[] filledIn(final byte[] answer, final String accept)
    {
        return new String(answer, StandardCharsets.ISO_8859_1)
            .replace(PLACEHOLDER, accept)
            .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String acceptOf(final String request)
    {
        final String name = "sec-websocket-key: ";
        final int from = request.toLowerCase().indexOf(name) + name.length();
        try
        {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(
                (request.substring(from, request.indexOf('\r', from)) + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static void requireSame(final String whole, final String other, final String how)
    {
        if (!whole.equals(other))
        {
            throw new AssertionError("whole: " + whole + ' ' + how + ": " + other);
        }
    }

    /**
     * What came of an opening.
     */
    private static final class Outcome implements OpeningListener
    {
        private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
        private String text = "";

        @Override
        public void onConnected(final Channel channel)
        {
            // the request has been sent
        }

        @Override
        public void onSecured(final Channel channel, final String explanation)
        {
            throw new IllegalStateException("there is no TLS here");
        }

        @Override
        public void onUpgraded(
            final Channel channel,
            final HandshakeResponse response,
            final String subprotocol,
            final DeflateParameters deflate)
        {
            text += "live " + subprotocol + ' ' + deflate + ' ' + response.headers();
        }

        @Override
        public void onOpeningFailed(final Channel channel, final ConnectFailure failure)
        {
            text += "failed " + (failure.response() == null ? "" : failure.response().status());
        }

        @Override
        public WebSocketFrameDecoder frameHandler()
        {
            return new FrameBytes();
        }

        private final class FrameBytes extends ChannelInboundHandlerAdapter implements WebSocketFrameDecoder
        {
            @Override
            public void channelRead(final ChannelHandlerContext ctx, final Object message)
            {
                if (message instanceof ByteBuf bytes)
                {
                    frames.writeBytes(ByteBufUtil.getBytes(bytes));
                }

                ReferenceCountUtil.release(message);
            }
        }
    }
}
