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
package io.ringwire.bench.soak;

import java.util.Locale;

/**
 * Adds up what the engine's threads allocate while no connection is lost or made: what messages cost. The smallest
 * object takes 16 bytes, so one for each message is 160 times of what is allowed. Owner: the thread that looks.
 */
final class QuietWindows
{
    private static final double BYTES_PER_MESSAGE = 0.1;

    /** For all windows: histograms of latency that grow when a higher one is seen, and what is loaded once. */
    private static final long BYTES_ONCE = 2 * 1024 * 1024;

    private boolean open;
    private long openReconnects;
    private long openMessages;
    private long openBytes;
    private long messages;
    private long bytes;

    /**
     * End a window and begin the next.
     *
     * @param live           true if all sessions are live and have told of all their reconnects.
     * @param reconnects     so far.
     * @param messages       so far.
     * @param allocatedBytes so far, by the engine's threads; read before the others.
     */
    void look(final boolean live, final long reconnects, final long messages, final long allocatedBytes)
    {
        if (open && live && reconnects == openReconnects)
        {
            this.messages += messages - openMessages;
            bytes += allocatedBytes - openBytes;
        }

        open = live;
        openReconnects = reconnects;
        openMessages = messages;
        openBytes = allocatedBytes;
    }

    /**
     * Allocated in the windows that count.
     */
    long bytes()
    {
        return bytes;
    }

    /**
     * Did messages come in a window that counts?
     */
    boolean hasMessages()
    {
        return messages > 0;
    }

    boolean hold()
    {
        return hasMessages() && bytes <= messages * BYTES_PER_MESSAGE + BYTES_ONCE;
    }

    String finding()
    {
        return String.format(Locale.ROOT,
            "heap allocated by the engine's threads while connections stayed: %d bytes in %d messages, of at most " +
            "%.1f for each and %d once", bytes, messages, BYTES_PER_MESSAGE, BYTES_ONCE);
    }
}
