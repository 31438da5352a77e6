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
package io.ringwire.samples.exchange.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the exchange saw of one client, for any thread to read, also when the client is gone.
 */
public final class ConnectionView
{
    private static final int MAX_RECEIVED = 1_000;

    private final int number;
    private final String path;
    private final Deque<String> received = new ArrayDeque<>(); // guarded by this
    private final Set<String> subscriptions = new LinkedHashSet<>(); // guarded by this
    private final long[] counts = new long[Happening.values().length]; // guarded by this
    private String end; // guarded by this; null while open

    ConnectionView(final int number, final String path)
    {
        this.number = number;
        this.path = path;
    }

    /**
     * Which connection of the exchange this is.
     *
     * @return 1 for the first that was upgraded.
     */
    public int number()
    {
        return number;
    }

    /**
     * What the client asked for.
     *
     * @return path and query.
     */
    public String path()
    {
        return path;
    }

    /**
     * The text messages of the client, where its venue speaks JSON.
     *
     * @return a copy: the last 1,000, the oldest first.
     */
    public synchronized List<String> received()
    {
        return new ArrayList<>(received);
    }

    /**
     * The channels that the client is subscribed to.
     *
     * @return a copy, in the order they were asked for.
     */
    public synchronized Set<String> subscriptions()
    {
        return new LinkedHashSet<>(subscriptions);
    }

    /**
     * How often something happened.
     *
     * @param happening of which kind.
     * @return the count.
     */
    public synchronized long count(final Happening happening)
    {
        return counts[happening.ordinal()];
    }

    /**
     * Is the client still there?
     *
     * @return true if it is.
     */
    public synchronized boolean isOpen()
    {
        return end == null;
    }

    /**
     * Why the connection ended.
     *
     * @return the venue's reason, or what the client did; empty while it is open.
     */
    public synchronized String endReason()
    {
        return end == null ? "" : end;
    }

    /**
     * Wait until something is true of this connection. It is looked at after each change.
     *
     * @param condition to hold.
     * @param timeoutMs to wait at most.
     * @return did it hold in time?
     * @throws InterruptedException if interrupted.
     */
    public synchronized boolean await(final Predicate<ConnectionView> condition, final long timeoutMs)
        throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.test(this))
        {
            final long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0)
            {
                return false;
            }

            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
        }

        return true;
    }

    @Override
    public synchronized String toString()
    {
        return "connection " + number + " " + path + ": " + (end == null ? "open" : end) + ", subscribed to " +
            subscriptions + ", last received " + received.peekLast();
    }

    synchronized void add(final Happening happening)
    {
        counts[happening.ordinal()]++;
        notifyAll();
    }

    synchronized void add(final String text)
    {
        if (received.size() == MAX_RECEIVED)
        {
            received.removeFirst();
        }

        received.addLast(text);
        notifyAll();
    }

    synchronized void subscribe(final String channel)
    {
        subscriptions.add(channel);
        notifyAll();
    }

    synchronized void unsubscribe(final String channel)
    {
        subscriptions.remove(channel);
        notifyAll();
    }

    synchronized void end(final String reason)
    {
        if (end == null)
        {
            end = reason;
            notifyAll();
        }
    }
}
