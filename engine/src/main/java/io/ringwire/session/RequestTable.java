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
import io.ringwire.dialect.Verdict;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static io.ringwire.session.RequestSlots.CANCELLED;
import static io.ringwire.session.RequestSlots.CHECKING;
import static io.ringwire.session.RequestSlots.ENDING;
import static io.ringwire.session.RequestSlots.FREE;
import static io.ringwire.session.RequestSlots.HANDED_OVER;
import static io.ringwire.session.RequestSlots.IN_FLIGHT;
import static io.ringwire.session.RequestSlots.RESERVED;

/**
 * The requests in flight of one session: a lock-free hash table of fixed capacity. Any thread registers and cancels;
 * the handler thread ends. Whoever moves a request to ENDING by compare-and-set ends it, so it ends once.
 * <p>
 * A request goes through the phases of {@link RequestSlots}. Of two threads that register the same id at once, each in
 * CHECKING, at least one sees the other and backs out. A reply may end a request that is still HANDED_OVER: the venue
 * can be faster than the sender's next instruction. Any thread may cancel it there too.
 * <p>
 * An id is an integer, or a string that comes as a slice of a buffer; {@link Verdict#NO_TEXT_ID} in place of the
 * slice's length means the integer. The integer of a request with a string id is the caller's and is not compared.
 */
