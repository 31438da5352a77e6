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

import io.ringwire.config.ConfigurationException;

import java.util.List;

/**
 * The sessions that a feed hears. Places are given to any thread; who is connected is the feed thread's.
 */
final class FeedInputs
{
    private final FeedInput[] places = new FeedInput[SequencedFeed.MAX_INPUTS]; // guarded by this
    private final FeedInput[] connected = new FeedInput[SequencedFeed.MAX_INPUTS]; // by slot
    private final boolean single;
    private long nextOrder;
    private int connectedCount;
    private FeedInput leader;

    FeedInputs(final SequenceScope scope)
    {
        single = scope == SequenceScope.CONNECTION;
    }

    /**
     * Find a slot for an input. Any thread.
     */
    synchronized int add(final FeedInput input)
    {
        final int limit = single ? 1 : places.length;
        for (int slot = 0; slot < limit; slot++)
        {
            if (places[slot] == null)
            {
                places[slot] = input;
                return slot;
            }
        }

        throw new ConfigurationException(single ?
            "a feed of scope CONNECTION has one input: numbers of two connections cannot be compared" :
            "the feed has " + limit + " inputs whose sessions have not ended: close one");
    }

    /**
     * An input will not be heard any more. Any thread.
     */
    synchronized void remove(final FeedInput input)
    {
        if (places[input.slot()] == input)
        {
            places[input.slot()] = null;
        }
    }

    void connect(final FeedInput input)
    {
        input.order(nextOrder++);
        connected[input.slot()] = input;
        count();
    }

    void disconnect(final FeedInput input)
    {
        connected[input.slot()] = null;
        count();
    }

    boolean isConnected(final FeedInput input)
    {
        return connected[input.slot()] == input;
    }

    boolean isSilent()
    {
        return connectedCount == 0;
    }

    /**
     * Is there more than one copy of the stream?
     */
    boolean arbitrate()
    {
        return connectedCount > 1;
    }

    /**
     * The input whose messages without a number are handed out: the one that is connected for the longest time. One
     * that comes back does not take over from one that delivers.
     */
    FeedInput leader()
    {
        return leader;
    }

    /**
     * May what is missing still come from an input?
     */
    boolean await(final SequenceCounter counter)
    {
        for (int slot = 0; slot < connected.length; slot++)
        {
            if (connected[slot] != null && counter.isAwaited(slot))
            {
                return true;
            }
        }

        return false;
    }

    /**
     * Find out of each input whether the feed could go on without the others.
     */
    void catchUp(final List<FeedChannel> channels)
    {
        for (final FeedInput input : connected)
        {
            if (input != null && input.isWatched())
            {
                input.caughtUp(input.liveNs() != FeedChannel.NEVER && isCaughtUp(input, channels));
            }
        }
    }

    private boolean isCaughtUp(final FeedInput input, final List<FeedChannel> channels)
    {
        for (int i = 0; i < channels.size(); i++)
        {
            final FeedChannel channel = channels.get(i);
            if (channel.counter.gapSinceNs != FeedChannel.NEVER ||
                channel.heardNs[input.slot()] == FeedChannel.NEVER && isHeardElsewhere(channel, input))
            {
                return false;
            }
        }

        return true;
    }

    private boolean isHeardElsewhere(final FeedChannel channel, final FeedInput input)
    {
        for (int slot = 0; slot < connected.length; slot++)
        {
            if (slot != input.slot() && connected[slot] != null && channel.heardNs[slot] >= input.liveNs())
            {
                return true;
            }
        }

        return false;
    }

    private void count()
    {
        connectedCount = 0;
        leader = null;
        for (final FeedInput input : connected)
        {
            if (input != null)
            {
                connectedCount++;
                leader = leader == null || input.order() < leader.order() ? input : leader;
            }
        }
    }
}
