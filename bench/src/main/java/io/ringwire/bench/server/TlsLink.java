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
package io.ringwire.bench.server;

import io.netty.util.ReferenceCountUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A socket's bytes through an engine of TLS, which is released with the link. The engine makes one result object for
 * each record, of up to 16 KiB; nothing else is allocated once the handshake is done. Owner: the serving thread.
 */
final class TlsLink implements Link
{
    private static final int INPUT_LENGTH = 128 * 1024;
    private static final int OUTPUT_LENGTH = 256 * 1024;
    private static final int MAX_RECORD_LENGTH = 18 * 1024; // RFC 8446 section 5.2, and what the engine asks beside
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_LENGTH).flip();
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_LENGTH).flip();
    private boolean starved = true; // the input holds no whole record
    private boolean ended;

    TlsLink(final SocketChannel channel, final SSLEngine engine) throws SSLException
    {
        this.channel = channel;
        this.engine = engine;
        engine.beginHandshake();
    }

    @Override
    public int read(final ByteBuffer target) throws IOException
    {
        final int start = target.position();
        while (!starved || target.position() == start && fill()) // ends with bytes, or when the socket has no more
        {
            final SSLEngineResult result = engine.unwrap(input, target);
            final boolean shaken = shakeHands();
            final SSLEngineResult.Status status = result.getStatus();
            if (status == SSLEngineResult.Status.BUFFER_OVERFLOW)
            {
                break;
            }

            ended |= status == SSLEngineResult.Status.CLOSED;
            starved = ended || status == SSLEngineResult.Status.BUFFER_UNDERFLOW || !input.hasRemaining() ||
                result.bytesConsumed() + result.bytesProduced() == 0 && !shaken;
        }

        final int length = target.position() - start;
        return length == 0 && ended ? END : length;
    }

    @Override
    public boolean holdsInput()
    {
        return !starved;
    }

    @Override
    public void write(final ByteBuffer source) throws IOException
    {
        boolean taken;
        do
        {
            taken = wrap(source);
        }
        while (source.hasRemaining() && (taken || flush())); // ends when all is taken, or the socket takes no more

        flush();
    }

    @Override
    public boolean flush() throws IOException
    {
        if (output.hasRemaining())
        {
            channel.write(output);
        }

        return !output.hasRemaining();
    }

    @Override
    public void endOutput() throws IOException
    {
        engine.closeOutbound();
        wrap(NOTHING);
        flush();
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
        ReferenceCountUtil.release(engine);
    }

    private boolean fill() throws IOException
    {
        input.compact();
        final int length = ended ? END : channel.read(input);
        input.flip();
        ended |= length < 0;
        return length > 0;
    }

    /**
     * Do what the handshake asks of this side.
     *
     * @return true if it asked for something.
     */
    private boolean shakeHands() throws IOException
    {
        boolean shaken = false;
        while (true) // ends when the peer is to speak, or all has been said
        {
            final HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK)
            {
                engine.getDelegatedTask().run();
            }
            else if (status != HandshakeStatus.NEED_WRAP || !wrap(NOTHING))
            {
                flush();
                return shaken;
            }

            shaken = true;
        }
    }

    /**
     * Encrypt a record.
     *
     * @return false if there is no room for it, or nothing is left to say.
     * @throws ClosedChannelException if the peer has ended TLS and is to be told more.
     */
    private boolean wrap(final ByteBuffer source) throws IOException
    {
        if (!output.hasRemaining())
        {
            output.clear().limit(0);
        }

        final int start = output.position();
        output.position(output.limit()).limit(output.capacity());
        final SSLEngineResult result = output.remaining() < MAX_RECORD_LENGTH ? null : engine.wrap(source, output);
        output.limit(output.position()).position(start);
        if (source.hasRemaining() && result != null && result.getStatus() == SSLEngineResult.Status.CLOSED)
        {
            throw new ClosedChannelException();
        }

        return result != null && result.getStatus() == SSLEngineResult.Status.OK;
    }
}
