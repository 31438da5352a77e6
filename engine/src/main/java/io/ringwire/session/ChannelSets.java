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
package io.ringwire.session;

import io.ringwire.api.SubscriptionSnapshot;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The desired and the acknowledged channels of a session, for any thread to read. Changed by the control thread alone,
 * which waits at the lock for a reader's copy at most.
 */
final class ChannelSets
{
    private final LinkedHashSet<String> desired = new LinkedHashSet<>();
    private final LinkedHashSet<String> acknowledged = new LinkedHashSet<>();
    private volatile boolean inUse; // owner: the control thread

    synchronized void desire(final String channel)
    {
        desired.add(channel);
    }

    synchronized void renounce(final String channel)
    {
        desired.remove(channel);
    }

    synchronized void acknowledge(final String channel)
    {
        acknowledged.add(channel);
    }

    synchronized void lose(final String channel)
    {
        acknowledged.remove(channel);
    }

    synchronized void loseAll()
    {
        acknowledged.clear();
    }

    /**
     * Is there a channel that is desired, or that was given up and awaits the venue's answer?
     */
    void inUse(final boolean inUse)
    {
        this.inUse = inUse;
    }

    /**
     * Can a message of the venue about channels be the engine's? Without the lock.
     */
    boolean isInUse()
    {
        return inUse;
    }

    synchronized SubscriptionSnapshot snapshot()
    {
        return new SubscriptionSnapshot(copyOf(desired), copyOf(acknowledged));
    }

    private static Set<String> copyOf(final LinkedHashSet<String> channels)
    {
        return Collections.unmodifiableSet(new LinkedHashSet<>(channels));
    }
}
