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

import org.agrona.collections.LongHashSet;

/**
 * Which of the last numbers were seen, where they have holes. Owner: the feed's thread.
 */
final class RecentSequences
{
    private final LongHashSet seen;
    private final long[] window;
    private long count;
    private long highestForgotten = Long.MIN_VALUE;

    RecentSequences(final int length)
    {
        window = new long[length];
        seen = new LongHashSet(length * 2);
    }

    /**
     * A number came.
     *
     * @return false if it was seen, or is so old that it would be forgotten.
     */
    boolean add(final long sequence)
    {
        if (sequence <= highestForgotten || !seen.add(sequence))
        {
            return false;
        }

        final int index = (int)(count++ % window.length);
        if (count > window.length)
        {
            seen.remove(window[index]);
            highestForgotten = Math.max(highestForgotten, window[index]);
        }

        window[index] = sequence;
        return true;
    }

    void clear()
    {
        seen.clear();
        count = 0;
        highestForgotten = Long.MIN_VALUE;
    }
}
