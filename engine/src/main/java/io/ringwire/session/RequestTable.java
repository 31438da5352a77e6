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

import io.ringwire.api.ReplyHandler;
import io.ringwire.api.ReplyOutcome;
import io.ringwire.api.SendResult;
import org.agrona.BitUtil;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The requests in flight of one session: a lock-free hash table of fixed capacity. Any thread registers; the handler
 * thread ends. Whoever moves a slot's state to {@link #ENDING} by compare-and-set ends the request, so it ends once.
 * <p>
 * A slot's state is its generation shifted left by three, plus its phase:
 * <pre>
 *   FREE -> RESERVED -> CHECKING -> HANDED_OVER -> IN_FLIGHT -> ENDING -> FREE
 *           fields      id visible  id visible     the send
 *           written     to rivals   to replies     succeeded
 * </pre>
 * Of two threads that register the same id at once, each in CHECKING, at least one sees the other and backs out.
 * A reply may end a slot that is still HANDED_OVER: the venue can be faster than the sender's next instruction.
 */
public final class RequestTable
{
    private static final int FREE = 0;
    private static final int RESERVED = 1;
    private static final int HANDED_OVER = 2;
    private static final int IN_FLIGHT = 3;
    private static final int ENDING = 4;
    private static final int CHECKING = 5;
    private static final int PHASE_BITS = 3;
    private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
    private static final int SLOT_BITS = 24;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;
    private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LONGEST_TIMEOUT_NS = Long.MAX_VALUE >> 2;
    private static final long NOT_FOUND = -1;

    private final int capacity;
    private final int mask;
    private final int hashShift;
    private final AtomicLongArray states;
    private final long[] ids;
    private final long[] startsNs;
    private final long[] deadlinesNs;
    private final int[] epochs;
    private final ReplyHandler[] handlers;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger longestProbe = new AtomicInteger();
    private final AtomicLong sweepAtNs = new AtomicLong(NEVER);
    private volatile int lostEpoch; // owner: handler thread
    private volatile boolean closed; // owner: handler thread

    RequestTable(final int capacity)
    {
        this.capacity = capacity;
        final int slots = BitUtil.findNextPositivePowerOfTwo(capacity * 2);
        if (slots > SLOT_MASK)
        {
            throw new IllegalArgumentException("capacity=" + capacity + " is over " + (SLOT_MASK >> 1));
        }

        mask = slots - 1;
        hashShift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        states = new AtomicLongArray(slots);
        ids = new long[slots];
        startsNs = new long[slots];
        deadlinesNs = new long[slots];
        epochs = new int[slots];
        handlers = new ReplyHandler[slots];
    }

    /**
     * Any thread.
     *
     * @return how many requests wait for their end.
     */
    public int inFlight()
    {
        return inFlight.get();
    }

    /**
     * Any thread: register a request before it is sent.
     *
     * @return a token for {@link #confirm} or {@link #cancel}, or a negative code of {@link SendResult}.
     */
    long register(
        final long id, final int epoch, final long startNs, final long timeoutNs, final ReplyHandler handler)
    {
        if (inFlight.incrementAndGet() > capacity)
        {
            inFlight.decrementAndGet();
            return SendResult.TOO_MANY_REQUESTS;
        }

        final long token = reserve(hash(id));
        final int slot = slotOf(token);
        ids[slot] = id;
        epochs[slot] = epoch;
        startsNs[slot] = startNs;
        deadlinesNs[slot] = startNs + Math.min(timeoutNs, LONGEST_TIMEOUT_NS);
        handlers[slot] = handler;
        states.set(slot, stateOf(token, CHECKING));
        if (hasTwin(id, slot))
        {
            free(token);
            return SendResult.DUPLICATE_ID;
        }

        states.set(slot, stateOf(token, HANDED_OVER));
        sweepNotLaterThan(deadlinesNs[slot]);
        return token;
    }

    /**
     * The registering thread: the request was sent.
     *
     * @return true if the table was closed meanwhile and nobody else will end the request: the caller has to.
     */
    boolean confirm(final long token)
    {
        final int slot = slotOf(token);
        final int epoch = epochs[slot];
        if (!states.compareAndSet(slot, stateOf(token, HANDED_OVER), stateOf(token, IN_FLIGHT)))
        {
            return false;
        }

        if (epoch <= lostEpoch)
        {
            sweepAtNs.set(deadlinesNs[slot] - Long.MAX_VALUE / 2);
        }

        return closed && states.compareAndSet(slot, stateOf(token, IN_FLIGHT), stateOf(token, ENDING)) && free(token);
    }

    /**
     * The registering thread: the request was not sent.
     *
     * @return false if a reply that bears its id ended it already.
     */
    boolean cancel(final long token)
    {
        return states.compareAndSet(slotOf(token), stateOf(token, HANDED_OVER), stateOf(token, ENDING)) && free(token);
    }

    /**
     * The handler thread: is there a request with this id?
     *
     * @param id to look for.
     * @return true if it waits for its end.
     */
    public boolean contains(final long id)
    {
        return find(id) != NOT_FOUND;
    }

    /**
     * The handler thread: end the request that a message answers.
     *
     * @param id     that the message bears.
     * @param ending told of the end.
     * @return false if there is none.
     */
    public boolean reply(final long id, final Ending ending)
    {
        final long token = find(id);
        if (token == NOT_FOUND)
        {
            return false;
        }

        // in the order the phases follow each other: the sender may confirm between the two
        return end(token, stateOf(token, HANDED_OVER), ReplyOutcome.REPLY, ending) ||
            end(token, stateOf(token, IN_FLIGHT), ReplyOutcome.REPLY, ending);
    }

