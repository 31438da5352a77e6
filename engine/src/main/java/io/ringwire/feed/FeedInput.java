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

import io.ringwire.api.MessageHandler;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import org.agrona.DirectBuffer;

/**
 * Where one session enters a feed: make it the session's message handler <em>and</em> its listener. It serves one
 * session, through all of its reconnects. Owner: the feed's thread; others may ask how far it is.
 */
public final class FeedInput implements MessageHandler, SessionListener
{
    private final SequencedFeed feed;
    private final SessionListener listener;
    private final int slot;
    private long order;
    private Session session;
    private long liveNs = FeedChannel.NEVER;
    private volatile boolean watched; // owner: who asks
    private volatile boolean caughtUp;
    private volatile boolean shutdownNoticed;

    FeedInput(final SequencedFeed feed, final SessionListener listener, final FeedInputs inputs)
    {
        this.feed = feed;
        this.listener = listener;
        slot = inputs.add(this);
    }

    @Override
    public void onMessage(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        bind(session);
        feed.onMessage(this, session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
    }

    @Override
    public void onUnmatchedReply(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        bind(session);
        feed.onUnmatchedReply(session, buffer, offset, length, receiveTimeNs);
    }

    @Override
    public void onServerRequest(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        bind(session);
        feed.onServerRequest(session, buffer, offset, length, receiveTimeNs);
    }

    @Override
    public void onState(final Session session, final StateChange change)
    {
        bind(session);
        listener.onState(session, change);
        if (change.to() == SessionState.LIVE)
        {
            feed.onLive(this);
        }
        else if (change.to().isTerminal())
        {
            feed.onEnd(this, session);
        }
    }

    @Override
    public void onGap(final Session session, final long messages)
    {
        listener.onGap(session, messages);
    }

    @Override
    public void onSubscription(final Session session, final SubscriptionChange change)
    {
        bind(session);
        feed.onSubscription(session, change);
        listener.onSubscription(session, change);
    }

    @Override
    public void onReconnectGap(final Session session, final ReconnectGap gap)
    {
        listener.onReconnectGap(session, gap);
    }

    @Override
    public void onShutdownNotice(final Session session, final String message)
    {
        noticeShutdown();
        listener.onShutdownNotice(session, message);
    }

    @Override
    public void onHeartbeatMissed(final Session session, final int consecutiveMisses)
    {
        listener.onHeartbeatMissed(session, consecutiveMisses);
    }

    @Override
    public void onClosed(final Session session, final int closeCode, final String reason)
    {
        bind(session);
        shutdownNoticed = false; // it was said of this connection
        listener.onClosed(session, closeCode, reason);
        feed.onLost(this, session);
    }

    @Override
    public void onProtocolError(final Session session, final int closeCode, final String reason)
    {
        listener.onProtocolError(session, closeCode, reason);
    }

    /**
     * Find out from now on, with each message, whether the feed could go on without the other inputs; or no more.
     */
    void watch(final boolean watched)
    {
        this.watched = watched;
    }

    boolean isWatched()
    {
        return watched;
    }

    /**
     * Could the feed go on without the others? True when the session is live, nothing is missing that only another
     * input can fill, and it has delivered on every channel on which another has since it is live.
     */
    boolean isCaughtUp()
    {
        return caughtUp;
    }

    /**
     * Has the venue said on this connection that it is going to end it?
     */
    boolean isShutdownNoticed()
    {
        return shutdownNoticed;
    }

    /**
     * The session that was heard by this input.
     */
    Session session()
    {
        return session;
    }

    int slot()
    {
        return slot;
    }

    /**
     * When it was connected, in terms of others.
     */
    long order()
    {
        return order;
    }

    void order(final long order)
    {
        this.order = order;
    }

    long liveNs()
    {
        return liveNs;
    }

    void liveNs(final long liveNs)
    {
        this.liveNs = liveNs;
    }

    void caughtUp(final boolean caughtUp)
    {
        this.caughtUp = caughtUp;
    }

    void noticeShutdown()
    {
        shutdownNoticed = true;
    }

    private void bind(final Session session)
    {
        if (this.session != session)
        {
            if (this.session != null)
            {
                throw new IllegalStateException(
                    "this input serves session " + this.session.name() + ", not " + session.name() + ": add another");
            }

            this.session = session;
        }
    }
}
