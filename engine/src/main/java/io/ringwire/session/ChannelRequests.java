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

import io.ringwire.api.SendResult;
import io.ringwire.config.SubscriptionPolicy;
import io.ringwire.dialect.MessageKind;
import io.ringwire.dialect.SubscriptionAnswer;
import io.ringwire.dialect.SubscriptionDialect;
import io.ringwire.session.Channel.Status;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The requests for channels on one connection: which are due, which are under way, and what was answered. Owner: the
 * control thread.
 */
final class ChannelRequests
{
    private final SubscriptionPolicy policy;
    private final SubscriptionDialect dialect;
    private final int maxChannels;
    private final ControlWriter writer;
    private final ErrorHandler errorHandler;
    private final Owner owner;
    private final ArrayDeque<Channel> queue = new ArrayDeque<>(); // the venue has to be told
    private final ArrayDeque<Request> underWay = new ArrayDeque<>(); // by their deadlines
    /** All that may be answered yet, also those whose deadline has passed: a late answer is an answer. */
    private final LinkedHashMap<Long, Request> requestById = new LinkedHashMap<>();
    private final List<Channel> batch = new ArrayList<>();
    private boolean refused;
    private long refusedNs;
    private long pauseNs;
    private long pausedNs;
    private boolean readingPaused; // on this connection, now or before
    private long readingPausedNs;

    ChannelRequests(
        final SubscriptionPolicy policy,
        final SubscriptionDialect dialect,
        final ControlWriter writer,
        final ErrorHandler errorHandler,
        final Owner owner)
    {
        this.policy = policy;
        this.dialect = dialect;
        maxChannels = dialect == null ? 0 : dialect.maxChannelsPerRequest();
        this.writer = writer;
        this.errorHandler = errorHandler;
        this.owner = owner;
    }

    /**
     * The connection is over: nothing is due, and no answer comes.
     */
    void clear()
    {
        queue.clear();
        underWay.clear();
        requestById.clear();
        refused = false;
        pauseNs = 0;
        readingPaused = false;
    }

    /**
     * Does nothing wait to be sent or answered? Asked behind {@link #onTime}.
     */
    boolean isQuiet()
    {
        return queue.isEmpty() && underWay.isEmpty();
    }

    /**
     * The venue may have to be told something of a channel.
     */
    void add(final Channel channel)
    {
        if (!channel.queued && channel.isDue(policy.maxTries()))
        {
            channel.queued = true;
            queue.addLast(channel);
        }
    }

    /**
     * No answer can be read at the moment: all have their whole time from here on.
     */
    void onPaused(final long nowNs)
    {
        readingPaused = true;
        readingPausedNs = nowNs;
    }

    int onTime(final long nowNs)
    {
        int workCount = 0;
        while (!underWay.isEmpty() && isLate(underWay.peek(), nowNs))
        {
            missed(openOf(underWay.poll()), "no answer within " + policy.timeoutNs() + " ns");
            requestById.values().removeIf((request) -> openOf(request).isEmpty());
            workCount++;
        }

        while (nextBatch() && !isPaused(nowNs) && send(nowNs)) // ends: each turn tells the venue of some channels
        {
            workCount++;
        }

        return workCount;
    }

    /**
     * See {@link LinkEvents#onAnswer}.
     */
    void onAnswer(final MessageKind kind, final long correlationId, final byte[] message, final long nowNs)
    {
        if (kind == MessageKind.REPLY || kind == MessageKind.ERROR_REPLY)
        {
            final Request request = requestById.get(correlationId);
            if (request != null)
            {
                read(kind, message, new Answer(request.unsubscribe, List.of(request), nowNs));
            }
        }
        else if (kind == MessageKind.SUBSCRIPTION || kind == MessageKind.ERROR)
        {
            read(kind, message, new Answer(false, requestById.values(), nowNs));
            read(kind, message, new Answer(true, requestById.values(), nowNs));
        }
    }

