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
import java.util.concurrent.TimeUnit;

/**
 * How many messages came in the last second. The window is a tenth shorter than a second: what was sent in time may
 * arrive closer together than it left.
 */
public final class MessageWindow
{
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(900);

    private final ArrayDeque<Long> timesNs = new ArrayDeque<>();

    /**
     * Count a message.
     *
     * @param limit of messages in a second.
     * @return false if it is one too many.
     */
    public boolean take(final int limit)
    {
        final long nowNs = System.nanoTime();
        while (!timesNs.isEmpty() && nowNs - timesNs.peekFirst() >= WINDOW_NS)
        {
            timesNs.removeFirst();
        }

        timesNs.addLast(nowNs);
        return timesNs.size() <= limit;
    }
}
