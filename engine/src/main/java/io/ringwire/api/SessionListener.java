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
package io.ringwire.api;

/**
 * Told of the life of a session, in order with its messages, on the session's handler thread. What it throws is
 * counted and given to the engine's error handler.
 */
public interface SessionListener
{
    /**
     * The session took a step.
     *
     * @param session that took it.
     * @param change  from, to, and why.
     */
    default void onState(final Session session, final StateChange change)
    {
    }

    /**
     * Messages were thrown away because the ring was full under {@link BackpressurePolicy#DROP_NEWEST}. They stood
     * between the last message delivered and the next.
     *
     * @param session  that lost them.
     * @param messages how many.
     */
    default void onGap(final Session session, final long messages)
    {
    }

    /**
     * Something became of a channel of {@link Session#subscribe} or {@link Session#unsubscribe}. While channels are
     * restored the session is not {@link SessionState#LIVE} yet, not even with the answer to the last of them: what is
     * sent from here is refused as {@link SendResult#NOT_CONNECTED} then. Send from {@link #onState}.
     *
     * @param session whose channel it is.
     * @param change  the channel, its state and why.
     */
    default void onSubscription(final Session session, final SubscriptionChange change)
    {
    }

    /**
     * A connection follows on one that was lost. Comes before the first message of the new connection; what the venue
     * sent in between was missed.
     *
     * @param session that missed it.
     * @param gap     how much is known of it.
     */
    default void onReconnectGap(final Session session, final ReconnectGap gap)
    {
    }

    /**
     * The venue said that it is going to end the connection. The message goes to the message handler too, before or
     * behind this.
     *
     * @param session that was told.
     * @param message of the venue, its first 1,024 bytes as text.
     */
    default void onShutdownNotice(final Session session, final String message)
    {
    }

    /**
     * A connection that had been upgraded ended. All of its messages came before this call. {@link #onState} tells what
     * follows.
     *
     * @param session   whose connection ended.
     * @param closeCode received or sent, {@link CloseCode#NO_STATUS}, or {@link CloseCode#ABNORMAL}.
     * @param reason    given by the peer, or our own words for why.
     */
    default void onClosed(final Session session, final int closeCode, final String reason)
    {
    }

    /**
     * No byte came from the peer in time after a ping. As many misses in a row as the session was configured for end
     * the connection.
     *
     * @param session           that pinged.
     * @param consecutiveMisses in a row, this one included.
     */
    default void onHeartbeatMissed(final Session session, final int consecutiveMisses)
    {
    }

    /**
     * The peer broke a rule of the protocol or of the session's limits. The connection ends with the code given.
     *
     * @param session   that was offended.
     * @param closeCode sent to the peer.
     * @param reason    names the rule.
     */
    default void onProtocolError(final Session session, final int closeCode, final String reason)
    {
    }
}
