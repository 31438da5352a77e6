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

import io.ringwire.api.CloseCode;
import io.ringwire.api.Session;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.jfr.SequenceGapEvent;
import org.agrona.ErrorHandler;

/**
 * The way out of a feed: to the user's handler, checksum and resync hook, whose exceptions stop nothing. Keeps the
 * states of the channels and when each is to be asked for anew. Owner: the feed's thread.
 */
final class FeedOutlet
{
    private final FeedHandler handler;
    private final Resync resync;
    private final ErrorHandler errorHandler;
    private final long coolDownNs;
    private final SequenceGapEvent gapEvent = new SequenceGapEvent();
    private boolean handed;
    private long dueNs = Long.MAX_VALUE;

    FeedOutlet(final FeedPolicy policy, final FeedHandler handler)
    {
        this.handler = handler;
        resync = policy.resync() == null ? new Resubscription() : policy.resync();
        errorHandler = policy.errorHandler();
        coolDownNs = policy.coolDownNs();
    }

    /** {@return when the next channel has to be looked at} */
    long dueNs()
    {
        return dueNs;
    }

    void due(final long atNs)
    {
        dueNs = Math.min(dueNs, atNs);
    }

    void clearDue()
    {
        dueNs = Long.MAX_VALUE;
    }

    void hand(final FeedMessage message)
    {
        final FeedChannel channel = message.channel;
        handed = true;
        try
        {
            handler.onMessage(
                message.session,
                channel,
                channel.state(),
                message.buffer,
                message.offset,
                message.length,
                message.opcode,
                message.receiveTimeNs);
            if (channel.state() == FeedState.LIVE && channel.rule.checksum() != null && channel.rule.isChecked() &&
                !channel.rule.checksum().matches(channel, message.buffer, message.offset, message.length))
            {
                channel.checksumErrors++;
                broken(message.session, channel, message.receiveTimeNs);
            }
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }

        if (channel.state() != FeedState.LIVE)
        {
            await(message.session, channel, message.receiveTimeNs);
        }
    }

    void endOfBatch(final Session session)
    {
        if (handed)
        {
            handed = false;
            try
            {
                handler.onEndOfBatch(session);
            }
            catch (final Exception ex)
            {
                errorHandler.onError(ex);
            }
        }
    }

    void gap(final FeedMessage message, final long last)
    {
        message.channel.gaps++;
        gapEvent.gap(message.session.name(), message.channel.name(), last, message.sequence);
        try
        {
            handler.onGap(message.session, message.channel, last, message.sequence);
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }
    }

    /**
     * What was built of a channel is wrong: end the session or ask for a new start, as the rule says.
     */
    void broken(final Session session, final FeedChannel channel, final long nowNs)
    {
        change(session, channel, FeedState.STALE);
        if (channel.rule.integrity() == IntegrityMode.FATAL)
        {
            session.close(CloseCode.NORMAL, "broken sequence or checksum");
        }
        else if (channel.rule.needsSnapshot())
        {
            ask(session, channel, nowNs);
        }
    }

    void change(final Session session, final FeedChannel channel, final FeedState to)
    {
        final FeedState from = channel.state();
        if (from == to)
        {
            return;
        }

        channel.state(to);
        channel.dueNs = FeedChannel.NEVER;
        try
        {
            handler.onState(session, channel, from);
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }
    }

    /**
     * A channel that is not live has traffic: a snapshot must come of itself in time, or be asked for.
     */
    void await(final Session session, final FeedChannel channel, final long nowNs)
    {
        if (channel.dueNs != FeedChannel.NEVER || !channel.rule.needsSnapshot())
        {
            return;
        }

        if (channel.rule.snapshots() == SnapshotSource.REQUEST)
        {
            ask(session, channel, nowNs);
        }
        else
        {
            schedule(channel, nowNs + coolDownNs);
        }
    }

    /**
     * Ask for a new start now, or when the cool-down since the last time is over; and again if none comes.
     */
    void ask(final Session session, final FeedChannel channel, final long nowNs)
    {
        if (channel.askedNs != FeedChannel.NEVER && nowNs - channel.askedNs < coolDownNs)
        {
            schedule(channel, channel.askedNs + coolDownNs);
            return;
        }

        channel.askedNs = nowNs;
        channel.resyncs++;
        schedule(channel, nowNs + coolDownNs);
        try
        {
            resync.resync(session, channel);
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }
    }

    void onSubscription(final Session session, final SubscriptionChange change)
    {
        try
        {
            resync.onSubscription(session, change);
        }
        catch (final Exception ex)
        {
            errorHandler.onError(ex);
        }
    }

    private void schedule(final FeedChannel channel, final long atNs)
    {
        channel.dueNs = atNs;
        due(atNs);
    }
}
