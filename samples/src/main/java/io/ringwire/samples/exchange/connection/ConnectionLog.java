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
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The views of the exchange's connections. Any thread may use it.
 */
public final class ConnectionLog
{
    private static final int MAX_VIEWS = 256;

    private final Deque<ConnectionView> views = new ArrayDeque<>(); // guarded by this
    private int count; // guarded by this

    /**
     * A client was upgraded.
     *
     * @param path it asked for, with the query.
     * @return the view of its connection.
     */
    public synchronized ConnectionView open(final String path)
    {
        if (views.size() == MAX_VIEWS)
        {
            views.removeFirst();
        }

        final ConnectionView view = new ConnectionView(++count, path);
        views.addLast(view);
        notifyAll();
        return view;
    }

    /**
     * The connections, also those that ended.
     *
     * @return a copy: the last 256, the oldest first.
     */
    public synchronized List<ConnectionView> views()
    {
        return new ArrayList<>(views);
    }

    /**
     * Wait for a connection.
     *
     * @param number    of it, 1 for the first.
     * @param timeoutMs to wait at most.
     * @return its view.
     * @throws InterruptedException  if interrupted.
     * @throws IllegalStateException if it did not come in time, or is among the forgotten.
     */
    public synchronized ConnectionView await(final int number, final long timeoutMs) throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        long leftNs = deadlineNs - System.nanoTime();
        while (count < number && leftNs > 0)
        {
            TimeUnit.NANOSECONDS.timedWait(this, leftNs);
            leftNs = deadlineNs - System.nanoTime();
        }

        return views.stream().filter((view) -> view.number() == number).findFirst().orElseThrow(() ->
            new IllegalStateException("connection " + number + " did not come within " + timeoutMs + " ms: " + views));
    }
}
