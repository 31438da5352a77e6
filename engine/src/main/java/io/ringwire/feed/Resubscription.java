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
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives the channel up and subscribes to it again when the venue has answered: an order to do both at once would be no
 * order, since the session tells the venue only of what is different in the end. Owner: the feed's thread.
 */
final class Resubscription implements Resync
{
    private final Set<Pending> pending = new HashSet<>();

    @Override
    public void resync(final Session session, final FeedChannel channel)
    {
        final Pending renewed = new Pending(session, channel.name());
        if (pending.contains(renewed))
        {
            return; // the venue has not answered yet; the session's deadline ends that
        }

        if (!session.subscriptions().desired().contains(channel.name()))
        {
            throw new IllegalStateException("no new start for channel '" + channel.name() + "': session " +
                session.name() + " has not subscribed to it by this name: choose another FeedPolicy.resync");
        }

        pending.add(renewed);
        session.unsubscribe(channel.name());
    }

    @Override
    public void onSubscription(final Session session, final SubscriptionChange change)
    {
        if (change.state() != SubscriptionState.ACKNOWLEDGED && pending.remove(new Pending(session, change.channel())))
        {
            session.subscribe(change.channel());
        }
    }

    /**
     * A channel that was given up to be subscribed to again.
     */
    private record Pending(Session session, String channel)
    {
    }
}
