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
import org.agrona.DirectBuffer;

/**
 * Receives the messages of a feed's channels, judged, on the feed's thread. What it throws is given to the feed's error
 * handler, and the next message follows.
 */
@FunctionalInterface
public interface FeedHandler
{
    /**
     * A message of a channel. Each number comes once.
     *
     * @param session       it came from.
     * @param channel       it belongs to, the same object each time.
     * @param state         of the channel. Unless it is LIVE the message must not be taken for a part of the truth.
     * @param buffer        that holds the message; valid only during the call.
     * @param offset        of the message in the buffer.
     * @param length        of the message in bytes.
     * @param opcode        of the message.
     * @param receiveTimeNs the engine's nano clock when its last bytes were read from the socket.
     */
    void onMessage(
        Session session,
        FeedChannel channel,
        FeedState state,
        DirectBuffer buffer,
        int offset,
        int length,
        int opcode,
        long receiveTimeNs);

    /**
     * A channel went to another state. Comes before the message that is the first of that state, or by itself.
     *
     * @param session that showed it.
     * @param channel that changed; {@link FeedChannel#state()} is the new state.
     * @param from    the state before.
     */
    default void onState(final Session session, final FeedChannel channel, final FeedState from)
    {
    }

    /**
     * Messages are missing and will not come.
     *
     * @param session  that showed it.
     * @param channel  of the message that showed it.
     * @param last     number of the last message before the gap.
     * @param received number of the first behind it; not above {@code last} if the venue's numbers went back.
     */
    default void onGap(final Session session, final FeedChannel channel, final long last, final long received)
    {
    }

    /**
     * The moment to flush or publish what was gathered: a batch of a session ended of which at least one message was
     * handed out.
     *
     * @param session whose batch ended.
     */
    default void onEndOfBatch(final Session session)
    {
    }
}
