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

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The slots of a {@link RequestTable}, each with a state that threads move by compare-and-set: its generation, which
 * counts the requests it has held, shifted left by three, plus the phase of the request.
 * <pre>
 *   FREE -> RESERVED -> CHECKING -> HANDED_OVER -> IN_FLIGHT -> [CANCELLED ->] ENDING -> FREE
 *           fields      id visible  id visible     the send      id taken, no
 *           written     to rivals   to replies     succeeded     longer visible
 *                                                                to replies
 * </pre>
 * A token names one request: its slot and the generation. Whoever moves a state by a token finds that request or none.
 */
final class RequestSlots
{
    static final int FREE = 0;
    static final int RESERVED = 1;
    static final int HANDED_OVER = 2;
    static final int IN_FLIGHT = 3;
    static final int ENDING = 4;
    static final int CHECKING = 5;
    static final int CANCELLED = 6;
    static final int MAX_SLOTS = 1 << 24;

    private static final int PHASE_BITS = 3;
    private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
    private static final int SLOT_BITS = 24;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;

    private final AtomicLongArray states;
    private final int mask;
    private final int hashShift;
    private final AtomicInteger longestProbe = new AtomicInteger();

    /**
     * Make free slots.
     *
     * @param slots how many, a power of two.
     */
    RequestSlots(final int slots)
    {
        states = new AtomicLongArray(slots);
        mask = slots - 1;
        hashShift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    }

    int length()
    {
        return mask + 1;
    }

    /**
     * How many slots from the first one on a request may be away from where its hash points.
     */
    int longestProbe()
    {
        return longestProbe.get();
    }

    int slotAt(final long hash, final int probe)
    {
        return (int)(hash >>> hashShift) + probe & mask;
    }

    long state(final int slot)
    {
        return states.get(slot);
    }

    /**
     * Is the request in the slot still the one whose state was read before its fields were?
     */
    boolean isUnchanged(final int slot, final long state)
    {
        VarHandle.loadLoadFence();
        return states.get(slot) >> PHASE_BITS == state >> PHASE_BITS;
    }

    /**
     * Take a free slot near to where the hash points.
     *
     * @return the token of the request that it will hold, in {@link #RESERVED}.
     */
    long reserve(final long hash)
    {
        for (int probe = 0; ; probe++) // ends: there are twice as many slots as requests admitted
        {
            final int slot = slotAt(hash, probe);
            final long state = states.get(slot);
            if (phaseOf(state) == FREE)
            {
                final long token = (state >> PHASE_BITS) + 1 << SLOT_BITS | slot;
                if (states.compareAndSet(slot, state, stateOf(token, RESERVED)))
                {
                    raiseLongestProbe(Math.min(probe, mask));
                    return token;
                }
            }
        }
    }

    /**
     * Move a request on, if it is in that phase.
     */
    boolean move(final long token, final int from, final int to)
    {
        return states.compareAndSet(slotOf(token), stateOf(token, from), stateOf(token, to));
    }

    /**
     * The one thread that may move a request in its phase: move it on.
     */
    void enter(final long token, final int phase)
    {
        states.set(slotOf(token), stateOf(token, phase));
    }

    static int phaseOf(final long state)
    {
        return (int)(state & PHASE_MASK);
    }

    static long tokenOf(final int slot, final long state)
    {
        return state >> PHASE_BITS << SLOT_BITS | slot;
    }

    static int slotOf(final long token)
    {
        return (int)(token & SLOT_MASK);
    }

    private static long stateOf(final long token, final int phase)
    {
        return token >> SLOT_BITS << PHASE_BITS | phase;
    }

    private void raiseLongestProbe(final int probe)
    {
        int current;
        do
        {
            current = longestProbe.get();
        }
        while (probe > current && !longestProbe.compareAndSet(current, probe));
    }
}
