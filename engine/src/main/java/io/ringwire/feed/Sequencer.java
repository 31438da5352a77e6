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

/**
 * Puts the messages of a feed's inputs into one order, hands out each number once, and finds what is missing. Owner:
 * the feed's thread.
 */
final class Sequencer
{
    private enum Place
    {
        /** Was handed out, or is in the snapshot. */
        OLD,

        /** Follows the last, or begins. */
        NEXT,

        /** Something is missing before it. */
        AHEAD,

        /** Its channel has no snapshot to build on. */
        UNSYNCED
    }

    private final FeedOutlet outlet;
    private final FeedInputs inputs;
    private final HeldMessages store;
    private final long maxHoldNs;

    Sequencer(final FeedPolicy policy, final FeedInputs inputs, final FeedOutlet outlet)
    {
        this.outlet = outlet;
        this.inputs = inputs;
        store = new HeldMessages(policy.maxHeld());
        maxHoldNs = policy.maxHoldNs();
    }

    void onMessage(final FeedMessage message)
    {
        final SequenceCounter counter = message.channel.counter;
        if (message.sequence == Verdict.NO_SEQUENCE)
        {
            unnumbered(message);
            return;
        }

        if (!counter.note(message.input.slot(), message) && isJudged(message))
        {
            wentBack(message);
        }
        else
        {
            admit(message);
        }

        if (counter.held != null)
        {
            drain(counter, message.receiveTimeNs);
        }
    }

    /**
     * Hand out what is held and follows; give up a gap whose time is over or which nobody can fill.
     */
    void drain(final SequenceCounter counter, final long nowNs)
    {
        while (counter.held != null)
        {
            final FeedMessage head = counter.held;
            final Place place = place(head);
            if (place == Place.AHEAD)
            {
                if (isFillable(counter, nowNs))
                {
                    return;
                }

                gap(head, counter.last);
                if (counter.held != head)
                {
                    continue; // a snapshot was at hand, and what was held has followed it
                }
            }

            if (isWaiting(head))
            {
                break;
            }

            store.take(counter);
            put(head, place);
            store.release(head);
            counter.gapSinceNs = nowNs; // what is missing next is missing since now
            outlet.due(nowNs + maxHoldNs);
        }

        counter.gapSinceNs = FeedChannel.NEVER;
    }

    /**
     * The user has the whole picture of a channel up to this number.
     */
    void snapshotLoaded(final Session session, final FeedChannel channel, final long sequence, final long nowNs)
    {
        final SequenceCounter counter = channel.counter;
        counter.last = sequence;
        counter.known = true;
        counter.afterSnapshot = true;
        outlet.change(session, channel, FeedState.LIVE);
        drain(counter, nowNs);
    }

    /**
     * No input is connected any more: what is held goes out or is thrown away, and nothing is known of what comes next.
     */
    void lost(final SequenceCounter counter, final boolean restarts)
    {
        while (counter.held != null)
        {
            final FeedMessage head = store.take(counter);
            final Place place = place(head);
            if (place == Place.AHEAD)
            {
                gap(head, counter.last);
            }

            if (isWaiting(head))
            {
                head.channel.discarded++;
            }
            else
            {
                put(head, place);
            }

            store.release(head);
        }

        counter.gapSinceNs = FeedChannel.NEVER;
        final boolean isCompared = counter.rule.isChecked() && counter.recent == null;
        if (restarts || !isCompared || !counter.shared && counter.rule.needsSnapshot())
        {
            counter.restart();
        }
        else
        {
            counter.resumes = counter.known;
        }
    }

    /**
     * Another input leads from now on. Which messages without a number it has delivered before, as copies, that the
     * one before did not, nobody knows: where no checksum would show it, a new start is needed.
     */
    void leaderChanged(final FeedChannel channel, final long nowNs)
    {
        final ContinuityRule rule = channel.rule;
        final boolean isCounted = !channel.unnumbered || channel.counter.known && !channel.counter.shared;
        if (!isCounted && rule.needsSnapshot() && rule.isChecked() && rule.checksum() == null &&
            channel.state() == FeedState.LIVE)
        {
            final Session session = inputs.leader().session();
            outlet.change(session, channel, FeedState.STALE);
            outlet.ask(session, channel, nowNs);
        }
    }

    private Place place(final FeedMessage message)
    {
        final FeedChannel channel = message.channel;
        final SequenceCounter counter = channel.counter;
        final boolean arbitrates = inputs.arbitrate();
        if (!counter.shared && counter.rule.needsSnapshot())
        {
            final boolean live = channel.state() == FeedState.LIVE;
            if (message.isSnapshot && !(live && arbitrates))
            {
                return Place.NEXT;
            }

            if (!live)
            {
                return Place.UNSYNCED;
            }
        }

        if (counter.recent != null)
        {
            return counter.recent.add(message.sequence) || !arbitrates ? Place.NEXT : Place.OLD;
        }

        if (!counter.known || !counter.rule.isChecked() && !arbitrates)
        {
            return Place.NEXT;
        }

        if (message.sequence <= counter.last)
        {
            return Place.OLD;
        }

        return !counter.rule.isChecked() ||
            counter.rule.strategy().follows(counter.last, counter.afterSnapshot, message) ? Place.NEXT : Place.AHEAD;
    }

