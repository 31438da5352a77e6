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
import io.ringwire.api.Session;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SessionListener;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.Verdict;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges the messages of a venue's channels before the user sees them: does each follow the one before, does the
 * channel have a snapshot to build on, is what was built of it still true. With one {@linkplain #addInput input} it
 * finds gaps; with two or more sessions that carry the same stream it hands out the first copy of each message, in
 * order, and fills the gaps of one from the other.
 * <p>
 * All inputs must be served by one handler thread: their sessions have the same {@code handlerThread} of one engine.
 * The first callback decides which thread that is; another is refused. What the engine keeps for itself (replies to its
 * own requests, heartbeats) does not come by here: in scope {@link SequenceScope#CONNECTION} it must not be numbered.
 */
public final class SequencedFeed
{
    /** Sessions that a feed can hear at a time. */
    public static final int MAX_INPUTS = 8;

    private final FeedPolicy policy;
    private final Dialect dialect;
    private final MessageHandler others;
    private final FeedInputs inputs;
    private final FeedOutlet outlet;
    private final Sequencer sequencer;
    private final ChannelTable channels;
    private final List<SequenceCounter> counters = new ArrayList<>();
    private final Map<String, SequenceCounter> symbols = new HashMap<>();
    private final Verdict verdict = new Verdict();
    private final FeedMessage message = new FeedMessage();
    private SequenceCounter common; // of scope CONNECTION or GLOBAL
    private Thread thread;
    private long unjudged;

    /**
     * Make a feed.
     *
     * @param policy  of the feed; change nothing after this call.
     * @param handler receives the messages of the channels.
     * @param others  receives all other messages: what the dialect does not call a stream's. Each session's own copy.
     */
    public SequencedFeed(final FeedPolicy policy, final FeedHandler handler, final MessageHandler others)
    {
        policy.check();
        this.policy = policy;
        this.others = others;
        dialect = policy.dialect();
        inputs = new FeedInputs(policy.scope());
        outlet = new FeedOutlet(policy, handler);
        sequencer = new Sequencer(policy, inputs, outlet);
        channels = new ChannelTable(policy.maxChannels());
    }

    /**
     * Make room for a session. May be called by any thread, while the feed runs.
     *
     * @param listener told of the session's life, before the feed acts upon it.
     * @return the message handler and listener for the session's configuration.
     * @throws io.ringwire.config.ConfigurationException if the feed has as many as it can.
     */
    public FeedInput addInput(final SessionListener listener)
    {
        return new FeedInput(this, listener, inputs);
    }

    /**
     * Give an input back for which no session was made. That of a session is given back at the session's end. May be
     * called by any thread.
     *
     * @param input that was never used.
     */
    public void removeInput(final FeedInput input)
    {
        inputs.remove(input);
    }

    /**
     * The channels heard so far. On the feed's thread; others see a list that may change.
     *
     * @return the channels, in the order in which they were first heard.
     */
    public List<FeedChannel> channels()
    {
        return List.copyOf(channels.channels());
    }

    /** {@return stream messages given to the handler of the others because there were too many channels} */
    public long unjudged()
    {
        return unjudged;
    }

    /**
     * The user has fetched the whole picture of a channel and applied it: what is held and comes behind it follows
     * during this call, and the channel is live. A picture that comes while no session is connected is too late: it is
     * asked for again when messages come. On the feed's thread.
     *
     * @param channel  with a counter of its own.
     * @param sequence number of the last message that is in the picture.
     */
    public void snapshotLoaded(final FeedChannel channel, final long sequence)
    {
        checkThread();
        if (!inputs.isSilent())
        {
            sequencer.snapshotLoaded(channel.lastSession, channel, sequence, policy.nanoClock().nanoTime());
        }
    }

    /**
     * Give up gaps and ask for new starts whose time has come. Every message of the feed does this too; call it, on the
     * feed's thread, if the inputs may fall silent.
     *
     * @param nowNs by the engine's clock.
     */
    public void poll(final long nowNs)
    {
        if (nowNs < outlet.dueNs())
        {
            return;
        }

        outlet.clearDue();
        for (int i = 0; i < counters.size(); i++)
        {
            final SequenceCounter counter = counters.get(i);
            if (counter.gapSinceNs != FeedChannel.NEVER)
            {
                sequencer.drain(counter, nowNs);
                outlet.due(counter.gapSinceNs == FeedChannel.NEVER ?
                    Long.MAX_VALUE : counter.gapSinceNs + policy.maxHoldNs());
            }
        }

        final List<FeedChannel> channels = this.channels.channels();
        for (int i = 0; i < channels.size(); i++)
        {
            askIfDue(channels.get(i), nowNs);
        }
    }

    void onMessage(
        final FeedInput input,
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final int opcode,
        final long receiveTimeNs,
        final boolean endOfBatch)
    {
        checkThread();
        connect(input);
        verdict.reset();
        dialect.classify(buffer, offset, length, opcode, verdict);
        final FeedChannel channel = isStream() ? channelOf(buffer, offset, length) : null;
        if (channel == null)
        {
            if (verdict.kind() == MessageKind.SHUTDOWN)
            {
                input.noticeShutdown();
            }

            others.onMessage(session, buffer, offset, length, opcode, receiveTimeNs, endOfBatch);
        }
        else
        {
            channel.messages++;
            channel.heardNs[input.slot()] = receiveTimeNs;
            channel.lastSession = session;
            message.input = input;
            message.session = session;
            message.channel = channel;
            message.buffer = buffer;
            message.offset = offset;
            message.length = length;
            message.opcode = opcode;
            message.receiveTimeNs = receiveTimeNs;
            message.judge(verdict);
            sequencer.onMessage(message);
        }

        poll(receiveTimeNs);
        inputs.catchUp(channels.channels());
        if (endOfBatch)
        {
            outlet.endOfBatch(session);
        }
    }

    void onUnmatchedReply(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        checkThread();
        others.onUnmatchedReply(session, buffer, offset, length, receiveTimeNs);
    }

    void onServerRequest(
        final Session session,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long receiveTimeNs)
    {
        checkThread();
        others.onServerRequest(session, buffer, offset, length, receiveTimeNs);
    }

    void onSubscription(final Session session, final SubscriptionChange change)
    {
        checkThread();
        outlet.onSubscription(session, change);
    }

    void onLive(final FeedInput input)
    {
        checkThread();
        connect(input);
        input.liveNs(policy.nanoClock().nanoTime());
        inputs.catchUp(channels.channels());
    }

    void onLost(final FeedInput input, final Session session)
    {
        checkThread();
        if (!inputs.isConnected(input))
        {
            return;
        }

        final boolean led = inputs.leader() == input;
        inputs.disconnect(input);
        input.liveNs(FeedChannel.NEVER);
        input.caughtUp(false);
        final long nowNs = policy.nanoClock().nanoTime();
        for (final SequenceCounter counter : counters)
        {
            counter.forget(input.slot());
            if (inputs.isSilent())
            {
                sequencer.lost(counter, policy.scope() == SequenceScope.CONNECTION);
            }
            else
            {
                sequencer.drain(counter, nowNs);
            }
        }

        if (inputs.isSilent())
        {
            channels.channels().forEach((channel) -> goStale(session, channel));
        }
        else if (led)
        {
            channels.channels().forEach((channel) -> sequencer.leaderChanged(channel, nowNs));
        }

        inputs.catchUp(channels.channels());
        outlet.endOfBatch(session);
    }

    void onEnd(final FeedInput input, final Session session)
    {
        onLost(input, session);
        inputs.remove(input);
    }

    private boolean isStream()
    {
        return verdict.kind() == MessageKind.STREAM ||
            policy.scope() == SequenceScope.CONNECTION && verdict.sequence() != Verdict.NO_SEQUENCE;
    }

    private void connect(final FeedInput input)
    {
        if (!inputs.isConnected(input))
        {
            inputs.connect(input);
            counters.forEach((counter) -> counter.forget(input.slot()));
            channels.channels().forEach((channel) -> channel.heardNs[input.slot()] = FeedChannel.NEVER);
        }
    }

    private FeedChannel channelOf(final DirectBuffer buffer, final int offset, final int length)
    {
        final FeedChannel known = channels.find(buffer, verdict.channelOffset(), verdict.channelLength());
        if (known != null)
        {
            return known;
        }

        if (channels.isFull())
        {
            unjudged++;
            return null;
        }

        final String name = ChannelTable.name(buffer, verdict.channelOffset(), verdict.channelLength());
        final ContinuityRule rule = policy.rules().apply(name);
        final FeedChannel channel = new FeedChannel(name, rule, counterFor(rule, buffer, offset, length));
        channels.add(channel, buffer, verdict.channelOffset(), verdict.channelLength());
        return channel;
    }

    private SequenceCounter counterFor(
        final ContinuityRule rule, final DirectBuffer buffer, final int offset, final int length)
    {
        switch (policy.scope())
        {
            case CHANNEL:
                return counter(rule, false);
            case SYMBOL:
                final String symbol = policy.symbolFinder().symbolOf(buffer, offset, length, verdict);
                return symbols.computeIfAbsent(symbol, (key) -> counter(rule, true));
            default:
                common = common == null ? counter(rule, true) : common;
                return common;
        }
    }

    private SequenceCounter counter(final ContinuityRule rule, final boolean shared)
    {
        final SequenceCounter counter = new SequenceCounter(rule, shared, policy.dedupeWindow());
        counters.add(counter);
        return counter;
    }

    private void askIfDue(final FeedChannel channel, final long nowNs)
    {
        if (channel.dueNs == FeedChannel.NEVER)
        {
            return;
        }

        if (nowNs >= channel.dueNs)
        {
            outlet.ask(channel.lastSession, channel, nowNs);
        }
        else
        {
            outlet.due(channel.dueNs);
        }
    }

    private void goStale(final Session session, final FeedChannel channel)
    {
        channel.dueNs = FeedChannel.NEVER;
        if (channel.state() == FeedState.LIVE)
        {
            outlet.change(session, channel, FeedState.STALE);
        }
    }

    private void checkThread()
    {
        final Thread current = Thread.currentThread();
        if (thread != current)
        {
            if (thread != null)
            {
                throw new IllegalStateException("the feed runs on thread " + thread.getName() + ", not on " +
                    current.getName() + ": give all of its sessions the same handlerThread");
            }

            thread = current;
        }
    }
}
