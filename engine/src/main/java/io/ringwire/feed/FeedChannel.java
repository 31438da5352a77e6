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

import java.util.Arrays;

/**
 * One channel of a feed: the handle that comes with each of its messages. Owner: the feed's thread; others may read the
 * state and the counts, which they may see late.
 */
public final class FeedChannel
{
    static final long NEVER = Long.MIN_VALUE;

    final ContinuityRule rule;
    final SequenceCounter counter;
    final long[] heardNs; // by slot of the input
    long askedNs = NEVER;
    long dueNs = NEVER;
    Session lastSession;
    boolean unnumbered; // some of its messages have no number
    long messages;
    long duplicates;
    long gaps;
    long checksumErrors;
    long resyncs;
    long discarded;
    private final String name;
    private volatile FeedState state = FeedState.SYNCING;
    private Object attachment;

    FeedChannel(final String name, final ContinuityRule rule, final SequenceCounter counter)
    {
        this.name = name;
        this.rule = rule;
        this.counter = counter;
        heardNs = new long[SequencedFeed.MAX_INPUTS];
        Arrays.fill(heardNs, NEVER);
        counter.channels.add(this);
    }

    /** {@return its name as the venue gives it in messages, "" if messages name none} */
    public String name()
    {
        return name;
    }

    /** {@return what it is worth} */
    public FeedState state()
    {
        return state;
    }

    /** {@return number of the last message handed out, or {@code Verdict.NO_SEQUENCE}} */
    public long lastSequence()
    {
        return counter.last;
    }

    /** {@return what the user has put here, or null} */
    public Object attachment()
    {
        return attachment;
    }

    /**
     * Put something here, such as the book of the channel, to have it at hand with each message.
     *
     * @param attachment to keep.
     */
    public void attachment(final Object attachment)
    {
        this.attachment = attachment;
    }

    /** {@return messages that came, with all copies} */
    public long messages()
    {
        return messages;
    }

    /** {@return copies thrown away, and messages that the snapshot had overtaken} */
    public long duplicates()
    {
        return duplicates;
    }

    /** {@return breaks of its sequence} */
    public long gaps()
    {
        return gaps;
    }

    /** {@return checksums that did not match} */
    public long checksumErrors()
    {
        return checksumErrors;
    }

    /** {@return how often a new start was asked for} */
    public long resyncs()
    {
        return resyncs;
    }

    /** {@return messages held and thrown away because there was no room or their connection was lost} */
    public long discarded()
    {
        return discarded;
    }

    @Override
    public String toString()
    {
        return "FeedChannel{" + name + ' ' + state + " last=" + counter.last + '}';
    }

    void state(final FeedState state)
    {
        this.state = state;
    }
}
