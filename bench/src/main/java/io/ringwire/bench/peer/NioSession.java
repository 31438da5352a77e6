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

import io.ringwire.bench.client.Tally;
import io.ringwire.bench.client.Trial;
import io.ringwire.bench.client.Workload;
import io.ringwire.config.Endpoint;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A session of {@link NioClient}, over all its connections. Owner: the client's thread.
 */
final class NioSession
{
    private static final int READ_LENGTH = 64 * 1024;

    private final Endpoint server;
    private final Trial trial;
    private final Tally tally;
    private final RawFrames frames;
    private final ByteBuffer input = ByteBuffer.allocateDirect(READ_LENGTH);
    private final UnsafeBuffer view = new UnsafeBuffer(input);
    private final ByteBuffer request;
    private final ByteBuffer batch;
    private final int batchCount;
    private final int frameLength;
    private SocketChannel channel; // null until connected and between connections
    private ByteBuffer output; // being written: the request or the batch
    private int owed; // messages to write behind it
    private boolean isKnown; // to the tally, from the first connection on

    NioSession(final Workload workload, final Endpoint server, final Trial trial, final Tally tally)
    {
        this.server = server;
        this.trial = trial;
        this.tally = tally;
        frames = new RawFrames(workload, tally);
        request = ByteBuffer.wrap(frames.upgradeRequest());
        batch = frames.newBatch();
        batchCount = frames.batchCount();
        frameLength = frames.frameLength();
    }

    /**
     * Connect if there is no connection; else write what is owed and read once.
     */
    void poll()
    {
        try
        {
            if (channel == null)
            {
                connect();
            }

            if (output.hasRemaining() || owed > 0)
            {
                write();
            }

            final int length = channel.read(input.clear());
            if (length > 0)
            {
                onRead(length);
            }
            else if (length < 0)
            {
                onDisconnected("");
            }
        }
        catch (final IOException ex)
        {
            onDisconnected(PeerSession.reason(ex));
        }
    }

    void close()
    {
        CloseHelper.quietClose(channel);
        channel = null;
    }

    private void connect() throws IOException
    {
        frames.onNewConnection();
        owed = 0;
        output = request.clear();
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        final int timeoutMs = Math.max(1, (int)(trial.remainingNs() / 1_000_000));
        channel.socket().connect(new InetSocketAddress(server.host(), server.port()), timeoutMs);
        channel.configureBlocking(false);
    }

    private void onRead(final int length)
    {
        final int offset = frames.isUpgraded() ? 0 : readUpgrade(length);
        if (frames.isUpgraded() && offset < length)
        {
            owed += frames.onRead(view, offset, length - offset);
            if (frames.isClosed())
            {
                onDisconnected("");
            }
        }
    }

    private int readUpgrade(final int length)
    {
        final int used = frames.onResponse(view, 0, length);
        if (frames.refusal() != null)
        {
            onNotConnected(frames.refusal());
        }
        else if (frames.isUpgraded() && !isKnown)
        {
            isKnown = true;
            owed = tally.onConnected();
        }

        return used;
    }

    private void write() throws IOException
    {
        while (true) // ends when all is written or the socket is full
        {
            if (!output.hasRemaining())
            {
                if (owed == 0)
                {
                    return;
                }

                final int count = Math.min(owed, batchCount);
                owed -= count;
                output = batch.position(0).limit(count * frameLength);
            }

            channel.write(output);
            if (output.hasRemaining())
            {
                return;
            }
        }
    }

    private void onDisconnected(final String reason)
    {
        if (!frames.isUpgraded())
        {
            onNotConnected(
                reason.isEmpty() ? "the server closed the connection before it answered the upgrade" : reason);
        }
        else
        {
            tally.onDisconnected(reason);
        }

        close();
    }

    private void onNotConnected(final String why)
    {
        trial.fail("cannot connect to " + server.uri() + ": " + why);
    }
}
