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

/**
 * Asks for a new start of one channel, without touching the connection. At most once per channel and cool-down.
 */
@FunctionalInterface
public interface Resync
{
    /**
     * A channel needs a snapshot. Called on the feed's thread; must not block.
     *
     * @param session that showed the need.
     * @param channel that needs it.
     */
    void resync(Session session, FeedChannel channel);

    /**
     * Something became of a channel of a session. Called on the feed's thread, before the session's listener; must not
     * block.
     *
     * @param session whose channel it is.
     * @param change  the channel, its state and why.
     */
    default void onSubscription(final Session session, final SubscriptionChange change)
    {
    }
}