public final class RequestTable
{
    /** No request waits for its end. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long LONGEST_TIMEOUT_NS = Long.MAX_VALUE >> 2;
    private static final long NOT_FOUND = -1;

    private final int capacity;
    private final RequestSlots slots;
    private final RequestKeys keys;
    private final long[] startsNs;
    private final long[] deadlinesNs;
    private final int[] epochs;
    private final ReplyHandler[] handlers;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong sweepAtNs = new AtomicLong(NEVER);
    private volatile int lostEpoch; // owner: handler thread
    private volatile boolean closed; // owner: handler thread

    /**
     * Make an empty table; its memory is taken now.
     *
     * @param capacity how many requests may be in flight.
     */
    public RequestTable(final int capacity)
    {
        this.capacity = capacity;
        final int length = BitUtil.findNextPositivePowerOfTwo(capacity * 2);
        if (length > RequestSlots.MAX_SLOTS)
        {
            throw new IllegalArgumentException("capacity=" + capacity + " is over " + (RequestSlots.MAX_SLOTS >> 1));
        }

        slots = new RequestSlots(length);
        keys = new RequestKeys(length);
        startsNs = new long[length];
        deadlinesNs = new long[length];
        epochs = new int[length];
        handlers = new ReplyHandler[length];
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
     * @param id        given back at the end; what is compared if it is an integer.
     * @param text      that holds the string id.
     * @param offset    of the string id.
     * @param length    of the string id in bytes, or {@link Verdict#NO_TEXT_ID}.
     * @param epoch     of the connection it goes to.
     * @param startNs   the time.
     * @param timeoutNs after which it ends.
     * @param handler   to tell of the end.
     * @return a token for {@link #confirm} or {@link #withdraw}, or a negative code of {@link SendResult}.
     */
    public long register(
        final long id,
        final DirectBuffer text,
        final int offset,
        final int length,
        final int epoch,
        final long startNs,
        final long timeoutNs,
        final ReplyHandler handler)
    {
        if (inFlight.incrementAndGet() > capacity)
        {
            inFlight.decrementAndGet();
            return SendResult.TOO_MANY_REQUESTS;
        }

        final long hash = RequestKeys.hash(id, text, offset, length);
        final long token = slots.reserve(hash);
        final int slot = RequestSlots.slotOf(token);
        keys.put(slot, id, text, offset, length);
        epochs[slot] = epoch;
        startsNs[slot] = startNs;
        deadlinesNs[slot] = startNs + Math.min(timeoutNs, LONGEST_TIMEOUT_NS);
        handlers[slot] = handler;
        slots.enter(token, CHECKING);
        if (hasTwin(hash, id, text, offset, length, slot))
        {
            free(token);
            return SendResult.DUPLICATE_ID;
        }

        final long deadlineNs = deadlinesNs[slot];
        slots.enter(token, HANDED_OVER);
        sweepNotLaterThan(deadlineNs);
        return token;
    }

    /**
     * The registering thread: the request was sent, or {@link #withdraw} came too late.
     *
     * @param token of the request.
     * @return how it has ended if the table was closed meanwhile and nobody else will tell: the caller has to.
     * Otherwise null.
     */
    public ReplyOutcome confirm(final long token)
    {
        final int slot = RequestSlots.slotOf(token);
        final int epoch = epochs[slot];
        if (slots.move(token, HANDED_OVER, IN_FLIGHT) && epoch <= lostEpoch)
        {
            sweepSoon(slot);
        }

        if (!closed)
        {
            return null;
        }

        if (slots.move(token, IN_FLIGHT, ENDING))
        {
            free(token);
            return ReplyOutcome.UNKNOWN_OUTCOME;
        }

        if (slots.move(token, CANCELLED, ENDING))
        {
            free(token);
            return ReplyOutcome.CANCELLED;
        }

        return null;
    }

    /**
     * The registering thread: the request was not sent.
     *
     * @param token of the request.
     * @return false if a reply that bears its id ended it already, or another thread cancelled it: it counts as
     * accepted, and the caller has to {@link #confirm} it.
     */
    public boolean withdraw(final long token)
    {
        if (slots.move(token, HANDED_OVER, ENDING))
        {
            free(token);
            return true;
        }

        return false;
    }

    /**
     * Any thread: the request is to end as {@link ReplyOutcome#CANCELLED}, at the next sweep.
     *
     * @param id      of the request.
     * @param text    that holds the string id.
     * @param offset  of the string id.
     * @param length  of the string id in bytes, or {@link Verdict#NO_TEXT_ID}.
     * @param handler the request must have, or null for any.
     * @return false if there is none: it has ended, or is about to end, otherwise.
     */
    public boolean cancel(
        final long id, final DirectBuffer text, final int offset, final int length, final ReplyHandler handler)
    {
        final long token = find(id, text, offset, length);
        if (token == NOT_FOUND)
        {
            return false;
        }

        final int slot = RequestSlots.slotOf(token);
        if (handler != null && handlers[slot] != handler)
        {
            return false;
        }

        // in the order the phases follow each other: the sender may confirm between the two
        if (slots.move(token, HANDED_OVER, CANCELLED) ||
            slots.move(token, IN_FLIGHT, CANCELLED))
        {
            sweepSoon(slot);
            return true;
        }

        return false;
    }

    /**
     * Any thread: does a request with this id wait for its reply?
     *
     * @param id     to look for.
     * @param text   that holds the string id.
     * @param offset of the string id.
     * @param length of the string id in bytes, or {@link Verdict#NO_TEXT_ID}.
     * @return true if it does.
     */
    public boolean contains(final long id, final DirectBuffer text, final int offset, final int length)
    {
        return find(id, text, offset, length) != NOT_FOUND;
    }

    /**
     * The handler thread: end the request that a message answers.
     *
     * @param id      that the message bears.
     * @param text    that holds the string id.
     * @param offset  of the string id.
     * @param length  of the string id in bytes, or {@link Verdict#NO_TEXT_ID}.
     * @param outcome {@link ReplyOutcome#REPLY} or {@link ReplyOutcome#ERROR_REPLY}.
     * @param ending  told of the end.
     * @return false if there is none.
     */
    public boolean reply(
        final long id,
        final DirectBuffer text,
        final int offset,
        final int length,
        final ReplyOutcome outcome,
        final Ending ending)
    {
        final long token = find(id, text, offset, length);
        if (token == NOT_FOUND)
        {
            return false;
        }

        // in the order the phases follow each other: the sender may confirm between the two
        return end(token, HANDED_OVER, outcome, ending) ||
            end(token, IN_FLIGHT, outcome, ending);
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

    /**
     * Any thread: when the next sweep has something to end, should nothing else happen.
     *
     * @return the time, in the past if a request can end at once, or {@link #NEVER}.
     */
    public long sweepAtNs()
    {
        return sweepAtNs.get();
    }

    private int sweepAll(final long nowNs, final Ending ending)
    {
        int ended = 0;
        sweepAtNs.set(NEVER); // before the scan: what registers from here on sets it again
        for (int slot = 0; slot < slots.length(); slot++)
        {
            ended += sweepSlot(slot, nowNs, ending);
        }

        return ended;
    }

    private int sweepSlot(final int slot, final long nowNs, final Ending ending)
    {
        while (true) // ends: others can only confirm the request once and cancel it once
        {
            final long state = slots.state(slot);
            final int phase = RequestSlots.phaseOf(state);
            if (phase != HANDED_OVER && phase != IN_FLIGHT && phase != CANCELLED)
            {
                return 0;
            }

            final ReplyOutcome outcome = dueOutcome(slot, phase, nowNs);
            if (outcome == null)
            {
                sweepNotLaterThan(deadlinesNs[slot]);
                return 0;
            }

            if (end(RequestSlots.tokenOf(slot, state), phase, outcome, ending))
            {
                return 1;
            }
        }
    }

    private ReplyOutcome dueOutcome(final int slot, final int phase, final long nowNs)
    {
        if (phase == CANCELLED)
        {
            return ReplyOutcome.CANCELLED;
        }

        if (phase == HANDED_OVER)
        {
            return null; // may yet be refused
        }

        return epochs[slot] <= lostEpoch ? ReplyOutcome.UNKNOWN_OUTCOME :
            nowNs - deadlinesNs[slot] >= 0 ? ReplyOutcome.TIMED_OUT : null;
    }

    private boolean end(final long token, final int phase, final ReplyOutcome outcome, final Ending ending)
    {
        if (!slots.move(token, phase, ENDING))
        {
            return false;
        }

        final int slot = RequestSlots.slotOf(token);
        final long id = keys.number(slot);
        final long startNs = startsNs[slot];
        final ReplyHandler handler = handlers[slot];
        free(token); // before the callback, which may send a request with the same id
        ending.onEnd(id, outcome, startNs, handler);
        return true;
    }

    private void free(final long token)
    {
        final int slot = RequestSlots.slotOf(token);
        handlers[slot] = null;
        slots.enter(token, FREE);
        inFlight.decrementAndGet();
    }

    /**
     * The generation in the token shows whoever moves the state by it that the id compared here was the one found.
     */
    private long find(final long id, final DirectBuffer text, final int offset, final int length)
    {
        final long hash = RequestKeys.hash(id, text, offset, length);
        final int probes = slots.longestProbe();
        for (int probe = 0; probe <= probes; probe++)
        {
            final int slot = slots.slotAt(hash, probe);
            final long state = slots.state(slot);
            final int phase = RequestSlots.phaseOf(state);
            if ((phase == HANDED_OVER || phase == IN_FLIGHT) && keys.matches(slot, id, text, offset, length) &&
                slots.isUnchanged(slot, state))
            {
                return RequestSlots.tokenOf(slot, state);
            }
        }

        return NOT_FOUND;
    }

    private boolean hasTwin(
        final long hash, final long id, final DirectBuffer text, final int offset, final int length, final int ownSlot)
    {
        final int probes = slots.longestProbe();
        for (int probe = 0; probe <= probes; probe++)
        {
            final int slot = slots.slotAt(hash, probe);
            final long state = slots.state(slot);
            final int phase = RequestSlots.phaseOf(state);
            if (slot != ownSlot && phase != FREE && phase != RESERVED && phase != ENDING &&
                keys.matches(slot, id, text, offset, length) && slots.isUnchanged(slot, state))
            {
                return true;
            }
        }

        return false;
    }

    /**
     * A request in the slot can end at once: make the next sweep look, however early it comes.
     */
    private void sweepSoon(final int slot)
    {
        sweepAtNs.set(deadlinesNs[slot] - Long.MAX_VALUE / 2);
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
