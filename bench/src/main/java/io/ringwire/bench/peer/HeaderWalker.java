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
package io.ringwire.bench.peer;

import io.ringwire.bench.client.BenchException;
import io.ringwire.bench.client.Client;
import io.ringwire.bench.client.Measurement;
import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The floor of {@link Workload.Kind#RECEIVE} and {@link Workload.Kind#SEND}: a blocking socket and a thread that walks
 * over the headers of frames, without a look at their payload, and sends frames that were encoded once. What it takes
 * is what the server gives; a client that comes near to it was not measured, the server was.
 */
public final class HeaderWalker implements Client
{
    private static final int BUFFER_LENGTH = 256 * 1024;
    private static final int TEXT = 0x81;
    private static final int MASK_BIT = 0x80;
    private static final int MAX_SHORT_LENGTH = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int KEY_LENGTH = 4;

    /**
     * Make a client; it may run any number of times.
     */
    public HeaderWalker()
    {
    }

    @Override
    public boolean supports(final Workload workload)
    {
        return (workload.kind() == Workload.Kind.RECEIVE || workload.kind() == Workload.Kind.SEND) &&
            workload.sessions() == 1 && !workload.timestamped() && !workload.deflate() &&
            workload.uri().startsWith("ws:");
    }

    @Override
    public Measurement run(final Workload workload) throws BenchException
    {
        final Trial trial = new Trial(workload);
        final URI uri = URI.create(workload.uri());
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort())))
        {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            final Thread thread = new Thread(() -> walk(channel, uri, workload, trial), "header-walker");
            thread.start();
            trial.await();
            channel.shutdownInput().shutdownOutput(); // ends what the thread waits for
            thread.join();
        }
        catch (final IOException ex)
        {
            throw new BenchException("cannot connect: " + ex.getMessage(), ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            trial.fail("interrupted");
        }

        return trial.result("nio");
    }

    private static void walk(final SocketChannel channel, final URI uri, final Workload workload, final Trial trial)
    {
        final Tally tally = trial.tallies().get(0);
        final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_LENGTH).flip();
        final ByteBuffer message = ByteBuffer.allocate(0); // its bytes are nothing that a tally looks at
        try
        {
            upgrade(channel, uri, received);
            final ByteBuffer frames = frames(workload);
            send(channel, frames, tally.onConnected());
            while (!trial.isOver())
            {
                int next = 0;
                while (skipFrame(received))
                {
                    next += tally.onMessage(message);
                }

                send(channel, frames, next);
                fill(channel, received);
            }
        }
        catch (final IOException ex)
        {
            trial.fail("the connection is gone: " + ex.getMessage());
        }
    }

    private static void upgrade(final SocketChannel channel, final URI uri, final ByteBuffer received)
        throws IOException
    {
        final String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery());
        write(channel, ByteBuffer.wrap((
            "GET " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nUpgrade: websocket\r\n" +
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            if (!received.hasRemaining())
            {
                fill(channel, received);
            }

            head.append((char)received.get());
        }

        if (!head.toString().startsWith("HTTP/1.1 101 "))
        {
            throw new IOException("not upgraded: " + head.substring(0, head.indexOf("\r\n")));
        }
    }

    /**
     * A batch, masked with the key 0, that is repeated.
     */
    private static ByteBuffer frames(final Workload workload)
    {
        final int size = workload.kind() == Workload.Kind.SEND ? workload.sizeBytes() : 0;
        final int headerLength = size <= MAX_SHORT_LENGTH ? 2 : size <= 0xFFFF ? 4 : 10;
        final ByteBuffer frames =
            ByteBuffer.allocateDirect(Workload.ACKNOWLEDGED_BATCH * (headerLength + KEY_LENGTH + size));
        for (int i = 0; i < Workload.ACKNOWLEDGED_BATCH; i++)
        {
            final int start = frames.position();
            frames.put((byte)TEXT).put(
                (byte)(MASK_BIT | (headerLength == 2 ? size : headerLength == 4 ? LENGTH_16 : LENGTH_64)));
            if (headerLength == 4)
            {
                frames.putShort((short)size);
            }
            else if (headerLength > 4)
            {
                frames.putLong(size);
            }

            frames.putInt(0);
            while (frames.position() < start + headerLength + KEY_LENGTH + size)
            {
                frames.put((byte)'a');
            }
        }

        return frames;
    }

    private static void send(final SocketChannel channel, final ByteBuffer frames, final int count) throws IOException
    {
        for (int sent = 0; sent < count; sent += Workload.ACKNOWLEDGED_BATCH) // a client sends whole batches
        {
            write(channel, frames.rewind());
        }
    }

    private static void write(final SocketChannel channel, final ByteBuffer bytes) throws IOException
    {
        while (bytes.hasRemaining())
        {
            channel.write(bytes);
        }
    }

    /**
     * Move behind the next frame, if all of it is there. It is shorter than 64 KiB.
     */
    private static boolean skipFrame(final ByteBuffer received) throws IOException
    {
        final int start = received.position();
        final int available = received.remaining();
        final int lengthBits = available < 2 ? 0 : received.get(start + 1);
        if (lengthBits == LENGTH_64)
        {
            throw new IOException("a frame of 64 KiB or more");
        }

        final int headerLength = lengthBits == LENGTH_16 ? 4 : 2;
        if (available < headerLength)
        {
            return false;
        }

        final int length = headerLength + (headerLength == 2 ? lengthBits : received.getShort(start + 2) & 0xFFFF);
        if (available < length)
        {
            return false;
        }

        received.position(start + length);
        return true;
    }

    private static void fill(final SocketChannel channel, final ByteBuffer received) throws IOException
    {
        received.compact();
        final int length = channel.read(received);
        received.flip();
        if (length < 0)
        {
            throw new EOFException("the server closed");
        }
    }
}
