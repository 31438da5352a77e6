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
package io.ringwire.feed;

import io.ringwire.api.Session;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message on its way through a feed: the one that came just now, in the engine's memory, or a copy that is held.
 * Owner: the feed's thread.
 */
final class FeedMessage
{
    FeedInput input;
    Session session;
    FeedChannel channel;
    DirectBuffer buffer;
    int offset;
    int length;
    int opcode;
    long receiveTimeNs;
    long sequence;
    long firstSequence;
    long previousSequence;
    boolean isSnapshot;
    FeedMessage next;
    private UnsafeBuffer copy;

    void judge(final Verdict verdict)
    {
        sequence = verdict.sequence();
        firstSequence = verdict.firstSequence();
        previousSequence = verdict.previousSequence();
        isSnapshot = verdict.isSnapshot();
    }

    void copyOf(final FeedMessage other)
    {
        input = other.input;
        session = other.session;
        channel = other.channel;
        opcode = other.opcode;
        receiveTimeNs = other.receiveTimeNs;
        sequence = other.sequence;
        firstSequence = other.firstSequence;
        previousSequence = other.previousSequence;
        isSnapshot = other.isSnapshot;
        length = other.length;
        offset = 0;
        if (copy == null || copy.capacity() < length)
        {
            copy = new UnsafeBuffer(new byte[Math.max(256, Integer.highestOneBit(length) << 1)]);
        }

        copy.putBytes(0, other.buffer, other.offset, length);
        buffer = copy;
    }
}