    private void read(final MessageKind kind, final byte[] message, final Answer answer)
    {
        if (!answer.waiting.isEmpty())
        {
            try
            {
                dialect.onAnswer(kind, new UnsafeBuffer(message), 0, message.length, answer);
            }
            catch (final Throwable t)
            {
                errorHandler.onError(t); // what it left open is asked for again at the deadline
            }
        }
    }

    /**
     * Collect what the next request is for. What is in the queue and has become pointless meanwhile is passed over.
     *
     * @return false if nothing has to be said; the queue is empty then.
     */
    private boolean nextBatch()
    {
        if (queue.isEmpty())
        {
            return false; // as on almost every cycle: without an iterator
        }

        batch.clear();
        for (final Channel channel : queue)
        {
            if (channel.isDue(policy.maxTries()))
            {
                if (!batch.isEmpty() &&
                    (batch.size() >= maxChannels || channel.desired != batch.get(0).desired))
                {
                    break;
                }

                batch.add(channel);
            }
        }

        if (batch.isEmpty())
        {
            queue.forEach((channel) -> channel.queued = false);
            queue.clear();
            refused = false;
        }

        return !batch.isEmpty();
    }

    /**
     * Make the request for the batch, and for fewer channels if it gets too long.
     *
     * @return false if it was refused for now.
     */
    private boolean send(final long nowNs)
    {
        while (true) // ends: the batch gets shorter
        {
            final long id = writer.nextId();
            final String text = textOf(id);
            final long result = text == null ? SendResult.TOO_LONG : writer.send(text);
            if (result > 0)
            {
                sent(id, nowNs);
                return true;
            }

            if (result != SendResult.TOO_LONG)
            {
                return refused(result, nowNs);
            }

            if (text == null || batch.size() == 1)
            {
                dequeueBatch();
                final boolean unsubscribe = !batch.get(0).desired;
                final String reason =
                    text == null ? "the dialect failed" : "its request is longer than the session can send";
                batch.forEach((channel) -> owner.onRejected(channel, unsubscribe, reason));
                return true;
            }

            batch.subList(batch.size() / 2, batch.size()).clear();
        }
    }

    private String textOf(final long id)
    {
        final List<String> names = batch.stream().map((channel) -> channel.name).toList();
        try
        {
            final String text = batch.get(0).desired ? dialect.subscribe(id, names) : dialect.unsubscribe(id, names);
            if (text == null)
            {
                errorHandler.onError(new IllegalStateException(dialect + " has no request for channels " + names));
            }

            return text;
        }
        catch (final Throwable t)
        {
            errorHandler.onError(t);
            return null;
        }
    }

    private void sent(final long id, final long nowNs)
    {
        dequeueBatch();
        final boolean unsubscribe = !batch.get(0).desired;
        final Request request = new Request(id, unsubscribe, nowNs, new LinkedHashSet<>(batch));
        for (final Channel channel : batch)
        {
            channel.status = unsubscribe ? Status.LEAVING : Status.ASKED;
            channel.tries++;
            channel.requestId = id;
        }

        underWay.add(request);
        requestById.put(id, request);
        pause(policy.intervalNs(), nowNs);
    }

    private boolean refused(final long result, final long nowNs)
    {
        if (!refused)
        {
            refused = true;
            refusedNs = nowNs;
        }
        else if (nowNs - refusedNs >= policy.timeoutNs())
        {
            final List<Channel> late = List.copyOf(batch);
            dequeueBatch();
            late.forEach((channel) -> channel.tries++);
            missed(late, "not sent within " + policy.timeoutNs() + " ns, refused as " + result);
        }

        return false;
    }

    private void dequeueBatch()
    {
        final Channel last = batch.get(batch.size() - 1);
        Channel channel;
        do
        {
            channel = queue.poll();
            channel.queued = false;
        }
        while (channel != last);

        refused = false;
    }

