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

import io.ringwire.bench.client.Stamp;

import java.nio.ByteBuffer;

/**
 * Sends text messages out of a batch encoded once: as fast as the socket takes them, or each at its time whether the
 * peer keeps up or not. What is behind schedule leaves together. A stamp is the time a message was due; without a
 * schedule every message is due when its batch is begun.
 */
final class FeedService extends Service
{
    private final Feed feed;
    private final Schedule schedule; // null without one
    private final StampWriter stamps = new StampWriter();
    private final ByteBuffer batch;
    private final int frameLength;
    private final int stampOffset;
    private final int framesPerBatch;
    private long left;

    /**
     * @param compressed true for frames of permessage-deflate.
     * @param startNs    the time at which the schedule begins.
     */
    FeedService(final Feed feed, final boolean compressed, final long startNs)
    {
        this.feed = feed;
        schedule = feed.isScheduled() ? new Schedule(feed, startNs) : null;
        left = feed.messages() == Feed.ENDLESS ? Long.MAX_VALUE : feed.messages();

        final byte[] payload = payload(feed, compressed);
        final int firstByte = FrameHeaders.FIN_BIT | FrameHeaders.TEXT | (compressed ? FrameHeaders.RSV1_BIT : 0);
        final int headerLength = FrameHeaders.length(payload.length);
        stampOffset = headerLength + (compressed ? Deflation.STORED_HEADER_LENGTH : 0);
        frameLength = headerLength + payload.length;
        framesPerBatch = Math.max(1, Connection.BATCH_LENGTH / frameLength);
        batch = ByteBuffer.allocateDirect(framesPerBatch * frameLength);
        while (batch.hasRemaining())
        {
            FrameHeaders.put(batch, firstByte, payload.length);
            batch.put(payload);
        }
    }

    @Override
    long dueNs()
    {
        return left == 0 ? NEVER : schedule == null ? 0 : schedule.dueNs();
    }

    @Override
    ByteBuffer next(final long nowNs)
    {
        batch.clear(); // stamps are written up to the limit
        final int count = schedule == null ? takeAll(nowNs) : takeDue(nowNs);
        if (count == 0)
        {
            return null;
        }

        left -= count;
        return batch.limit(count * frameLength);
    }

    @Override
    boolean isOver()
    {
        return left == 0;
    }

    private int takeAll(final long nowNs)
    {
        final int count = (int)Math.min(framesPerBatch, left);
        for (int i = 0; feed.timestamped() && i < count; i++)
        {
            stamps.write(batch, i * frameLength + stampOffset, nowNs);
        }

        return count;
    }

    private int takeDue(final long nowNs)
    {
        final int max = (int)Math.min(framesPerBatch, left);
        int count = 0;
        while (count < max && schedule.dueNs() <= nowNs)
        {
            if (feed.timestamped())
            {
                stamps.write(batch, count * frameLength + stampOffset, schedule.dueNs());
            }

            schedule.advance();
            count++;
        }

        return count;
    }

    private static byte[] payload(final Feed feed, final boolean compressed)
    {
        final byte[] payload = new byte[feed.sizeBytes()];
        for (int i = 0; i < payload.length; i++)
        {
            payload[i] = (byte)('a' + i % 26);
        }

        return !compressed ? payload :
            feed.timestamped() ? Deflation.compressBehind(payload, Stamp.LENGTH) : Deflation.compress(payload);
    }
}
