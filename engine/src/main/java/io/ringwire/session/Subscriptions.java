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

import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.dialect.Dialect;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.session.Channel.Status;
import org.agrona.ErrorHandler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * The channels of a session. What the user wants outlives the connections; what the venue knows ends with each, and is
 * brought in line with it again on the next, channel by channel in the user's order. A channel counts as subscribed
 * when the venue has said so. Owner: the control thread.
 */
final class Subscriptions implements ChannelRequests.Owner
{
    private final ChannelSets sets;
    private final int maxTries;
    private final Consumer<SubscriptionChange> listener;
    private final ChannelRequests requests;
    private final LinkedHashMap<String, Channel> channels = new LinkedHashMap<>();
    private boolean active;

    Subscriptions(
        final SubscriptionPolicy policy,
        final SubscriptionDialect dialect,
        final ControlWriter writer,
        final ChannelSets sets,
        final ErrorHandler errorHandler,
        final Consumer<SubscriptionChange> listener)
    {
        this.sets = sets;
        this.listener = listener;
        maxTries = policy.maxTries();
        requests = new ChannelRequests(policy, dialect, writer, errorHandler, this);
        subscribe(policy.channels());
    }

    /**
     * The user wants channels; those it wants already are left alone, unless the venue did not answer for them.
     */
    void subscribe(final List<String> names)
    {
        for (final String name : names)
        {
            final Channel channel = channels.get(name);
            if (channel == null)
            {
                add(name);
            }
            else if (!channel.desired)
            {
                desireAgain(channel);
            }
            else if (channel.tries >= maxTries && (channel.status == Status.OFF || channel.status == Status.UNCLEAR))
            {
                channel.tries = 0;
                request(channel);
            }
        }
    }

    /**
     * The user does not want channels any more; those it did not want are left alone.
     */
    void unsubscribe(final List<String> names)
    {
        for (final String name : names)
        {
            final Channel channel = channels.get(name);
            if (channel != null && channel.desired)
            {
                channel.desired = false;
                channel.tries = 0;
                sets.renounce(name);
                if (channel.status == Status.OFF)
                {
                    leave(channel, SubscriptionState.UNSUBSCRIBED, "the venue had not been asked for it");
                }
                else
                {
                    request(channel);
                }
            }
        }
    }

    /**
     * Is there anything to restore on a new connection?
     */
    boolean isWanted()
    {
        return !channels.isEmpty();
    }

    /**
     * Has every channel an answer, or was given up? Asked behind {@link #onTime}.
     */
    boolean isQuiet()
    {
        return requests.isQuiet();
    }

    /**
     * The connection is logged in: ask for all channels.
     */
    void begin()
    {
        active = true;
        channels.values().forEach(requests::add);
    }

    /**
     * The connection is over.
     */
    void end()
    {
        active = false;
        requests.clear();
        sets.loseAll();
        for (final Channel channel : List.copyOf(channels.values()))
        {
            channel.reset();
            if (!channel.desired)
            {
                leave(channel, SubscriptionState.UNSUBSCRIBED, "the connection ended");
            }
        }
    }

    /**
     * No answer can be read at the moment.
     */
    void onPaused(final long nowNs)
    {
        requests.onPaused(nowNs);
    }

    int onTime(final long nowNs)
    {
        return requests.onTime(nowNs);
    }

    /**
     * See {@link LinkEvents#onAnswer}.
     */
    void onAnswer(final MessageKind kind, final long correlationId, final byte[] message, final long nowNs)
    {
        requests.onAnswer(kind, correlationId, message, nowNs);
    }

    @Override
    public void onAccepted(final Channel channel, final boolean unsubscribe)
    {
        if (unsubscribe)
        {
            leave(channel, SubscriptionState.UNSUBSCRIBED, "");
        }
        else
        {
            channel.status = Status.ON;
            channel.tries = 0;
            sets.acknowledge(channel.name);
            tell(channel, SubscriptionState.ACKNOWLEDGED, "");
            request(channel); // it may have been unsubscribed meanwhile
        }
    }

    @Override
    public void onRejected(final Channel channel, final boolean unsubscribe, final String reason)
    {
        if (!unsubscribe)
        {
            channel.desired = false;
            sets.renounce(channel.name);
        }

        leave(channel, SubscriptionState.REJECTED, reason);
    }

    @Override
    public void onGivenUp(final Channel channel, final String reason)
    {
        if (channel.desired)
        {
            sets.lose(channel.name);
            tell(channel, SubscriptionState.TIMED_OUT, reason);
        }
        else
        {
            leave(channel, SubscriptionState.TIMED_OUT, reason);
        }
    }

    private void add(final String name)
    {
        final Channel channel = new Channel(name);
        channels.put(name, channel);
        sets.inUse(true);
        sets.desire(name);
        request(channel);
    }

    private void desireAgain(final Channel channel)
    {
        channels.remove(channel.name);
        channels.put(channel.name, channel); // behind those that were desired all the time
        channel.desired = true;
        channel.tries = 0;
        sets.desire(channel.name);
        request(channel);
        if (channel.status == Status.ON)
        {
            tell(channel, SubscriptionState.ACKNOWLEDGED, "");
        }
    }

    /**
     * The channel is no more, or has its place behind the others if it is desired again by now.
     */
    private void leave(final Channel channel, final SubscriptionState state, final String reason)
    {
        channel.status = Status.GONE;
        channels.remove(channel.name);
        sets.inUse(!channels.isEmpty());
        sets.lose(channel.name);
        tell(channel, state, reason);
        if (channel.desired)
        {
            add(channel.name);
        }
    }

    private void request(final Channel channel)
    {
        if (active)
        {
            requests.add(channel);
        }
    }

    private void tell(final Channel channel, final SubscriptionState state, final String reason)
    {
        listener.accept(new SubscriptionChange(channel.name, state, reason));
    }

    /**
     * The channels that a user names.
     *
     * @throws IllegalArgumentException if one has no name.
     * @throws IllegalStateException    if the session's dialect knows no channels.
     */
    static List<String> names(final WebSocketSession session, final String... channels)
    {
        final Dialect dialect = session.config().dialect();
        if (dialect == null || dialect.subscriptions() == null)
        {
            throw new IllegalStateException("dialect " + dialect + " of session " + session.name() +
                " knows no channels: give the SessionConfig one that does");
        }

        for (final String channel : channels)
        {
            if (channel == null || channel.isEmpty())
            {
                throw new IllegalArgumentException("channel '" + channel + "' has no name");
            }
        }

        return List.of(channels);
    }
}
