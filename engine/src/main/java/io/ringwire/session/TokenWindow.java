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

import io.ringwire.config.RateLimitPolicy.Limit;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A sliding window as an exact log of the times at which the last tokens were taken: a token may be taken if the one
 * taken {@code max} before it is a period old.
 * <p>
 * A thread takes tokens by moving the position on, and then writes their time behind it. It reads the clock after the
 * position that it moves on from; so of two tokens the later in the log was taken no earlier, and one look at the
 * oldest that counts is enough. A slot carries the parity of its lap around the array: one whose writer has moved the
 * position and not yet written is seen to be of the lap before, and counts as taken just now. No one passes a slot that
 * is not written by more than {@code max}, so it is never more than one lap behind.
 */
final class TokenWindow extends TokenSource
{
    private static final long JUST_NOW = Long.MAX_VALUE;

    private final int max;
    private final long periodNs;
    private final int mask;
    private final int lapShift;
    private final AtomicLong position; // of the next token; any thread
    private final AtomicLong latestNs = new AtomicLong(); // any thread
    private final AtomicLongArray slots; // time and parity of each token's lap; whoever took the token

    TokenWindow(final Limit limit, final NanoClock clock)
    {
        super(limit, clock);
        max = limit.capacity();
        periodNs = limit.periodNs();
        final int length = BitUtil.findNextPositivePowerOfTwo(max);
        mask = length - 1;
        lapShift = Integer.numberOfTrailingZeros(length);
        slots = new AtomicLongArray(length);
        for (int i = 0; i < length; i++)
        {
            slots.set(i, slotOf(-periodNs, i)); // so long ago that it does not count any more
        }

        position = new AtomicLong(length);
    }

    @Override
    long take(final int tokens, final int keep)
    {
        while (true)
        {
            final long first = position.get();
            final long nowNs = monotoneNs();
            final long oldestNs = timeOf(first + tokens - 1 - (max - keep));
            if (oldestNs == JUST_NOW || nowNs - oldestNs < periodNs || !isWritten(first - max, tokens))
            {
                if (position.get() == first)
                {
                    return REFUSED;
                }
            }
            else if (position.compareAndSet(first, first + tokens))
            {
                write(first, tokens, nowNs);
                return first;
            }
        }
    }

    /**
     * Others may have built on the log already.
     */
    @Override
    boolean giveBack(final int tokens, final long taken)
    {
        return false;
    }

    /**
     * Not counted if the log has no place: a writer is a whole lap late.
     */
    @Override
    void force(final int tokens)
    {
        while (true)
        {
            final long first = position.get();
            final long nowNs = monotoneNs();
            final boolean hasPlace = isWritten(first - max, tokens);
            if (hasPlace && position.compareAndSet(first, first + tokens))
            {
                write(first, tokens, nowNs);
                return;
            }

            if (!hasPlace && position.get() == first)
            {
                return;
            }
        }
    }

    @Override
    long earliestNs(final int tokens, final int keep, final long nowNs)
    {
        long first;
        long oldestNs;
        do
        {
            first = position.get();
            oldestNs = timeOf(first + tokens - 1 - (max - keep));
        }
        while (position.get() != first); // ends: others got on

        return oldestNs == JUST_NOW ? nowNs + periodNs :
            nowNs + Math.max(0, oldestNs + periodNs - (nowNs - originNs));
    }

    @Override
    int available(final int keep, final long nowNs)
    {
        final long end = position.get();
        int taken = 0;
        while (taken < max && isCounted(timeOf(end - 1 - taken), nowNs - originNs))
        {
            taken++;
        }

        return Math.max(0, max - keep - taken);
    }

    private boolean isCounted(final long timeNs, final long nowNs)
    {
        return timeNs == JUST_NOW || nowNs - timeNs < periodNs;
    }

    /**
     * Are these slots written? Each claim looks at as many as it takes, {@code max} behind, so that all are looked at.
     */
    private boolean isWritten(final long from, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (timeOf(from + i) == JUST_NOW)
            {
                return false;
            }
        }

        return true;
    }

    private long timeOf(final long token)
    {
        final long slot = slots.get((int)token & mask);
        return ((slot ^ token >>> lapShift) & 1) == 0 ? slot >> 1 : JUST_NOW;
    }

    private void write(final long first, final int tokens, final long timeNs)
    {
        for (int i = 0; i < tokens; i++)
        {
            slots.setRelease((int)(first + i) & mask, slotOf(timeNs, first + i));
        }
    }

    private long slotOf(final long timeNs, final long token)
    {
        return timeNs << 1 | token >>> lapShift & 1;
    }

    /**
     * The clock, but never earlier than any thread has seen it here.
     */
    private long monotoneNs()
    {
        final long nowNs = clock.nanoTime() - originNs;
        long latest = latestNs.get();
        while (nowNs > latest && !latestNs.compareAndSet(latest, nowNs)) // ends: somebody has seen a later time
        {
            latest = latestNs.get();
        }

        return Math.max(nowNs, latest);
    }
}