    private void admit(final FeedMessage message)
    {
        final Place place = place(message);
        switch (place)
        {
            case AHEAD -> ahead(message);
            case UNSYNCED -> unsynced(message);
            default -> put(message, place);
        }
    }

    private void ahead(final FeedMessage message)
    {
        final SequenceCounter counter = message.channel.counter;
        final boolean first = counter.held == null || message.sequence < counter.held.sequence;
        if (counter.held == null && !isFillable(counter, message.receiveTimeNs) || store.isFull() && first)
        {
            gap(message, counter.last);
            pass(message, place(message)); // a snapshot may have been at hand
        }
        else if (store.isFull())
        {
            counter.gapSinceNs = message.receiveTimeNs - maxHoldNs; // give the oldest gap up for its room
            drain(counter, message.receiveTimeNs);
            admit(message);
        }
        else if (!store.hold(message))
        {
            message.channel.duplicates++;
        }
        else if (counter.gapSinceNs == FeedChannel.NEVER)
        {
            counter.gapSinceNs = message.receiveTimeNs;
            outlet.due(message.receiveTimeNs + maxHoldNs);
        }
    }

    private void unsynced(final FeedMessage message)
    {
        if (inputs.arbitrate() && message.sequence <= message.channel.counter.last)
        {
            message.channel.duplicates++;
        }
        else
        {
            pass(message, Place.UNSYNCED);
        }
    }

    private void pass(final FeedMessage message, final Place place)
    {
        if (isWaiting(message))
        {
            keep(message);
        }
        else
        {
            put(message, place);
        }
    }

    private void put(final FeedMessage message, final Place place)
    {
        final FeedChannel channel = message.channel;
        final SequenceCounter counter = channel.counter;
        if (place == Place.OLD)
        {
            channel.duplicates++;
            return;
        }

        final boolean begins = message.isSnapshot || !channel.rule.needsSnapshot();
        if (place == Place.NEXT || counter.shared || begins)
        {
            counter.known = true;
            counter.last = message.sequence;
            counter.afterSnapshot = message.isSnapshot;
        }
        else
        {
            counter.last = Math.max(counter.last, message.sequence);
        }

        if (begins)
        {
            outlet.change(message.session, channel, FeedState.LIVE);
        }

        outlet.hand(message);
    }

    /**
     * Keep a message until its channel has a snapshot; if there is no room, the oldest makes it: a later snapshot makes
     * up for it.
     */
    private void keep(final FeedMessage message)
    {
        final FeedChannel channel = message.channel;
        if (store.isFull())
        {
            channel.discarded++;
            if (channel.counter.held != null)
            {
                store.release(store.take(channel.counter));
            }
        }

        if (!store.isFull() && !store.hold(message))
        {
            channel.duplicates++;
        }

        outlet.await(message.session, channel, message.receiveTimeNs);
    }

    private void unnumbered(final FeedMessage message)
    {
        final FeedChannel channel = message.channel;
        channel.unnumbered = true;
        if (inputs.arbitrate() && message.input != inputs.leader())
        {
            channel.duplicates++;
            return;
        }

        if (message.isSnapshot || !channel.rule.needsSnapshot())
        {
            outlet.change(message.session, channel, FeedState.LIVE);
        }

        outlet.hand(message);
    }

    /**
     * The numbers of one connection went back: the venue has begun anew, and what is held is of the old run. A snapshot
     * takes the place of all that was before, so nothing is missing then.
     */
    private void wentBack(final FeedMessage message)
    {
        final SequenceCounter counter = message.channel.counter;
        while (counter.held != null)
        {
            final FeedMessage head = store.take(counter);
            head.channel.discarded++;
            store.release(head);
        }

        final long last = counter.last;
        counter.gapSinceNs = FeedChannel.NEVER;
        counter.restart();
        if (message.isSnapshot && !counter.shared)
        {
            put(message, Place.NEXT);
            return;
        }

        gap(message, last);
        pass(message, place(message)); // a snapshot may have been at hand
    }

    private void gap(final FeedMessage message, final long last)
    {
        outlet.gap(message, last);
        final SequenceCounter counter = message.channel.counter;
        for (int i = 0; i < counter.channels.size(); i++)
        {
            final FeedChannel channel = counter.channels.get(i);
            if (channel.state() == FeedState.LIVE &&
                (channel.rule.needsSnapshot() || channel.rule.integrity() == IntegrityMode.FATAL))
            {
                outlet.broken(message.session, channel, message.receiveTimeNs);
            }
        }
    }

    private boolean isFillable(final SequenceCounter counter, final long nowNs)
    {
        final boolean inTime = counter.gapSinceNs == FeedChannel.NEVER || nowNs - counter.gapSinceNs < maxHoldNs;
        return inTime && inputs.await(counter);
    }

    private static boolean isJudged(final FeedMessage message)
    {
        final SequenceCounter counter = message.channel.counter;
        return counter.rule.isChecked() && counter.recent == null &&
            (counter.shared || !counter.rule.needsSnapshot() || message.channel.state() == FeedState.LIVE);
    }

    /**
     * Must it wait for a snapshot?
     */
    private static boolean isWaiting(final FeedMessage message)
    {
        final FeedChannel channel = message.channel;
        return channel.rule.holds() && !channel.counter.shared && !message.isSnapshot &&
            channel.state() != FeedState.LIVE;
    }
}
