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

/**
 * The memory for messages that are held: as many as the policy says, made at once, their buffers when first used. Each
 * counter has a list of them by number. Owner: the feed's thread.
 */
final class HeldMessages
{
    private FeedMessage free;

    HeldMessages(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final FeedMessage message = new FeedMessage();
            message.next = free;
            free = message;
        }
    }

    boolean isFull()
    {
        return free == null;
    }

    /**
     * Hold a copy in its place.
     *
     * @return false if one with its number is held.
     */
    boolean hold(final FeedMessage message)
    {
        final SequenceCounter counter = message.channel.counter;
        FeedMessage before = null;
        FeedMessage after = counter.held;
        while (after != null && after.sequence <= message.sequence)
        {
            if (after.sequence == message.sequence)
            {
                return false;
            }

            before = after;
            after = after.next;
        }

        final FeedMessage copy = free;
        free = copy.next;
        copy.copyOf(message);
        copy.next = after;
        if (before == null)
        {
            counter.held = copy;
        }
        else
        {
            before.next = copy;
        }

        return true;
    }

    /**
     * Take the first out of a counter's list; give it back with {@link #release}.
     */
    FeedMessage take(final SequenceCounter counter)
    {
        final FeedMessage head = counter.held;
        counter.held = head.next;
        head.next = null;
        return head;
    }

    void release(final FeedMessage message)
    {
        message.input = null;
        message.session = null;
        message.channel = null;
        message.next = free;
        free = message;
    }
}