    private boolean isLate(final Request request, final long nowNs)
    {
        return nowNs - request.sentNs >= policy.timeoutNs() &&
            (!readingPaused || nowNs - readingPausedNs >= policy.timeoutNs());
    }

    private boolean isPaused(final long nowNs)
    {
        return pauseNs > 0 && nowNs - pausedNs < pauseNs;
    }

    private void pause(final long pauseNs, final long nowNs)
    {
        this.pauseNs = pauseNs;
        pausedNs = nowNs;
    }

    /**
     * The venue did not do as it was asked, and did not refuse: ask again before all else, or give up.
     */
    private void missed(final List<Channel> late, final String reason)
    {
        for (int i = late.size() - 1; i >= 0; i--)
        {
            final Channel channel = late.get(i);
            if (channel.status == Status.ASKED || channel.status == Status.LEAVING)
            {
                channel.status = Status.UNCLEAR;
            }

            if (!channel.queued && channel.isDue(policy.maxTries()))
            {
                channel.queued = true;
                queue.addFirst(channel);
            }
        }

        for (final Channel channel : late)
        {
            if (!channel.queued)
            {
                owner.onGivenUp(channel, reason + ", tried " + channel.tries + " times");
            }
        }
    }

    /**
     * The channel has its answer; a request that has all of them is done.
     */
    private void settle(final Channel channel)
    {
        final Request request = requestById.get(channel.requestId);
        if (request != null && request.open.remove(channel) && request.open.isEmpty())
        {
            underWay.remove(request);
            requestById.remove(request.id);
        }
    }

    private static List<Channel> openOf(final Request request)
    {
        return request.open.stream().filter((channel) -> channel.awaits(request.unsubscribe)).toList();
    }

    /**
     * A request that was sent.
     */
    private record Request(long id, boolean unsubscribe, long sentNs, LinkedHashSet<Channel> open)
    {
    }

    /**
     * Whose channels they are.
     */
    interface Owner
    {
        void onAccepted(Channel channel, boolean unsubscribe);

        void onRejected(Channel channel, boolean unsubscribe, String reason);

        void onGivenUp(Channel channel, String reason);
    }

    /**
     * One message of the venue, for the channels it may be about.
     */
    private final class Answer implements SubscriptionAnswer
    {
        private final boolean unsubscribe;
        private final long nowNs;
        private final Map<String, Channel> waiting = new LinkedHashMap<>();

        Answer(final boolean unsubscribe, final Iterable<Request> requests, final long nowNs)
        {
            this.unsubscribe = unsubscribe;
            this.nowNs = nowNs;
            for (final Request request : requests)
            {
                if (request.unsubscribe == unsubscribe)
                {
                    openOf(request).forEach((channel) -> waiting.put(channel.name, channel));
                }
            }
        }

        @Override
        public List<String> open()
        {
            return List.copyOf(waiting.keySet());
        }

        @Override
        public boolean isUnsubscribe()
        {
            return unsubscribe;
        }

        @Override
        public void accept(final String name)
        {
            final Channel channel = waiting.remove(name);
            if (channel != null)
            {
                settle(channel);
                owner.onAccepted(channel, unsubscribe);
            }
        }

        @Override
        public void acceptAll()
        {
            open().forEach(this::accept);
        }

        @Override
        public void reject(final String name, final String reason)
        {
            final Channel channel = waiting.remove(name);
            if (channel != null)
            {
                settle(channel);
                owner.onRejected(channel, unsubscribe, reason);
            }
        }

        @Override
        public void rejectAll(final String reason)
        {
            open().forEach((name) -> reject(name, reason));
        }

        @Override
        public void tryLater(final String reason)
        {
            final List<Channel> later = List.copyOf(waiting.values());
            waiting.clear();
            later.forEach(ChannelRequests.this::settle);
            missed(later, reason);
            pause(policy.tryLaterNs(), nowNs);
        }
    }
}