    /**
     * The handler thread: a connection ended; its requests end as {@link ReplyOutcome#UNKNOWN_OUTCOME}.
     *
     * @param epoch  of the connection.
     * @param nowNs  the time.
     * @param ending told of each end.
     */
    public void onConnectionLost(final int epoch, final long nowNs, final Ending ending)
    {
        lostEpoch = epoch;
        sweepAll(nowNs, ending);
    }

    /**
     * The handler thread: the session ended, nobody will call {@link #sweep} any more.
     *
     * @param nowNs  the time.
     * @param ending told of each end.
     */
    public void close(final long nowNs, final Ending ending)
    {
        closed = true;
        lostEpoch = Integer.MAX_VALUE;
        sweepAll(nowNs, ending);
    }

    /**
     * The handler thread: end the requests whose time is over.
     *
     * @param nowNs  the time.
     * @param ending told of each end.
     * @return how many ended.
     */
    public int sweep(final long nowNs, final Ending ending)
    {
        final long dueNs = sweepAtNs.get();
        return dueNs == NEVER || nowNs - dueNs < 0 ? 0 : sweepAll(nowNs, ending);
    }

    private int sweepAll(final long nowNs, final Ending ending)
    {
        int ended = 0;
        sweepAtNs.set(NEVER); // before the scan: what registers from here on sets it again
        for (int slot = 0; slot <= mask; slot++)
        {
            final long state = states.get(slot);
            final int phase = (int)(state & PHASE_MASK);
            if (phase != IN_FLIGHT && phase != HANDED_OVER)
            {
                continue;
            }

            final long token = state >> PHASE_BITS << SLOT_BITS | slot;
            final long deadlineNs = deadlinesNs[slot];
            if (phase == IN_FLIGHT && epochs[slot] <= lostEpoch)
            {
                ended += end(token, state, ReplyOutcome.UNKNOWN_OUTCOME, ending) ? 1 : 0;
            }
            else if (phase == IN_FLIGHT && nowNs - deadlineNs >= 0)
            {
                ended += end(token, state, ReplyOutcome.TIMED_OUT, ending) ? 1 : 0;
            }
            else
            {
                sweepNotLaterThan(deadlineNs);
            }
        }

        return ended;
    }

    private boolean end(final long token, final long expectedState, final ReplyOutcome outcome, final Ending ending)
    {
        final int slot = slotOf(token);
        if (!states.compareAndSet(slot, expectedState, stateOf(token, ENDING)))
        {
            return false;
        }

        final long id = ids[slot];
        final long startNs = startsNs[slot];
        final ReplyHandler handler = handlers[slot];
        free(token); // before the callback, which may send a request with the same id
        ending.onEnd(id, outcome, startNs, handler);
        return true;
    }

    private boolean free(final long token)
    {
        final int slot = slotOf(token);
        handlers[slot] = null;
        states.set(slot, stateOf(token, FREE));
        inFlight.decrementAndGet();
        return true;
    }

    private long reserve(final int home)
    {
        for (int probe = 0; ; probe++) // ends: there are twice as many slots as requests admitted
        {
            final int slot = home + probe & mask;
            final long state = states.get(slot);
            if ((state & PHASE_MASK) == FREE)
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

    private long find(final long id)
    {
        final int home = hash(id);
        final int probes = longestProbe.get();
        for (int probe = 0; probe <= probes; probe++)
        {
            final int slot = home + probe & mask;
            final long state = states.get(slot);
            if (isLive(state) && ids[slot] == id && states.get(slot) >> PHASE_BITS == state >> PHASE_BITS)
            {
                return state >> PHASE_BITS << SLOT_BITS | slot;
            }
        }

        return NOT_FOUND;
    }

    private boolean hasTwin(final long id, final int ownSlot)
    {
        final int home = hash(id);
        final int probes = longestProbe.get();
        for (int probe = 0; probe <= probes; probe++)
        {
            final int slot = home + probe & mask;
            final long state = states.get(slot);
            if (slot != ownSlot && (isLive(state) || (state & PHASE_MASK) == CHECKING) && ids[slot] == id)
            {
                return true;
            }
        }

        return false;
    }

    private static boolean isLive(final long state)
    {
        final int phase = (int)(state & PHASE_MASK);
        return phase == HANDED_OVER || phase == IN_FLIGHT;
    }

    private void sweepNotLaterThan(final long timeNs)
    {
        long current;
        do
        {
            current = sweepAtNs.get();
        }
        while ((current == NEVER || timeNs - current < 0) && !sweepAtNs.compareAndSet(current, timeNs));
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

    private int hash(final long id)
    {
        return (int)(id * HASH_MULTIPLIER >>> hashShift);
    }

    private static int slotOf(final long token)
    {
        return (int)(token & SLOT_MASK);
    }

    private static long stateOf(final long token, final int phase)
    {
        return token >> SLOT_BITS << PHASE_BITS | phase;
    }

    /**
     * Told of an end on the handler thread.
     */
    @FunctionalInterface
    public interface Ending
    {
        /**
         * A request ended.
         *
         * @param id      of the request.
         * @param outcome how.
         * @param startNs when it was made.
         * @param handler to tell.
         */
        void onEnd(long id, ReplyOutcome outcome, long startNs, ReplyHandler handler);
    }
}
