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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static io.ringwire.bench.server.FrameHeaders.CLOSE;
import static io.ringwire.bench.server.FrameHeaders.FIN_BIT;
import static io.ringwire.bench.server.FrameHeaders.TEXT;

/**
 * Sends text messages out of a batch encoded once: as fast as the socket takes them, or each at its time whether the
 * peer keeps up or not. What is behind schedule leaves together. A stamp is the time a message was due; without a rate
 * every message is due when its batch is sent.
 */
final class FeedConnection implements Connection
{
    private static final int BATCH_LENGTH = 64 * 1024;
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long WAKE_UP_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final double NS_PER_S = TimeUnit.SECONDS.toNanos(1);

    private final Feed feed;
    private final int headerLength;
    private final int frameLength;
    private final int framesPerBatch;
    private final ByteBuffer batch;
    private final byte[] stamp = new byte[Feed.STAMP_LENGTH];

    FeedConnection(final Feed feed)
    {
        this.feed = feed;
        headerLength = FrameHeaders.length(feed.sizeBytes());
        frameLength = headerLength + feed.sizeBytes();
        framesPerBatch = Math.max(1, BATCH_LENGTH / frameLength);
        batch = ByteBuffer.allocateDirect(framesPerBatch * frameLength);
        while (batch.hasRemaining())
        {
            FrameHeaders.put(batch, FIN_BIT | TEXT, feed.sizeBytes());
            for (int i = 0; i < feed.sizeBytes(); i++)
            {
                batch.put((byte)('a' + i % 26));
            }
        }

        batch.clear();
    }

    @Override
    public void serve(final Peer peer) throws IOException
    {
        final long messages = feed.messages() == Feed.ENDLESS ? Long.MAX_VALUE : feed.messages();
        if (feed.ratePerS() > 0)
        {
            sendOnSchedule(peer, messages);
        }
        else
        {
            sendAtOnce(peer, messages);
        }

        final ByteBuffer close = ByteBuffer.allocate(4);
        FrameHeaders.put(close, FIN_BIT | CLOSE, Short.BYTES);
        peer.write(close.putShort((short)1000).flip());
        peer.endOfOutput();
        peer.discardUntilEnd();
    }

    private void sendAtOnce(final Peer peer, final long messages) throws IOException
    {
        for (long sent = 0; sent < messages;)
        {
            final int count = (int)Math.min(framesPerBatch, messages - sent);
            if (feed.timestamped())
            {
                final long nowNs = System.nanoTime();
                for (int i = 0; i < count; i++)
                {
                    stamp(i, nowNs);
                }
            }

            send(peer, count);
            sent += count;
        }
    }

    private void sendOnSchedule(final Peer peer, final long messages) throws IOException
    {
        final long startNs = System.nanoTime();
        final double intervalNs = NS_PER_S / feed.ratePerS();
        for (long sent = 0; sent < messages;)
        {
            awaitNs(startNs + (long)(sent * intervalNs));
            final long elapsedNs = System.nanoTime() - startNs;
            int count = 0;
            while (count < framesPerBatch && sent < messages && (long)(sent * intervalNs) <= elapsedNs)
            {
                if (feed.timestamped())
                {
                    stamp(count, startNs + (long)(sent * intervalNs));
                }

                count++;
                sent++;
            }

            send(peer, count);
        }
    }

    private void send(final Peer peer, final int count) throws IOException
    {
        peer.write(batch.limit(count * frameLength));
        batch.clear();
    }

    private void stamp(final int index, final long timeNs)
    {
        long digits = timeNs;
        for (int i = Feed.STAMP_LENGTH - 1; i >= 0; i--)
        {
            stamp[i] = (byte)('0' + digits % 10);
            digits /= 10;
        }

        batch.put(index * frameLength + headerLength, stamp);
    }

    private static void awaitNs(final long dueNs)
    {
        long leftNs;
        while ((leftNs = dueNs - System.nanoTime()) > 0)
        {
            if (leftNs > PARK_NS)
            {
                LockSupport.parkNanos(leftNs - WAKE_UP_NS);
            }
            else
            {
                Thread.onSpinWait();
            }
        }
    }
}
